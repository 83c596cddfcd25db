"""Count order lines by channel and day, and lay the days out as a calendar with its gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.model.account import ChannelMonth

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SUMS = ("lines", "orders", "paid", "refunded", "keyed")
_CENTS = 2


def count_days(lines: pa.Table) -> pd.DataFrame:
    """Lines, orders, paid and refunded amounts and lines with a customer, by channel and day.

    Orders are counted on the day of each of their lines, once a day. Counts of tables that share no order
    add up with `add_days`.
    """
    days = pc.cast(pc.floor_temporal(lines["ordered_at"], unit="day"), pa.date32())
    table = pa.table(
        {
            "channel": lines["channel"],
            "day": days,
            "order_id": lines["order_id"],
            "paid": pc.cast(lines["paid_amount"], pa.float64()),
            "refunded": pc.cast(lines["refund_amount"], pa.float64()),
            "keyed": pc.cast(pc.is_valid(lines["customer"]), pa.int64()),
        }
    )
    sums = [("paid", "sum"), ("refunded", "sum"), ("keyed", "sum"), ("order_id", "count_distinct"), ([], "count_all")]
    counted = table.group_by(["channel", "day"]).aggregate(sums).to_pandas()
    names = {"paid_sum": "paid", "refunded_sum": "refunded", "keyed_sum": "keyed"}
    renamed: pd.DataFrame = counted.rename(columns={**names, "order_id_count_distinct": "orders", "count_all": "lines"})
    return renamed


def add_days(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Counts of several parts of the order lines as one, by channel and day; money to the cent."""
    whole = pd.concat(parts, ignore_index=True)
    summed: pd.DataFrame = whole.groupby(["channel", "day"], as_index=False)[list(_SUMS)].sum()
    return summed.round({"paid": _CENTS, "refunded": _CENTS})


def ask_days(lines: ir.Table) -> ir.Table:
    """The counts of `count_days` as an expression; money is summed exactly."""
    return lines.group_by("channel", day=lines.ordered_at.date()).agg(
        lines=lines.count(),
        orders=lines.order_id.nunique(),
        paid=lines.paid_amount.sum(),
        refunded=lines.refund_amount.sum(),
        keyed=lines.customer.count(),
    )


def no_days() -> pd.DataFrame:
    """The counts of no order line at all."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in ("channel", "day", *_SUMS)})


def lay_out(days: pd.DataFrame) -> tuple[ChannelMonth, ...]:
    """The calendar: every month of every channel from its first to its last order."""
    return tuple(month for channel, part in days.groupby("channel") for month in _lay_out_channel(str(channel), part))


def list_silent(calendar: Sequence[ChannelMonth]) -> list[tuple[str, date, date]]:
    """Channel, first and last day of every run of days without orders, also over the end of a month; longest first."""
    runs: list[tuple[str, date, date]] = []
    for month in calendar:
        for first, last in month.silent:
            if runs and runs[-1][0] == month.channel and (first - runs[-1][2]).days == 1:
                first = runs.pop()[1]  # noqa: PLW2901 - the run began in the month before
            runs.append((month.channel, first, last))
    return sorted(runs, key=lambda run: (run[1] - run[2], run[0], run[1]))


def _lay_out_channel(channel: str, days: pd.DataFrame) -> Iterator[ChannelMonth]:
    present = np.sort(days["day"].to_numpy("datetime64[D]"))
    months = days["day"].to_numpy("datetime64[D]").astype("datetime64[M]")
    whole = np.arange(present[0], present[-1] + 1)
    silent = np.setdiff1d(whole, present, assume_unique=True)
    for month in np.arange(months.min(), months.max() + 1):
        sums = days.loc[months == month, list(_SUMS)].sum()
        yield ChannelMonth(
            channel=channel,
            month=str(month),
            lines=int(sums["lines"]),
            orders=int(sums["orders"]),
            paid=round(float(sums["paid"]), 2),
            refunded=round(float(sums["refunded"]), 2),
            keyed=int(sums["keyed"]),
            days=int((months == month).sum()),
            silent=_find_runs(silent[silent.astype("datetime64[M]") == month]),
        )


def _find_runs(days: np.ndarray) -> tuple[tuple[date, date], ...]:
    """Days as runs, first and last of each.

    >>> _find_runs(np.array(["2024-03-01", "2024-03-02", "2024-03-09"], "datetime64[D]"))
    ((datetime.date(2024, 3, 1), datetime.date(2024, 3, 2)), (datetime.date(2024, 3, 9), datetime.date(2024, 3, 9)))
    """
    parts = np.split(days, np.flatnonzero(np.diff(days.astype(np.int64)) > 1) + 1) if len(days) else []
    return tuple((part[0].item(), part[-1].item()) for part in parts)
