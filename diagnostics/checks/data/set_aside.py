"""Which rows were set aside, what they would have added, and which files repeat others or hold damaged numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.model.account import FileAccount, IntakeAccount, Overlap, SetAside
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_period,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="哪些订单行没有进入分析，值多少钱？重复导出和损坏的单号有多少？",
    en="Which order rows were left out, and what are they worth? How many repeat others or have damaged numbers?",
)
DEFINITION = Text(
    zh="读入的订单行 = 使用的行 + 剔除的行，每行只有一个剔除原因。重叠导出按订单号（行号）合并，"
    "只算一次，以后一个文件的状态为准；金额 = 这些行若算进去会增加的买家实付（没有实付则用标价），"
    "整单金额一单只算一次；先未付款、后来在另一文件里已付款的订单不算。科学计数法的单号后几位已丢失，无法与其他报表对应，只能剔除。",
    en="Rows read = rows used + rows set aside; a row has one reason. Overlapping exports are merged by order (line) "
    "number and counted once; the later file tells the state. Amount = what the rows would have added: paid by the "
    "buyer, else the price; what is said of a whole order counts once; an order unpaid in one file and paid in another "
    "adds nothing. A number in scientific notation has lost its last digits: it fits no other report and is left out.",
)
NO_ACCOUNT = Text(zh="没有订单文件的收件记录", en="there is no record of the order files taken in")
ANSWER = Text(
    zh="读入 {read} 行订单数据，剔除 {gone} 行（{share}）{largest}。",
    en="Order rows read: {read}; set aside: {gone} ({share}){largest}.",
)
MOSTLY = Text(zh="，最多的是“{reason}”{n} 行", en=", mostly “{reason}” ({n})")
REPEATED = Text(
    zh="{n} 行在重叠导出中重复，已按后一个文件合并，其中 {changed} 行状态有变化。",
    en="Rows repeated across exports: {n}; merged, the later file counts; {changed} of them had changed.",
)
TITLE_REPEATED = Text(
    zh="{file}有 {share} 的行（{n} 行）与其他导出重复，已合并",
    en="{file}: {share} of its rows ({n}) repeat other rows and were merged",
)
CAUSE_OVERLAP = Text(
    zh="与{other}在 {period} 重叠，{orders} 个订单两边都有，{changed} 行后来状态有变化，以后一个文件为准。",
    en="It overlaps {other} from {period}: orders in both: {orders}; rows that changed later: {changed}; the later "
    "file counts.",
)
CAUSE_SELF = Text(
    zh="文件内部有重复行：{orders} 个订单出现了不止一次。",
    en="The file repeats itself: orders that appear more than once: {orders}.",
)
CAUSE_REPEATED = Text(zh="这些行在其他文件里也有。", en="The same rows are in other files too.")
WORTH = Text(zh="若重复计算会多出 {money}。", en="Counted twice, they would add {money}.")
ACTION_REPEATED = Text(
    zh="不影响本次结果；以后按不重叠的日期导出，手工汇总时先按订单号去重。",
    en="Results are not affected. Export days that do not overlap; where files are added up by hand, drop repeated "
    "order numbers first.",
)
STOP_REPEATED = Text(
    zh="客户确认重叠是有意补导，即关闭。", en="Close it once the client confirms that the overlap was intended."
)
TITLE_DAMAGED = Text(
    zh="{file}有 {n} 行订单号已损坏（{share}），无法使用",
    en="{file}: {n} rows have damaged order numbers ({share}) and can't be used",
)
CAUSE_DAMAGED = Text(
    zh="文件用 Excel 打开并保存过，长单号变成科学计数法，后几位丢失。",
    en="The file was opened and saved in a spreadsheet: long numbers became scientific notation and lost digits.",
)
WORTH_DAMAGED = Text(
    zh="这些行的金额合计 {money}，除非商品明细报表里有，否则没有计入。",
    en="The rows amount to {money}, which no total counts unless the item report holds it.",
)
ACTION_DAMAGED = Text(
    zh="从平台重新导出原文件，不要用 Excel 打开另存，交回后重新诊断。",
    en="Export the file from the platform again, do not save it from a spreadsheet, put it into exports and run again.",
)
STOP_DAMAGED = Text(zh="重新导出后没有损坏的单号，即关闭。", en="Close it once a new export has no damaged numbers.")
NO_MONEY_REPEATED = Text(zh="重复的行已合并，不影响金额", en="repeated rows were merged: no amount is affected")
NO_MONEY_DAMAGED = Text(zh="这是数据缺口，不是业务损失", en="this is a gap in the data, not a loss of the business")
DUPLICATE, DAMAGED, UNPAID = "duplicate", "damaged_id", "unpaid"
# Reasons that FileAccount tells without words.
WORDS: dict[str, Text] = {
    UNPAID: Text(zh="未付款或已关闭", en="not paid, or closed"),
    DUPLICATE: Text(zh="与其他文件重复", en="already in another file"),
    DAMAGED: Text(zh="编号已损坏（科学计数法）", en="a damaged number (scientific notation)"),
}
MOST_BARS = 10
MOST_FINDINGS = 5
LONGEST = 40
ORDER_LINES = "order_lines"


@dataclass(frozen=True, kw_only=True)
class Aside:
    """What was set aside, by file and by reason; `overlaps` and `groups` are intake's records.

    `files`: file, read, gone, unpaid, duplicate, damaged, other; one row an order file. `reasons`: reason, words,
    rows, amount (NaN where no row named one); most rows first.
    """

    files: pd.DataFrame
    reasons: pd.DataFrame
    overlaps: tuple[Overlap, ...]
    groups: tuple[SetAside, ...]
    currency: str


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: intake has counted the rows already."""
    return {}


def measure(replies: Replies) -> Aside | NotComputable:
    """Add up the rows of order files by file and by reason."""
    account = replies.engagement.account
    files = [file for file in account.files if file.table == ORDER_LINES and file.rows_read]
    if not files:
        return NotComputable(reason=NO_ACCOUNT)
    return Aside(
        files=pd.DataFrame([_describe_file(file) for file in files]),
        reasons=_sum_reasons(files, account.set_aside),
        overlaps=account.overlaps,
        groups=account.set_aside,
        currency=replies.engagement.currency,
    )


def _describe_file(file: FileAccount) -> dict[str, object]:
    named = {reason: file.rejected.get(reason, 0) for reason in (UNPAID, DUPLICATE, DAMAGED)}
    return {
        "file": file.path,
        "read": file.rows_read,
        "gone": file.rows_rejected,
        "unpaid": named[UNPAID],
        "duplicate": named[DUPLICATE],
        "damaged": named[DAMAGED],
        "other": file.rows_rejected - sum(named.values()),
    }


def _sum_reasons(files: list[FileAccount], groups: tuple[SetAside, ...]) -> pd.DataFrame:
    words = {**WORDS, **{group.reason: group.words for group in groups}}
    rows = pd.DataFrame(
        [(reason, count) for file in files for reason, count in file.rejected.items()], columns=["reason", "rows"]
    )
    told = pd.DataFrame([(group.reason, group.amount) for group in groups], columns=["reason", "amount"])
    amounts = told.assign(amount=told["amount"].astype("float64")).groupby("reason")["amount"].sum(min_count=1)
    summed = rows.groupby("reason", as_index=False).agg(rows=("rows", "sum"))
    summed["amount"] = summed["reason"].map(amounts).astype("float64")
    names = [words.get(reason) or name_verbatim(reason.replace("_", " ")) for reason in summed["reason"]]
    summed["words"] = pd.Series(names, dtype=object)
    return summed.sort_values(["rows", "reason"], ascending=[False, True], ignore_index=True)


def judge(measured: Aside, limits: Limits) -> tuple[Finding, ...]:
    """Raise files with damaged numbers, and files of which much repeats other rows."""
    files = measured.files
    damaged = files[files.damaged > 0].sort_values(["damaged", "file"], ascending=[False, True], kind="stable")
    share = files.duplicate / files.read
    repeated = files[(share >= limits["repeated_share"]) & (files.duplicate >= limits["least_rows"])]
    repeated = repeated.sort_values(["duplicate", "file"], ascending=[False, True], kind="stable")
    return (
        *(_raise_damaged(measured, file, rows, read, limits) for file, rows, read in _list(damaged, "damaged")),
        *(_raise_repeated(measured, file, rows, read) for file, rows, read in _list(repeated, "duplicate")),
    )


def _list(files: pd.DataFrame, count: str) -> list[tuple[str, int, int]]:
    shown = files.head(MOST_FINDINGS)
    return list(zip(shown["file"].astype(str), shown[count].astype(int), shown["read"].astype(int), strict=True))


def _sum_amount(measured: Aside, file: str, reason: str) -> float | None:
    amounts = [group.amount for group in measured.groups if (group.file, group.reason) == (file, reason)]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _raise_damaged(measured: Aside, file: str, rows: int, read: int, limits: Limits) -> Finding:
    amount = _sum_amount(measured, file, DAMAGED)
    worth = WORTH_DAMAGED.fill(money=word_money(amount, measured.currency)) if amount else NOTHING
    return Finding(
        code="data.damaged_ids",
        scope={"file": file},
        title=TITLE_DAMAGED.fill(file=shorten(file, LONGEST), n=word_number(rows), share=word_percent(rows / read)),
        cause=CAUSE_DAMAGED + worth,
        action=ACTION_DAMAGED,
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=STOP_DAMAGED,
        confidence=0.95,
        impact_reason=NO_MONEY_DAMAGED,
        severity="medium" if rows / read >= limits["damaged_share"] else "low",
        evidence=(Evidence(table="files", n=rows, value=rows / read),),
    )


def _raise_repeated(measured: Aside, file: str, rows: int, read: int) -> Finding:
    pairs = sorted((pair for pair in measured.overlaps if pair.file == file), key=lambda pair: -pair.rows)
    amount = _sum_amount(measured, file, DUPLICATE)
    cause = _word_overlap(pairs[0]) if pairs else CAUSE_REPEATED
    return Finding(
        code="data.duplicates",
        scope={"file": file},
        title=TITLE_REPEATED.fill(file=shorten(file, LONGEST), share=word_percent(rows / read), n=word_number(rows)),
        cause=cause + (WORTH.fill(money=word_money(amount, measured.currency)) if amount else NOTHING),
        action=ACTION_REPEATED,
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=STOP_REPEATED,
        confidence=0.95,
        impact_reason=NO_MONEY_REPEATED,
        severity="low" if pairs and pairs[0].file == pairs[0].other else "info",
        evidence=(Evidence(table="overlaps" if pairs else "files", n=rows, value=rows / read),),
    )


def _word_overlap(pair: Overlap) -> Text:
    if pair.file == pair.other:
        return CAUSE_SELF.fill(orders=word_number(pair.orders))
    return CAUSE_OVERLAP.fill(
        other=shorten(pair.other, LONGEST),
        period=word_period(*pair.period) if pair.period else word_number(None),
        orders=word_number(pair.orders),
        changed=word_number(pair.changed),
    )


def tell(measured: Aside) -> Text:
    """How many rows were set aside and why, and how many repeat others."""
    read, gone = int(measured.files["read"].sum()), int(measured.files["gone"].sum())
    first = measured.reasons.iloc[0] if len(measured.reasons) else None
    largest = MOSTLY.fill(reason=first["words"], n=word_number(int(first["rows"]))) if first is not None else NOTHING
    said = ANSWER.fill(read=word_number(read), gone=word_number(gone), share=word_percent(gone / read), largest=largest)
    if repeated := int(measured.files["duplicate"].sum()):
        changed = word_number(sum(pair.changed for pair in measured.overlaps))
        said += REPEATED.fill(n=word_number(repeated), changed=changed)
    return said


def tabulate(measured: Aside) -> tuple[Exhibit, ...]:
    """By reason, by file, by channel and month with money, and the pairs of files that overlap."""
    exhibits = (_list_reasons(measured), _list_files(measured), _list_groups(measured), _list_overlaps(measured))
    return tuple(exhibit for exhibit in exhibits if exhibit is not None)


REASON = Field(name="words", label=Text(zh="原因", en="Reason"))
ROWS = Field(name="rows", label=Text(zh="行数", en="Rows"), unit="count")
ORDERS = Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count")
AMOUNT = Field(name="amount", label=Text(zh="金额（已知部分）", en="Amount, where known"), unit="money")
FILE = Field(name="file", label=Text(zh="文件", en="File"))


def _list_reasons(measured: Aside) -> Exhibit | None:
    if measured.reasons.empty:
        return None
    title = Text(zh="剔除的订单行，按原因", en="Order rows set aside, by reason")
    return Exhibit(name="reasons", title=title, fields=(REASON, ROWS, AMOUNT), frame=measured.reasons)


def _list_files(measured: Aside) -> Exhibit:
    fields = (
        FILE,
        Field(name="read", label=Text(zh="读入行", en="Rows read"), unit="count"),
        Field(name="gone", label=Text(zh="剔除行", en="Set aside"), unit="count"),
        Field(name="unpaid", label=Text(zh="未付款", en="Unpaid"), unit="count"),
        Field(name="duplicate", label=Text(zh="重复", en="Repeated"), unit="count"),
        Field(name="damaged", label=Text(zh="单号损坏", en="Damaged numbers"), unit="count"),
        Field(name="other", label=Text(zh="其他", en="Other"), unit="count"),
    )
    title = Text(zh="剔除的订单行，按文件", en="Order rows set aside, by file")
    return Exhibit(name="files", title=title, fields=fields, frame=measured.files)


def _list_groups(measured: Aside) -> Exhibit | None:
    if not measured.groups:
        return None
    rows = pd.DataFrame(
        [
            (group.channel, group.month, group.reason, group.words, group.rows, group.orders, group.amount)
            for group in measured.groups
        ],
        columns=["channel", "month", "reason", "words", "rows", "orders", "amount"],
    )
    keys = ["channel", "month", "reason"]
    groups = rows.assign(amount=rows["amount"].astype("float64")).groupby(keys, sort=True)
    frame = groups[["rows", "orders"]].sum().reset_index()
    frame["amount"] = groups["amount"].sum(min_count=1).to_numpy()
    frame["words"] = pd.Series(groups["words"].first().to_list(), dtype=object)
    frame["name"] = pd.Series([name_channel(str(channel)) for channel in frame["channel"]], dtype=object)
    fields = (
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="month", label=Text(zh="月份", en="Month")),
        REASON,
        ROWS,
        ORDERS,
        AMOUNT,
    )
    title = Text(zh="剔除的订单行，按渠道和月份", en="Order rows set aside, by channel and month")
    return Exhibit(name="months", title=title, fields=fields, frame=frame)


def _list_overlaps(measured: Aside) -> Exhibit | None:
    if not measured.overlaps:
        return None
    rows = [
        {
            "file": pair.file,
            "other": pair.other,
            "name": name_channel(pair.channel),
            "first": pair.period[0] if pair.period else None,
            "last": date.fromordinal(pair.period[1].toordinal() - 1) if pair.period else None,
            "rows": pair.rows,
            "orders": pair.orders,
            "changed": pair.changed,
        }
        for pair in measured.overlaps
    ]
    fields = (
        FILE,
        Field(name="other", label=Text(zh="以此文件为准", en="File that counts")),
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="first", label=Text(zh="第一天", en="First day"), unit="date"),
        Field(name="last", label=Text(zh="最后一天", en="Last day"), unit="date"),
        ROWS,
        ORDERS,
        Field(name="changed", label=Text(zh="状态有变的行", en="Rows that changed"), unit="count"),
    )
    title = Text(zh="相互重叠的导出文件", en="Exports that overlap")
    return Exhibit(name="overlaps", title=title, fields=fields, frame=pd.DataFrame(rows))


def draw(measured: Aside, language: Language) -> Figure:
    """Rows set aside by reason; repeated and damaged rows stand out."""
    shown = measured.reasons.head(MOST_BARS)
    words = [
        join_texts(
            [word_number(int(rows))] + ([] if pd.isna(amount) else [word_money(float(amount), measured.currency)])
        )
        for rows, amount in zip(shown["rows"], shown["amount"], strict=True)
    ]
    figure = draw_bars(
        [words_of.word(language) for words_of in shown["words"]],
        shown["rows"].tolist(),
        [word.word(language) for word in words],
        axis_label=Text(zh="剔除的订单行（旁注：行数、金额）", en="Order rows set aside (beside: rows, amount)").word(
            language
        ),
        marked=[place for place, reason in enumerate(shown["reason"]) if reason in {DUPLICATE, DAMAGED}],
    )
    axes = figure.axes[0]
    axes.set_xlim(0, max(float(shown["rows"].max()) if len(shown) else 0.0, 1.0) * 1.4)
    scale_count(axes.xaxis)
    return figure


# February's export holds 40 of January's 200 orders again; the hand-made copy of March lost its numbers.
FILES = (
    FileAccount(
        path="jan.csv", table=ORDER_LINES, rows_read=200, rows_kept=160, rows_rejected=40, rejected={DUPLICATE: 40}
    ),
    FileAccount(
        path="feb.csv", table=ORDER_LINES, rows_read=250, rows_kept=240, rows_rejected=10, rejected={UNPAID: 10}
    ),
    FileAccount(path="mar.csv", table=ORDER_LINES, rows_read=50, rows_kept=0, rows_rejected=50, rejected={DAMAGED: 50}),
)
PAIR = Overlap(
    file="jan.csv",
    other="feb.csv",
    channel="tmall",
    rows=40,
    orders=40,
    changed=3,
    period=(date(2024, 1, 25), date(2024, 2, 1)),
)
LOST = SetAside(
    file="mar.csv",
    channel="tmall",
    month="2024-03",
    reason=DAMAGED,
    words=WORDS[DAMAGED],
    rows=50,
    orders=50,
    amount=5000.0,
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-16",),
    finds=("data.duplicates", "data.damaged_ids"),
    needs=(Need(table=ORDER_LINES),),
    limits=(
        Limit(
            name="repeated_share",
            value=0.05,
            reason=Text(
                zh="相邻导出重叠一两天是常事，二十分之一以上才提示",
                en="a day or two shared by neighbouring exports is usual; more than a twentieth is worth saying",
            ),
        ),
        Limit(
            name="least_rows",
            value=30,
            reason=Text(zh="少于 30 行不提示", en="fewer than 30 rows are not worth saying"),
        ),
        Limit(
            name="damaged_share",
            value=0.05,
            reason=Text(
                zh="二十分之一以上的行不能用，合计就不可信，列为“中”",
                en="with more than a twentieth of the rows lost no total can be trusted: ranks medium",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10"},
        says="100 行（20.0%）",
        finds=(("data.damaged_ids", {"file": "mar.csv"}), ("data.duplicates", {"file": "jan.csv"})),
        account=IntakeAccount(files=FILES, overlaps=(PAIR,), set_aside=(LOST,)),
    ),
    place=25,
)
