"""What the private domain sells and earns, and how often its buyers return, in fifty groups of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.customers import buys_again
from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    import ibis.expr.types as ir


def sum_earnings(costed: ir.Table) -> ir.Table:
    """One row a bucket: net, earned, uncosted of private lines, and whole, the net of all lines.

    `costed` come from `cost_lines`, cut to a period; a line without a customer is placed by its order.
    """
    placed = costed.mutate(
        bucket=assign_bucket(ibis.coalesce(costed.customer, costed.order_id)),
        is_ours=costed.is_private.fill_null(False),  # noqa: FBT003 - Ibis takes the value by place
    )
    return placed.group_by("bucket").agg(
        net=placed.net.sum(where=placed.is_ours).fill_null(0),
        earned=placed.earned.sum(where=placed.is_ours).fill_null(0),
        uncosted=placed.uncosted.sum(where=placed.is_ours).fill_null(0),
        whole=placed.net.sum(),
    )


def count_loyal(lines: ir.Table) -> ir.Table:
    """One row a kind of buyer (is_private: bought there at least once): buyers, repeat (two days or more), gmv.

    `lines` come from `value_lines`, cut to a period.
    """
    selling = sales(identified(lines))
    people = selling.group_by("customer").agg(
        is_private=selling.is_private.cast("int64").max().fill_null(0) > 0,
        comes_back=buys_again(selling),
        gmv=selling.gmv.sum(),
    )
    return people.group_by("is_private").agg(
        buyers=people.count(), repeat=people.comes_back.sum(), gmv=people.gmv.sum()
    )


def count_contacts(contacts: ir.Table) -> ir.Table:
    """One row: contacts, and those of them that are held in stores only."""
    people = contacts.group_by("contact").agg(in_stores=contacts.store.notnull().all())
    return people.agg(contacts=people.count(), in_stores=people.in_stores.sum())
