"""Holds every forecast that the report prints against what came: `python benchmarks/calibration.py NAME=PATH …`.

NAME is online_retail_ii (PATH is the Parquet file), cdnow (`CDNOW_sample.txt`), tafeng (`ta_feng.parquet`) or
completejourney (`transactions.parquet`). The history is cut at many dates; at each the checks `retention.forecast`,
`retention.value` and `retention.return_curve` see only what lay before, as on a day of diagnosis, and what they say of
the time after is compared with what came. Prints a line a forecast, with `--each`, and a table by data set and
forecast: how many 80 % ranges held, with the interval of that share, median relative error and half width. Windows of
neighbouring cuts overlap, so the interval goes by how many lie apart. The rules of the forecasts' ranges were chosen on
cdnow and online_retail_ii, marked `set`, the others are `held` back; the rule of the returns has seen all four.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diagnostics.checks.check import Check, Replies
from diagnostics.checks.retention import forecast, return_curve, value
from diagnostics.checks.standing import OLDER, name_cohorts
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.returns import REST
from diagnostics.model.engagement import Engagement
from diagnostics.model.period import choose_horizon
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.statistics.proportions import wilson
from diagnostics.workbook.engine import connect, fetch, find_available, make_sharer, open_frames

# How many cuts of each data set, evenly spaced over these parts of its days.
FROM, TO = 0.35, 0.9
CUTS = {"online_retail_ii": 23, "cdnow": 15, "tafeng": 15, "completejourney": 15}
SET = frozenset({"cdnow", "online_retail_ii"})
Row = dict[str, object]
DAYS_A_YEAR, LEAST_LATER, LEAST_OPEN, NEXT_DAYS = 365.25, 100, 0.1, 91


def read_retail(path: Path) -> pd.DataFrame:
    """Online Retail II: cancellations have their own invoices."""
    raw = pd.read_parquet(path)
    raw = raw[raw.CustomerID.notna() & (raw.UnitPrice > 0)]
    amount = (raw.Quantity * raw.UnitPrice).round(2)
    back = amount < 0
    return _lines(
        raw.InvoiceNo.astype(str), raw.CustomerID.astype(str), raw.InvoiceDate, amount.where(~back, 0), -amount * back
    )


def read_cdnow(path: Path) -> pd.DataFrame:
    """The CDNOW sample: id, customer, day, units, dollars."""
    raw = pd.read_csv(path, sep=r"\s+", header=None, names=["id", "customer", "day", "units", "paid"], dtype=str)
    day = pd.to_datetime(raw.day, format="%Y%m%d")
    return _lines(raw.customer + raw.day, raw.customer, day, raw.paid.astype(float), 0 * raw.paid.astype(float))


def read_tafeng(path: Path) -> pd.DataFrame:
    """Ta Feng: one basket a customer and day."""
    raw = pd.read_parquet(path)
    baskets = raw.groupby(["CUSTOMER_ID", "TRANSACTION_DT"], as_index=False).SALES_PRICE.sum()
    customer = baskets.CUSTOMER_ID.astype(str)
    order = customer + baskets.TRANSACTION_DT.dt.strftime("%Y%m%d")
    return _lines(order, customer, baskets.TRANSACTION_DT, baskets.SALES_PRICE, 0 * baskets.SALES_PRICE)


def read_journey(path: Path) -> pd.DataFrame:
    """Complete Journey: baskets of households."""
    raw = pd.read_parquet(path)
    keys = ["household_id", "basket_id"]
    baskets = raw.groupby(keys, as_index=False).agg(paid=("sales_value", "sum"), at=("transaction_timestamp", "min"))
    return _lines(
        baskets.basket_id.astype(str), baskets.household_id.astype(str), baskets["at"], baskets.paid, 0 * baskets.paid
    )


READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "online_retail_ii": read_retail,
    "cdnow": read_cdnow,
    "tafeng": read_tafeng,
    "completejourney": read_journey,
}


def _lines(order: pd.Series, customer: pd.Series, at: pd.Series, paid: pd.Series, refund: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "order_id": order.to_numpy(),
            "channel": "shop",
            "customer": customer.to_numpy(),
            "ordered_at": at.to_numpy(),
            "paid_amount": paid.round(2).to_numpy(),
            "refund_amount": refund.round(2).to_numpy(),
        }
    )
    frame = frame.assign(is_return=frame.refund_amount > 0)
    keys = ["order_id", "channel", "customer", "ordered_at", "is_return"]
    summed = frame.groupby(keys, as_index=False)[["paid_amount", "refund_amount"]].sum()
    return summed.assign(line_id=np.arange(len(summed)).astype(str), quantity=(~summed.is_return).astype(int))


def open_until(lines: pd.DataFrame, end: date) -> Tables:
    """The tables as they would be on a day."""
    known = lines[lines.ordered_at < pd.Timestamp(end)]
    engine = connect()
    tables = open_frames(engine, {"order_lines": known})
    first = known.ordered_at.min().date()
    engagement = Engagement(
        client="calibration",
        title=name_verbatim("calibration"),
        currency="CNY",
        horizon=choose_horizon(first, end - timedelta(days=1)),
        gmv_basis="paid_net",
        annual_gmv=0.0,
    )
    return Tables(
        by_name=tables,
        available=find_available(tables),
        engagement=engagement,
        fetch=fetch,
        share=make_sharer(engine),
    )


def ask(check: Check[Any], tables: Tables) -> object:
    """What a check measures."""
    frames = {name: fetch(expression) for name, expression in check.query(tables).items()}
    return check.measure(Replies(frames=frames, engagement=tables.engagement))


def follow(lines: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    """By customer known at `start`: first day, purchase days and net money from `start` to `end`."""
    days = lines.assign(day=lines.ordered_at.dt.normalize())
    inside = days[(days.day >= pd.Timestamp(start)) & (days.day < pd.Timestamp(end))]
    first = days[~days.is_return].groupby("customer").day.min()
    first = first[first < pd.Timestamp(start)]
    bought = inside[~inside.is_return].groupby("customer").day.nunique()
    net = (inside.paid_amount - inside.refund_amount).groupby(inside.customer).sum()
    return pd.DataFrame(
        {"first": first, "bought": bought.reindex(first.index).fillna(0), "net": net.reindex(first.index).fillna(0.0)}
    )


def compare(lines: pd.DataFrame, end: date) -> Iterator[Row]:
    """Every forecast made at `end` whose time has come, beside what came."""
    tables = open_until(lines, end)
    last = lines.ordered_at.max().date() + timedelta(days=1)
    since = find_newcomers_since(tables.engagement.horizon.history)
    told = ask(forecast.CHECK, tables)
    if isinstance(told, forecast.Foretold) and told.windows[0].until <= last:
        came = follow(lines, told.windows[0].cut, told.windows[0].until)
        days = told.windows[0].days
        yield _row("purchases", told.purchases, came.bought.sum(), days)
        yield _row("buyers", told.buyers, (came.bought > 0).sum(), days)
        by_cohort = came.bought.groupby(_label(came, since)).sum()
        yield from _compare_cohorts("purchases, by cohort", told.cohorts, by_cohort, days)
    worth = ask(value.CHECK, tables)
    if isinstance(worth, value.Worth) and worth.window.until <= last:
        came = follow(lines, worth.window.cut, worth.window.until)
        # Discounted as the forecast is: from the middle of the horizon, close enough for flows as even as these.
        net = came.net * (1 + value.ANNUAL_RATE) ** (-worth.window.days / 2 / DAYS_A_YEAR)
        days = worth.window.days
        yield _row("value", worth.total, net.sum(), days)
        yield from _compare_cohorts("value, by cohort", worth.cohorts, net.groupby(_label(came, since)).sum(), days)
    yield from compare_curve(lines, tables, since)


def compare_curve(lines: pd.DataFrame, tables: Tables, since: date) -> Iterator[Row]:
    """The share of new customers who come back, from waits still open, beside that of the same and of later ones."""
    told, end = ask(return_curve.CHECK, tables), tables.engagement.horizon.as_of
    if not isinstance(told, return_curve.ReturnCurves):
        return
    days = lines[~lines.is_return].assign(day=lambda own: own.ordered_at.dt.normalize())
    days = days.drop_duplicates(["customer", "day"]).sort_values(["customer", "day"])
    first = days.groupby("customer").day.min()
    second = days[days.groupby("customer").cumcount() == 1].set_index("customer").day.reindex(first.index)
    span = pd.Timedelta(days=told.day)
    whole = first <= lines.ordered_at.max().normalize() - span
    back = (second - first) <= span
    same = whole & (first >= pd.Timestamp(since)) & (first < pd.Timestamp(end))
    later = whole & (first >= pd.Timestamp(end))
    share, ends = told.curves[REST].share_by(told.day), told.range_share(REST, told.day, confidence=0.8)
    all_followed = bool((whole | (first < pd.Timestamp(since)) | (first >= pd.Timestamp(end))).all())
    if share is None or ends is None or not all_followed:
        return
    band = SimpleNamespace(mean=share.value, low=ends[0], high=ends[1])
    # Where every wait had been followed to its end there was nothing to foretell.
    if (first[same] + span > pd.Timestamp(end)).mean() >= LEAST_OPEN:
        yield _row("share that returns, customers so far", band, float(back[same].mean()), told.day)
    soon = later & (first < pd.Timestamp(end) + pd.Timedelta(days=NEXT_DAYS))
    if told.following is not None and soon.sum() >= LEAST_LATER:
        yield _row("share that returns, next customers", told.following, float(back[soon].mean()), NEXT_DAYS)


def _compare_cohorts(kind: str, told: pd.DataFrame, came: pd.Series, days: float) -> Iterator[Row]:
    # Of too few expected purchases the report gives no range.
    for own in told.dropna(subset=["low"]).itertuples():
        yield _row(kind, own, float(came.get(str(own.label), 0.0)), days)


def _label(came: pd.DataFrame, since: date) -> pd.Series:
    """The cohort of each customer, as the checks name it."""
    start = came["first"].dt.to_period("Q").dt.start_time
    return name_cohorts(
        pd.DataFrame({"cohort": start, "origin": np.where(came["first"] < pd.Timestamp(since), OLDER, "")})
    )


def _row(kind: str, told: Any, came: float, days: float) -> Row:
    return {
        "forecast": kind,
        "days": float(days),
        "foretold": float(told.mean),
        "low": float(told.low),
        "high": float(told.high),
        "came": float(came),
        "covered": bool(told.low <= came <= told.high),
        "error": abs(float(told.mean) / came - 1) if came else float("nan"),
        "width": float(told.high - told.low) / 2 / float(told.mean),
    }


def list_cuts(lines: pd.DataFrame, cuts: int) -> Iterator[date]:
    """The days of diagnosis."""
    first, last = lines.ordered_at.min().date(), lines.ordered_at.max().date()
    days = (last - first).days
    for place in range(cuts):
        yield first + timedelta(days=int(days * (FROM + (TO - FROM) * place / max(cuts - 1, 1))))


def count_apart(rows: pd.DataFrame) -> int:
    """How many windows of these forecasts do not overlap; those of different data sets never do."""
    count = 0
    for _, own in rows.groupby("data"):
        until = pd.Timestamp.min
        for end, days in sorted(set(zip(pd.to_datetime(own.end), own.days, strict=True))):
            if end >= until:
                count, until = count + 1, end + pd.Timedelta(days=days)
    return count


def sum_up(rows: pd.DataFrame) -> list[Row]:
    """By forecast and data set: what is in a line of the table; then by data set, by use, and over all."""
    parts: list[tuple[str, str, pd.DataFrame]] = [
        *((str(key[0]), str(key[1]), own) for key, own in rows.groupby(["forecast", "data"])),
        *(("all", str(name), own) for name, own in rows.groupby("data")),
        *(("all", f"all, {use}", own) for use, own in rows.groupby("use")),
        ("all", "all", rows),
    ]
    return [_sum_up(*part) for part in parts]


def _sum_up(forecast: str, data: str, rows: pd.DataFrame) -> Row:
    apart, cover = count_apart(rows), float(rows.covered.mean())
    low, high = (float(end) for end in wilson(cover * apart, apart))
    return {
        "forecast": forecast,
        "data": data,
        "n": len(rows),
        "apart": apart,
        "cover": cover,
        "low": low,
        "high": high,
        "error": float(rows.error.median()),
        "width": float(rows.width.median()),
    }


def tabulate(summed: list[Row]) -> str:
    """The table as Markdown."""
    line = (
        "| {forecast} | {data} | {n} | {apart} | {cover:.0%} | {low:.0%} to {high:.0%} | {error:.0%} | ± {width:.0%} |"
    )
    return "\n".join(
        [
            "| forecast | data | n | windows apart | held | interval of that | median error | median range |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *(line.format(**row) for row in summed),
        ]
    )


def main() -> None:
    """Run all data sets given and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", help="NAME=PATH")
    parser.add_argument("--cuts", type=int, default=0, help="cuts a data set, if not the usual number")
    parser.add_argument("--each", action="store_true", help="print every forecast")
    options = parser.parse_args()
    rows: list[Row] = []
    for given in options.data:
        name, _, path = given.partition("=")
        lines = READERS[name](Path(path))
        use = "set" if name in SET else "held"
        for end in list_cuts(lines, options.cuts or CUTS[name]):
            found = [{"use": use, "data": name, "end": end.isoformat(), **row} for row in compare(lines, end)]
            rows += found
            for row in found if options.each else ():
                told = {key: round(part, 3) if isinstance(part, float) else part for key, part in row.items()}
                print(*told.values(), sep=" | ", flush=True)
    print(tabulate(sum_up(pd.DataFrame(rows))))


if __name__ == "__main__":
    main()
