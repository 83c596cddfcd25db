"""What order lines cover: rows, orders, days and known customers, per channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def cover_channels(lines: ir.Table) -> ir.Table:
    """One row a channel: lines, keyed (lines with a known customer), orders, gmv, first_day, last_day.

    `lines` come from `value_lines`; orders leave out canceling lines.
    """
    return lines.group_by("channel").agg(
        lines=lines.count(),
        keyed=lines.customer.count(),
        orders=lines.order_id.nunique(where=~lines.is_return),
        gmv=lines.gmv.sum(),
        first_day=lines.ordered_at.min().date(),
        last_day=lines.ordered_at.max().date(),
    )
