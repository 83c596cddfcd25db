"""Whether a stated figure agrees with a measured one."""

from __future__ import annotations

from typing import Literal

Verdict = Literal["agrees", "differs", "too_few"]
LEAST_OBSERVED = 30


def judge_ratio(stated: float, measured: float, n: int, *, most: float) -> Verdict:
    """Compare two amounts: they agree within a share of the measured one; below 30 observations nothing is said.

    >>> judge_ratio(120, 100, 50, most=0.2), judge_ratio(130, 100, 50, most=0.2), judge_ratio(130, 100, 9, most=0.2)
    ('agrees', 'differs', 'too_few')
    """
    if n < LEAST_OBSERVED:
        return "too_few"
    # A hair more than the limit is rounding.
    return "agrees" if abs(stated - measured) <= most * abs(measured) + 1e-9 else "differs"


def judge_share(
    stated: float, measured: float, n: int, *, most: float, interval: tuple[float, float] | None = None
) -> Verdict:
    """Compare two shares: they agree within some points, or where the interval of the measured one holds the stated.

    >>> judge_share(0.30, 0.20, 100, most=0.05, interval=(0.13, 0.29)), judge_share(0.22, 0.2, 100, most=0.05)
    ('differs', 'agrees')
    """
    if n < LEAST_OBSERVED:
        return "too_few"
    is_inside = interval is not None and interval[0] <= stated <= interval[1]
    return "agrees" if is_inside or abs(stated - measured) <= most + 1e-9 else "differs"
