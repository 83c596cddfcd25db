"""Order lines, cut to a period and valued by the client's definition of GMV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.engagement import GmvBasis
    from diagnostics.model.period import Period


def value_lines(lines: ir.Table, basis: GmvBasis) -> ir.Table:
    """Order lines with `gmv`, decimal: paid, or paid minus refunds, by the client's definition."""
    gmv = lines.paid_amount - lines.refund_amount if basis == "paid_net" else lines.paid_amount
    return lines.mutate(gmv=gmv.cast("decimal(18,2)"))


def within(lines: ir.Table, period: Period) -> ir.Table:
    """Lines ordered inside a half-open period."""
    start = ibis.timestamp(period.start.isoformat())
    end = ibis.timestamp(period.end.isoformat())
    return lines.filter(lines.ordered_at >= start, lines.ordered_at < end)


def identified(lines: ir.Table) -> ir.Table:
    """Lines whose customer is known."""
    return lines.filter(lines.customer.notnull())


def sales(lines: ir.Table) -> ir.Table:
    """Lines that sell; lines that only take back are left out."""
    return lines.filter(~lines.is_return)
