"""What team and budget leave for change in ninety days, from the requirement sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.model.brief import Brief
from diagnostics.model.wording import Text

# Works for a channel's shop, not in the private-domain team that the sheet lists.
OUTSIDE = frozenset(["channel"])
STAND_IN = "manager"


@dataclass(frozen=True, kw_only=True)
class PlanLimit:
    """A bound of the plan by name, with the reason for its value; a client's settings may override it."""

    name: str
    value: float
    reason: Text


LIMITS = (
    PlanLimit(
        name="actions_a_phase",
        value=4,
        reason=Text(
            zh="一个月同时推进四件以上，多数团队哪件都做不完", en="with more than four at once few teams finish any"
        ),
    ),
    PlanLimit(
        name="foundations",
        value=3,
        reason=Text(
            zh="数据与合规先补最要紧的三件，不挤占经营动作",
            en="the three most needed mends of data and permission, besides the actions on the business",
        ),
    ),
    PlanLimit(
        name="change_share",
        value=0.3,
        reason=Text(
            zh="日常工作占去约七成时间，能用于改变的约三成",
            en="the day's work takes some 70% of the time; 30% is left for change",
        ),
    ),
    PlanLimit(
        name="working_days",
        value=20,
        reason=Text(zh="三十天里约二十个工作日", en="thirty days hold about twenty working days"),
    ),
    PlanLimit(
        name="budget_share",
        value=0.25,
        reason=Text(
            zh="需求表的预算是一年的，九十天用其四分之一", en="the sheet's budget is a year's: a quarter of it"
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """Person-days a phase by role, money for the ninety days (`None`: not stated, so not a bound), and counts.

    `days` is `None` where the sheet states no headcount.
    """

    days: Mapping[str, float] | None
    budget: float | None
    actions_a_phase: int
    foundations: int

    def find_doer(self, role: str) -> str:
        """Who does a role's work: the role itself, or the lead where the team lists nobody for it."""
        if self.days is None or role in self.days or role in OUTSIDE or STAND_IN not in self.days:
            return role
        return STAND_IN

    def count_days(self, role: str) -> float | None:
        """Days that a role has in a phase; `None` if it is not bounded."""
        if self.days is None or role in OUTSIDE:
            return None
        return self.days.get(role, 0.0)


def set_limits(overrides: Mapping[str, float]) -> dict[str, float]:
    """The bounds by name, with a client's own in place of ours; `ValueError` names one that there is not."""
    known = {limit.name: limit.value for limit in LIMITS}
    if unknown := set(overrides) - set(known):
        message = f"the plan has no bound {sorted(unknown)}; it has {', '.join(known)}"
        raise ValueError(message)
    return known | dict(overrides)


def measure_capacity(brief: Brief, limits: Mapping[str, float]) -> Capacity:
    """Days by role from the headcount, money from the budget."""
    heads: dict[str, float] = {}
    for row in brief.rows("headcount"):
        fte = row.get("fte")
        if isinstance(fte, int | float) and not isinstance(fte, bool):
            heads[str(row.get("role"))] = heads.get(str(row.get("role")), 0.0) + fte
    free = limits["change_share"] * limits["working_days"]
    budget = brief.number("budget")
    return Capacity(
        days={role: fte * free for role, fte in heads.items()} if heads else None,
        budget=None if budget is None else budget * limits["budget_share"],
        actions_a_phase=int(limits["actions_a_phase"]),
        foundations=int(limits["foundations"]),
    )
