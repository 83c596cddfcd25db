"""What each staff account holds: its contacts, customers whom nobody else holds, and what those bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir


def hold_accounts(contacts: ir.Table, lines: ir.Table, as_of: date) -> ir.Table:
    """One row a staff account: contacts (kept on the day before `as_of`), sole, buyers and gmv.

    `sole` are customers whom no other account holds; `buyers` are those of them who bought within `lines`, valued and
    cut to a period, and `gmv` what they bought there, from any channel.
    """
    day = ibis.timestamp(as_of.isoformat())
    is_added = contacts.added_at.isnull() | (contacts.added_at < day)
    is_kept = contacts.lost_at.isnull() | (contacts.lost_at >= day)
    held = contacts.filter(contacts.staff.notnull(), is_added, is_kept)
    owners = (
        held.filter(held.customer.notnull())
        .group_by("customer")
        .agg(accounts=lambda row: row.staff.nunique(), holder=lambda row: row.staff.min())
    )
    alone = owners.filter(owners.accounts == 1)
    selling = sales(identified(lines))
    spent = selling.group_by("customer").agg(gmv=selling.gmv.sum())
    valued = alone.left_join(spent, alone.customer == spent.customer, rname="{name}_buyer")
    soles = valued.group_by("holder").agg(
        sole=valued.count(), buyers=valued.customer_buyer.count(), gmv=valued.gmv.sum().fill_null(0)
    )
    counted = held.group_by("staff").agg(contacts=held.contact.nunique())
    joined = counted.left_join(soles, counted.staff == soles.holder)
    return joined.select(
        "staff",
        "contacts",
        sole=joined.sole.fill_null(0),
        buyers=joined.buyers.fill_null(0),
        gmv=joined.gmv.fill_null(0).cast("float64"),
    )
