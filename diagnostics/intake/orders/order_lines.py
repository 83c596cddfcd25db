"""Make order lines of a pile of order rows: each thing once, items tied to orders, amounts brought to lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.feed import ADDRESS_KEY, OWN_KEY, PHONE_KEY, TAIL_KEY
from diagnostics.intake.ledger import Ledger
from diagnostics.intake.orders.absurd import are_absurd
from diagnostics.intake.orders.grain import allocate_orders
from diagnostics.intake.orders.order_rows import FAMILY, GRAIN, REFUNDED, ROLE
from diagnostics.intake.orders.tie import tie_items_to_orders
from diagnostics.intake.totals.item_totals import compare_items
from diagnostics.intake.totals.overlaps import find_overlaps
from diagnostics.intake.totals.set_aside import sum_set_aside
from diagnostics.intake.working import FATE, FILE, ROW, code_groups, column, count_within, flags, floats, is_empty, put

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = (
    *("line_id", "order_id", "channel", "shop", "product_id", "product", "category"),
    *("source", "staff", "store", "region", "promoter"),
)
_KEYS = (OWN_KEY, PHONE_KEY, ADDRESS_KEY, TAIL_KEY)
_AMOUNTS = ("quantity", "list_amount", "paid_amount", "refund_amount", "order_paid", "order_refund", "line_amount")
# How order rows of every export look between reading and settling; what a row lacks is empty.
STAGED = pa.schema(
    [
        *((name, pa.int64()) for name in (FILE, ROW)),
        *((name, pa.string()) for name in (*_TEXTS, FATE, *_KEYS, FAMILY, ROLE, GRAIN)),
        *((name, pa.float64()) for name in _AMOUNTS),
        *((name, pa.bool_()) for name in ("is_return", "used_coupon", "is_member", REFUNDED)),
        ("ordered_at", pa.timestamp("us")),
    ]
)


def stage(table: pa.Table) -> pa.Table:
    """Settled rows of one export in the shape in which piles keep them."""
    return pa.table([column(table, field.name, field.type) for field in STAGED], schema=STAGED)


@dataclass(frozen=True, kw_only=True)
class SettledPile:
    """The order lines of a pile, and small frames of what was merged, tied and set aside on the way."""

    lines: pa.Table
    overlaps: pd.DataFrame
    items: pd.DataFrame
    set_aside: pd.DataFrame


def settle_pile(
    staged: pa.Table, ledger: Ledger, before: date | None = None, largest: float | None = None
) -> SettledPile:
    """The order lines of a pile; its rows are in the order in which their files came.

    An order dated `before` or later is not true yet: one mistyped year would move every period that is compared.
    Nor is an amount beyond all others of its channel, unless the client confirmed amounts up to `largest`.
    """
    mark = ledger.mark()
    named = _name_lines(staged)
    single = drop_repeated(named, ledger)
    lines = stage(_name_apart(_fill_refunds(_gather(single, ledger, before, largest))))
    return SettledPile(
        lines=lines,
        overlaps=find_overlaps(named),
        items=compare_items(single),
        set_aside=sum_set_aside(named, ledger.table(mark), lines),
    )


def _gather(table: pa.Table, ledger: Ledger, before: date | None, largest: float | None) -> pa.Table:
    table = ledger.drop_fated(tie_items_to_orders(table))
    table = ledger.drop(table, is_empty(table, "channel"), "no_channel")
    table = ledger.drop(table, is_empty(table, "ordered_at"), "no_date")
    if before is not None:
        late = np.asarray(column(table, "ordered_at", pa.timestamp("us"))) >= np.datetime64(before)
        table = ledger.drop(table, late, "future_date")
    table = allocate_orders(table)
    table = ledger.drop(table, np.isnan(floats(table, "paid_amount")), "no_amount")
    return ledger.drop(table, are_absurd(table, largest), "absurd_amount")


def _name_lines(table: pa.Table) -> pa.Table:
    """A line id that overlapping files share: the platform's, else order, product and how manieth."""
    orders = pc.fill_null(column(table, "order_id"), "")
    products = pc.coalesce(column(table, "product_id"), column(table, "product"), pa.scalar(""))
    nth = count_within(code_groups(table.append_column("_named", products), (FILE, "order_id", "_named")))
    built = pc.binary_join_element_wise(orders, products, pc.cast(pa.array(nth), pa.string()), "|")
    of_order = pc.binary_join_element_wise(orders, pc.if_else(pa.array(flags(table, "is_return")), "|return", ""), "")
    is_order = pc.fill_null(pc.equal(column(table, GRAIN), "order"), False)  # noqa: FBT003 - an arrow scalar
    return put(table, "line_id", pc.coalesce(column(table, "line_id"), pc.if_else(is_order, of_order, built)))


def drop_repeated(table: pa.Table, ledger: Ledger) -> pa.Table:
    """Without lines that an earlier file held too: the later file tells the later state."""
    alive = is_empty(table, FATE)
    groups = code_groups(table, ("channel", "line_id", ROLE))
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


def _name_apart(table: pa.Table) -> pa.Table:
    """Two platforms may use the same numbers: the channel goes before the line id."""
    ids = pc.binary_join_element_wise(column(table, "channel"), column(table, "line_id"), ":")
    return put(table, "line_id", ids)
