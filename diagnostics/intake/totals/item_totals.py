"""Hold the order report of a platform against its item report, order by order, before the two are tied together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.orders.order_rows import FAMILY, ROLE
from diagnostics.intake.totals.by_order import (
    code_channels,
    count_months,
    hold_last,
    no_months,
    number_orders,
    sum_by,
    total_months,
)
from diagnostics.intake.working import FATE, column, filter_rows, floats, is_empty

KEYS = ("channel", "month")
_TIMES = ("ordered_at",)
COUNTS = (
    "tied",
    "order_paid",
    "item_paid",
    "unpriced",
    "orders_alone",
    "orders_alone_paid",
    "items_alone",
    "items_alone_paid",
)


def empty_item_totals() -> pd.DataFrame:
    """The frame without rows."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in (*KEYS, *COUNTS)})


def compare_items(pile: pa.Table) -> pd.DataFrame:
    """Orders and items of one pile, by channel and month of the order (`2024-03`, "" without a date).

    `pile` are order rows after `drop_repeated` and before `tie_items_to_orders`; rows with a fate stay out, and so do
    items of an order that has one (unpaid). Counts are orders, amounts in currency: `tied` orders whose items all
    name what was paid, `order_paid` beside the sum of their `item_paid`; `unpriced` orders whose items name no
    amount (on neither side); `orders_alone` without items, `items_alone` orders known from items only.
    Files of an export without roles (one file tells both) give no rows.
    """
    orders, refused, items = _part(pile)
    if not orders.num_rows and not items.num_rows:
        return empty_item_totals()
    (of_order, of_refused, of_item), count = number_orders((orders, refused, items), (FAMILY, "order_id"))
    has_order, is_refused, has_items = (
        np.bincount(numbers, minlength=count) > 0 for numbers in (of_order, of_refused, of_item)
    )
    has_items &= has_order | ~is_refused
    own = floats(items, "paid_amount")
    paid = hold_last(of_order, np.nan_to_num(floats(orders, "order_paid")), np.zeros(count))
    item_paid = sum_by(of_item, own, count)
    priced = has_items & (np.bincount(of_item, np.isnan(own), count) == 0)
    tied, alone, without = has_order & priced, has_order & ~has_items, priced & ~has_order
    channels, months, names = _place(orders, items, of_order, of_item, count)
    seen = has_order | has_items
    sums = {
        "tied": tied,
        "order_paid": np.where(tied, paid, 0.0),
        "item_paid": np.where(tied, item_paid, 0.0),
        "unpriced": has_items & ~priced,
        "orders_alone": alone,
        "orders_alone_paid": np.where(alone, paid, 0.0),
        "items_alone": without,
        "items_alone_paid": np.where(without, item_paid, 0.0),
    }
    return total_months(channels[seen], months[seen], names, {name: values[seen] for name, values in sums.items()})


def _part(pile: pa.Table) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Rows of orders, rows of orders with a fate, rows of items."""
    alive = is_empty(pile, FATE)
    role = pc.fill_null(column(pile, ROLE), "")
    is_order, is_item = (np.asarray(pc.equal(role, word)) for word in ("orders", "items"))
    masks = (is_order & alive, is_order & ~alive, is_item & alive)
    parted: tuple[pa.Table, pa.Table, pa.Table] = tuple(filter_rows(pile, mask) for mask in masks)
    return parted


def _place(
    orders: pa.Table, items: pa.Table, of_order: np.ndarray, of_item: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Channel and month of each order, by its order row where there is one, and the names of the channels."""
    (order_channels, item_channels), names = code_channels((orders, items))
    channels = hold_last(of_item, item_channels, np.zeros(count, np.int64))
    months = hold_last(of_item, count_months(items, _TIMES), no_months(count))
    channels = hold_last(of_order, order_channels, channels)
    return channels, hold_last(of_order, count_months(orders, _TIMES), months), names


def add_item_totals(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The comparisons of several piles as one frame."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty_item_totals()
    return pd.concat(filled, ignore_index=True).groupby(list(KEYS), as_index=False)[list(COUNTS)].sum()
