"""What became of personal data on the way in, and whether the sheet says what it must say about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.model.account import FileAccount, Handled, IntakeAccount
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_date, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.account import DataKind
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="个人信息是怎样处理的，授权是否写全？", en="What became of personal data, and is the permission complete?"
)
DEFINITION = Text(
    zh="丢弃 = 该列没有入库；键控 = 换成带密钥的假名，密钥不在客户目录；打码 = 从文字里去掉号码和地址，其余保留。"
    "按单元格计数，内容不留存。自由文字里的人名无法与其他词区分，请在导出前删去。",
    en="Dropped = the column was not stored. Keyed = replaced by a pseudonym whose key lies outside the client folder. "
    "Masked = numbers and addresses were taken out of a text, the rest stays. Cells are counted, their content is not "
    "kept. Names of persons in free text can't be told from other words: take them out before the export.",
)
NO_FILES = Text(zh="没有收到任何数据文件，无从查看", en="no file of data was taken in, so there is nothing to look at")
HANDLINGS = {
    "dropped": Text(zh="丢弃", en="dropped"),
    "keyed": Text(zh="键控", en="keyed"),
    "masked": Text(zh="打码", en="masked"),
}
KINDS = {
    "name": Text(zh="按列名", en="by its header"),
    "mobile": Text(zh="手机号", en="mobile number"),
    "id_card": Text(zh="身份证号", en="ID card number"),
    "email": Text(zh="邮箱", en="e-mail address"),
    "wechat": Text(zh="微信号", en="WeChat id"),
    "bank_card": Text(zh="银行卡号", en="bank card number"),
    "landline": Text(zh="固定电话", en="landline number"),
    "qq": Text(zh="QQ 号", en="QQ number"),
    "home": Text(zh="详细地址", en="home address"),
    "address": Text(zh="街道门牌", en="street and number"),
}
REQUIREMENTS = {
    "entrust_contract": Text(zh="委托处理协议", en="the contract on processing"),
    "processing_purpose": Text(zh="处理目的", en="the purpose of processing"),
    "processing_period": Text(zh="处理期限", en="the end of processing"),
    "pi_categories": Text(zh="个人信息种类", en="the categories of personal data"),
    "pia_done": Text(zh="个人信息保护影响评估", en="the impact assessment"),
    "deid_at_source": Text(zh="客户侧去标识化", en="what was de-identified before hand-over"),
    "cross_border": Text(zh="是否出境", en="whether data leave the country"),
    "sensitive_pi": Text(zh="是否含敏感个人信息", en="whether sensitive data are included"),
    "deletion_confirm": Text(zh="到期返还或删除", en="return or deletion in the end"),
}
SEEN = Text(
    zh="逐个文件数，个人信息共 {columns} 列：丢弃 {dropped} 格、键控 {keyed} 格、打码 {masked} 格。",
    en="Columns with personal data, file by file: {columns}; cells dropped: {dropped}, replaced by "
    "pseudonyms: {keyed}, masked: {masked}.",
)
NONE_SEEN = Text(zh="没有发现个人信息。", en="No personal data were found.")
UNTIL = Text(zh="约定的处理期限到 {day}。", en="They may be processed until {day}.")
NO_GATE: dict[DataKind, Text] = {
    "open": Text(zh="数据已公开，不需要授权。", en="The data are public and need no permission."),
    "generated": Text(zh="数据为虚构，不涉及真人。", en="The data are invented and concern nobody."),
}
TITLE = Text(zh="需求表没有说明：{name}", en="The requirement sheet does not state {name}")
CAUSE = Text(
    zh="收到的文件含个人信息（{cells} 格），而需求表的“合规授权”里这一项没有填写。",
    en="The files hold personal data ({cells} cells), and the privacy part of the requirement sheet leaves this open.",
)
ACTION = Text(
    zh="与客户法务确认后补填需求表；补齐之前不扩大处理范围，期满即删除。",
    en="Settle it with the client's counsel and fill it in; do not widen the processing before, and delete with the "
    "command forget when the period ends.",
)
STOP = Text(zh="需求表补填并由客户确认后关闭。", en="Close it when the sheet is completed and confirmed by the client.")
NO_MONEY = Text(zh="这是合规要求，不折算金额", en="this is a matter of law and has no size in money")


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """One row a file and column (file, column, handling, kind, cells), what the sheet leaves open, until when."""

    columns: pd.DataFrame
    lacking: tuple[str, ...]
    data: DataKind
    until: date | None


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: intake has counted already."""
    return {}


def measure(replies: Replies) -> Privacy | NotComputable:
    """Gather what each file had, and hold the brief against what must be stated."""
    account, brief = replies.engagement.account, replies.engagement.brief
    if not account.files:
        return NotComputable(reason=NO_FILES)
    rows = [{"file": file.path, **vars(one)} for file in account.files for one in file.handled]
    return Privacy(
        columns=pd.DataFrame(rows, columns=["file", "column", "handling", "kind", "cells"]),
        lacking=tuple(key for key in REQUIREMENTS if brief.answers.get(key) is None),
        data=account.data,
        until=brief.day("processing_period"),
    )


def judge(measured: Privacy, _limits: Limits) -> tuple[Finding, ...]:
    """Raise everything that the sheet leaves open while personal data are worked on."""
    if measured.data != "personal" or measured.columns.empty:
        return ()
    return tuple(_raise_open(key, int(measured.columns.cells.sum())) for key in measured.lacking)


def _raise_open(key: str, cells: int) -> Finding:
    return Finding(
        code="privacy.ungated",
        scope={"requirement": key},
        title=TITLE.fill(name=REQUIREMENTS[key]),
        cause=CAUSE.fill(cells=word_number(cells)),
        action=ACTION,
        owner_role="manager",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=STOP,
        confidence=0.95,
        impact_reason=NO_MONEY,
        severity="medium",
        evidence=(Evidence(table="columns", n=cells),),
    )


def count_handling(measured: Privacy) -> dict[str, int]:
    """Cells by what was done with them; 0 where nothing was."""
    cells = measured.columns.groupby("handling").cells.sum()
    return {handling: int(cells.get(handling, 0)) for handling in HANDLINGS}


def tell(measured: Privacy) -> Text:
    """How many cells, what was done with them, and under which permission."""
    if measured.columns.empty:
        seen = NONE_SEEN
    else:
        counts = {name: word_number(cells) for name, cells in count_handling(measured).items()}
        columns = len(measured.columns.drop_duplicates(["file", "column"]))
        seen = SEEN.fill(columns=word_number(columns), **counts)
    if measured.data != "personal":
        return seen + NO_GATE[measured.data]
    return seen + (UNTIL.fill(day=word_date(measured.until)) if measured.until else NOTHING)


def tabulate(measured: Privacy) -> tuple[Exhibit, ...]:
    """The log: headers over all files, with what was done and why."""
    found = measured.columns
    grouped = found.groupby(["column", "handling", "kind"], as_index=False, sort=False).agg(
        files=("file", "nunique"), cells=("cells", "sum")
    )
    shown = grouped.sort_values("cells", ascending=False, kind="stable", ignore_index=True)
    shown = shown.assign(
        column=pd.Series([name_verbatim(shorten(str(name))) for name in shown.column], dtype=object),
        handling=pd.Series([HANDLINGS[str(handling)] for handling in shown.handling], dtype=object),
        kind=pd.Series([KINDS[str(kind)] for kind in shown.kind], dtype=object),
    )
    log = Exhibit(
        name="columns",
        title=Text(zh="去除记录：哪些列，怎样处理", en="What was taken out: columns and how they were handled"),
        fields=(
            Field(name="column", label=Text(zh="列名", en="Column")),
            Field(name="handling", label=Text(zh="处理", en="Handling")),
            Field(name="kind", label=Text(zh="依据", en="Told by")),
            Field(name="files", label=Text(zh="文件数", en="Files"), unit="count"),
            Field(name="cells", label=Text(zh="单元格", en="Cells"), unit="count"),
        ),
        frame=shown,
    )
    return (log,)


def draw(measured: Privacy, language: Language) -> Figure:
    """Cells by what was done with them."""
    counts = count_handling(measured)
    figure = draw_bars(
        [HANDLINGS[name].word(language) for name in counts],
        [float(cells) for cells in counts.values()],
        [word_number(cells).word(language) for cells in counts.values()],
        axis_label=Text(zh="单元格数", en="Cells").word(language),
    )
    scale_count(figure.axes[0].xaxis)
    return figure


SAMPLE = (
    FileAccount(
        path="a.csv",
        handled=(
            Handled(column="手机", handling="keyed", kind="name", cells=3),
            Handled(column="留言", handling="dropped", kind="name", cells=2),
            Handled(column="标题", handling="masked", kind="mobile", cells=1),
        ),
    ),
)
STATED = Brief(answers={key: True for key in REQUIREMENTS if key != "deletion_confirm"})

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=(),
    finds=("privacy.ungated",),
    needs=(Need(table="order_lines"),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10"},
        says="cells dropped: 2, replaced by pseudonyms: 3, masked: 1",
        finds=(("privacy.ungated", {"requirement": "deletion_confirm"}),),
        account=IntakeAccount(files=SAMPLE),
        brief=STATED,
    ),
    place=40,
)
