"""GMV of the private domain by month, as far as the attribution rule decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket

if TYPE_CHECKING:
    import ibis.expr.types as ir


def sum_private(lines: ir.Table) -> ir.Table:
    """One row a month and bucket: gmv, private and undecided (lines that the rule says nothing of).

    `lines` come from `value_lines`, cut to a period; a line without a customer is placed by its order.
    """
    placed = lines.mutate(
        month=lines.ordered_at.date().truncate("M"),
        bucket=assign_bucket(ibis.coalesce(lines.customer, lines.order_id)),
        private_gmv=ibis.ifelse(lines.is_private, lines.gmv, 0),
        undecided_gmv=ibis.ifelse(lines.is_private.isnull(), lines.gmv, 0),
    )
    return placed.group_by("month", "bucket").agg(
        gmv=placed.gmv.sum(), private=placed.private_gmv.sum(), undecided=placed.undecided_gmv.sum()
    )
