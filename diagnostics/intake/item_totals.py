"""Hold the order report of a platform against its item report, order by order, before the two are tied together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from diagnostics.intake.orders import FAMILY, ROLE
from diagnostics.intake.working import FATE, column, filter_rows, floats, is_empty

KEYS = ("channel", "month")
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
    role = np.asarray(column(pile, ROLE).to_pylist(), dtype=object)
    alive = is_empty(pile, FATE)
    orders = _sum_orders(filter_rows(pile, (role == "orders") & alive))
    refused = _name_orders(filter_rows(pile, (role == "orders") & ~alive))
    items = _sum_items(filter_rows(pile, (role == "items") & alive))
    items = items[items.index.isin(orders.index) | ~items.index.isin(refused)]
    if orders.empty and items.empty:
        return empty_item_totals()
    both = orders.merge(items, how="outer", left_index=True, right_index=True, suffixes=("_order", "_item"))
    paid, item_paid = both["paid_order"], both["paid_item"]
    has_order, has_items = paid.notna(), item_paid.notna()
    priced = has_items & both["unpriced"].eq(0)
    tied, alone, without = has_order & priced, has_order & ~has_items, priced & ~has_order
    counted = pd.DataFrame(
        {
            "channel": both["channel_order"].fillna(both["channel_item"]),
            "month": both["month_order"].fillna(both["month_item"]),
            "tied": tied.astype("int64"),
            "order_paid": paid.where(tied, 0.0),
            "item_paid": item_paid.where(tied, 0.0),
            "unpriced": (has_items & ~priced).astype("int64"),
            "orders_alone": alone.astype("int64"),
            "orders_alone_paid": paid.where(alone, 0.0),
            "items_alone": without.astype("int64"),
            "items_alone_paid": item_paid.where(without, 0.0),
        }
    )
    return counted.groupby(list(KEYS), as_index=False)[list(COUNTS)].sum()


def add_item_totals(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The comparisons of several piles as one frame."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty_item_totals()
    return pd.concat(filled, ignore_index=True).groupby(list(KEYS), as_index=False)[list(COUNTS)].sum()


def _name_orders(table: pa.Table) -> list[str]:
    families, orders = column(table, FAMILY).to_pylist(), column(table, "order_id").to_pylist()
    return [f"{family}|{order}" for family, order in zip(families, orders, strict=True)]


def _describe(table: pa.Table) -> pd.DataFrame:
    moments = pd.Series(column(table, "ordered_at", pa.timestamp("us")).to_numpy(zero_copy_only=False))
    return pd.DataFrame(
        {
            "order": pd.Series(_name_orders(table), dtype=object),
            "channel": pd.Series(column(table, "channel").fill_null("").to_pylist(), dtype=object),
            "month": moments.dt.strftime("%Y-%m").fillna("").astype(object),
        }
    )


def _sum_orders(table: pa.Table) -> pd.DataFrame:
    rows = _describe(table).assign(paid=np.nan_to_num(floats(table, "order_paid")))
    return rows.groupby("order").agg(channel=("channel", "last"), month=("month", "last"), paid=("paid", "last"))


def _sum_items(table: pa.Table) -> pd.DataFrame:
    paid = floats(table, "paid_amount")
    rows = _describe(table).assign(paid=np.nan_to_num(paid), unpriced=np.isnan(paid).astype(np.int64))
    return rows.groupby("order").agg(
        channel=("channel", "last"), month=("month", "last"), paid=("paid", "sum"), unpriced=("unpriced", "sum")
    )
