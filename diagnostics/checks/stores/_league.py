"""Stores month by month: places now and before, months behind in a row, and their targets beside a split by size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.checks.stores import _league_words as words
from diagnostics.metrics.store_staff import describe_stores
from diagnostics.metrics.stores import follow_targets, total_store_sales
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.target_split import split_target

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables

MOVED_MONTHS = 3
OFF = 0.2


@dataclass(frozen=True, kw_only=True)
class League:
    """One row a store: city, region, target, actual, achieved, rank, rank_before, behind (months in a row), split."""

    stores: pd.DataFrame
    has_split: bool
    limits: Limits


def ask_league(tables: Tables, sales: ir.Table | None) -> dict[str, ir.Table]:
    """Ask for targets and actuals by store and month, the master, and sales of the comparison period."""
    horizon = tables.engagement.horizon
    asked = {
        "months": follow_targets(tables["store_months"], sales, "sales", horizon.current),
        "stores": describe_stores(tables["stores"]),
    }
    if sales is not None and horizon.previous is not None:
        before = total_store_sales(tables["order_lines"], horizon.previous)
        asked["base"] = before.group_by("store").agg(base=before.counted.sum())
    return asked


def read_league(replies: Replies, limits: Limits) -> League | None:
    """Rank the stores now and before, count months behind, and split the target; `None` without a known actual."""
    months = replies["months"].dropna(subset=["actual", "target"])
    if months.empty:
        return None
    totals = months.groupby("store", as_index=False)[["target", "actual"]].sum()
    stores = totals.merge(replies["stores"][["store", "city", "region"]], on="store", how="left")
    stores = _rank(stores.assign(achieved=stores.actual / stores.target), months)
    behind = {str(store): _count_behind(part, limits["below"]) for store, part in months.groupby("store")}
    stores = stores.assign(behind=stores.store.map(behind), split=np.nan)
    has_split = "base" in replies and bool(replies["base"].base.sum() > 0)
    if has_split:
        base = stores.store.map(replies["base"].set_index("store").base).fillna(0.0).clip(lower=0)
        parts = split_target(round(float(stores.target.sum())), base, floor=limits["floor"], cap=limits["cap"])
        stores = stores.assign(split=parts.astype(float))
    stores = stores.assign(difference=stores.target / stores.split.where(stores.split > 0) - 1)
    return League(
        stores=stores.sort_values(["achieved", "store"], ignore_index=True), has_split=has_split, limits=limits
    )


def _rank(stores: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Add the place over the last months with a target, the one over as many before, and the places moved."""
    times = sorted(months.month.unique())
    chosen = {"rank": times[-MOVED_MONTHS:], "rank_before": times[-2 * MOVED_MONTHS : -MOVED_MONTHS]}
    for name, wanted in chosen.items():
        part = months[months.month.isin(wanted)].groupby("store")[["target", "actual"]].sum()
        rank = (part.actual / part.target).rank(method="min", ascending=False)
        stores = stores.assign(**{name: stores.store.map(rank)})
    return stores.assign(moved=stores.rank_before - stores["rank"])


def _count_behind(months: pd.DataFrame, below: float) -> int:
    """Months in a row up to the last in which the store stayed below.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"month": [1, 2, 3, 4], "target": [10.0] * 4, "actual": [1.0, 10.0, 5.0, 5.0]})
    >>> _count_behind(frame, 0.8)
    2
    """
    short = (months.sort_values("month").actual / months.sort_values("month").target < below).to_numpy()[::-1]
    return len(short) if short.all() else int(np.argmin(short))


def tell_league(league: League) -> Text:
    """How many stores are behind, for how long, and how far targets are off the split."""
    stores = league.stores
    off = int((stores.difference.abs() >= OFF).sum())
    return words.BEHIND.fill(
        stores=word_number(len(stores)),
        behind=word_number(int((stores.behind > 0).sum())),
        below=word_percent(league.limits["below"], 0),
        long=word_number(int((stores.behind >= MOVED_MONTHS).sum())),
        split=words.SPLIT.fill(off=word_number(off)) if league.has_split else words.NO_SPLIT,
    )
