"""Which groups are dead, by group or by owner, and how alive the pool is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.community import _health_words as say
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.tracking import track_count
from diagnostics.checks.units import name_unit, name_units, scope_of, word_ago
from diagnostics.metrics.groups import (
    age_groups,
    count_recency,
    describe_groups,
    follow_groups,
    mark_talk,
    pick_finest,
    state_groups,
    state_owners,
)
from diagnostics.metrics.reach import list_reachable
from diagnostics.metrics.recent import count_back
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.group_lives import bound_dead, compare_owners, mark_states
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

WINDOW = 14
FALSE_RATE = 0.05
MOST_GROUPS = 5
LEAST_AGED = 5
NO_ROWS = pd.DataFrame({"unit": []})


@dataclass(frozen=True, kw_only=True)
class Health:
    """Groups with their state, owners compared, owners with bounds, and the course; empty frames where not told."""

    grain: str
    groups: pd.DataFrame
    owners: pd.DataFrame
    bounds: pd.DataFrame
    weeks: pd.DataFrame
    ages: pd.DataFrame
    recency: pd.DataFrame
    rules: str | None
    limits: Limits

    @property
    def judged(self) -> pd.DataFrame:
        """The groups that are dead or alive."""
        return self.groups[self.groups.state.isin(["alive", "dead"])] if len(self.groups) else self.groups

    @property
    def dead(self) -> pd.DataFrame:
        """The dead groups, those with most members first."""
        dead = self.judged[self.judged.state == "dead"] if len(self.groups) else self.groups
        return dead.sort_values("members", ascending=False) if len(dead) else dead


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the finest grain there is: groups, owners, or all groups together."""
    days = tables["group_days"]
    rows = tables.share(mark_talk(count_back(days)))
    grain = next((name for name in ("group", "owner") if tables.has("group_days", name)), "whole")
    asked = {"weeks": follow_groups(pick_finest(rows, grain))}
    if grain == "group":
        asked["groups"] = state_groups(rows, WINDOW)
        if tables.has("groups", "group"):
            asked["described"] = describe_groups(tables["groups"], days)
        if tables.has("groups", "group", "created_on"):
            asked["ages"] = age_groups(rows, tables["groups"])
    if tables.has("group_days", "owner", "groups_active"):
        asked["owners"] = state_owners(rows, WINDOW)
    if tables.has("contacts", "customer") and tables.has("order_lines", "customer"):
        reachable = list_reachable(tables["contacts"], tables.engagement.horizon.as_of)
        asked["recency"] = count_recency(tables["order_lines"], reachable)
    return asked


def measure(replies: Replies) -> Health | NotComputable:
    """Say of every group whether it is dead, and compare owners."""
    weeks = replies["weeks"].sort_values("week", ascending=False, ignore_index=True)
    groups = replies.frames.get("groups", NO_ROWS)
    if "described" in replies and len(groups):
        groups = groups.merge(replies["described"], on="unit", how="left")
        groups = groups.assign(owner=groups.owner.fillna(groups.holder), members=groups.members.fillna(groups.listed))
    groups = mark_states(groups, WINDOW) if len(groups) else groups
    bounds = replies.frames.get("owners", NO_ROWS)
    if groups.empty and bounds.empty and not weeks.group_share.notna().any():
        return NotComputable(reason=say.NOTHING, unlocked_by=say.UNLOCKED_BY)
    return Health(
        grain="group" if len(groups) else "owner" if len(bounds) else "whole",
        groups=groups,
        owners=compare_owners(groups) if len(groups) else NO_ROWS,
        bounds=bound_dead(bounds, WINDOW) if len(bounds) else bounds,
        weeks=weeks,
        ages=replies["ages"].sort_values("age", ignore_index=True) if "ages" in replies else pd.DataFrame(),
        recency=replies["recency"].sort_values("band", ignore_index=True) if "recency" in replies else pd.DataFrame(),
        rules=replies.engagement.brief.text("group_rules"),
        limits=find_limits("community.health", LIMITS, replies.engagement),
    )


def track(measured: Health) -> tuple[Reading, ...]:
    """The share of groups that are dead."""
    return track_count("dead", len(measured.dead), len(measured.judged))


def judge(measured: Health, limits: Limits) -> tuple[Finding, ...]:
    """Raise the pool where many groups are dead, else owners who lose more than others and single large groups."""
    if measured.grain == "owner":
        return _judge_bounds(measured, limits)
    judged, dead = measured.judged, measured.dead
    if len(dead) == 0:
        return ()
    low = float(wilson(len(dead), len(judged))[0])
    if low > limits["pool_share"]:
        title = say.TITLE_POOL.fill(**_count(len(judged), len(dead)), share=word_percent(len(dead) / len(judged)))
        return (_state(title, {}, dead, measured, value=len(dead) / len(judged), severity="medium"),)
    owners = measured.owners[measured.owners.adjusted <= FALSE_RATE] if len(measured.owners) else measured.owners
    found = [_state_owner(row, measured) for _, row in owners.iterrows()]
    named = set(owners.owner) if len(owners) else set()
    single = dead[(dead.members >= limits["members"]) & (dead.adjusted <= FALSE_RATE) & ~dead.owner.isin(named)]
    return (*found, *(_state_group(row, measured) for _, row in single.head(MOST_GROUPS).iterrows()))


def _count(groups: float, dead: float) -> dict[str, Text]:
    return {"groups": word_number(groups), "dead": word_number(dead), "window": word_number(WINDOW)}


def _judge_bounds(measured: Health, limits: Limits) -> tuple[Finding, ...]:
    known = measured.bounds.dropna(subset=["dead_least"])
    total, least = known.groups.sum(), known.dead_least.sum()
    lost = known[(known.dead_least >= 1) & (known.dead_least >= limits["owner_share"] * known.groups)]
    if total and float(wilson(least, total)[0]) > limits["pool_share"]:
        title = say.TITLE_POOL.fill(**_count(total, least), share=word_percent(least / total))
        return (_state(title, {}, lost.assign(state="dead"), measured, value=least / total, severity="medium"),)
    ranked = lost.sort_values(["dead_least", "members"], ascending=False).head(MOST_GROUPS)
    return tuple(
        _state(
            say.TITLE_BOUND.fill(who=name_unit("owner", row.unit), **_count(row.groups, row.dead_least)),
            scope_of("owner", row.unit),
            pd.DataFrame([row]),
            measured,
            value=row.dead_least / row.groups,
        )
        for _, row in ranked.iterrows()
    )


def _state_owner(row: pd.Series, measured: Health) -> Finding:
    others = measured.judged[measured.judged.owner != row.owner]
    title = say.TITLE_OWNER.fill(
        who=name_unit("owner", row.owner),
        **_count(row.groups, row.dead),
        others=word_percent((others.state == "dead").mean()),
    )
    dead = measured.dead[measured.dead.owner == row.owner]
    return _state(title, scope_of("owner", row.owner), dead, measured, value=row.dead / row.groups)


def _state_group(row: pd.Series, measured: Health) -> Finding:
    days = say.NEVER if pd.isna(row.last_talk) else word_number(row.last_talk)
    if pd.isna(row.last_talk):
        days = word_number(row.first_row + 1)
    title = say.TITLE_GROUP.fill(who=name_unit("group", row.unit), days=days, members=word_number(row.members))
    return _state(title, scope_of("group", row.unit), pd.DataFrame([row]), measured, value=float(row.chance))


def _state(
    title: Text, scope: dict[str, str], dead: pd.DataFrame, measured: Health, *, value: float, severity: str = "low"
) -> Finding:
    is_group = measured.grain == "group"
    names = say.NAMES.fill(names=name_units(list(dead.unit))) if is_group else Text(zh="", en="")
    chance = float(dead.chance.max()) if is_group else 0.0
    return Finding(
        code="community.dead_groups",
        scope=scope,
        title=title,
        cause=say.CAUSE.fill(members=word_number(dead.members.sum()), names=names, age=_word_age(measured)),
        action=say.ACTION,
        owner_role="group",
        validation=Validation(metric="dead", direction="down", window_days=30),
        stop_rule=say.STOP,
        confidence=round(float(np.clip(0.95 - chance, 0.5, 0.95)), 2),
        impact_reason=say.NO_MONEY,
        severity="medium" if severity == "medium" else "low",
        evidence=(Evidence(table="groups" if is_group else "owners", n=len(dead), value=float(value)),),
    )


def _word_age(measured: Health) -> Text:
    aged = measured.ages[measured.ages.groups >= LEAST_AGED] if len(measured.ages) else measured.ages
    if aged.empty:
        return Text(zh="", en="")
    last = aged.iloc[-1]
    return say.AGE.fill(age=word_number(last.age + 1), share=word_percent(last.alive / last.groups))


def tell(measured: Health) -> Text:
    """How many groups are dead, as far as the statistics can tell."""
    active = word_percent(measured.weeks.group_share.iloc[-2:].mean())
    if measured.grain == "group" and len(measured.judged):
        judged, dead = len(measured.judged), len(measured.dead)
        low, high = wilson(dead, judged)
        return say.ANSWER.fill(
            **_count(judged, dead),
            share=word_percent(dead / judged),
            low=word_percent(float(low)),
            high=word_percent(float(high)),
        )
    if measured.grain == "owner":
        certain = measured.bounds.dead_least.sum()
        return (say.ANSWER_OWNERS if certain else say.ANSWER_ALIVE).fill(
            owners=word_number(len(measured.bounds)),
            **_count(measured.bounds.groups.sum(), certain),
            active=word_percent(measured.bounds.active_sum.sum() / measured.bounds.group_days.sum()),
        )
    return say.ANSWER_WHOLE.fill(active=active)


def caveats(measured: Health) -> tuple[Text, ...]:
    """On which of the sources the figures rest, and what the sheet says of rules."""
    rules = say.RULES.get(measured.rules or "")
    return (say.SOURCE[measured.grain], *((rules,) if rules else ()))


def tabulate(measured: Health) -> tuple[Exhibit, ...]:
    """Groups, tiers, owners, the life curve, the weeks, and how long ago contacts bought."""
    shown = []
    if len(measured.groups):
        shown += [_show_groups(measured.groups), _show_tiers(measured.groups)]
    if len(measured.bounds):
        shown.append(_show_owners(measured.bounds))
    if len(measured.ages):
        shown.append(_show_ages(measured.ages))
    shown.append(_show_weeks(measured.weeks))
    if len(measured.recency):
        frame = measured.recency.assign(
            label=pd.Series([say.BANDS[int(band)] for band in measured.recency.band], dtype=object),
            share=measured.recency.customers / measured.recency.customers.sum(),
        )
        fields = (
            Field(name="label", label=Text(zh="距上次购买", en="Last purchase")),
            Field(name="customers", label=Text(zh="联系人", en="Contacts"), unit="count"),
            Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        )
        title = Text(zh="私域池活力：联系人距上次购买", en="Vitality of the pool: when contacts last bought")
        shown.append(Exhibit(name="recency", title=title, fields=fields, frame=frame))
    return tuple(shown)


def _show_groups(groups: pd.DataFrame) -> Exhibit:
    order = groups.state.map({"dead": 0, "alive": 1, "young": 2, "untold": 3})
    frame = groups.assign(order=order, word=groups.state.map(say.STATES).astype(object), last=groups.last_talk)
    return Exhibit(
        name="groups",
        title=Text(zh="社群清单（死群在前）", en="Groups, dead ones first"),
        fields=(
            Field(name="unit", label=Text(zh="群", en="Group")),
            Field(name="owner", label=Text(zh="群主", en="Owner")),
            Field(name="word", label=Text(zh="状态", en="State")),
            Field(
                name="last",
                label=Text(zh="客户最后发言（天前）", en="Last word of a customer (days ago)"),
                unit="count",
            ),
            Field(name="members", label=Text(zh="成员", en="Members"), unit="count"),
            Field(name="messages", label=Text(zh="近 14 天消息", en="Messages, 14 days"), unit="count"),
            Field(name="talks_before", label=Text(zh="此前有客户发言的天数", en="Days with talk before"), unit="count"),
        ),
        frame=frame.sort_values(["order", "members"], ascending=[True, False], ignore_index=True),
    )


def _show_tiers(groups: pd.DataFrame) -> Exhibit:
    judged = groups[groups.state.isin(["alive", "dead"])]
    kind = judged.get("kind", pd.Series(None, index=judged.index, dtype=object)).fillna("-")
    tiers = (
        judged.assign(kind=kind, dead=judged.state == "dead")
        .groupby("kind", as_index=False)
        .agg(groups=("unit", "count"), dead=("dead", "sum"), members=("members", "sum"), messages=("messages", "sum"))
    )
    tiers = tiers.assign(share=tiers.dead / tiers.groups, each=tiers.messages / tiers.members.where(tiers.members > 0))
    return Exhibit(
        name="tiers",
        title=Text(zh="社群分层（按群类型）", en="Tiers of groups, by kind"),
        fields=(
            Field(name="kind", label=Text(zh="群类型", en="Kind")),
            Field(name="groups", label=Text(zh="群数", en="Groups"), unit="count"),
            Field(name="members", label=Text(zh="成员", en="Members"), unit="count"),
            Field(name="dead", label=Text(zh="死群", en="Dead"), unit="count"),
            Field(name="share", label=Text(zh="死群占比", en="Share dead"), unit="share"),
            Field(
                name="each", label=Text(zh="人均消息（14 天）", en="Messages each, 14 days"), unit="number", digits=2
            ),
        ),
        frame=tiers.sort_values("share", ascending=False, ignore_index=True),
    )


def _show_owners(bounds: pd.DataFrame) -> Exhibit:
    frame = bounds.assign(
        active=bounds.active_sum / bounds.group_days, spoke=bounds.speakers / bounds.members.where(bounds.members > 0)
    )
    return Exhibit(
        name="owners",
        title=Text(zh="群主：必然无消息的群（近 14 天）", en="Owners: groups certainly without a message in 14 days"),
        fields=(
            Field(name="unit", label=Text(zh="群主", en="Owner")),
            Field(name="groups", label=Text(zh="群数", en="Groups"), unit="count"),
            Field(name="dead_least", label=Text(zh="至少无消息", en="Without, at least"), unit="count"),
            Field(name="dead_most", label=Text(zh="至多无消息", en="Without, at most"), unit="count"),
            Field(name="active", label=Text(zh="日均有消息群占比", en="Active on a day"), unit="share"),
            Field(name="members", label=Text(zh="成员", en="Members"), unit="count"),
            Field(name="spoke", label=Text(zh="日均发言成员占比", en="Members who speak on a day"), unit="share"),
        ),
        frame=frame.sort_values(["dead_least", "active"], ascending=[False, True], ignore_index=True),
    )


def _show_ages(ages: pd.DataFrame) -> Exhibit:
    low, high = wilson(ages.alive, ages.groups)
    return Exhibit(
        name="ages",
        title=Text(zh="寿命曲线：建群第几个月仍有客户发言", en="Life curve: groups still talked in, by month of age"),
        fields=(
            Field(name="month", label=Text(zh="建群第几个月", en="Month of age"), unit="count"),
            Field(name="groups", label=Text(zh="群数", en="Groups"), unit="count"),
            Field(name="share", label=Text(zh="仍有客户发言", en="Still talked in"), unit="share"),
            Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
            Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        ),
        frame=ages.assign(month=ages.age + 1, share=ages.alive / ages.groups, low=low, high=high),
    )


def _show_weeks(weeks: pd.DataFrame) -> Exhibit:
    ago = [word_ago(week) for week in weeks.week.astype(int)]
    return Exhibit(
        name="weeks",
        title=Text(zh="按周走势（由早到近）", en="Week by week, oldest first"),
        fields=(
            Field(name="ago", label=Text(zh="周", en="Week")),
            Field(name="group_share", label=Text(zh="日均有消息群占比", en="Groups active on a day"), unit="share"),
            Field(
                name="member_share", label=Text(zh="日均发言成员占比", en="Members who speak on a day"), unit="share"
            ),
            Field(name="messages", label=Text(zh="消息数", en="Messages"), unit="count"),
        ),
        frame=weeks.assign(ago=pd.Series(ago, dtype=object)),
    )


def draw(measured: Health, language: Language) -> Figure:
    """Groups and members active on a day, week by week; and the life curve where ages are known."""
    weeks, ages = measured.weeks, measured.ages
    names = [f"-{week}" for week in weeks.week.astype(int)]
    along = Text(zh="周（-0 为最近）", en="Week (-0 is the last)").word(language)
    labels = {
        "group_share": Text(zh="日均有消息群占比", en="Groups active on a day"),
        "member_share": Text(zh="日均发言成员占比", en="Members who speak on a day"),
    }
    panels = [
        Panel(
            label=label.word(language),
            along=along,
            names=names,
            series={"": weeks[name].astype(float).tolist()},
            scale=scale_share,
        )
        for name, label in labels.items()
        if weeks[name].notna().any()
    ]
    if len(ages):
        panels.append(
            Panel(
                label=Text(zh="仍有客户发言的群", en="Groups still talked in").word(language),
                along=Text(zh="建群第几个月", en="Month of age").word(language),
                names=[str(age + 1) for age in ages.age.astype(int)],
                series={"": (ages.alive / ages.groups).astype(float).tolist()},
                scale=scale_share,
                bars=True,
            )
        )
    return draw_panels(panels)


LIMITS = (
    name_limit(
        "pool_share",
        0.3,
        "即使按区间下限也有三成群无人说话，是整池的问题",
        "with three in ten silent even at the low end it is the whole pool's trouble",
    ),
    name_limit(
        "owner_share",
        0.5,
        "群主一半以上的群必然无消息才点名",
        "an owner is named where half of the groups certainly had no message",
    ),
    name_limit("members", 30, "不足 30 人的群不单列", "groups under 30 members get no finding of their own"),
)

# 28 days of ten groups with 40 members, talked in every day; the ninth falls silent for the last 14: 1 of 10.
SILENT = 9
EXAMPLE_DAYS = "\n".join(
    [
        "day group owner members_total messages staff_messages",
        *(
            f"2024-02-{day:02} g{group} o{group} 40 {2 if group == SILENT and day > WINDOW else 6} 2"
            for day in range(1, 2 * WINDOW + 1)
            for group in range(10)
        ),
    ]
)

CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(window=word_number(WINDOW)),
    answers=("003-03", "001-27", "000-19", "001-36"),
    finds=("community.dead_groups",),
    needs=(Need(table="group_days", columns=("day",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"group_days": EXAMPLE_DAYS, "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-28 10"},
        says="10.0%",
        finds=(("community.dead_groups", {"group": "g9"}),),
    ),
    place=10,
)
