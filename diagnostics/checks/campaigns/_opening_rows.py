"""Rows of the question on card-opening campaigns and pushes of new items, from the engine's counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from diagnostics.checks.campaigns.cards import find_mechanics
from diagnostics.metrics.campaign_openings import FIRST_DAYS
from diagnostics.statistics.campaign_lift import LONGEST
from diagnostics.statistics.join_ratio import compare_counts
from diagnostics.statistics.proportions import newcombe_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.checks.check import Replies

LEAST, AROUND, QUIET = 30, 28, 14


def compare_joins(replies: Replies) -> pd.DataFrame:
    """One row a campaign of enough joins, latest first: joins a day inside and around, and first purchases."""
    if "daily" not in replies or replies["daily"].empty:
        return pd.DataFrame()
    daily = replies["daily"].set_index("day")
    daily.index = pd.to_datetime(daily.index)
    history = replies.engagement.horizon.history
    # Before the first and after the last day of joining the list of members may not reach.
    first = max(pd.Timestamp(history.start), daily.index.min())
    last = min(pd.Timestamp(history.end) - pd.Timedelta(days=1), daily.index.max())
    daily = daily.astype(float).reindex(pd.date_range(first, last)).fillna(0.0)
    held = (
        replies["campaigns"].groupby(["campaign", "starts_on", "ends_on"], as_index=False).agg(kind=("kind", "first"))
    )
    held = held.assign(starts_on=pd.to_datetime(held.starts_on), ends_on=pd.to_datetime(held.ends_on))
    held = held[((held.ends_on - held.starts_on).dt.days.between(1, LONGEST))]
    busy = pd.Series(data=False, index=daily.index)
    for start, end in zip(held.starts_on, held.ends_on, strict=True):
        busy |= (busy.index >= start) & (busy.index < end)
    rows = [
        _compare_window(row, daily, daily[~busy], pd.Timestamp(history.end))
        for row in held.to_dict("records")
        if row["starts_on"] >= first and row["ends_on"] <= last + pd.Timedelta(days=1)
    ]
    kept = pd.DataFrame([row for row in rows if row is not None])
    return kept.sort_values(["start", "campaign"], ascending=[False, True], ignore_index=True) if len(kept) else kept


def _compare_window(
    row: Mapping[Any, Any], daily: pd.DataFrame, quiet: pd.DataFrame, until: pd.Timestamp
) -> dict[str, object] | None:
    start, end, span = row["starts_on"], row["ends_on"], pd.Timedelta(days=AROUND)
    inside = daily[(daily.index >= start) & (daily.index < end)]
    around = quiet[(quiet.index >= start - span) & (quiet.index < end + span)]
    before, after = around[around.index < start].joins, around[around.index >= end].joins
    if len(around) < QUIET or before.empty or inside.joins.sum() < LEAST:
        return None
    ratio, low, high = compare_counts(inside.joins, around.joins)
    # Who joined too lately could not yet buy.
    closed = until - pd.Timedelta(days=FIRST_DAYS)
    fresh, usual = (part[part.index <= closed][["joins", "known", "bought"]].sum() for part in (inside, around))
    new, others = (part.joins - part.known for part in (fresh, usual))
    is_judged = end <= closed and new >= LEAST and others >= LEAST
    gap = newcombe_difference(fresh.bought, new, usual.bought, others) if is_judged else (np.nan, np.nan)
    return {
        "campaign": str(row["campaign"]),
        "is_joint": "joint" in find_mechanics(f"{row['campaign']} {row['kind'] or ''}"),
        "start": start,
        "days": len(inside),
        "joins": inside.joins.sum(),
        "before": before.mean(),
        "after": after.mean(),
        "ratio": ratio,
        "low": low,
        "high": high,
        "new": new if is_judged else np.nan,
        "first": fresh.bought / new if is_judged else np.nan,
        "usual": usual.bought / others if is_judged else np.nan,
        "gap_low": float(gap[0]),
        "gap_high": float(gap[1]),
    }


def compare_pushes(replies: Replies) -> pd.DataFrame:
    """One row a push and group, latest first: buyers of new items among those told and those not."""
    if "told" not in replies or replies["told"].empty:
        return pd.DataFrame()
    rows = (
        replies["told"]
        .merge(replies["groups"], on="is_high")
        .merge(replies["bought"], on=["push", "is_high"], how="left")
    )
    # A push without a buyer of new items has none.
    counts = ["bought", "told_bought", "near_bought"]
    rows[counts] = rows[counts].astype(float).fillna(0.0)
    rows = rows.assign(rest=rows.n - rows.near, rest_bought=rows.bought - rows.near_bought)
    rows = rows[(rows.told >= LEAST) & (rows.rest >= LEAST) & (rows.bought > 0)]
    if rows.empty:
        return pd.DataFrame()
    low, high = newcombe_difference(rows.told_bought, rows.told, rows.rest_bought, rows.rest)
    rows = rows.assign(
        push=pd.to_datetime(rows.push),
        told_share=rows.told_bought / rows.told,
        rest_share=rows.rest_bought / rows.rest,
        low=low,
        high=high,
    )
    return rows.sort_values(["push", "is_high"], ascending=[False, False], ignore_index=True)
