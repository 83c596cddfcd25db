"""Make one canonical table from the rows of all files that feed it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.durations import end_after_start
from diagnostics.intake.ledger import Ledger
from diagnostics.intake.working import FATE, FILE, ROW, code_groups, column, count_within, is_empty, put
from diagnostics.model.tables import CANONICAL_TABLES

# What makes two rows of a table the same thing; tables without an entry keep every row.
KEYS: dict[str, tuple[str, ...]] = {
    "customers": ("customer", "channel"),
    "products": ("product_id",),
    "traffic": ("starts_on", "ends_on", "channel", "shop", "source", "product_id"),
    "contacts": ("contact", "staff"),
    "groups": ("group",),
    "group_days": ("day", "group", "owner"),
    "staff_days": ("day", "staff", "store"),
    "stores": ("store",),
    "store_months": ("month", "store", "metric"),
    "live_sessions": ("channel", "session"),
    "campaigns": ("campaign", "channel", "starts_on"),
    "after_sales": ("channel", "case_id"),
    "live_orders": ("channel", "session", "order_id", "line_id", "product_id"),
    "live_shifts": ("channel", "starts_at", "anchor"),
    "service_periods": ("starts_on", "ends_on", "staff"),
    "lead_periods": ("starts_on", "ends_on", "staff"),
    "group_members": ("group", "contact", "staff", "seen_on"),
    "audience_days": ("day", "channel", "source"),
    "posts": ("channel", "post", "day"),
}
# Tables whose rows have no name: a row is the same thing if an earlier file told it in the same words.
NAMELESS = frozenset(["settlements", "coupons", "entry_days", "events", "touches"])

_STAFF_FLOWS = ("applied", "added", "chats", "messages", "reply_share", "reply_minutes", "blocked")


def gather(name: str, parts: Sequence[pa.Table], ledger: Ledger) -> pa.Table:
    """All rows of one table that are not order lines; the same thing told twice is merged into one row."""
    table = pa.concat_tables(parts, promote_options="permissive").combine_chunks()
    table = ledger.drop_fated(table)
    if name == "live_sessions":
        table = _name_sessions(table)
    if name == "live_shifts":
        starts, ends = (column(table, end, pa.timestamp("us")) for end in ("starts_at", "ends_at"))
        table = put(table, "ends_at", end_after_start(starts, ends))
    if name == "group_members":
        table = ledger.drop(table, is_empty(table, "contact") & is_empty(table, "staff"), "no_contact")
    for needed in CANONICAL_TABLES[name].columns:
        if needed.required:
            table = ledger.drop(table, is_empty(table, needed.name), f"no_{needed.name}")
    if name == "staff_days":
        table = _drop_totals_of_staff(table, ledger)
    if name in NAMELESS:
        return drop_told_before(table, ledger)
    return merge_rows(table, KEYS[name], ledger) if name in KEYS else table


def drop_told_before(table: pa.Table, ledger: Ledger) -> pa.Table:
    """Without rows that an earlier file told in the same words; what one file repeats, it means."""
    said = code_groups(table, [name for name in table.column_names if name not in (FILE, ROW, FATE)])
    files = np.asarray(column(table, FILE))
    nth = count_within(np.unique(np.stack([said, files]), axis=1, return_inverse=True)[1].reshape(-1))
    same = np.unique(np.stack([said, nth]), axis=1, return_inverse=True)[1].reshape(-1)
    return ledger.drop(table, count_within(same) > 0, "duplicate")


def merge_rows(table: pa.Table, keys: Sequence[str], ledger: Ledger) -> pa.Table:
    """One row for each key: of every column the last filled cell.

    A row that gives no cell to the merged row is noted as a duplicate.
    """
    groups = np.unique(code_groups(table, keys), return_inverse=True)[1]
    if len(groups) == 0 or groups.max() + 1 == table.num_rows:
        return table
    helps = np.zeros(table.num_rows, bool)
    columns: dict[str, pa.Array] = {}
    for name in table.column_names:
        last = _last_filled(groups, ~is_empty(table, name))
        if name not in (FILE, ROW, FATE):
            helps[last[last >= 0]] = True
        columns[name] = table[name].combine_chunks().take(pa.array(last, mask=last < 0))
    ledger.drop(table, ~helps, "duplicate")
    return pa.table(columns)


def _last_filled(groups: np.ndarray, filled: np.ndarray) -> np.ndarray:
    """For each group the last row whose cell is filled, or -1."""
    last = np.full(groups.max() + 1, -1, np.int64)
    at = np.flatnonzero(filled)
    np.maximum.at(last, groups[at], at)
    return last


def _name_sessions(table: pa.Table) -> pa.Table:
    """A session without an id is known by its start and anchor."""
    starts = pc.strftime(column(table, "starts_at", pa.timestamp("us")), format="%Y-%m-%d %H:%M")
    built = pc.binary_join_element_wise(starts, pc.coalesce(column(table, "anchor"), pa.scalar("")), " ")
    return put(table, "session", pc.coalesce(column(table, "session"), built))


def _drop_totals_of_staff(table: pa.Table, ledger: Ledger) -> pa.Table:
    """Days told of all staff together are left out where the same days are told by person.

    Of such a day only the number of contacts stays: nobody's own row holds it.
    """
    nobody = is_empty(table, "staff") & is_empty(table, "store")
    if nobody.all() or not nobody.any():
        return table
    days = column(table, "day", pa.timestamp("us"))
    told = nobody & np.asarray(pc.is_in(days, value_set=days.filter(pa.array(~nobody))))
    kept = told & ~is_empty(table, "contacts_total")
    for name in set(_STAFF_FLOWS) & set(table.column_names):
        cells = table[name].combine_chunks()
        table = put(table, name, pc.if_else(pa.array(kept), pa.nulls(len(cells), cells.type), cells))
    return ledger.drop(table, told & ~kept, "total_of_staff")
