"""What each store sold, added and enrolled, and whose private pool a customer is in, once or more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# The pool of accounts that belong to no store, and of stores whose owner is not told.
DESK, STORE = "desk", "store"


def total_places(lines: ir.Table) -> ir.Table:
    """One row a store (empty: sold outside stores): gmv; `lines` are valued and cut to a period."""
    return lines.group_by("store").agg(gmv=lines.gmv.sum().cast("float64"))


def count_enrolled(customers: ir.Table) -> ir.Table:
    """One row a store of joining (empty: joined elsewhere): members."""
    mine = customers.filter(customers.is_member.fill_null(False))  # noqa: FBT003 - Ibis takes the value by place
    return mine.group_by("store").agg(members=mine.customer.nunique())


def place_contacts(contacts: ir.Table, stores: ir.Table | None) -> ir.Table:
    """Contacts not lost, with `pool` (who owns the store, `store` if untold, `desk` without a store) and `person`."""
    held = contacts.filter(contacts.staff.notnull(), contacts.lost_at.isnull())
    held = held.mutate(person=ibis.coalesce(held.customer, held.contact))
    if stores is None:
        return held.mutate(pool=ibis.ifelse(held.store.isnull(), DESK, STORE))
    owners = stores.group_by(place="store").agg(ownership=stores.ownership.max())
    joined = held.left_join(owners, held.store == owners.place)
    owner = ibis.coalesce(joined.ownership, ibis.literal(STORE))
    return joined.mutate(pool=ibis.ifelse(joined.store.isnull(), ibis.literal(DESK), owner))


def count_held(placed: ir.Table, period: Period) -> ir.Table:
    """One row a store (empty: none): accounts, held (rows not lost) and added inside the period."""
    start, end = (ibis.timestamp(day.isoformat()) for day in (period.start, period.end))
    is_new = (placed.added_at >= start) & (placed.added_at < end)
    return placed.group_by("store").agg(
        accounts=placed.staff.nunique(),
        held=placed.count(),
        added=is_new.fill_null(False).sum(),  # noqa: FBT003 - Ibis takes the value by place
    )


def count_pools(placed: ir.Table) -> ir.Table:
    """One row a pool: accounts, people (each once)."""
    return placed.group_by("pool").agg(accounts=placed.staff.nunique(), people=placed.person.nunique())


def count_shared(placed: ir.Table) -> ir.Table:
    """One row a pair of pools (the first and last by name that a person is in): people, several (of these, 2+ staff).

    `first` equals `last` for people in one pool; somebody in three pools counts under the outer two.
    """
    each = placed.group_by("person").agg(staff=placed.staff.nunique(), first=placed.pool.min(), last=placed.pool.max())
    return each.group_by("first", "last").agg(people=each.count(), several=(each.staff > 1).sum())
