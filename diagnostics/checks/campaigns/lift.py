"""Whether campaigns add sales or only pull them forward, against quiet days and with the error of placebos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.ranges import draw_points
from diagnostics.checks.campaigns import _lift_words as words
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.costing import value_costed
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.campaign_days import WHOLE, list_campaigns, total_daily_sales, total_margin
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_change,
    word_money,
    word_month,
    word_number,
    word_period,
)
from diagnostics.statistics.campaign_lift import Lift, Verdict, judge_lift, measure_lifts
from diagnostics.statistics.certainty import rate_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Campaigns:
    """Campaigns with what they added, how many rows are standing spend, and the gross margin that values it."""

    lifts: tuple[Lift, ...]
    standing: int
    margin: float | None
    currency: str
    limits: Limits

    @property
    def told(self) -> tuple[Lift, ...]:
        """Campaigns of which something can be said, latest first."""
        return tuple(lift for lift in self.lifts if not lift.why)

    def judge(self, lift: Lift) -> Verdict:
        """What can be said of a campaign."""
        return judge_lift(lift, self.limits["least"], self.limits["wide"])


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the campaigns, the daily sales of their channels and the margin."""
    horizon = tables.engagement.horizon
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.history)
    campaigns = list_campaigns(tables["campaigns"], horizon.history)
    return {
        "campaigns": campaigns,
        "daily": total_daily_sales(lines, campaigns),
        "margin": total_margin(within(value_costed(tables), horizon.current)),
    }


def measure(replies: Replies) -> Campaigns | NotComputable:
    """Set each campaign against its quiet days."""
    if replies["campaigns"].empty:
        return NotComputable(reason=words.NONE, unlocked_by=words.UNLOCK)
    history = replies.engagement.horizon.history
    days = pd.date_range(history.start, history.end, inclusive="left")
    row = replies["margin"].fillna(0).iloc[0]
    costed = float(row.net - row.uncosted)
    rows = measure_lifts(replies["campaigns"], replies["daily"], days)
    lifts = tuple(lift for lift in rows if lift.why != "long")
    if not lifts:
        return NotComputable(reason=words.STANDING_ONLY, unlocked_by=words.UNLOCK)
    return Campaigns(
        lifts=lifts,
        standing=len(rows) - len(lifts),
        margin=float(row.earned) / costed if costed > 0 else replies.engagement.brief.number("gross_margin"),
        currency=replies.engagement.currency,
        limits=find_limits(NAME, LIMITS, replies.engagement),
    )


def judge(measured: Campaigns, limits: Limits) -> tuple[Finding, ...]:
    """Raise campaigns that surely added less than the limit, window and days after taken together."""
    return tuple(
        _find(measured, lift, limits["least"])
        for lift in measured.lifts
        if judge_lift(lift, limits["least"], limits["wide"]) == "no_lift"
    )


def tell(measured: Campaigns) -> Text:
    """How many campaigns added sales, and which one most."""
    verdicts = [measured.judge(lift) for lift in measured.lifts]
    counts = {name: word_number(sum(verdict == name for verdict in verdicts)) for name in words.VERDICTS}
    said = words.ANSWER.fill(
        n=word_number(len(verdicts)),
        lift=counts["lift"],
        none=counts["no_lift"],
        unclear=counts["unclear"],
        unknown=counts["cannot_tell"],
    )
    clear = [lift for lift in measured.lifts if measured.judge(lift) == "lift"]
    if not clear:
        return said
    best = max(clear, key=lambda lift: lift.net)
    return said + words.BEST.fill(
        name=_name(best), net=word_change(best.net, 0), low=word_change(best.low, 0), high=word_change(best.high, 0)
    )


def caveats(measured: Campaigns) -> tuple[Text, ...]:
    """Rows that are no campaigns."""
    return (words.STANDING.fill(n=word_number(measured.standing)),) if measured.standing else ()


def tabulate(measured: Campaigns) -> tuple[Exhibit, ...]:
    """Campaigns, latest first."""
    fields = (
        Field(name="name", label=Text(zh="活动", en="Campaign")),
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="start", label=Text(zh="开始", en="Begins"), unit="date"),
        Field(name="length", label=Text(zh="天数", en="Days"), unit="count"),
        Field(name="sold", label=Text(zh="活动期销售", en="Sold"), unit="money"),
        Field(name="expected", label=Text(zh="本应销售", en="Expected"), unit="money"),
        Field(name="inside", label=Text(zh="活动期增量", en="In the window"), unit="share"),
        Field(name="after", label=Text(zh="之后回落", en="After it"), unit="share"),
        Field(name="low", label=Text(zh="净增下限", en="Net, low"), unit="share"),
        Field(name="high", label=Text(zh="净增上限", en="Net, high"), unit="share"),
        Field(name="verdict", label=Text(zh="结论", en="Verdict")),
    )
    rows = [
        {
            "name": _name(lift),
            "channel": _name_channel(lift),
            "length": (lift.end - lift.start).days,
            **{name: getattr(lift, name) for name in ("start", "sold", "expected", "inside", "after", "low", "high")},
            "verdict": _word_verdict(measured, lift),
        }
        for lift in measured.lifts[: 3 * MOST_ROWS]
    ]
    title = Text(zh="各场活动的增量与回落", en="What each campaign added, and what it took from the days after")
    return (Exhibit(name="campaigns", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def _word_verdict(measured: Campaigns, lift: Lift) -> Text:
    verdict = measured.judge(lift)
    said = words.VERDICTS[verdict]
    if verdict != "cannot_tell":
        return said
    why = words.REASONS[lift.why] if lift.why else words.TOO_WIDE
    return Text(zh="{said}：{why}", en="{said}: {why}").fill(said=said, why=why)


def draw(measured: Campaigns, language: Language) -> Figure:
    """Net lift of the latest campaigns with its interval; those that can't be told have no point."""
    shown = measured.told[:MOST_ROWS] or measured.lifts[:1]
    return draw_points(
        [f"{shorten(lift.campaign, 12)} {word_month(lift.start).en}" for lift in shown],
        [100 * lift.net for lift in shown],
        low=[100 * lift.low for lift in shown],
        high=[100 * lift.high for lift in shown],
        words=[words.VERDICTS[measured.judge(lift)].word(language) for lift in shown],
        axis_label=words.AXIS.word(language),
        marked={place for place, lift in enumerate(shown) if measured.judge(lift) == "no_lift"},
    )


def _name(lift: Lift) -> Text:
    return name_verbatim(shorten(lift.campaign, 24))


def _name_channel(lift: Lift) -> Text:
    return words.ALL if lift.channel == WHOLE else name_channel(lift.channel)


def _find(measured: Campaigns, lift: Lift, least: float) -> Finding:
    shares = {name: word_change(getattr(lift, name), 0) for name in ("inside", "after", "net", "low", "high")}
    title = words.TITLE.fill(name=_name(lift), **{name: shares[name] for name in ("inside", "after", "net")})
    impact = None
    if lift.cost > 0 and measured.margin is not None:
        # A campaign is held once a year: what it wasted is what its cost did not earn back.
        earned = [measured.margin * lift.expected * max(end, 0.0) for end in (lift.high, lift.net)]
        low, mid = (max(lift.cost - part, 0.0) for part in earned)
        impact = Impact(low=low, mid=mid, high=lift.cost)
        tail = words.WORTH.fill(money=word_money(mid, measured.currency))
        title = Text(zh=title.zh + tail.zh, en=title.en + tail.en)
    return Finding(
        code="campaign.no_lift",
        scope={"campaign": lift.campaign, **({"channel": lift.channel} if lift.channel != WHOLE else {})},
        title=title,
        cause=words.CAUSE.fill(
            channel=_name_channel(lift),
            period=word_period(lift.start, lift.end),
            sold=word_money(lift.sold, measured.currency),
            expected=word_money(lift.expected, measured.currency),
            low=shares["low"],
            high=shares["high"],
            n=word_number(lift.placebos),
        ),
        action=words.ACTION,
        owner_role="manager",
        validation=Validation(metric="gmv", direction="up", window_days=42),
        stop_rule=words.STOP,
        # How far even the upper end lies below what would count as a lift.
        confidence=rate_gap(least - lift.net, least - lift.high),
        impact=impact,
        impact_reason=None if impact else words.NO_MONEY,
        severity=None if impact else "low",
        evidence=(Evidence(table="campaigns", n=lift.placebos, value=lift.net),),
    )


# Each day sells 100; in the week of the campaign 200, in the week after nothing: all of it was pulled forward.
EXAMPLE_DAYS = pd.date_range("2024-01-01", "2024-06-30")
WINDOW, AFTER = (pd.date_range(start, periods=7) for start in ("2024-04-01", "2024-04-08"))
EXAMPLE_LINES = "\n".join(
    [
        "ordered_at paid_amount",
        *(f"{day:%Y-%m-%d} {200 if day in WINDOW else 100}" for day in EXAMPLE_DAYS if day not in AFTER),
    ]
)

NAME = "campaigns.lift"
LIMITS = (
    Limit(name="least", value=0.2, reason=words.LIMIT_LEAST),
    Limit(name="wide", value=0.5, reason=words.LIMIT_WIDE),
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-08", "001-21"),
    finds=("campaign.no_lift",),
    needs=(Need(table="order_lines"), Need(table="campaigns")),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": EXAMPLE_LINES,
            "campaigns": "campaign channel starts_on ends_on cost\nspring website 2024-04-01 2024-04-08 500",
        },
        says="1 added none",
        finds=(("campaign.no_lift", {"campaign": "spring", "channel": "website"}),),
    ),
    place=10,
)
