"""The highest point of a log-likelihood with a gradient, and how sharp it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy.optimize import minimize

from diagnostics.statistics.repeat_buying.histories import Numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Takes the logarithms of the parameters; gives the log-likelihood and its gradient in them.
Objective: TypeAlias = Callable[[Numbers], tuple[float, Numbers]]

STEPS = 40
# So little log-likelihood left to gain (of all customers) moves no parameter by a millionth of its standard error.
ENOUGH = 1e-12
# Changes of the mean log-likelihood below this share of it are rounding.
ROUNDING = 1e-13
# Differences of gradients: the error of the second derivative is about 1e-8 of it.
NUDGE = 1e-4
FLATTEST = 1e-12
# How far others may follow a parameter that walks off.
LEASH = 6.0


@dataclass(frozen=True, kw_only=True)
class Peak:
    """Where the peak is (log scale), its height, and minus the second derivatives there.

    `held` marks parameters that stopped at the end of their range while the likelihood was still rising.
    """

    at: Numbers
    height: float
    information: Numbers
    held: NDArray[np.bool_]
    slope: float
    evaluations: int
    converged: bool


def climb(objective: Objective, start: Numbers, *, size: float, bounds: tuple[tuple[float, float], ...]) -> Peak:
    """Climb by L-BFGS-B, then by Newton steps until only rounding is left; `size` is how many customers there are."""
    calls = 0

    def fall(point: Numbers) -> tuple[float, Numbers]:
        nonlocal calls
        calls += 1
        height, slope = objective(point)
        return -height / size, -slope / size

    rough = minimize(
        fall, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300, "ftol": 1e-11, "gtol": 1e-6}
    )
    low, high = np.array(bounds).T
    point, bend, done = _refine(fall, np.clip(rough.x, low, high), low, high, ENOUGH / size)
    value, slope = fall(point)
    held = _find_held(point, slope, low, high)
    return Peak(
        at=point,
        height=-value * size,
        information=bend * size,
        held=held,
        slope=float(np.abs(np.where(held, 0.0, slope)).max()),
        evaluations=calls,
        converged=done,
    )


def walk(objective: Objective, peak: Peak, step: Numbers, size: float) -> tuple[Numbers, float]:
    """Where a walk from the peak ends, and how high, if the parameter that goes furthest goes as told.

    The others follow as they like (the profile of the likelihood); those held at the end of their range stay.
    """
    target = peak.at + step
    fixed = peak.held | (np.arange(len(step)) == np.abs(step).argmax())
    slack = np.where(fixed, 0.0, LEASH)

    def fall(point: Numbers) -> tuple[float, Numbers]:
        height, slope = objective(point)
        return -height / size, -slope / size

    found = minimize(
        fall, target, jac=True, method="L-BFGS-B", bounds=list(zip(target - slack, target + slack, strict=True))
    )
    return found.x - peak.at, -float(found.fun) * size


def _find_held(point: Numbers, slope: Numbers, low: Numbers, high: Numbers) -> NDArray[np.bool_]:
    edge = 1e-9
    held: NDArray[np.bool_] = ((point <= low + edge) & (slope >= 0)) | ((point >= high - edge) & (slope <= 0))
    return held


def _refine(
    fall: Callable[[Numbers], tuple[float, Numbers]], point: Numbers, low: Numbers, high: Numbers, enough: float
) -> tuple[Numbers, Numbers, bool]:
    value, slope = fall(point)
    bent = bend(fall, point)
    done = False
    for _ in range(STEPS):
        held = _find_held(point, slope, low, high)
        step, gain = _newton_step(bent, slope, held)
        if gain < enough:
            done = True
            break
        for _ in range(STEPS):
            tried = np.clip(point + step, low, high)
            new_value, new_slope = fall(tried)
            if new_value <= value + ROUNDING * abs(value):
                break
            step = step / 4
        stuck = bool(np.all(tried == point)) or new_value > value + ROUNDING * abs(value)
        # What is left to gain drowns in the rounding of the sum.
        done = gain < ROUNDING * max(abs(value), 1.0) and value - new_value <= ROUNDING * abs(value)
        if not stuck:
            point, value, slope, bent = tried, new_value, new_slope, bend(fall, tried)
        if done or stuck:
            break
    return point, bent, done


def _newton_step(bent: Numbers, slope: Numbers, held: NDArray[np.bool_]) -> tuple[Numbers, float]:
    """A step uphill whatever the curvature, at most 2 long, and twice the gain that it promises."""
    free = ~held
    if not free.any():
        return np.zeros_like(slope), 0.0
    sizes, ways = np.linalg.eigh(bent[np.ix_(free, free)])
    along = ways.T @ slope[free] / np.maximum(np.abs(sizes), FLATTEST)
    moved = -ways @ along
    moved *= min(1.0, 2.0 / max(float(np.linalg.norm(moved)), 1e-300))
    step = np.zeros_like(slope)
    step[free] = moved
    return step, float(-step @ slope)


def bend(fall: Callable[[Numbers], tuple[float, Numbers]], point: Numbers) -> Numbers:
    """Second derivatives by central differences of the gradient."""
    rows = []
    for place in range(len(point)):
        nudge = np.zeros_like(point)
        nudge[place] = NUDGE
        rows.append((fall(point + nudge)[1] - fall(point - nudge)[1]) / (2 * NUDGE))
    found = np.array(rows)
    return np.asarray((found + found.T) / 2, dtype=np.float64)
