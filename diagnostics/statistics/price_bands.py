"""Puts fine price bands together until each holds enough sales, and says who enters where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.jackknife import find_interval, leave_one_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

LEAST_SHARE = 0.08
LEAST_FIRSTS = 100
BUCKETS = 50


def merge_bands(gmv: pd.Series, least: float = LEAST_SHARE) -> dict[int, int]:
    """Which merged band each fine band belongs to, so that each holds `least` of all sales; from cheap to dear.

    `gmv` is indexed by band. A last band that holds too little joins the one before it.

    >>> import pandas as pd
    >>> merge_bands(pd.Series({3: 5.0, 4: 6.0, 7: 80.0, 9: 9.0, 10: 1.0}))
    {3: 0, 4: 0, 7: 1, 9: 2, 10: 2}
    """
    whole, place, held, found = float(gmv.clip(lower=0).sum()), 0, 0.0, {}
    for band in sorted(gmv.index):
        found[int(band)] = place
        held += max(float(gmv[band]), 0.0)
        if held >= least * whole:
            place, held = place + 1, 0.0
    if place > 0 and held < least * whole:
        found = {band: min(merged, place - 1) for band, merged in found.items()}
    return found


def build_bands(
    sums: pd.DataFrame, lines: pd.DataFrame, groups: dict[int, int], edges: Sequence[float]
) -> pd.DataFrame:
    """One row a merged band, cheap first: low and high price (NaN where open), and the sums with shares.

    `sums` is indexed by fine band, with gmv, gmv_before, orders, units and, where known, sold and cost; `lines` are
    rows of `count_band_lines`. Adds share, share_before, margin, index (share of newcomers' first lines over that of
    other lines; NaN with fewer than 100 of either) and index_low (lower end of the difference of both shares, jackknife
    over customers at Bonferroni's level for so many bands).
    """
    known = sums[sums.index.isin(groups)]
    merged = known.groupby([groups[int(band)] for band in known.index])
    frame = merged.sum(numeric_only=True)
    fine = {place: [band for band, at in groups.items() if at == place] for place in frame.index}
    low = [edges[min(bands) - 1] if min(bands) > 0 else 0.0 for bands in fine.values()]
    frame["low"] = low
    frame["high"] = [*low[1:], float("nan")]
    frame["share"] = frame.gmv.clip(lower=0) / frame.gmv.clip(lower=0).sum()
    before = frame.gmv_before.clip(lower=0)
    frame["share_before"] = before / before.sum() if before.sum() > 0 else np.nan
    frame["margin"] = 1 - frame.cost / frame.sold.where(frame.sold > 0)
    return _compare_firsts(frame, lines, groups).reset_index(drop=True)


def _compare_firsts(frame: pd.DataFrame, lines: pd.DataFrame, groups: dict[int, int]) -> pd.DataFrame:
    sums = np.zeros((BUCKETS, 2, len(frame)))
    for row in lines.to_dict("records"):
        place = groups.get(int(row["band"]))
        if place is not None:
            sums[int(row["bucket"]), :, place] += (row["first"], row["later"])
    whole = sums.sum(axis=0)
    if whole.sum(axis=1).min() < LEAST_FIRSTS:
        return frame.assign(index=np.nan, index_low=np.nan)
    share = whole / whole.sum(axis=1, keepdims=True)
    left = leave_one_out(sums)
    shares = left / np.maximum(left.sum(axis=2, keepdims=True), 1e-9)
    low, _ = find_interval(share[0] - share[1], shares[:, 0] - shares[:, 1], 1 - 0.05 / len(frame))
    return frame.assign(index=share[0] / np.where(share[1] > 0, share[1], np.nan), index_low=low)
