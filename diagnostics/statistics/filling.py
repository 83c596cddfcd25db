"""Whether new customers make up for what the existing ones no longer spend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What existing customers spend less (a gap above 0), what new ones bring, and how many would fill the gap.

    `ratio` is brought / gap with its interval (95 %); `needed` is how many new customers, each worth what today's are,
    make up for the gap, `won` how many there are. All but `gap`, `brought` and `won` are `None` where existing
    customers spend no less, or no new customer came.
    """

    gap: float
    brought: float
    won: int
    ratio: float | None
    low: float | None
    high: float | None
    needed: float | None


def fill_gap(buckets: pd.DataFrame) -> Filling:
    """From what each group of customers spent before and now, by bucket of customers drawn at random.

    `buckets` have group, bucket, customers, spend_before and spend_now; the group `new` is not in the base before.
    """
    rows = buckets.assign(change=buckets.spend_now - buckets.spend_before, is_new=buckets.group == NEW)
    table = rows.pivot_table(index="bucket", columns="is_new", values="change", aggfunc="sum", fill_value=0.0)
    sums = table.reindex(columns=[False, True], fill_value=0.0).to_numpy(dtype=float)
    gap, brought = -float(sums[:, 0].sum()), float(sums[:, 1].sum())
    won = int(rows.customers[rows.is_new].sum())
    if gap <= 0 or brought <= 0 or not won:
        return Filling(gap=gap, brought=brought, won=won, ratio=None, low=None, high=None, needed=None)
    low, high = _bound(sums)
    return Filling(
        gap=gap, brought=brought, won=won, ratio=brought / gap, low=low, high=high, needed=gap / (brought / won)
    )


def _bound(sums: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """The interval of the ratio on the log scale; none where leaving out a bucket turns a sign."""
    if len(sums) < 2:  # noqa: PLR2004 - a jackknife needs two groups
        return None, None
    parts = leave_one_out(sums) * [-1.0, 1.0]
    if (parts <= 0).any():
        return None, None
    whole = float(np.log(sums[:, 1].sum() / -sums[:, 0].sum()))
    low, high = find_interval(whole, np.log(parts[:, 1] / parts[:, 0]))
    return float(np.exp(low)), float(np.exp(high))
