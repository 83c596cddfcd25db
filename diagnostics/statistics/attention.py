"""What contacts who were spoken to spend more than those left alone, like with like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

LEAST = 30
Z = 1.96


@dataclass(frozen=True, kw_only=True)
class SpendGap:
    """Spend each of the attended less that of the unattended, with its 95% interval; `n` unattended compared."""

    gap: float
    low: float
    high: float
    attended: float
    unattended: float
    n: int


def compare_strata(strata: pd.DataFrame) -> SpendGap | None:
    """Difference of mean spend within strata, weighted by the unattended; `None` without 30 of both in a stratum.

    `strata` has way, bought, attended, n, spend, squares. Weighting by the unattended asks what these would have
    spent if spoken to (as far as strata make them alike). Welch's variance within strata.
    """
    wide = strata.assign(way=strata.way.fillna("")).pivot_table(
        index=["way", "bought"], columns="attended", values=["n", "spend", "squares"], aggfunc="sum"
    )
    if wide.empty or {True, False} - set(wide.columns.get_level_values(1)):
        return None
    yes, no = (wide.xs(key=kind, axis=1, level=1).fillna(0) for kind in (True, False))
    kept = (yes.n >= LEAST) & (no.n >= LEAST)
    if not kept.any():
        return None
    yes, no = yes[kept], no[kept]
    weight = (no.n / no.n.sum()).to_numpy(dtype=float)
    means = [(one.spend / one.n).to_numpy(dtype=float) for one in (yes, no)]
    variances = [
        ((one.squares / one.n).to_numpy(dtype=float) - mean**2) / (one.n.to_numpy(dtype=float) - 1)
        for one, mean in zip((yes, no), means, strict=True)
    ]
    attended, unattended = float(weight @ means[0]), float(weight @ means[1])
    half = Z * float(np.sqrt(np.sum(weight**2 * np.clip(variances[0] + variances[1], 0, None))))
    gap = attended - unattended
    return SpendGap(
        gap=gap, low=gap - half, high=gap + half, attended=attended, unattended=unattended, n=int(no.n.sum())
    )
