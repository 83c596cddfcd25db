"""Whether more people join while a campaign runs and go on to buy, and whether those told of new items buy them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.ranges import draw_points
from diagnostics.checks.campaigns import _opening_words as words
from diagnostics.checks.campaigns._opening_rows import AROUND, LEAST, QUIET, compare_joins, compare_pushes
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.campaign_days import list_campaigns
from diagnostics.metrics.campaign_openings import (
    FIRST_DAYS,
    FOLLOW_DAYS,
    NEW_DAYS,
    count_groups,
    count_joins,
    count_new_buyers,
    count_told,
    list_pushes,
    rank_customers,
)
from diagnostics.metrics.lines import value_lines
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    shorten,
    word_date,
    word_number,
    word_percent,
    word_points,
    word_points_range,
)
from diagnostics.statistics.campaign_lift import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS, MOST_POINTS = 36, 12


@dataclass(frozen=True, kw_only=True)
class Openings:
    """Campaigns with joins set against ordinary days, and pushes with those told against those not, latest first."""

    joins: pd.DataFrame
    pushes: pd.DataFrame


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for joins by day, and for those told of new items where a log of touches names them."""
    history = tables.engagement.horizon.history
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    asked = {}
    if tables.has("campaigns") and tables.has("customers", "joined_on"):
        asked["campaigns"] = list_campaigns(tables["campaigns"], history)
        asked["daily"] = count_joins(tables["customers"], lines)
    if tables.has("touches", "customer", "touched_at") and tables.has("products", "launched_on"):
        named, days = list_pushes(tables["touches"], history.end)
        pushes = tables.share(days)
        people = tables.share(rank_customers(lines, pushes))
        asked["groups"] = count_groups(people)
        asked["told"] = count_told(named, pushes, people)
        asked["bought"] = count_new_buyers(named, pushes, people, lines, tables["products"])
    return asked


def measure(replies: Replies) -> Openings | NotComputable:
    """Set campaigns against the days around them, and those told against those not."""
    joins, pushes = compare_joins(replies), compare_pushes(replies)
    if joins.empty and pushes.empty:
        return NotComputable(reason=words.NONE, unlocked_by=words.UNLOCK)
    return Openings(joins=joins, pushes=pushes)


def judge(_measured: Openings, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: associations; what a campaign added in sales is asked by the section on lift."""
    return ()


def tell(measured: Openings) -> Text:
    """The joint campaign that drew most, and whether those told of new items buy more of them."""
    return words.ANSWER.fill(joins=_tell_joins(measured.joins), pushes=_tell_pushes(measured.pushes))


def _tell_joins(joins: pd.DataFrame) -> Text:
    if joins.empty:
        return words.NO_JOINS.fill(export=words.JOIN_EXPORT)
    joint = joins[joins.is_joint]
    best = (joint if len(joint) else joins).sort_values("joins", ascending=False).iloc[0]
    first = NOTHING
    if pd.notna(best["first"]):
        first = words.FIRST.fill(
            n=word_number(best.new),
            share=word_percent(best["first"]),
            days=word_number(FIRST_DAYS),
            usual=word_percent(best.usual),
        )
    return words.JOINS.fill(
        n=word_number(len(joins)),
        more=word_number((joins.low > 1).sum()),
        kind=words.JOINT if len(joint) else words.OTHER,
        name=name_verbatim(shorten(best.campaign, 18)),
        ratio=word_number(best.ratio, 1),
        low=word_number(best.low, 1),
        high=word_number(best.high, 1),
        joins=word_number(best.joins),
        first=first,
    )


def _tell_pushes(pushes: pd.DataFrame) -> Text:
    if pushes.empty:
        return words.NO_PUSHES.fill(export=words.PUSH_EXPORT)
    last = pushes.iloc[0]
    return words.PUSHES.fill(
        n=word_number(len(pushes)),
        more=word_number((pushes.low > 0).sum()),
        day=word_date(last.push),
        group=words.GROUPS[bool(last.is_high)],
        told=word_percent(last.told_share),
        rest=word_percent(last.rest_share),
        gap=word_points(last.told_share - last.rest_share),
        range=word_points_range(last.low, last.high),
    )


def caveats(_measured: Openings) -> tuple[Text, ...]:
    """That nothing here is an increment."""
    return (words.ASSOCIATED,)


def tabulate(measured: Openings) -> tuple[Exhibit, ...]:
    """Campaigns with joins, and pushes by group; what is missing has no table."""
    tables = []
    if len(measured.joins):
        shown = measured.joins.head(MOST_ROWS)
        marks = pd.Series([words.YES if one else None for one in shown.is_joint], dtype=object)
        shown = shown.assign(name=[shorten(name, 24) for name in shown.campaign], joint=marks)
        tables.append(Exhibit(name="joins", title=words.JOINS_TITLE, fields=words.JOIN_FIELDS, frame=shown))
    if len(measured.pushes):
        groups = pd.Series([words.GROUPS[bool(one)] for one in measured.pushes.is_high], dtype=object)
        shown = measured.pushes.assign(group=groups)
        tables.append(Exhibit(name="pushes", title=words.PUSHES_TITLE, fields=words.PUSH_FIELDS, frame=shown))
    return tuple(tables)


def draw(measured: Openings, language: Language) -> Figure:
    """How many times as many joined in each campaign; without campaigns, the gaps of the pushes."""
    if len(measured.joins):
        shown = measured.joins.head(MOST_POINTS)
        return draw_points(
            [f"{shorten(str(row.campaign), 12)} {row.start:%Y-%m}" for row in shown.itertuples()],
            shown.ratio.tolist(),
            low=shown.low.tolist(),
            high=shown.high.tolist(),
            words=[f"n={word_number(n).en}" for n in shown.joins],
            axis_label=words.AXIS_JOINS.word(language),
            reference=1.0,
        )
    shown = measured.pushes.head(MOST_POINTS)
    return draw_points(
        [f"{row.push:%Y-%m-%d} {words.GROUPS[bool(row.is_high)].word(language)}" for row in shown.itertuples()],
        (100 * (shown.told_share - shown.rest_share)).tolist(),
        low=(100 * shown.low).tolist(),
        high=(100 * shown.high).tolist(),
        words=[f"n={word_number(n).en}" for n in shown.told],
        axis_label=words.AXIS_PUSHES.word(language),
    )


# One joins a day, ten a day in the campaign's week; half of these 70 buy on 20 May.
EXAMPLE_DAYS = pd.date_range("2024-04-01", "2024-06-30")
EXAMPLE_WINDOW = pd.date_range("2024-05-08", periods=7)
EXAMPLE_JOINED = [
    (f"m{day:%m%d}{turn}", day) for day in EXAMPLE_DAYS for turn in range(10 if day in EXAMPLE_WINDOW else 1)
]
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"z {day:%Y-%m-%d} 10" for day in EXAMPLE_DAYS),
        *(f"{name} 2024-05-20 100" for name, day in EXAMPLE_JOINED if day in EXAMPLE_WINDOW and name[-1] < "5"),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(
        longest=word_number(LONGEST),
        around=word_number(AROUND),
        quiet=word_number(QUIET),
        first=word_number(FIRST_DAYS),
        new=word_number(NEW_DAYS),
        follow=word_number(FOLLOW_DAYS),
        least=word_number(LEAST),
    ),
    answers=("002-16", "002-29"),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(),
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
            "customers": "\n".join(["customer joined_on", *(f"{name} {day:%Y-%m-%d}" for name, day in EXAMPLE_JOINED)]),
            "campaigns": "campaign channel starts_on ends_on\n联合开卡 youzan 2024-05-08 2024-05-15",
        },
        says="10.0 倍（7.0–14.2），70 人入会，其中没买过的 70 人里 50.0% 在 30 天内首购（平日 0.0%）",
    ),
    place=40,
)
