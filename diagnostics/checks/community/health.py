"""Which groups are dead, by group or by owner, and how alive the pool is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.community import _health_words as say
from diagnostics.checks.community._health_findings import state_dead
from diagnostics.checks.community._health_picture import draw_health
from diagnostics.checks.community._health_tables import tabulate_health
from diagnostics.checks.community._health_words import WINDOW, word_groups
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.tracking import track_count
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
from diagnostics.model.section import Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.group_lives import bound_dead, compare_owners, mark_states
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.reading import Reading
    from diagnostics.model.section import Exhibit
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

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
    return state_dead(measured, limits)


def tell(measured: Health) -> Text:
    """How many groups are dead, as far as the statistics can tell."""
    active = word_percent(measured.weeks.group_share.iloc[-2:].mean())
    if measured.grain == "group" and len(measured.judged):
        judged, dead = len(measured.judged), len(measured.dead)
        low, high = wilson(dead, judged)
        return say.ANSWER.fill(
            **word_groups(judged, dead),
            share=word_percent(dead / judged),
            low=word_percent(float(low)),
            high=word_percent(float(high)),
        )
    if measured.grain == "owner":
        certain = measured.bounds.dead_least.sum()
        return (say.ANSWER_OWNERS if certain else say.ANSWER_ALIVE).fill(
            owners=word_number(len(measured.bounds)),
            **word_groups(measured.bounds.groups.sum(), certain),
            active=word_percent(measured.bounds.active_sum.sum() / measured.bounds.group_days.sum()),
        )
    return say.ANSWER_WHOLE.fill(active=active)


def caveats(measured: Health) -> tuple[Text, ...]:
    """On which of the sources the figures rest, and what the sheet says of rules."""
    rules = say.RULES.get(measured.rules or "")
    return (say.SOURCE[measured.grain], *((rules,) if rules else ()))


def tabulate(measured: Health) -> tuple[Exhibit, ...]:
    """Groups, tiers, owners, the life curve, the weeks, and how long ago contacts bought."""
    return tabulate_health(measured)


def draw(measured: Health, language: Language) -> Figure:
    """Groups and members active on a day, week by week; and the life curve where ages are known."""
    return draw_health(measured, language)


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
