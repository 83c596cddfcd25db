"""Findings of one kind become one action that may enter the plan, with its worth, effort and outlay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.model.finding import Finding
from diagnostics.plan.actions import PlanAction
from diagnostics.plan.capacity import Capacity
from diagnostics.plan.ranking import expect_money

# What unlocks other work: without data, permission and measurable goals nothing else can be proved.
FOUNDATIONS = ("data.", "privacy.", "goal.not_measurable")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """The best-ranked finding of a code, how many more it serves, and what its action takes.

    `days` are by who does the work. `outlay` is money, low and high; `None` where the gain is not sized although the
    action costs something outside the team. `worth` is the expected money a year, 0 where it is not sized.
    """

    finding: Finding
    more: int
    action: PlanAction
    days: Mapping[str, float]
    outlay: tuple[float, float] | None
    worth: float

    @property
    def code(self) -> str:
        """The finding's code."""
        return self.finding.code

    @property
    def is_foundation(self) -> bool:
        """Whether the action unlocks others."""
        return self.code.startswith(FOUNDATIONS)

    @property
    def most_outlay(self) -> float:
        """The money that must be there: the high end, or 0 where it is not known."""
        return self.outlay[1] if self.outlay is not None else 0.0


def list_candidates(
    findings: Sequence[Finding], actions: Mapping[str, PlanAction], capacity: Capacity
) -> tuple[Candidate, ...]:
    """One candidate a code, in order of rank; `findings` come from `rank_findings`.

    Raises `KeyError` for a code that has no action.
    """
    counts = Counter(finding.code for finding in findings)
    firsts: dict[str, Finding] = {}
    for finding in findings:
        firsts.setdefault(finding.code, finding)
    return tuple(
        Candidate(
            finding=finding,
            more=counts[code] - 1,
            action=actions[code],
            days=_assign(actions[code].days, capacity),
            outlay=_price(finding, actions[code]),
            worth=expect_money(finding),
        )
        for code, finding in firsts.items()
    )


def _assign(days: Mapping[str, float], capacity: Capacity) -> dict[str, float]:
    assigned: dict[str, float] = {}
    for role, needed in days.items():
        doer = capacity.find_doer(role)
        assigned[doer] = assigned.get(doer, 0.0) + needed
    return assigned


def _price(finding: Finding, action: PlanAction) -> tuple[float, float] | None:
    low, high = action.outlay
    if not high:
        return 0.0, 0.0
    return None if finding.impact is None else (low * finding.impact.mid, high * finding.impact.mid)
