"""Hold the order lines of a pile against what was settled or refunded for the same orders elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.working import column, floats

KEYS = ("channel", "month")
SETTLED = ("orders", "net", "amount", "fees", "subsidy", "open_orders", "open_net", "unknown_orders", "unknown_amount")
AFTER_SALES = ("refunded", "recorded", "alone_orders", "alone_refunded", "unknown_orders", "unknown_amount")


def empty_totals(columns: Sequence[str]) -> pd.DataFrame:
    """A frame by channel and month without rows; `columns` are `SETTLED` or `AFTER_SALES`."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in (*KEYS, *columns)})


def compare_settlements(lines: pa.Table, settlements: pa.Table) -> pd.DataFrame:
    """Orders of one pile and their settlements, by channel and month in which the order was paid.

    `lines` are the pile's order lines at the end, `settlements` the rows of the same orders and of orders that are
    not there (rows of the canonical table). Amounts in currency. `net` (paid less refunded) of `orders` that were
    settled stands beside the `amount` paid out for them, with the `fees` kept back and the `subsidy` added;
    `open_net` is that of orders without a settlement; `unknown_amount` was paid out for orders that the lines lack,
    by the month of settling.
    """
    orders = _sum_orders(lines)
    fees, subsidy = (np.nan_to_num(floats(settlements, name)) for name in ("fees", "subsidy"))
    out = floats(settlements, "settled_amount")
    gross = np.nan_to_num(floats(settlements, "paid_amount")) + subsidy - fees
    told = _describe(settlements, ("settled_at", "ordered_at")).assign(
        amount=np.where(np.isnan(out), gross, out), fees=fees, subsidy=subsidy
    )
    summed = told.groupby(["channel", "order"]).agg(
        amount=("amount", "sum"), fees=("fees", "sum"), subsidy=("subsidy", "sum"), told_month=("month", "min")
    )
    both = orders.join(summed, how="outer")
    ours, theirs = both["net"].notna(), both["amount"].notna()
    counted = pd.DataFrame(
        {
            "channel": both.index.get_level_values("channel"),
            "month": both["month"].fillna(both["told_month"]),
            "orders": ours & theirs,
            "net": both["net"].where(ours & theirs),
            "amount": both["amount"].where(ours & theirs),
            "fees": both["fees"].where(ours & theirs),
            "subsidy": both["subsidy"].where(ours & theirs),
            "open_orders": ours & ~theirs,
            "open_net": both["net"].where(ours & ~theirs),
            "unknown_orders": theirs & ~ours,
            "unknown_amount": both["amount"].where(theirs & ~ours),
        }
    )
    return _total(counted, SETTLED)


def compare_after_sales(lines: pa.Table, after_sales: pa.Table) -> pd.DataFrame:
    """Refunds told by the orders of one pile and by the after-sales report, by channel and month of payment.

    `after_sales` are cases of the same orders and of orders that are not there (rows of the canonical table; a case
    that was not refunded has no amount). `refunded` stands beside `recorded` for orders that both know;
    `alone_refunded` is of orders without a case, `unknown_amount` of cases without an order, by the month of the case.
    """
    orders = _sum_orders(lines)
    told = _describe(after_sales, ("refunded_at", "finished_at", "applied_at")).assign(
        recorded=np.nan_to_num(floats(after_sales, "refund_amount"))
    )
    groups = told.groupby(["channel", "order"])
    both = orders.join(groups.agg(recorded=("recorded", "sum"), told_month=("month", "min")), how="outer")
    ours, theirs = both["refunded"].notna(), both["recorded"].notna()
    counted = pd.DataFrame(
        {
            "channel": both.index.get_level_values("channel"),
            "month": both["month"].fillna(both["told_month"]),
            "refunded": both["refunded"].where(ours & theirs),
            "recorded": both["recorded"].where(ours & theirs),
            "alone_orders": ours & ~theirs & both["refunded"].gt(0),
            "alone_refunded": both["refunded"].where(ours & ~theirs),
            "unknown_orders": theirs & ~ours & both["recorded"].gt(0),
            "unknown_amount": both["recorded"].where(theirs & ~ours),
        }
    )
    return _total(counted, AFTER_SALES)


def add_totals(parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """The comparisons of several piles as one frame; `columns` are `SETTLED` or `AFTER_SALES`."""
    filled = [part for part in parts if len(part)]
    return _total(pd.concat(filled, ignore_index=True), columns) if filled else empty_totals(columns)


def _total(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    numbers = rows.assign(**{name: rows[name].astype("float64") for name in columns})
    return numbers.reset_index(drop=True).groupby(list(KEYS), as_index=False)[list(columns)].sum()


def _describe(table: pa.Table, times: Sequence[str]) -> pd.DataFrame:
    """Channel, order and month of each row, by the first of the times that is there."""
    moments = pc.coalesce(*(column(table, name, pa.timestamp("us")) for name in times))
    when = pd.Series(moments.to_numpy(zero_copy_only=False).astype("datetime64[us]"))
    return pd.DataFrame(
        {
            "channel": pd.Series(column(table, "channel").fill_null("").to_pylist(), dtype=object),
            "order": pd.Series(column(table, "order_id").fill_null("").to_pylist(), dtype=object),
            "month": when.dt.strftime("%Y-%m").fillna("").astype(object),
        }
    )


def _sum_orders(lines: pa.Table) -> pd.DataFrame:
    paid, refunded = (np.nan_to_num(floats(lines, name)) for name in ("paid_amount", "refund_amount"))
    rows = _describe(lines, ("ordered_at",)).assign(net=paid - refunded, refunded=refunded)
    return rows.groupby(["channel", "order"]).agg(
        month=("month", "min"), net=("net", "sum"), refunded=("refunded", "sum")
    )
