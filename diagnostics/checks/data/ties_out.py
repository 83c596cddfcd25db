"""Whether the orders add up to what the client and the platforms say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.model.account import IntakeAccount, Reconciliation
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_change, word_money, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="订单加总，与客户和平台给出的总额对得上吗？", en="Do the orders add up to the totals that others state?"
)
DEFINITION = Text(
    zh="我方合计 = 收到的订单按同一口径、同一时段加总；"
    "对方合计 = 需求表填写的年 GMV，或平台报表（如生意参谋）的支付金额。"
    "差异 = 我方 ÷ 对方 − 1；有分月数据的渠道，按各月合计判断。",
    en="Ours = the orders received, summed by the same definition over the same days. Theirs = the annual GMV of the "
    "requirement sheet, or the paid amount of a platform's report. Gap = ours / theirs − 1; where there are months, "
    "the channel's months together are judged.",
)
NOTHING_TO_COMPARE = Text(
    zh="没有可比的第二个总额：需求表未填年 GMV，也没有平台汇总报表",
    en="there is no second total to compare with: neither annual GMV in the requirement sheet nor a platform's summary",
)
BROUGHT_BY = Text(
    zh="需求表的年 GMV，或生意参谋等平台的月度支付金额",
    en="annual GMV in the requirement sheet, or monthly totals of a platform",
)
LARGEST = Text(
    zh="差异最大的是{name}：我方 {ours}，对方 {theirs}（{gap}），共对账 {n} 项。",
    en="Largest gap: {name}, {ours} in our orders against {theirs} stated ({gap}; totals compared: {n}).",
)
TITLE = Text(zh="{name}的订单加总与对方总额相差 {gap}", en="{name}: orders differ from the stated total by {gap}")
CAUSE = Text(
    zh="我方合计 {ours}，对方 {theirs}：{cause}。", en="Orders sum to {ours}, the other side says {theirs}: {cause}."
)
ACTION = Text(
    zh="先核对口径（付款/结算、是否扣退款、是否含税运费）与时段，再补导缺少的店铺和月份；"
    "核平之前，涉及{name}的金额只看比例。",
    en="First agree on the definition (paid or settled, refunds, postage) and the days, then export the shops and "
    "months that lack; until it ties out, read money of {name} as proportions only.",
)
STOP = Text(
    zh="差异降到 {limit} 以内，或客户书面确认口径差异的原因，即关闭。",
    en="Close it once the gap is within {limit}, or the client confirms in writing where it comes from.",
)
NO_MONEY = Text(
    zh="这是数据口径的差异，不是业务损失", en="this is a difference in the data, not a loss of the business"
)
ALL = Text(zh="全部渠道", en="All channels")
MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Totals:
    """One row a channel ("" for all): ours, theirs, gap (a share), months, cause; the largest gap first.

    `months` holds the comparisons by month.
    """

    channels: pd.DataFrame
    months: pd.DataFrame
    currency: str


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: intake has compared the totals already."""
    return {}


def measure(replies: Replies) -> Totals | NotComputable:
    """Add up the months of each channel."""
    lines = [line for line in replies.engagement.account.reconciliation if line.theirs > 0]
    if not lines:
        return NotComputable(reason=NOTHING_TO_COMPARE, unlocked_by=BROUGHT_BY)
    grouped: dict[str, list[Reconciliation]] = {}
    for line in lines:
        grouped.setdefault(line.channel, []).append(line)
    rows = pd.DataFrame([_add_up(channel, own) for channel, own in grouped.items()])
    ordered = rows.sort_values("gap", key=lambda gap: -gap.abs(), kind="stable", ignore_index=True)
    months = pd.DataFrame([_tell_line(line) for line in lines if line.month])
    return Totals(channels=ordered, months=months, currency=replies.engagement.currency)


def _add_up(channel: str, lines: list[Reconciliation]) -> dict[str, object]:
    """A total over all months where one was given, else the months together; the cause is that of the largest gap."""
    whole = [line for line in lines if not line.month] or lines
    ours, theirs = sum(line.ours for line in whole), sum(line.theirs for line in whole)
    widest = max(whole, key=lambda line: abs(line.ours - line.theirs))
    return {
        "channel": channel,
        "ours": ours,
        "theirs": theirs,
        "gap": ours / theirs - 1,
        "months": sum(bool(line.month) for line in lines),
        "cause": widest.cause,
    }


def _tell_line(line: Reconciliation) -> dict[str, object]:
    return {
        "channel": line.channel,
        "month": line.month,
        "ours": line.ours,
        "theirs": line.theirs,
        "gap": line.ours / line.theirs - 1,
        "cause": line.cause,
    }


def name_total(channel: str) -> Text:
    """The channel, or all of them."""
    return name_channel(channel) if channel else ALL


def judge(measured: Totals, limits: Limits) -> tuple[Finding, ...]:
    """Raise every channel whose total differs by more than cut-off times and postage explain."""
    rows = measured.channels[measured.channels.gap.abs() > limits["most_gap"]]
    return tuple(
        _raise_gap(measured, channel, (ours, theirs), cause, limits)
        for channel, ours, theirs, cause in zip(rows.channel, rows.ours, rows.theirs, rows.cause, strict=True)
    )


def _raise_gap(measured: Totals, channel: str, totals: tuple[float, float], cause: Text, limits: Limits) -> Finding:
    ours, theirs = totals
    gap, name = ours / theirs - 1, name_total(channel)
    money = {"ours": word_money(ours, measured.currency), "theirs": word_money(theirs, measured.currency)}
    return Finding(
        code="data.reconciliation_gap",
        scope={"channel": channel} if channel else {},
        title=TITLE.fill(name=name, gap=word_change(gap)),
        cause=CAUSE.fill(**money, cause=cause),
        action=ACTION.fill(name=name),
        owner_role="data",
        validation=Validation(metric="recon", direction="down", window_days=14),
        stop_rule=STOP.fill(limit=word_change(limits["most_gap"], 0)),
        confidence=0.9,
        impact_reason=NO_MONEY,
        severity="medium" if abs(gap) > limits["medium_gap"] else "low",
        evidence=(Evidence(table="totals", value=gap),),
    )


def tell(measured: Totals) -> Text:
    """The largest gap."""
    first = measured.channels.iloc[0]
    return LARGEST.fill(
        n=word_number(len(measured.channels)),
        name=name_total(str(first.channel)),
        ours=word_money(float(first.ours), measured.currency),
        theirs=word_money(float(first.theirs), measured.currency),
        gap=word_change(float(first.gap)),
    )


def tabulate(measured: Totals) -> tuple[Exhibit, ...]:
    """Both totals by channel, and the months that do not tie out."""
    money = (
        Field(name="ours", label=Text(zh="订单合计", en="Our orders"), unit="money"),
        Field(name="theirs", label=Text(zh="对方合计", en="Stated"), unit="money"),
        Field(name="gap", label=Text(zh="差异", en="Gap"), unit="share"),
        Field(name="cause", label=Text(zh="可能原因", en="Probable cause")),
    )
    names = pd.Series([name_total(str(channel)) for channel in measured.channels.channel], dtype=object)
    label = Field(name="name", label=Text(zh="渠道", en="Channel"))
    totals = Exhibit(
        name="totals",
        title=Text(zh="订单加总与对方总额", en="Our orders and the stated totals"),
        fields=(label, *money),
        frame=measured.channels.assign(name=names),
    )
    months = measured.months
    if months.empty or (months := months[months.gap.abs() > MOST_GAP]).empty:
        return (totals,)
    month = Field(name="month", label=Text(zh="月份", en="Month"))
    channel = Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel")
    by_month = Exhibit(
        name="months",
        title=Text(zh="对不上的月份", en="Months that do not tie out"),
        fields=(channel, month, *money),
        frame=months,
    )
    return (totals, by_month)


def draw(measured: Totals, language: Language) -> Figure:
    """Our total as a share of the other one, by channel."""
    shown = measured.channels.head(MOST_ROWS)
    figure = draw_bars(
        [name_total(str(channel)).word(language) for channel in shown.channel],
        (1 + shown.gap).tolist(),
        [word_change(float(gap)).word(language) for gap in shown.gap],
        axis_label=Text(zh="订单合计 ÷ 对方合计", en="Our orders / stated total").word(language),
        marked=[place for place, gap in enumerate(shown.gap) if abs(gap) > MOST_GAP],
        reference=1.0,
        reference_label=Text(zh="完全一致", en="Equal").word(language),
    )
    axes = figure.axes[0]
    axes.set_xlim(0, max(1.0, float(1 + shown.gap.max())) * 1.35)
    scale_share(axes.xaxis)
    return figure


MOST_GAP = 0.03
SAMPLE = (
    Reconciliation(
        channel="tmall",
        month="2024-01",
        ours=80.0,
        theirs=100.0,
        gap=-20.0,
        cause=Text(zh="缺一家店铺的导出", en="one shop's export is missing"),
    ),
    Reconciliation(
        channel="tmall", month="2024-02", ours=100.0, theirs=100.0, gap=0.0, cause=Text(zh="相符", en="ties out")
    ),
    Reconciliation(channel="", month="", ours=400.0, theirs=404.0, gap=-4.0, cause=Text(zh="相符", en="ties out")),
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-14",),
    finds=("data.reconciliation_gap",),
    needs=(Need(table="order_lines"),),
    limits=(
        Limit(
            name="most_gap",
            value=MOST_GAP,
            reason=Text(
                zh="运费、跨零点与迟到的退款通常造成 3% 以内的差异",
                en="postage, cut-off at midnight and late refunds usually move a total by up to 3%",
            ),
        ),
        Limit(
            name="medium_gap",
            value=0.1,
            reason=Text(
                zh="差异超过一成，金额结论会失真，列为“中”", en="a gap beyond a tenth distorts money: it ranks medium"
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
        says="-10.0%",
        finds=(("data.reconciliation_gap", {"channel": "tmall"}),),
        account=IntakeAccount(reconciliation=SAMPLE),
    ),
    place=20,
)
