"""Make one row of each contact and staff member, from contact lists and lists of a contact's platform accounts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.feed import OWN_KEY, PHONE_KEY
from diagnostics.intake.ledger import Ledger
from diagnostics.intake.working import column, filter_rows, is_empty, put

_LENT = (OWN_KEY, PHONE_KEY, "added_at", "way", "source", "store", "tags")


def merge_accounts(contacts: pa.Table, ledger: Ledger) -> pa.Table:
    """Contacts in which rows without staff have lent their cells to the same contact's rows with staff.

    A row without staff stays only if nobody holds its contact.
    """
    contacts = ledger.drop(contacts, is_empty(contacts, "contact"), "no_contact")
    lone = is_empty(contacts, "staff")
    if not lone.any() or lone.all():
        return contacts
    lenders, held = filter_rows(contacts, lone), filter_rows(contacts, ~lone)
    at = pc.index_in(held["contact"].combine_chunks(), value_set=lenders["contact"].combine_chunks())
    for name in _LENT:
        if name in lenders.column_names:
            lent = lenders[name].combine_chunks().take(at)
            held = put(held, name, pc.coalesce(column(held, name, lent.type), lent))
    kept = ~np.asarray(pc.is_in(lenders["contact"], value_set=held["contact"].combine_chunks()))
    return pa.concat_tables([held, filter_rows(lenders, kept)], promote_options="permissive").combine_chunks()


def place_staff(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Staff statistics with the store of each staff member, where contacts and orders name exactly one."""
    days = tables.get("staff_days")
    pairs = [
        pa.table({name: column(tables[found], name) for name in ("staff", "store")})
        for found in ("contacts", "order_lines")
        if found in tables
    ]
    if days is None or not pairs:
        return dict(tables)
    known = pa.concat_tables(pairs).drop_null().group_by(["staff", "store"]).aggregate([])
    known = known.group_by("staff").aggregate([("store", "count"), ("store", "min")])
    known = known.filter(pc.equal(known["store_count"], 1))
    at = pc.index_in(column(days, "staff"), value_set=known["staff"].combine_chunks())
    store = pc.coalesce(column(days, "store"), known["store_min"].combine_chunks().take(at))
    return {**tables, "staff_days": put(days, "store", store)}
