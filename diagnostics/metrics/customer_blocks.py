"""The whole customer base over time: value and active customers by acquisition cohort, in blocks of months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.compared import count_months
from diagnostics.metrics.profit import add_up

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

OLDER = -1
NEVER = -9


def block_days(rows: ir.Table, start: date, months: int) -> ir.Table:
    """Rows with block (0 is the `months` months from `start`) and cohort, the block of the first purchase.

    Customers older than the data are cohort -1. `rows` come from `spread_segments`; days before `start` are in blocks
    below 0.
    """
    first = (count_months(rows.first_day, start) // months).cast("int64")
    return rows.mutate(
        block=(count_months(rows.day, start) // months).cast("int64"),
        cohort=ibis.ifelse(rows.is_older == 1, OLDER, first),
    )


def total_blocks(blocked: ir.Table) -> ir.Table:
    """One row a kind, segment, cohort and block from 0 on: active and sums (the customer cohort chart, C3)."""
    keys = ["kind", "segment", "cohort", "block"]
    shown = blocked.filter(blocked.block >= 0)
    return shown.group_by(keys).agg(active=shown.customer.nunique(where=shown.orders > 0), **add_up(shown))


def count_activity(blocked: ir.Table) -> ir.Table:
    """One row a kind, segment and block (below 0, too): active, fresh, kept, back, older.

    kept were active in the block before too, fresh bought for the first time in the segment, back were active earlier
    but not in the block before; the three add up to active. older counts the active who are older than the data.
    """
    keys = ["kind", "segment", "customer"]
    active = blocked.filter(blocked.orders > 0).select(*keys, "block", "is_older").distinct()
    window = ibis.window(group_by=keys, order_by="block")
    followed = active.mutate(last=active.block.lag().over(window))
    fresh = followed["last"].isnull()
    kept = ~fresh & (followed["last"].fill_null(NEVER) == followed.block - 1)
    return followed.group_by("kind", "segment", "block").agg(
        active=followed.count(),
        fresh=fresh.sum(),
        kept=kept.sum(),
        back=(~fresh & ~kept).sum(),
        older=followed.is_older.sum(),
    )
