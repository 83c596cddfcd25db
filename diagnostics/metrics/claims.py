"""What the data say on the figures that a client states of itself in the requirement sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    import ibis.expr.types as ir

REPEAT_ORDERS = 2


def total_claims(lines: ir.Table) -> ir.Table:
    """One row: gmv, orders, orders_known, buyers, repeat_buyers (two orders or more).

    Orders are those that sell; buyers are known customers with one. `lines` come from `value_lines`, cut to a period.
    """
    selling = sales(lines)
    known = sales(identified(lines))
    customers = _count_orders(known)
    buyers = customers.agg(
        orders_known=customers.orders.sum().fill_null(0).cast("int64"),
        buyers=customers.count(),
        repeat_buyers=(customers.orders >= REPEAT_ORDERS).sum().fill_null(0).cast("int64"),
    )
    orders = selling.select("channel", "order_id").distinct()
    money = lines.agg(gmv=lines.gmv.sum())
    return money.cross_join(orders.agg(orders=orders.count())).cross_join(buyers)


def _count_orders(known: ir.Table) -> ir.Table:
    placed = known.select("customer", "channel", "order_id").distinct()
    return placed.group_by("customer").agg(orders=placed.count())


def share_categories(lines: ir.Table) -> ir.Table:
    """One row a category: gmv; lines without a category go together as an empty one."""
    return lines.group_by("category").agg(gmv=lines.gmv.sum())


def count_stores(lines: ir.Table) -> ir.Table:
    """One row: stores that sold."""
    selling = sales(lines)
    return selling.agg(stores=selling.store.nunique())


def share_private(lines: ir.Table) -> ir.Table:
    """One row: gmv of lines whose origin is known, private of them, and orders."""
    told = lines.filter(lines.is_private.notnull())
    return told.agg(
        gmv=told.gmv.sum(),
        private=told.gmv.sum(where=told.is_private),
        orders=told.order_id.nunique(where=~told.is_return),
    )


def count_contacts(contacts: ir.Table) -> ir.Table:
    """One row: contacts that are not lost."""
    kept = contacts.filter(contacts.lost_at.isnull())
    return kept.agg(contacts=kept.contact.nunique())


def count_members(customers: ir.Table) -> ir.Table:
    """One row: members, each counted once per channel."""
    members = customers.filter(customers.is_member)
    return members.agg(members=members.count())
