"""Counts of two periods held against each other when counts come in clusters, and the part beyond the usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, betaincinv
from scipy.stats import false_discovery_control

if TYPE_CHECKING:
    import pandas as pd

# The excess of a unit with fewer cases in all is not told from chance.
LEAST_CASES = 5
ALPHA = 0.05


def estimate_dispersion(units: pd.DataFrame) -> float:
    """How much more weekly counts vary than counts of independent cases would: variance over mean, at least 1.

    `units` has weeks_before, total_before and squares_before. Pooled over units with 3 weeks or more.
    Source: P. McCullagh and J. A. Nelder (1989), Generalized Linear Models, 6.2.3, the quasi-Poisson scale.
    """
    used = units[units.weeks_before >= 3]  # noqa: PLR2004 - a variance of two weeks tells nothing
    if used.empty:
        return 1.0
    free = (used.weeks_before - 1).sum()
    spread = (used.squares_before - used.total_before**2 / used.weeks_before).sum() / free
    mean = (used.total_before / used.weeks_before * (used.weeks_before - 1)).sum() / free
    return max(float(spread / mean), 1.0) if mean > 0 else 1.0


def compare_counts(units: pd.DataFrame, dispersion: float, *, by_others: bool) -> pd.DataFrame:
    """Units with `expected`, `ratio`, its 95% interval `low`, `high`, and `adjusted` p of a rise.

    Expected now is the count before times the larger of two ratios, of the days told and of the contacts added, for
    a campaign brings contacts who leave soon; with `by_others` also times the rise of all other units, if they rose.
    Given the total, the count now is binomial; the interval is Clopper and Pearson's with counts divided by the
    dispersion. p-values are adjusted by Benjamini and Hochberg; under 5 cases in all a unit is not judged (NaN).
    """
    days = units.days_now / units.days_before.where(units.days_before > 0)
    added = units.added_now / units.added_before.where(units.added_before > 0)
    odds = days.combine(added, np.fmax)
    if by_others:
        others_now, others_before = units.now.sum() - units.now, (units.before * odds).sum() - units.before * odds
        rise = others_now / others_before.where(others_before > 0)
        odds *= rise.clip(lower=1.0).fillna(1.0)
    now, before = units.now / dispersion, units.before / dispersion
    known = odds.notna() & (odds > 0) & (units.now + units.before >= LEAST_CASES) & (units.now > 0)
    chance = (odds / (1 + odds)).to_numpy(dtype=float)
    p = np.where(known, betainc(np.fmax(now, 1e-9), before + 1, np.nan_to_num(chance, nan=0.5)), np.nan)
    adjusted = np.full(len(units), np.nan)
    adjusted[known] = false_discovery_control(np.clip(p[known], 0, 1)) if known.any() else []
    low = betaincinv(np.fmax(now, 1e-9), before + 1, ALPHA / 2)
    high = betaincinv(now + 1, np.fmax(before, 1e-9), 1 - ALPHA / 2)
    expected = units.before * odds
    return units.assign(
        expected=expected,
        ratio=units.now / expected.where(expected > 0),
        low=np.where(known, low / (1 - low) / odds, np.nan),
        high=np.where(known, high / np.fmax(1 - high, 1e-12) / odds, np.nan),
        adjusted=adjusted,
    )
