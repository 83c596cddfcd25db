"""Stores whose staff mostly do nothing, beside the other stores of the client."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagnostics.statistics.proportions import wilson

LEAST_STAFF = 2
# From this part of the staff in the master seen in the statistics, those who are not seen have no account.
COVERED = 0.9


def join_staff(active: pd.DataFrame, stores: pd.DataFrame) -> pd.DataFrame:
    """One row a store: staff, active, share, unseen (staff of the master without statistics), and the master's columns.

    Where the stores' statistics cover nearly all of the staff in the master, staff without statistics count as
    inactive, else they are unknown and left out. Stores without statistics have an empty share.
    """
    joined = stores.merge(active, on="store", how="outer") if len(stores) else active
    joined = joined.reindex(
        columns=["store", "city", "region", "ownership", "staff_count", "seen", "active", "adding", "added", "chats"]
    )
    stated = joined.staff_count.astype(float)
    coverage = (joined.seen / stated.where(stated > 0)).median()
    unseen = (stated - joined.seen).clip(lower=0).fillna(0)
    counts_unseen = bool(pd.notna(coverage) and coverage >= COVERED)
    staff = joined.seen + (unseen if counts_unseen else 0)
    return joined.assign(staff=staff, unseen=unseen, share=joined.active / staff.where(staff > 0))


def group_stores(stores: pd.DataFrame, column: str) -> pd.DataFrame:
    """Stores by `column` (ownership, region or city).

    Columns: name, stores, told, staff, active, added, share with Wilson's interval (low, high), each (added a store).
    """
    named = stores.dropna(subset=[column])
    groups = named.groupby(column, as_index=False).agg(
        stores=("store", "count"),
        told=("share", "count"),
        staff=("staff", "sum"),
        active=("active", "sum"),
        added=("added", "sum"),
    )
    low, high = wilson(groups.active, groups.staff)
    share = np.divide(groups.active, groups.staff, out=np.full(len(groups), np.nan), where=groups.staff > 0)
    return groups.assign(
        share=share, low=low, high=high, each=groups.added / groups.told.where(groups.told > 0)
    ).rename(columns={column: "name"})
