"""Which rows were set aside, what they would have added, and which files repeat others or hold damaged numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.data import _set_aside_words as words
from diagnostics.checks.data._set_aside_findings import state_damaged, state_repeated
from diagnostics.checks.data._set_aside_tables import draw_aside, tabulate_aside
from diagnostics.model.account import FileAccount, IntakeAccount, Overlap, SetAside
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    word_number,
    word_percent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
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
MOST_FINDINGS = 5
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
        return NotComputable(reason=words.NO_ACCOUNT)
    return Aside(
        files=pd.DataFrame([_describe_file(file) for file in files]),
        reasons=_sum_reasons(files, account.set_aside),
        overlaps=account.overlaps,
        groups=account.set_aside,
        currency=replies.engagement.currency,
    )


def _describe_file(file: FileAccount) -> dict[str, object]:
    named = {reason: file.rejected.get(reason, 0) for reason in (words.UNPAID, words.DUPLICATE, words.DAMAGED)}
    return {
        "file": file.path,
        "read": file.rows_read,
        "gone": file.rows_rejected,
        "unpaid": named[words.UNPAID],
        "duplicate": named[words.DUPLICATE],
        "damaged": named[words.DAMAGED],
        "other": file.rows_rejected - sum(named.values()),
    }


def _sum_reasons(files: list[FileAccount], groups: tuple[SetAside, ...]) -> pd.DataFrame:
    named = {**words.WORDS, **{group.reason: group.words for group in groups}}
    rows = pd.DataFrame(
        [(reason, count) for file in files for reason, count in file.rejected.items()], columns=["reason", "rows"]
    )
    told = pd.DataFrame([(group.reason, group.amount) for group in groups], columns=["reason", "amount"])
    amounts = told.assign(amount=told["amount"].astype("float64")).groupby("reason")["amount"].sum(min_count=1)
    summed = rows.groupby("reason", as_index=False).agg(rows=("rows", "sum"))
    summed["amount"] = summed["reason"].map(amounts).astype("float64")
    names = [named.get(reason) or name_verbatim(reason.replace("_", " ")) for reason in summed["reason"]]
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
        *(state_damaged(measured, file, rows, read, limits) for file, rows, read in _list(damaged, "damaged")),
        *(state_repeated(measured, file, rows, read) for file, rows, read in _list(repeated, "duplicate")),
    )


def _list(files: pd.DataFrame, count: str) -> list[tuple[str, int, int]]:
    shown = files.head(MOST_FINDINGS)
    return list(zip(shown["file"].astype(str), shown[count].astype(int), shown["read"].astype(int), strict=True))


def tell(measured: Aside) -> Text:
    """How many rows were set aside and why, and how many repeat others."""
    read, gone = int(measured.files["read"].sum()), int(measured.files["gone"].sum())
    first = measured.reasons.iloc[0] if len(measured.reasons) else None
    largest = (
        words.MOSTLY.fill(reason=first["words"], n=word_number(int(first["rows"]))) if first is not None else NOTHING
    )
    said = words.ANSWER.fill(
        read=word_number(read), gone=word_number(gone), share=word_percent(gone / read), largest=largest
    )
    if repeated := int(measured.files["duplicate"].sum()):
        changed = word_number(sum(pair.changed for pair in measured.overlaps))
        said += words.REPEATED.fill(n=word_number(repeated), changed=changed)
    return said


def tabulate(measured: Aside) -> tuple[Exhibit, ...]:
    """By reason, by file, by channel and month with money, and the pairs of files that overlap."""
    return tabulate_aside(measured)


def draw(measured: Aside, language: Language) -> Figure:
    """Rows set aside by reason; repeated and damaged rows stand out."""
    return draw_aside(measured, language)


# February's export holds 40 of January's 200 orders again; the hand-made copy of March lost its numbers.
FILES = (
    FileAccount(
        path="jan.csv",
        table=ORDER_LINES,
        rows_read=200,
        rows_kept=160,
        rows_rejected=40,
        rejected={words.DUPLICATE: 40},
    ),
    FileAccount(
        path="feb.csv", table=ORDER_LINES, rows_read=250, rows_kept=240, rows_rejected=10, rejected={words.UNPAID: 10}
    ),
    FileAccount(
        path="mar.csv", table=ORDER_LINES, rows_read=50, rows_kept=0, rows_rejected=50, rejected={words.DAMAGED: 50}
    ),
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
    reason=words.DAMAGED,
    words=words.WORDS[words.DAMAGED],
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
