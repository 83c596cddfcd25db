"""How clear a measured gap is, as the confidence of the finding built on it."""

from __future__ import annotations

LEAST = 0.5
MOST = 0.95


def rate_gap(gap: float, low: float) -> float:
    """Confidence from a gap and the lower end of its interval, 0.5 to 0.95.

    0.5 where the interval reaches down to nothing, 0.95 where it has no width: half of the doubt is left to what
    no interval shows (season, assortment, who is recognised).

    >>> rate_gap(0.2, 0.1), rate_gap(0.2, -0.1), rate_gap(0.2, 0.2)
    (0.73, 0.5, 0.95)
    """
    if gap <= 0:
        return LEAST
    clear = min(max(low / gap, 0.0), 1.0)
    return round(LEAST + 0.45 * clear + 1e-9, 2)
