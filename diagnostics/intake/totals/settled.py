"""Hold the order lines of a pile against what was settled or refunded for the same orders elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.intake.totals.by_order import (
    code_channels,
    count_months,
    hold_last,
    hold_latest,
    no_months,
    number_orders,
    sum_by,
    total_months,
)
from diagnostics.intake.working import floats

if TYPE_CHECKING:
    import pyarrow as pa

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
    orders = _meet(lines, settlements, ("settled_at", "ordered_at"))
    fees, subsidy = (np.nan_to_num(floats(settlements, name)) for name in ("fees", "subsidy"))
    out = floats(settlements, "settled_amount")
    gross = np.nan_to_num(floats(settlements, "paid_amount")) + subsidy - fees
    net = orders.sum_ours(floats(lines, "paid_amount")) - orders.sum_ours(floats(lines, "refund_amount"))
    amount = orders.sum_theirs(np.where(np.isnan(out), gross, out))
    both, open_, unknown = orders.ours & orders.theirs, orders.ours & ~orders.theirs, orders.theirs & ~orders.ours
    return orders.total(
        {
            "orders": both,
            "net": np.where(both, net, 0.0),
            "amount": np.where(both, amount, 0.0),
            "fees": np.where(both, orders.sum_theirs(fees), 0.0),
            "subsidy": np.where(both, orders.sum_theirs(subsidy), 0.0),
            "open_orders": open_,
            "open_net": np.where(open_, net, 0.0),
            "unknown_orders": unknown,
            "unknown_amount": np.where(unknown, amount, 0.0),
        }
    )


def compare_after_sales(lines: pa.Table, after_sales: pa.Table) -> pd.DataFrame:
    """Refunds told by the orders of one pile and by the after-sales report, by channel and month of payment.

    `after_sales` are cases of the same orders and of orders that are not there (rows of the canonical table; a case
    that was not refunded has no amount). `refunded` stands beside `recorded` for orders that both know;
    `alone_refunded` is of orders without a case, `unknown_amount` of cases without an order, by the month of the case.
    """
    orders = _meet(lines, after_sales, ("refunded_at", "finished_at", "applied_at"))
    refunded = orders.sum_ours(floats(lines, "refund_amount"))
    recorded = orders.sum_theirs(floats(after_sales, "refund_amount"))
    both, alone, unknown = orders.ours & orders.theirs, orders.ours & ~orders.theirs, orders.theirs & ~orders.ours
    return orders.total(
        {
            "refunded": np.where(both, refunded, 0.0),
            "recorded": np.where(both, recorded, 0.0),
            "alone_orders": alone & (refunded > 0),
            "alone_refunded": np.where(alone, refunded, 0.0),
            "unknown_orders": unknown & (recorded > 0),
            "unknown_amount": np.where(unknown, recorded, 0.0),
        }
    )


def add_totals(parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """The comparisons of several piles as one frame; `columns` are `SETTLED` or `AFTER_SALES`."""
    filled = [part for part in parts if len(part)]
    return _total(pd.concat(filled, ignore_index=True), columns) if filled else empty_totals(columns)


def _total(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    numbers = rows.assign(**{name: rows[name].astype("float64") for name in columns})
    return numbers.reset_index(drop=True).groupby(list(KEYS), as_index=False)[list(columns)].sum()


@dataclass(frozen=True, kw_only=True)
class _Meeting:
    """The orders of two tables by number: which table holds each, its channel and month, and the rows' numbers."""

    count: int
    of_ours: np.ndarray
    of_theirs: np.ndarray
    channels: np.ndarray
    months: np.ndarray
    names: list[str]

    @property
    def ours(self) -> np.ndarray:
        held: np.ndarray = np.bincount(self.of_ours, minlength=self.count) > 0
        return held

    @property
    def theirs(self) -> np.ndarray:
        held: np.ndarray = np.bincount(self.of_theirs, minlength=self.count) > 0
        return held

    def sum_ours(self, amounts: np.ndarray) -> np.ndarray:
        return sum_by(self.of_ours, amounts, self.count)

    def sum_theirs(self, amounts: np.ndarray) -> np.ndarray:
        return sum_by(self.of_theirs, amounts, self.count)

    def total(self, sums: dict[str, np.ndarray]) -> pd.DataFrame:
        numbers = {name: values.astype(np.float64) for name, values in sums.items()}
        return total_months(self.channels, self.months, self.names, numbers)


def _meet(lines: pa.Table, theirs: pa.Table, times: Sequence[str]) -> _Meeting:
    """Orders of the lines and of another report; the month is the last of payment, else of the report's times."""
    (of_ours, of_theirs), count = number_orders((lines, theirs), ("channel", "order_id"))
    (our_channels, their_channels), names = code_channels((lines, theirs))
    months = hold_latest(of_theirs, count_months(theirs, times), no_months(count))
    channels = hold_last(of_theirs, their_channels, np.zeros(count, np.int64))
    return _Meeting(
        count=count,
        of_ours=of_ours,
        of_theirs=of_theirs,
        channels=hold_last(of_ours, our_channels, channels),
        months=hold_latest(of_ours, count_months(lines, ("ordered_at",)), months),
        names=names,
    )
