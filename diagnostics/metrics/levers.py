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
    monthly, visitors = ask_months(tables)
    if monthly is None:
        return {}
    asked = {"sums": tables.share(sum_buckets(monthly))}
    return asked if visitors is None else {**asked, "visitors": visitors}


def ask_months(tables: Tables) -> tuple[ir.Table | None, ir.Table | None]:
    """Customers by month (`cover_months`) and visitors by month, each `None` where it can't be asked for."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return None, None
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    marked = mark_compared(lines, horizon.previous, horizon.current)
    has_traffic = tables.has("traffic")
    visitors = pair_months(tables["traffic"], horizon.previous, horizon.current) if has_traffic else None
    return tables.share(cover_months(marked, visitors)), visitors


def sum_levers(marked: ir.Table, covered: ir.Table | None = None) -> ir.Table:
    """One row a channel, period, known or not, covered or not, and bucket.

    Columns: channel, is_current, known (has a customer), covered (the month has visitors in both periods),
    bucket, buyers, buyer_months (a buyer of two months counts twice), orders, units, listed and listed_paid (amount
    before discounts and paid, of lines that state both), paid, gmv. Unknown orders count as no buyers. `marked` come
    from `mark_compared` on `value_lines`, `covered` from `pair_months`.
    """
    return sum_buckets(cover_months(marked, covered))


def sum_buckets(monthly: ir.Table) -> ir.Table:
    """The rows of `sum_levers` from those of `cover_months`."""
    keys = ["channel", "is_current", "known", "covered"]
    return monthly.group_by(*keys, bucket=assign_bucket(monthly.cluster)).agg(**sum_parts(monthly))


def cover_months(marked: ir.Table, covered: ir.Table | None = None) -> ir.Table:
    """One row a channel, period, turn and customer, with `known` and `covered`; arguments as of `sum_levers`."""
    monthly = _total_customer_months(marked)
    if covered is None:
        return monthly.mutate(covered=False)
    months = covered.select(covered_channel="channel", covered_turn="turn")
    joined = monthly.left_join(
        months, (monthly.channel == months.covered_channel) & (monthly.turn == months.covered_turn)
    )
    return joined.mutate(covered=joined.covered_turn.notnull())


def sum_parts(monthly: ir.Table) -> dict[str, ir.NumericScalar]:
    """The sums of `sum_levers` over customers and months, for use in an aggregation."""
    bought = monthly.known & (monthly.orders > 0)
    return {
        "buyers": monthly.cluster.nunique(where=bought),
        "buyer_months": bought.cast("int64").sum().cast("int64"),
        "orders": monthly.orders.sum().cast("int64"),
        **{name: monthly[name].sum() for name in ("units", "listed", "listed_paid", "paid", "gmv")},
    }


def _total_customer_months(marked: ir.Table) -> ir.Table:
    """One row a channel, period, turn and customer; orders without a known customer stand alone."""
    known = marked.mutate(cluster=ibis.coalesce(marked.customer, marked.order_id), known=marked.customer.notnull())
    has_list = (known.list_amount > 0) & ~known.is_return
    return known.group_by("channel", "is_current", "turn", "cluster", "known").agg(
        orders=known.order_id.nunique(where=~known.is_return),
        units=known.quantity.sum(),
        listed=ibis.ifelse(has_list, known.list_amount, 0).sum(),
        listed_paid=ibis.ifelse(has_list, known.paid_amount, 0).sum(),
        paid=known.paid_amount.sum(),
        gmv=known.gmv.sum(),
    )
