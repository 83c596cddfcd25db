"""Chooses what fits: the most expected money under the team's days, the budget, the order of steps and a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from diagnostics.plan.actions import PHASES
from diagnostics.plan.candidates import Candidate
from diagnostics.plan.capacity import Capacity
from diagnostics.plan.preconditions import list_predecessors

# An action that starts a month later earns a month less of the year.
MONTHS_A_YEAR = 12
# A finding without money, or whose lever's money is counted elsewhere, competes by severity as this part of the largest
# expected money: a medium one moves ahead of what is worth less than a quarter of the foremost action.
NOMINAL = {"high": 0.25, "medium": 0.25, "low": 0.05, "info": 0.01}
# What is left of the team is used rather than idle, but never in place of money.
USED = 1e-3
LAST = len(PHASES)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """An action in the plan: its phase (0 to 2), and whether its money counts or its lever's is counted elsewhere."""

    candidate: Candidate
    phase: int
    is_counted: bool


Block = tuple[np.ndarray, float]


def select(
    candidates: Sequence[Candidate], capacity: Capacity, everyone: Sequence[Candidate] = ()
) -> tuple[Chosen, ...]:
    """The actions that fit, in order of phase, then of rank; `everyone` adds those that are barred.

    A mixed-integer program (solved by HiGHS, to proven optimality, so that the same findings give the same plan):
    it maximises expected money, counted once a lever and less for later phases, so that in no phase a role works
    more days than it has, outlay at its high end stays within the budget, at most so many actions start in a phase,
    foundations start in the first, and whatever must come before was begun in an earlier phase.
    """
    if not candidates:
        return ()
    starts = _solve(candidates, capacity, everyone or candidates)
    phases = {place: int(np.argmax(row)) for place, row in enumerate(starts) if round(row.sum())}
    counted: dict[str, int] = {}
    for place in sorted(phases, key=lambda place: -candidates[place].worth):
        counted.setdefault(name_lever(candidates[place]), place)
    chosen = [
        Chosen(candidate=candidates[place], phase=phase, is_counted=place in counted.values())
        for place, phase in phases.items()
    ]
    return tuple(sorted(chosen, key=lambda one: one.phase))


def _solve(candidates: Sequence[Candidate], capacity: Capacity, everyone: Sequence[Candidate]) -> np.ndarray:
    """A table of 0 and 1, candidate by phase: where an action starts. Half of the unknowns say where money counts."""
    shape = (len(candidates), LAST)
    nominal, counted_worth = _weigh(candidates)
    time = np.array([(MONTHS_A_YEAR - phase) / MONTHS_A_YEAR for phase in range(LAST)])
    order = np.linspace(1.0, 0.5, len(candidates))
    gain = np.concatenate([np.outer(nominal + USED * order, time).ravel(), np.outer(counted_worth, time).ravel()])
    allowed = np.array([[_may_start(one, phase) for phase in range(LAST)] for one in candidates], dtype=float)
    blocks = [*_list_blocks(candidates, capacity, shape), *_keep_order(candidates, everyone, shape)]
    rows, most = zip(*blocks, strict=True)
    solved = milp(
        -gain,
        integrality=np.concatenate([np.ones(allowed.size), np.zeros(allowed.size)]),
        bounds=Bounds(0, np.concatenate([allowed.ravel(), allowed.ravel()])),
        constraints=LinearConstraint(np.vstack(rows), -np.inf, np.array(most)),
        options={"mip_rel_gap": 0.0},
    )
    if solved.x is None:
        message = f"no plan could be found: {solved.message}"
        raise ValueError(message)
    starts, _ = np.split(solved.x, 2)
    return starts.reshape(shape)


def _weigh(candidates: Sequence[Candidate]) -> tuple[np.ndarray, np.ndarray]:
    """What an action weighs by severity, and what its money adds where it counts, as parts of the largest worth."""
    largest = max(candidate.worth for candidate in candidates) or 1.0
    worths = np.array([one.worth / largest for one in candidates])
    nominal = np.array([NOMINAL[one.finding.severity or "info"] for one in candidates])
    nominal = np.where(worths > 0, np.minimum(nominal, worths), nominal)
    return nominal, np.maximum(worths - nominal, 0.0)


def _may_start(candidate: Candidate, phase: int) -> bool:
    return phase == 0 if candidate.is_foundation else phase >= candidate.action.phase


def name_lever(candidate: Candidate) -> str:
    """The lever whose money an action counts on; an action without money shares its with nobody."""
    return candidate.action.lever if candidate.worth else candidate.code


def _list_blocks(candidates: Sequence[Candidate], capacity: Capacity, shape: tuple[int, int]) -> list[Block]:
    """Rows of coefficients with the most that each may sum to."""
    blocks = [*_start_once(shape), *_count_once(candidates, shape), *_hold_count(candidates, capacity, shape)]
    blocks += _hold_team(candidates, capacity, shape)
    if capacity.budget is not None:
        outlays = np.repeat([one.most_outlay for one in candidates], LAST)
        blocks.append((np.concatenate([outlays, np.zeros(outlays.size)]), capacity.budget))
    return blocks


def _row(shape: tuple[int, int], starts: np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
    return np.concatenate([starts.ravel(), (np.zeros(shape) if counts is None else counts).ravel()])


def _mark(shape: tuple[int, int], place: int, phase: int | slice) -> np.ndarray:
    marks = np.zeros(shape)
    marks[place, phase] = 1
    return marks


def _start_once(shape: tuple[int, int]) -> list[Block]:
    return [(_row(shape, _mark(shape, place, slice(None))), 1.0) for place in range(shape[0])]


def _count_once(candidates: Sequence[Candidate], shape: tuple[int, int]) -> list[Block]:
    """Money counts only where an action starts, and once a lever."""
    blocks: list[Block] = []
    for place in range(shape[0]):
        for phase in range(LAST):
            marks = _mark(shape, place, phase)
            blocks.append((_row(shape, -marks, marks), 0.0))
    places = sorted(range(shape[0]), key=lambda place: name_lever(candidates[place]))
    for _, members in groupby(places, key=lambda place: name_lever(candidates[place])):
        counts = np.zeros(shape)
        counts[list(members)] = 1
        blocks.append((_row(shape, np.zeros(shape), counts), 1.0))
    return blocks


def _hold_count(candidates: Sequence[Candidate], capacity: Capacity, shape: tuple[int, int]) -> list[Block]:
    """At most so many actions a phase, foundations apart."""
    base = np.array([one.is_foundation for one in candidates])
    blocks: list[Block] = [(_row(shape, np.repeat(base[:, None], LAST, axis=1)), float(capacity.foundations))]
    for phase in range(LAST):
        starts = np.zeros(shape)
        starts[~base, phase] = 1
        blocks.append((_row(shape, starts), float(capacity.actions_a_phase)))
    return blocks


def _hold_team(candidates: Sequence[Candidate], capacity: Capacity, shape: tuple[int, int]) -> list[Block]:
    blocks: list[Block] = []
    for role in sorted({role for one in candidates for role in one.days}):
        most = capacity.count_days(role)
        if most is None:
            continue
        for phase in range(LAST):
            days = np.zeros(shape)
            days[:, phase] = [one.days.get(role, 0.0) for one in candidates]
            blocks.append((_row(shape, days), most))
    return blocks


def _keep_order(candidates: Sequence[Candidate], everyone: Sequence[Candidate], shape: tuple[int, int]) -> list[Block]:
    """Whatever must come before started in an earlier phase; what is barred never starts."""
    places = {one.code: place for place, one in enumerate(candidates)}
    blocks: list[Block] = []
    for place, one in enumerate(candidates):
        for before in list_predecessors(one, everyone):
            for phase in range(LAST):
                marks = _mark(shape, place, phase)
                if phase and before.code in places:
                    marks[places[before.code], :phase] = -1
                blocks.append((_row(shape, marks), 0.0))
    return blocks
