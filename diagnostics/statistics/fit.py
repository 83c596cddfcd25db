"""A verdict from graded factors: the weighted share reached, what decides it, and how many changes would flip it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["fit", "conditional", "weak"]
BEST = 4
MIDDLE = 2


@dataclass(frozen=True, kw_only=True)
class Graded:
    """One factor with its weight and grade, 0 to 4; `None` where nothing tells."""

    id: str
    weight: float
    grade: int | None


@dataclass(frozen=True, kw_only=True)
class FitVerdict:
    """The weighted share of the best grades over the known factors, and how firm the verdict on it is.

    `low` and `high` are the verdicts if all unknown factors had the worst and the best grade. `flips` are the
    factors of which one grade up or down alone changes the verdict, `could_flip` those of which any grade does.
    `deciding` are the three factors that pull most in the verdict's direction.
    """

    share: float
    verdict: Verdict
    low: Verdict
    high: Verdict
    flips: tuple[str, ...]
    could_flip: tuple[str, ...]
    deciding: tuple[str, ...]


def judge_share(share: float, limits: Mapping[str, float]) -> Verdict:
    """The verdict on a share by the limits `fit_from` and `conditional_from`.

    >>> judge_share(0.5, {"fit_from": 0.6, "conditional_from": 0.4})
    'conditional'
    """
    if share >= limits["fit_from"]:
        return "fit"
    return "conditional" if share >= limits["conditional_from"] else "weak"


def decide(factors: tuple[Graded, ...], limits: Mapping[str, float]) -> FitVerdict:
    """The verdict over all factors; those without a grade are left out of the share. At least one must be known."""
    known = {one.id: one for one in factors if one.grade is not None}
    grades = {name: int(one.grade or 0) for name, one in known.items()}
    share = _share(factors, grades)
    verdict = judge_share(share, limits)

    def turns(name: str, options: range) -> bool:
        return any(judge_share(_share(factors, {**grades, name: grade}), limits) != verdict for grade in options)

    near = {name: range(max(grade - 1, 0), min(grade + 1, BEST) + 1) for name, grade in grades.items()}
    pulls = {name: known[name].weight * (grade - MIDDLE) for name, grade in grades.items()}
    order = sorted(pulls, key=lambda name: (-pulls[name] if verdict == "fit" else pulls[name], name))
    unknown = [one.id for one in factors if one.grade is None]
    ends = [_share(factors, {**grades, **dict.fromkeys(unknown, grade)}) for grade in (0, BEST)]
    return FitVerdict(
        share=share,
        verdict=verdict,
        low=judge_share(ends[0], limits),
        high=judge_share(ends[1], limits),
        flips=tuple(name for name in grades if turns(name, near[name])),
        could_flip=tuple(name for name in grades if turns(name, range(BEST + 1))),
        deciding=tuple(order[:3]),
    )


def _share(factors: tuple[Graded, ...], grades: Mapping[str, int]) -> float:
    weights = {one.id: one.weight for one in factors if one.id in grades}
    whole = sum(weights.values())
    return sum(weights[name] * grade for name, grade in grades.items()) / (BEST * whole) if whole else 0.0


def grade_value(value: float, steps: tuple[float, float, float, float]) -> int:
    """The grade of a value: how many of four rising steps it reaches; of falling steps, how many it stays within.

    >>> grade_value(0.25, (0.1, 0.2, 0.3, 0.4)), grade_value(70, (730, 365, 180, 90))
    (2, 4)
    """
    rising = steps[0] < steps[-1]
    return sum(value >= step if rising else value <= step for step in steps)
