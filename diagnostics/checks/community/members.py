"""Whether groups lose members faster than they gain them, how long members stay, and whether they buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.community import _member_words as say
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.units import WHOLE, Kind, name_unit, name_units, scope_of
from diagnostics.metrics.group_flows import (
    STAY_DAYS,
    count_conversion,
    count_member_share,
    count_repeats,
    count_staying,
    follow_members,
    sum_entrance_flows,
    sum_flows,
)
from diagnostics.metrics.group_flows import WHOLE as ALL
from diagnostics.metrics.groups import pick_finest
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.recent import count_back
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable, Unit
from diagnostics.model.wording import Text, shorten, word_number, word_percent
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.group_losses import estimate_losses

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

WINDOW = 91
FALSE_RATE = 0.05
MOST_ROWS = 15
MOST_FINDINGS = 5
KINDS: Mapping[str, Kind] = {"group": "group", "owner": "owner", "store": "store"}


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


def find_bleeding(measured: Flows, limits: Limits) -> pd.DataFrame:
    """Units that clearly lose members, and enough of them to matter."""
    units = measured.units
    if measured.grain not in KINDS:
        return units.iloc[:0]
    matters = (
        (units.low_rate >= limits["rate"])
        if units.start.notna().any()
        else (units.left > limits["turn"] * units.joined)
    )
    return units[(units.adjusted <= FALSE_RATE) & (units.low > 0) & matters & (units.loss >= limits["people"])]


def judge(measured: Flows, limits: Limits) -> tuple[Finding, ...]:
    """Raise the whole where most units bleed, else the units that do."""
    bleeding = find_bleeding(measured, limits)
    whole = measured.whole
    sure = whole.low > 0 and whole.loss >= limits["people"]
    many = len(bleeding) > limits["many"] * len(measured.units) or measured.grain == "whole"
    matters = pd.isna(whole.low_rate) or whole.low_rate >= limits["rate"]
    if sure and many and matters:
        return (_state(None, whole),)
    return tuple(_state(KINDS[measured.grain], row) for _, row in bleeding.head(MOST_FINDINGS).iterrows())


def _state(kind: Kind | None, row: pd.Series) -> Finding:
    rate = Text(zh="", en="") if pd.isna(row.rate) else say.RATE.fill(rate=word_percent(row.rate))
    said = {"weeks": word_number(row.weeks), "n": word_number(row.loss), "rate": rate}
    title = say.TITLE.fill(who=name_unit(kind, row.unit), **said) if kind else say.TITLE_WHOLE.fill(**said)
    return Finding(
        code="community.member_bleed",
        scope=scope_of(kind, row.unit) if kind else {},
        title=title,
        cause=say.CAUSE.fill(
            weekly=word_number(row.weekly, 1),
            low=word_number(row.low, 1),
            high=word_number(row.high, 1),
            joined=word_number(row.joined),
        ),
        action=say.ACTION,
        owner_role="group",
        validation=Validation(metric="g_retention", direction="up", window_days=60),
        stop_rule=say.STOP,
        confidence=rate_gap(row.weekly, row.low),
        impact_reason=say.NOT_A_CONTACT,
        severity="low" if kind else "medium",
        evidence=(Evidence(table="units", n=int(row.weeks), value=float(row.weekly)),),
    )


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
    count: Unit = "count"
    unit = Field(name="unit", label=Text(zh="单位", en="Unit"))
    flows = Exhibit(
        name="units",
        title=Text(zh="净流失（多者在前）", en="Net loss of members, largest first"),
        fields=(
            unit,
            Field(name="weeks", label=Text(zh="周数", en="Weeks"), unit=count),
            Field(name="joined", label=Text(zh="入群", en="Joined"), unit=count),
            Field(name="left", label=Text(zh="退群", en="Left"), unit=count),
            Field(name="loss", label=Text(zh="净流失", en="Net loss"), unit="count"),
            Field(name="weekly", label=Text(zh="每周净流失", en="Net loss a week"), unit="number", digits=1),
            Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="number", digits=1),
            Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="number", digits=1),
            Field(name="rate", label=Text(zh="占期初成员", en="Of members at the start"), unit="share"),
        ),
        frame=measured.units.assign(unit=measured.units.unit.astype(object).replace({ALL: WHOLE})),
    )
    shown = [flows]
    if len(measured.staying) and measured.staying.gone.sum():
        shown.append(_show_staying(measured.staying))
    if measured.repeats is not None:
        row = measured.repeats
        frame = pd.DataFrame([row]).assign(share=row.repeated / row.persons if row.persons else None)
        fields = (
            Field(name="persons", label=Text(zh="在群人数", en="People in groups"), unit=count),
            Field(name="repeated", label=Text(zh="在两个及以上群", en="In two groups or more"), unit=count),
            Field(name="share", label=Text(zh="重复入群率", en="Share repeated"), unit="share"),
            Field(name="known", label=Text(zh="能对应客户", en="Can be matched"), unit=count),
        )
        title = Text(zh="重复入群", en="Repeated membership")
        shown.append(Exhibit(name="repeats", title=title, fields=fields, frame=frame))
    if len(measured.conversion):
        shown.append(_show_conversion(measured.conversion))
    if len(measured.loyal):
        frame = measured.loyal.assign(share=measured.loyal.loyal / measured.loyal.people)
        group_fields = (
            Field(name="group", label=Text(zh="群", en="Group")),
            Field(name="people", label=Text(zh="能对应的成员", en="People matched"), unit=count),
            Field(name="loyal", label=Text(zh="其中会员", en="Members of the scheme"), unit=count),
            Field(name="share", label=Text(zh="会员占比", en="Share"), unit="share"),
        )
        title = Text(zh="各群的会员占比", en="Members of the loyalty scheme by group")
        frame = frame.sort_values("share", ascending=False, ignore_index=True)
        shown.append(Exhibit(name="loyal", title=title, fields=group_fields, frame=frame))
    return tuple(shown)


def _show_staying(staying: pd.DataFrame) -> Exhibit:
    shares = {
        f"share_{days}": (staying[f"stay_{days}"] / staying[f"old_{days}"]).where(
            staying[f"old_{days}"] == staying.joined
        )
        for days in STAY_DAYS
    }
    return Exhibit(
        name="staying",
        title=Text(zh="入群留存（只列已满天数的月份）", en="Staying by month of joining, where all are old enough"),
        fields=(
            Field(name="month", label=Text(zh="入群月", en="Joined in"), unit="month"),
            Field(name="joined", label=Text(zh="入群人数", en="Joined"), unit="count"),
            *(
                Field(
                    name=f"share_{days}",
                    label=Text(zh=f"{days} 天仍在", en=f"Still there after {days} days"),
                    unit="share",
                )
                for days in STAY_DAYS
            ),
        ),
        frame=staying.assign(**shares),
    )


def _show_conversion(conversion: pd.DataFrame) -> Exhibit:
    frame = conversion.assign(
        after=conversion.bought_after / conversion.members,
        before=conversion.bought_before / conversion.members,
        each=conversion.spend_after / conversion.members,
        each_before=conversion.spend_before / conversion.members,
    )
    return Exhibit(
        name="conversion",
        title=Text(
            zh="社群转化（同一批人入群前后各 30 天）", en="Buying of the same people, 30 days after and before joining"
        ),
        fields=(
            Field(name="kind", label=Text(zh="群类型", en="Kind of group")),
            Field(name="members", label=Text(zh="成员", en="People"), unit="count"),
            Field(name="after", label=Text(zh="入群后购买", en="Buy after"), unit="share"),
            Field(name="before", label=Text(zh="入群前购买", en="Bought before"), unit="share"),
            Field(name="new_after", label=Text(zh="入群后首购", en="First purchase after"), unit="count"),
            Field(name="each", label=Text(zh="人均消费（后）", en="Spend each, after"), unit="price"),
            Field(name="each_before", label=Text(zh="人均消费（前）", en="Spend each, before"), unit="price"),
        ),
        frame=frame.sort_values("members", ascending=False, ignore_index=True),
    )


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
