"""Whether groups lose members faster than they gain them, how long members stay, and whether they buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.community import _member_words as say
from diagnostics.checks.community._member_findings import find_bleeding, state_bleeding
from diagnostics.checks.community._member_tables import tabulate_members
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.units import WHOLE, name_units
from diagnostics.metrics.group_flows import WHOLE as ALL
from diagnostics.metrics.group_flows import (
    count_conversion,
    count_member_share,
    count_repeats,
    count_staying,
    follow_members,
    sum_entrance_flows,
    sum_flows,
)
from diagnostics.metrics.groups import pick_finest
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.recent import count_back
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, shorten, word_number, word_percent
from diagnostics.statistics.group_losses import estimate_losses

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

WINDOW = 91
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Flows:
    """Losses by unit of `grain` and in all; staying, repeats, conversion and member share where members are known."""

    grain: str
    units: pd.DataFrame
    whole: pd.Series
    staying: pd.DataFrame
    repeats: pd.Series | None
    conversion: pd.DataFrame
    loyal: pd.DataFrame
    limits: Limits

    @property
    def is_derived(self) -> bool:
        """Whether leaving was read off the members in all."""
        return bool(pd.isna(self.whole.left)) or (self.grain != "store" and not self.whole.left)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for flows of the finest grain, and for what the member lists tell."""
    asked: dict[str, ir.Table] = {}
    if tables.has("group_days", "members_total") or tables.has("group_days", "members_left"):
        rows = count_back(tables["group_days"])
        grain = next((name for name in ("group", "owner") if tables.has("group_days", name)), "whole")
        recent = pick_finest(rows.filter(rows.back < WINDOW), grain)
        asked[f"flows.{grain}"] = sum_flows(recent, grain)
        asked["flows.all"] = sum_flows(recent, "whole")
    elif tables.has("entry_days", "store", "group_joined", "group_left"):
        rows = count_back(tables["entry_days"])
        recent = rows.filter(rows.back < WINDOW)
        asked["flows.store"] = sum_entrance_flows(recent, "store")
        asked["flows.all"] = sum_entrance_flows(recent, "whole")
    if tables.has("group_members", "contact"):
        followed = tables.share(follow_members(tables["group_members"]))
        asked |= {"staying": count_staying(followed), "repeats": count_repeats(followed)}
        if tables.has("group_members", "customer") and tables.has("order_lines", "customer"):
            lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
            kinds = tables["groups"] if tables.has("groups", "group", "kind") else None
            asked["conversion"] = count_conversion(followed, lines, kinds)
        if tables.has("group_members", "customer") and tables.has("customers", "is_member"):
            asked["loyal"] = count_member_share(followed, tables["customers"])
    return asked


def measure(replies: Replies) -> Flows | NotComputable:
    """Estimate losses, and keep what the member lists tell."""
    if "flows.all" not in replies or replies["flows.all"].empty:
        return NotComputable(reason=say.NOTHING, unlocked_by=say.UNLOCKED_BY)
    grain = next(name.removeprefix("flows.") for name in replies.frames if name.startswith("flows."))
    units = estimate_losses(replies[f"flows.{grain}"])
    nothing = pd.DataFrame()
    staying = replies.frames.get("staying", nothing)
    return Flows(
        grain=grain,
        units=units.sort_values(["weekly", "unit"], ascending=[False, True], ignore_index=True),
        whole=estimate_losses(replies["flows.all"]).iloc[0],
        staying=staying.sort_values("month", ignore_index=True) if len(staying) else staying,
        repeats=replies["repeats"].iloc[0] if "repeats" in replies else None,
        conversion=replies.frames.get("conversion", nothing),
        loyal=replies.frames.get("loyal", nothing),
        limits=find_limits("community.members", LIMITS, replies.engagement),
    )


def judge(measured: Flows, limits: Limits) -> tuple[Finding, ...]:
    """Raise the whole where most units bleed, else the units that do."""
    return state_bleeding(measured, limits)


def tell(measured: Flows) -> Text:
    """The net flow of all groups, who bleeds, and whether members buy."""
    whole = measured.whole
    said = say.ANSWER.fill(
        weeks=word_number(whole.weeks),
        way=say.LOST if whole.loss > 0 else say.GAINED,
        n=word_number(abs(whole.loss)),
        weekly=word_number(-whole.weekly, 1),
        low=word_number(-whole.high, 1),
        high=word_number(-whole.low, 1),
    )
    tails = []
    bleeding = find_bleeding(measured, measured.limits)
    if len(bleeding):
        tails.append(say.BLEEDING.fill(n=word_number(len(bleeding)), names=name_units(list(bleeding.unit))))
    if len(measured.conversion) and measured.conversion.members.sum():
        sums = measured.conversion.drop(columns="kind").sum()
        tails.append(
            say.CONVERTED.fill(
                after=word_percent(sums.bought_after / sums.members),
                before=word_percent(sums.bought_before / sums.members),
                n=word_number(sums.members),
            )
        )
    for tail in (*tails, say.STOP_MARK):
        said = Text(zh=said.zh + tail.zh, en=said.en + tail.en)
    return said


def caveats(measured: Flows) -> tuple[Text, ...]:
    """On which source the flows rest, and what the member lists can't tell."""
    said = [say.SOURCES[measured.grain]]
    if measured.is_derived:
        said.append(say.DERIVED)
    if len(measured.staying) and not measured.staying.gone.sum():
        said.append(say.ONE_LOOK)
    return tuple(said)


def tabulate(measured: Flows) -> tuple[Exhibit, ...]:
    """Flows by unit, staying by month of joining, repeated membership, conversion and member share."""
    return tabulate_members(measured)


def draw(measured: Flows, language: Language) -> Figure:
    """Net loss a week by unit with its interval, largest first."""
    top = measured.units.head(MOST_ROWS)
    bleeding = set(find_bleeding(measured, measured.limits).unit)
    figure = draw_bars(
        [WHOLE.word(language) if unit == ALL else shorten(str(unit), 18) for unit in top.unit],
        top.weekly.tolist(),
        [f"{word_number(value, 1).en}" for value in top.weekly],
        axis_label=Text(
            zh="每周净流失人数（负数为净增，线段为 95% 区间）",
            en="Net loss a week (below zero: gain; line: 95% interval)",
        ).word(language),
        low=top.low.tolist(),
        high=top.high.tolist(),
        marked={place for place, unit in enumerate(top.unit) if unit in bleeding},
    )
    scale_count(figure.axes[0].xaxis, 1)
    return figure


LIMITS = (
    name_limit(
        "rate", 0.05, "一季度净流失 5% 以上（区间下限）", "5% and more lost net in a quarter, at the interval's low end"
    ),
    name_limit("turn", 1.2, "没有成员总数时，退群比入群多两成", "without a stock: a fifth more leave than join"),
    name_limit("people", 20, "净流失不足 20 人不单列", "under 20 people lost net get no finding of their own"),
    name_limit(
        "many",
        0.5,
        "一半以上单位都在流失，是整体问题",
        "with more than half of the units losing it is a trouble of all",
    ),
)

# 13 weeks of six owners with 200 members: five gain one a week, 65 in all, the sixth loses 6 a week: 78, so 13 net.
EXAMPLE_DAYS = "\n".join(
    [
        "day owner members_total members_joined members_left",
        *(
            f"{pd.Timestamp('2024-01-01') + pd.Timedelta(days=7 * week):%Y-%m-%d} {owner} "
            f"{200 + (-6 if owner == 'f' else 1) * week} 2 {8 if owner == 'f' else 1}"
            for week in range(13)
            for owner in "abcdef"
        ),
    ]
)

CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(window=word_number(WINDOW)),
    answers=("003-04", "002-34"),
    finds=("community.member_bleed",),
    needs=(Need(table="group_days", columns=("day",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"group_days": EXAMPLE_DAYS, "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-28 10"},
        says="净流失 13 人",
        finds=(("community.member_bleed", {"staff": "f"}),),
    ),
    place=30,
)
