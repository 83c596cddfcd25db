"""How clear a measured gap is, as the confidence of the finding built on it."""

from __future__ import annotations

from math import hypot

from scipy.special import ndtri

LEAST = 0.5
MOST = 0.95
# A finding is raised where a gap is sure; its money is told as a range that holds the truth in four cases of five.
SURE = 0.95
LIKELY = 0.8


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


def reach_likely() -> float:
    """How many standard errors an 80 % range reaches to each side of its middle."""
    return float(ndtri((1 + LIKELY) / 2))


def find_likely(low: float, middle: float, high: float, looked_at: int = 1) -> tuple[float, float, float]:
    """The 80 % range (low, middle, high) of an estimate whose 95 % interval is known, each side shortened alike.

    `looked_at` is the number of estimates that the interval was widened for (Bonferroni). Each side of a range is
    taken to be normal, which for Student's t of 49 degrees of freedom is a hundredth too wide.

    >>> low, middle, high = find_likely(80.4, 100.0, 139.2)
    >>> round(low, 1), middle, round(high, 1)
    (87.2, 100.0, 125.6)
    """
    part = reach_likely() / float(ndtri(1 - (1 - SURE) / 2 / max(looked_at, 1)))
    return middle - part * (middle - low), middle, middle + part * (high - middle)


def value_likely(likely: tuple[float, float, float], each: float, error: float) -> tuple[float, float, float]:
    """The 80 % range of an estimate (low, middle, high) times what each is worth, whose standard error is known.

    The two are taken to be independent: their parts of the middle add up as squares. Never below 0.

    >>> value_likely((8.0, 10.0, 13.0), 5.0, 0.0)
    (40.0, 50.0, 65.0)
    >>> value_likely((10.0, 10.0, 10.0), 5.0, 10.0)[0]
    0.0
    """
    low, middle, high = likely
    own = middle * reach_likely() * error
    down, up = (hypot(each * (end - middle), own) for end in (low, high))
    return max(each * middle - down, 0.0), each * middle, each * middle + up
