"""Whether the private domain's share of GMV lies inside the range that the client set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.lines import draw_months
from diagnostics.charts.theme import ALERT
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.tracking import track_value
from diagnostics.checks.venue import _private_share_words as words
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.private_share import sum_private
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Severity, Validation
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_percent
from diagnostics.statistics.bounded_share import BoundedShare, bound_share

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

ANSWER_KEY = "pd_share_target"
PRIVATE_WORDS = ("私域", "private")
CAP_WORDS = (
    "上限",
    "不超过",
    "不得超过",
    "不高于",
    "以下",
    "以内",
    "控制在",
    "冲击",
    "cap",
    "at most",
    "not exceed",
    "below",
    "under",
)


@dataclass(frozen=True, kw_only=True)
class PrivateShare:
    """The share now and before (`None` without a previous period), by month, and the bound that the client set."""

    now: BoundedShare
    before: BoundedShare | None
    months: pd.DataFrame
    orders: int
    bound: float | None
    is_cap: bool


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for private and all GMV by month and bucket, in both periods."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    inside = within(lines, horizon.current)
    asked = {
        "now": sum_private(inside),
        "orders": inside.agg(orders=inside.order_id.nunique(where=~inside.is_return)),
    }
    if horizon.previous is not None:
        asked["before"] = sum_private(within(lines, horizon.previous))
    return asked


def measure(replies: Replies) -> PrivateShare | NotComputable:
    """Bound the share in both periods."""
    if replies["now"].gmv.sum() <= 0:
        return NotComputable(reason=words.NO_SALES)
    frames = [replies[name] for name in ("before", "now") if name in replies]
    has_before = "before" in replies and replies["before"].gmv.sum() > 0
    brief = replies.engagement.brief
    months = pd.concat(frames).groupby("month", as_index=False)[["gmv", "private", "undecided"]].sum()
    return PrivateShare(
        now=_bound(replies["now"]),
        before=_bound(replies["before"]) if has_before else None,
        months=months.sort_values("month", ignore_index=True),
        orders=int(replies["orders"].orders.iloc[0]),
        bound=brief.number(ANSWER_KEY) or None,
        is_cap=is_called_cap(brief),
    )


def _bound(frame: pd.DataFrame) -> BoundedShare:
    sums = frame.groupby("bucket")[["private", "undecided", "gmv"]].sum()
    return bound_share(sums.private, sums.undecided, sums.gmv)


def is_called_cap(brief: Brief) -> bool:
    """Whether a constraint of the sheet calls the private share's bound a cap."""
    return any(
        any(word in said for word in PRIVATE_WORDS) and any(word in said for word in CAP_WORDS)
        for said in (constraint.lower() for constraint in brief.choices("constraints"))
    )


def track(measured: PrivateShare) -> tuple[Reading, ...]:
    """The least that the private domain holds of sales; the interval reaches to the most that it may hold."""
    now = measured.now
    return track_value("pd_share", now.least, now.low, now.high, n=measured.orders)


def judge(measured: PrivateShare, limits: Limits) -> tuple[Finding, ...]:
    """Raise a share that lies above the bound, or below half of one that is no cap, beyond tolerance and chance."""
    bound = measured.bound
    if bound is None or measured.orders < limits["least_orders"]:
        return ()
    excess = measured.now.least - bound
    if excess > limits["tolerance"] and measured.now.low > bound:
        severity: Severity = "medium" if excess > limits["wide"] else "low"
        return (_state(measured, bound, severity, is_above=True),)
    if not measured.is_cap and max(measured.now.high, measured.now.most) < limits["far_below"] * bound:
        return (_state(measured, bound, "low", is_above=False),)
    return ()


def _state(measured: PrivateShare, bound: float, severity: Severity, *, is_above: bool) -> Finding:
    share = measured.now.least if is_above else measured.now.most
    cause = words.CAUSE_ABOVE if is_above else words.CAUSE_BELOW
    edge = max(measured.now.low, 0.0) if is_above else measured.now.high
    title = words.ABOVE if is_above else words.BELOW
    return Finding(
        code="venue.private_share_guardrail",
        scope={},
        title=title.fill(share=word_percent(share), bound=word_percent(bound)),
        cause=cause.fill(share=word_percent(share), edge=word_percent(edge), bound=word_percent(bound)),
        action=words.ACTION_ABOVE if is_above else words.ACTION_BELOW,
        owner_role="manager",
        validation=Validation(metric="pd_share", direction="down" if is_above else "up", window_days=90),
        stop_rule=words.STOP_ABOVE if is_above else words.STOP_BELOW,
        # The share is counted; whether the bound is a cap is sure only where the sheet says so.
        confidence=0.9 if is_above and measured.is_cap else 0.6,
        impact=None,
        impact_reason=words.NO_LOSS,
        severity=severity,
        evidence=(Evidence(table="months", n=measured.orders, value=share),),
    )


def tell(measured: PrivateShare) -> Text:
    """The share, now and before, and the bound."""
    change = words.WAS.fill(before=_word_share(measured.before)) if measured.before else ""
    said = words.ANSWER.fill(share=_word_share(measured.now), change=change)
    if measured.bound is None:
        return said + words.UNBOUND
    against = words.AGAINST_CAP if measured.is_cap else words.AGAINST_TARGET
    return said + against.fill(bound=word_percent(measured.bound))


def _word_share(share: BoundedShare) -> Text:
    least, most = word_percent(share.least), word_percent(share.most)
    return least if least == most else words.RANGE.fill(least=least, most=most)


def caveats(measured: PrivateShare) -> tuple[Text, ...]:
    """That a rule decides, and what it leaves open."""
    said = [words.RULE]
    if measured.now.most > measured.now.least:
        said.append(words.UNDECIDED.fill(share=word_percent(measured.now.most - measured.now.least)))
    return tuple(said)


def _share_months(measured: PrivateShare) -> pd.DataFrame:
    months = measured.months
    sold = months.gmv.where(months.gmv > 0)
    return months.assign(least=months.private / sold, most=(months.private + months.undecided) / sold)


def tabulate(measured: PrivateShare) -> tuple[Exhibit, ...]:
    """Private and all GMV by month."""
    fields = (
        Field(name="month", label=Text(zh="月份", en="Month"), unit="month"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="private", label=Text(zh="其中私域", en="Private"), unit="money"),
        Field(name="undecided", label=Text(zh="规则未判定", en="Undecided"), unit="money"),
        Field(name="least", label=Text(zh="占比（下限）", en="Share, at least"), unit="share"),
        Field(name="most", label=Text(zh="占比（上限）", en="Share, at most"), unit="share"),
    )
    title = Text(zh="各月私域占比", en="Private share by month")
    return (Exhibit(name="months", title=title, fields=fields, frame=_share_months(measured)),)


def draw(measured: PrivateShare, language: Language) -> Figure:
    """The share by month, and the bound."""
    months = _share_months(measured)
    series = {Text(zh="私域占比", en="Private share").word(language): months.least.tolist()}
    if measured.now.most > measured.now.least:
        series[Text(zh="未判定也计入", en="With what is undecided").word(language)] = months.most.tolist()
    label = Text(zh="占 GMV", en="Share of GMV").word(language)
    figure, axes = draw_months([pd.Timestamp(month) for month in months.month], series, axis_label=label)
    if measured.bound is not None:
        name = Text(zh="设定值 {bound}", en="Set by the client: {bound}").fill(bound=word_percent(measured.bound))
        axes.axhline(measured.bound, color=ALERT, linestyle="--", linewidth=1.2, label=name.word(language))
        axes.legend(loc="upper left", bbox_to_anchor=(0, 1.14), ncols=3, fontsize=9)
        axes.set_ylim(top=max(measured.bound * 1.25, float(months[["least", "most"]].max().max()) * 1.1))
    scale_share(axes.yaxis)
    return figure


# Each month 40 of 120 orders of 100 are private, 33.3 %; the client wants at most 20 %.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount is_private",
        *(
            f"{'miniprogram' if i % 3 == 0 else 'tmall'} c{i:03d} {day} 100 {'true' if i % 3 == 0 else 'false'}"
            for day in ("2024-01-02", "2024-02-28")
            for i in range(120)
        ),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("002-43",),
    finds=("venue.private_share_guardrail",),
    needs=(Need(table="order_lines", columns=("is_private",)),),
    limits=(
        Limit(
            name="tolerance",
            value=0.02,
            reason=Text(
                zh="高出 2 个百分点以内，多半是归因口径的出入",
                en="up to two points above the bound are mostly a matter of the attribution rule",
            ),
        ),
        Limit(
            name="wide",
            value=0.05,
            reason=Text(
                zh="高出 5 个百分点以上，足以影响公域渠道的流量与定价",
                en="from five points above it the public channels' traffic and prices feel it",
            ),
        ),
        Limit(
            name="far_below",
            value=0.5,
            reason=Text(
                zh="目标是要走到的地方，低于目标不算异常；不到一半才说明目标或做法有问题",
                en="a target is a way to go, so being below is no trouble; less than half of it questions one or other",
            ),
        ),
        Limit(
            name="least_orders",
            value=100,
            reason=Text(zh="少于 100 单的占比不作判断", en="a share of fewer than 100 orders is not judged"),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="33.3%",
        finds=(("venue.private_share_guardrail", {}),),
        brief=Brief(answers={"pd_share_target": 0.2, "constraints": ("私域占比不超过 20%",)}),
    ),
    place=60,
)
