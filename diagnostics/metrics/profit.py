"""What lines earn after refunds and cost, and the same by customer, channel and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MONEY, FINE = "decimal(18,2)", "decimal(18,3)"
SUMS = ("orders", "spend", "refund", "net", "earned", "uncosted", "uncosted_lines")
WHOLE = frozenset(["orders", "uncosted_lines"])


def cost_lines(lines: ir.Table, products: ir.Table | None) -> ir.Table:
    """Valued lines with net (paid - refunds), earned, uncosted (both decimal) and no_cost (0 or 1).

    Where the product's cost is known, earned is net - unit cost x quantity, to the cent, and uncosted is 0; else
    earned is 0 and uncosted is net. A code with two different costs has none, for it can't be told which holds. The
    cost of returned goods is not taken back. `no_cost` marks lines that sell and have no cost: a customer without any
    has a known profit, earned + uncosted, for a line that only takes back costs nothing.
    `products` is `None` where no cost was delivered; `lines` come from `value_lines`.
    """
    if products is None:
        costed = lines.mutate(unit_cost=ibis.null().cast(MONEY))
    else:
        filled = products.filter(products.unit_cost.notnull())
        costs = filled.group_by(costed_id="product_id").agg(
            low=filled.unit_cost.min(), unit_cost=filled.unit_cost.max()
        )
        costs = costs.filter(costs.low == costs.unit_cost).drop("low")
        costed = lines.left_join(costs, lines.product_id == costs.costed_id).drop("costed_id")
    # Ibis multiplies decimals of one scale only; units may be thirds of a kilogram.
    cost = (costed.quantity.cast(FINE) * costed.unit_cost.cast(FINE)).cast(MONEY)
    net = (costed.paid_amount - costed.refund_amount).cast(MONEY)
    nothing, unknown = ibis.literal(0).cast(MONEY), costed.unit_cost.isnull()
    return costed.mutate(
        net=net,
        earned=ibis.ifelse(unknown, nothing, net - cost).cast(MONEY),
        uncosted=ibis.ifelse(unknown, net, nothing),
        no_cost=ibis.ifelse(unknown & ~costed.is_return, 1, 0),
    ).drop("unit_cost")


def spend_days(costed: ir.Table) -> ir.Table:
    """One row a known customer, channel and day: opened, orders, spend, refund, net, earned, uncosted, uncosted_lines.

    Orders count those with a line that sells; a day on which a customer only took back has 0, and `opened` (the time
    of the first line that sells) is empty. Spend follows the client's definition of GMV. `costed` come from
    `cost_lines`.
    """
    known = identified(costed)
    known = known.mutate(day=known.ordered_at.date(), sells=ibis.ifelse(known.is_return, 0, 1))
    parts = known.group_by("customer", "channel", "day", "order_id").agg(
        sells=known.sells.max(),
        opened=known.ordered_at.min(where=~known.is_return),
        spend=known.gmv.sum(),
        refund=known.refund_amount.sum(),
        net=known.net.sum(),
        earned=known.earned.sum(),
        uncosted=known.uncosted.sum(),
        uncosted_lines=known.no_cost.sum(),
    )
    return parts.group_by("customer", "channel", "day").agg(
        opened=parts.opened.min(),
        orders=parts.sells.sum().cast("int64"),
        **{name: parts[name].sum().cast(MONEY) for name in SUMS if name not in WHOLE},
        uncosted_lines=parts.uncosted_lines.sum().cast("int64"),
    )


def add_up(days: ir.Table, *, where: ir.BooleanValue | None = None, suffix: str = "") -> dict[str, ir.Value]:
    """The sums of `spend_days` (or of sums of them) as aggregates, each under its name and a suffix; 0 for none."""
    return {
        f"{name}{suffix}": days[name].sum(where=where).cast(_type(name)).fill_null(ibis.literal(0).cast(_type(name)))
        for name in SUMS
    }


def _type(name: str) -> str:
    return "int64" if name in WHOLE else MONEY


def between(days: ir.Table, period: Period) -> ir.BooleanValue:
    """Whether a row's day lies in a half-open period."""
    return (days.day >= ibis.date(period.start.isoformat())) & (days.day < ibis.date(period.end.isoformat()))
