"""The private domain's share of GMV, now and before, against the range that the client set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Limit
from diagnostics.checks.tracking import track_value
from diagnostics.checks.venue import _private_share_words as words
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.private_share import sum_private
from diagnostics.model.finding import Evidence, Finding, Severity, Validation
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_percent
from diagnostics.statistics.bounded_share import BoundedShare, bound_share

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.brief import Brief
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables

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

PRIVATE_LIMITS = (
    Limit(
        name="tolerance",
        value=0.02,
        reason=Text(
            zh="私域占比高出 2 个百分点以内，多半是归因口径的出入",
            en="up to two points above the bound of the private share are mostly a matter of the attribution rule",
        ),
    ),
    Limit(
        name="wide",
        value=0.05,
        reason=Text(
            zh="私域占比高出 5 个百分点以上，足以影响公域渠道的流量与定价",
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
        reason=Text(zh="少于 100 单的私域占比不作判断", en="a private share of fewer than 100 orders is not judged"),
    ),
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


def ask_private(tables: Tables) -> dict[str, ir.Table]:
    """Ask for private and all GMV by month and bucket, in both periods; nothing where no rule tells what is private."""
    if not tables.has("order_lines", "is_private"):
        return {}
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    inside = within(lines, horizon.current)
    asked = {
        "private_now": sum_private(inside),
        "private_orders": inside.agg(orders=inside.order_id.nunique(where=~inside.is_return)),
    }
    if horizon.previous is not None:
        asked["private_before"] = sum_private(within(lines, horizon.previous))
    return asked


def read_private(replies: Replies) -> PrivateShare | None:
    """Bound the share in both periods; `None` where nothing was asked."""
    if "private_now" not in replies:
        return None
    frames = [replies[name] for name in ("private_before", "private_now") if name in replies]
    has_before = "private_before" in replies and replies["private_before"].gmv.sum() > 0
    brief = replies.engagement.brief
    months = pd.concat(frames).groupby("month", as_index=False)[["gmv", "private", "undecided"]].sum()
    return PrivateShare(
        now=_bound(replies["private_now"]),
        before=_bound(replies["private_before"]) if has_before else None,
        months=months.sort_values("month", ignore_index=True),
        orders=int(replies["private_orders"].orders.iloc[0]),
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


def track_private(measured: PrivateShare) -> tuple[Reading, ...]:
    """The least that the private domain holds of sales; the interval reaches to the most that it may hold."""
    now = measured.now
    return track_value("pd_share", now.least, now.low, now.high, n=measured.orders)


def judge_private(measured: PrivateShare, limits: Limits) -> tuple[Finding, ...]:
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


def tell_private(measured: PrivateShare) -> Text:
    """The share, now and before, and the bound."""
    against = words.UNBOUND
    if measured.bound is not None:
        named = words.AGAINST_CAP if measured.is_cap else words.AGAINST_TARGET
        against = named.fill(bound=word_percent(measured.bound))
    change = words.WAS.fill(before=_word_share(measured.before)) if measured.before else NOTHING
    return words.ANSWER.fill(share=_word_share(measured.now), change=change, against=against)


def _word_share(share: BoundedShare) -> Text:
    least, most = word_percent(share.least), word_percent(share.most)
    return least if least == most else words.RANGE.fill(least=least, most=most)


def list_doubts(measured: PrivateShare) -> tuple[Text, ...]:
    """That a rule decides, and what it leaves open."""
    said = [words.RULE]
    if measured.now.most > measured.now.least:
        said.append(words.UNDECIDED.fill(share=word_percent(measured.now.most - measured.now.least)))
    return tuple(said)


def tabulate_private(measured: PrivateShare) -> Exhibit:
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
    sold = measured.months.gmv.where(measured.months.gmv > 0)
    frame = measured.months.assign(
        least=measured.months.private / sold, most=(measured.months.private + measured.months.undecided) / sold
    )
    return Exhibit(name="months", title=title, fields=fields, frame=frame)
