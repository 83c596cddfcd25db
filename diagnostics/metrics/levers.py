"""What GMV is made of in two compared periods: buyers, orders, units, paid and GMV by channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.traffic import pair_months

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.tables import Tables


def ask_levers(tables: Tables) -> dict[str, ir.Table]:
    """The queries `sums` and, where traffic was delivered, `visitors`; none without a period to compare with."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    marked = mark_compared(lines, horizon.previous, horizon.current)
    if not tables.has("traffic"):
        return {"sums": tables.share(sum_levers(marked))}
    visitors = pair_months(tables["traffic"], horizon.previous, horizon.current)
    return {"sums": tables.share(sum_levers(marked, visitors)), "visitors": visitors}


def sum_levers(marked: ir.Table, covered: ir.Table | None = None) -> ir.Table:
    """One row a channel, period, known or not, covered or not, and bucket.

    Columns: channel, is_current, known (has a customer), covered (the month has visitors in both periods),
    bucket, buyers, buyer_months (a buyer of two months counts twice), orders, units, paid, gmv. Unknown orders
    count as no buyers. `marked` come from `mark_compared` on `value_lines`, `covered` from `pair_months`.
    """
    monthly = _total_customer_months(marked)
    if covered is None:
        monthly = monthly.mutate(covered=False)
    else:
        months = covered.select(covered_channel="channel", covered_turn="turn")
        joined = monthly.left_join(
            months, (monthly.channel == months.covered_channel) & (monthly.turn == months.covered_turn)
        )
        monthly = joined.mutate(covered=joined.covered_turn.notnull())
    bought = monthly.known & (monthly.orders > 0)
    keys = ["channel", "is_current", "known", "covered"]
    return monthly.group_by(*keys, bucket=assign_bucket(monthly.cluster)).agg(
        buyers=monthly.cluster.nunique(where=bought),
        buyer_months=bought.cast("int64").sum().cast("int64"),
        orders=monthly.orders.sum().cast("int64"),
        units=monthly.units.sum(),
        paid=monthly.paid.sum(),
        gmv=monthly.gmv.sum(),
    )


def _total_customer_months(marked: ir.Table) -> ir.Table:
    """One row a channel, period, turn and customer; orders without a known customer stand alone."""
    known = marked.mutate(cluster=ibis.coalesce(marked.customer, marked.order_id), known=marked.customer.notnull())
    return known.group_by("channel", "is_current", "turn", "cluster", "known").agg(
        orders=known.order_id.nunique(where=~known.is_return),
        units=known.quantity.sum(),
        paid=known.paid_amount.sum(),
        gmv=known.gmv.sum(),
    )
