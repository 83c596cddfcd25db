"""Make one table of order lines from the order rows of all files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.grain import allocate_orders
from diagnostics.intake.ledger import Ledger
from diagnostics.intake.orders import REFUNDED
from diagnostics.intake.tie import tie_items_to_orders
from diagnostics.intake.working import FATE, code_groups, column, count_within, flags, floats, is_empty, put


def gather_order_lines(parts: Sequence[pa.Table], ledger: Ledger, before: date | None = None) -> pa.Table:
    """All order rows: overlapping files once, items tied to orders, amounts brought to lines, refunds filled in.

    An order dated `before` or later is not true yet: one mistyped year would move every period that is compared.
    """
    table = pa.concat_tables(parts, promote_options="permissive").combine_chunks()
    table = drop_repeated(table, ledger)
    table = ledger.drop_fated(tie_items_to_orders(table))
    table = ledger.drop(table, is_empty(table, "channel"), "no_channel")
    table = ledger.drop(table, is_empty(table, "ordered_at"), "no_date")
    if before is not None:
        late = np.asarray(column(table, "ordered_at", pa.timestamp("us"))) >= np.datetime64(before)
        table = ledger.drop(table, late, "future_date")
    table = allocate_orders(table)
    paid = floats(table, "paid_amount")
    table = ledger.drop(table, np.isnan(paid), "no_amount")
    return _name_uniquely(_fill_refunds(table))


def drop_repeated(table: pa.Table, ledger: Ledger) -> pa.Table:
    """Without lines that an earlier file held too: the later file tells the later state."""
    alive = is_empty(table, FATE)
    groups = code_groups(table, ("channel", "line_id", "_role"))
    groups = np.where(alive, groups, -1 - np.arange(len(groups)))
    later = count_within(groups[::-1])[::-1]
    return ledger.drop(table, later > 0, "duplicate")


def _fill_refunds(table: pa.Table) -> pa.Table:
    """An order whose status says refunded gave back what was paid, unless the export names an amount."""
    paid, refund = floats(table, "paid_amount"), np.nan_to_num(floats(table, "refund_amount"))
    whole = flags(table, REFUNDED) & ~(refund > 0)
    quantity = floats(table, "quantity")
    table = put(table, "quantity", np.where(np.isnan(quantity), 1.0, quantity))
    return put(table, "refund_amount", np.where(whole, paid, refund))


def _name_uniquely(table: pa.Table) -> pa.Table:
    """Two platforms may use the same numbers: then the channel goes before the line id."""
    ids = column(table, "line_id")
    if pc.count_distinct(ids).as_py() == table.num_rows:
        return table
    return put(table, "line_id", pc.binary_join_element_wise(column(table, "channel"), ids, ":"))
