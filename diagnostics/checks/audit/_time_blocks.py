"""The stretches of time that the whole base is shown in, and who is active in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.model.period import MONTHS_A_YEAR, SLACK_DAYS, add_months
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from datetime import date

    from diagnostics.model.period import Horizon

# A history of so many months is shown in steps of one month, a quarter, half a year; longer ones in years.
STEPS = ((12, 1), (36, 3), (72, 6))


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """The stretches of time: first day of the first, months of each, how many, and whether the first is not whole."""

    start: date
    months: int
    count: int
    is_cut: bool

    def name(self, block: int) -> str:
        """The first month of a stretch."""
        return f"{add_months(self.start, block * self.months):%Y-%m}"


def lay_blocks(horizon: Horizon) -> Blocks:
    """Stretches that end with the current period and begin with the first whole month, or up to a stretch earlier."""
    first = horizon.history.start
    opened = add_months(first, 0 if first.day <= 1 + SLACK_DAYS else 1)
    end = add_months(horizon.current.end, 0)
    whole = max((end.year - opened.year) * MONTHS_A_YEAR + end.month - opened.month, 0)
    months = next((step for most, step in STEPS if whole <= most), MONTHS_A_YEAR)
    count = -(-whole // months)
    return Blocks(start=add_months(end, -count * months), months=months, count=count, is_cut=bool(whole % months))


def rate_activity(activity: pd.DataFrame, blocks: Blocks, since: date) -> pd.DataFrame:
    """One row a stretch: active, fresh, kept, back, ever, again (repeat-buying rate, low, high), share, lost, filled.

    `ever` are all who bought up to then, `lost` the active of the stretch before who did not come, `filled` is
    (fresh + back) / lost. Fresh is empty where customers may be older than the data, rates where there is no whole
    stretch before.
    """
    counts = activity.set_index("block").sort_index()[["active", "fresh", "kept", "back", "older"]]
    rows = counts.reindex(range(blocks.count)).astype(float).fillna(0.0)
    before = rows.active.shift()
    if blocks.is_cut:
        before.iloc[1:2] = np.nan
    before = before.where(before > 0)
    low, high = wilson(rows.kept.where(before.notna(), 0.0), before)
    ever = counts.fresh[counts.index < 0].sum() + rows.fresh.cumsum()
    starts = [add_months(blocks.start, block * blocks.months) for block in rows.index]
    is_new = np.array([start >= since for start in starts])
    lost = before - rows.kept
    return rows.assign(
        name=[blocks.name(block) for block in rows.index],
        kept=rows.kept.where(before.notna()),
        back=rows.back.where(before.notna()),
        fresh=rows.fresh.where(is_new),
        ever=ever,
        again=rows.kept / before,
        low=low,
        high=high,
        share=rows.active / ever.where(ever > 0),
        lost=lost,
        filled=((rows.fresh + rows.back) / lost.where(lost > 0)).where(is_new),
    ).reset_index()


def rate_channels(activity: pd.DataFrame, last: int) -> pd.DataFrame:
    """One row a channel: active before and in the last stretch, and the repeat-buying rate with an interval."""
    now = activity[activity.block == last].set_index("segment")
    before = activity[activity.block == last - 1].set_index("segment").active.reindex(now.index)
    if len(now) < 2:  # noqa: PLR2004 - a single channel is the whole base
        return pd.DataFrame()
    low, high = wilson(now.kept.where(before.notna(), 0.0), before)
    frame = now.assign(before=before, again=now.kept / before, low=low, high=high)
    return frame.sort_values("active", ascending=False).reset_index()
