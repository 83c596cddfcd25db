"""Tell amounts that can't be true from large ones: a single slip of nine trillion would be the whole business."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.intake.working import code_groups, floats

if TYPE_CHECKING:
    import pyarrow as pa

# Nothing below this is absurd, however small the others are.
_LEAST = 1_000_000.0
# Wholesale beside retail differs by some hundred times; a number in the wrong column by millions.
_TIMES = 1000.0
# The largest amounts are what is judged, so they don't judge: this share of the lines, and three at the least.
_SHARE, _AT_LEAST = 0.001, 3
_FEWEST = 30


def are_absurd(table: pa.Table, largest: float | None = None) -> np.ndarray:
    """Whether a line's paid amount is beyond doubt no amount, by row.

    It is more than a million and more than a thousand times what all other lines of its channel reach, but for the
    largest 0.1 % of them; channels of fewer than thirty lines are not judged. `largest` is an amount that the
    client confirmed: nothing up to it is absurd.
    """
    paid = np.nan_to_num(floats(table, "paid_amount"))
    absurd: np.ndarray = paid > max(_LEAST, largest or 0.0)
    if not absurd.any():
        return absurd
    channels = code_groups(table, ("channel",))
    for channel in np.unique(channels[absurd]):
        of = channels == channel
        absurd[of] &= paid[of] > _TIMES * _find_usual(paid[of])
    return absurd


def _find_usual(paid: np.ndarray) -> float:
    """The most that a channel's lines reach without the largest ones; endless where they are too few to say."""
    if len(paid) < _FEWEST:
        return np.inf
    left_out = max(_AT_LEAST, int(_SHARE * len(paid)))
    return float(np.sort(paid)[-1 - left_out])
