"""How sure a finding is, from where the near end of its interval lies."""

from __future__ import annotations

LEAST = 0.5
MOST = 0.95
AT_ZERO = 0.6


def rate_sureness(near: float, mid: float) -> float:
    """Confidence between 0.5 and 0.95 of a gap of size `mid` whose interval comes as near to zero as `near`.

    0.5 where the interval reaches zero or goes beyond, 0.6 where it just stays clear of it, 0.95 where it has
    no width: a straight line in between.

    >>> rate_sureness(0.0, 10.0), rate_sureness(5.0, 10.0), rate_sureness(10.0, 10.0)
    (0.5, 0.77, 0.95)
    """
    if mid <= 0 or near <= 0:
        return LEAST
    return round(AT_ZERO + (MOST - AT_ZERO) * min(near / mid, 1.0), 2)
