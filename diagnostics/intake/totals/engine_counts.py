"""Count order lines on an engine: the comparisons of `line_counts` as expressions over whole tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import ibis

from diagnostics.intake.calendar import ask_days
from diagnostics.intake.totals.line_counts import LineCounts, name_shops
from diagnostics.intake.totals.settled import AFTER_SALES, KEYS, SETTLED, empty_totals

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

Fetch = Callable[["ir.Table"], "pd.DataFrame"]
# The tables that are asked.
COUNTED = ("order_lines", "settlements", "after_sales")
_MONEY = "decimal(28, 2)"


def count_on_engine(tables: Mapping[str, ir.Table], fetch: Fetch) -> LineCounts:
    """The same counts as of `LineCounter`, from canonical tables on an engine; money is summed exactly."""
    lines = tables["order_lines"]
    sold = fetch(lines.select("channel", shop=lines.shop.fill_null("")).distinct())
    return LineCounts(
        days=fetch(ask_days(lines)).fillna({"paid": 0.0, "refunded": 0.0}).sort_values(["channel", "day"]),
        settled=_fetch_months(ask_settlements(lines, tables["settlements"]), SETTLED, fetch)
        if "settlements" in tables
        else empty_totals(SETTLED),
        after_sales=_fetch_months(ask_after_sales(lines, tables["after_sales"]), AFTER_SALES, fetch)
        if "after_sales" in tables
        else empty_totals(AFTER_SALES),
        shops=name_shops(set(zip(sold["channel"], sold["shop"], strict=True))),
    )


def ask_settlements(lines: ir.Table, settlements: ir.Table) -> ir.Table:
    """The sums of `compare_settlements` by channel and `month`, its first day."""
    fees, subsidy = settlements.fees.fill_null(0), settlements.subsidy.fill_null(0)
    paid_out = settlements.settled_amount.fill_null(settlements.paid_amount.fill_null(0) + subsidy - fees)
    orders = _meet(
        lines.mutate(net=lines.paid_amount.fill_null(0) - lines.refund_amount.fill_null(0)),
        settlements.mutate(amount=paid_out, fees=fees, subsidy=subsidy),
        ours=("net",),
        theirs=("amount", "fees", "subsidy"),
        times=("settled_at", "ordered_at"),
    )
    both, alone, unknown = _part(orders)
    return orders.group_by("channel", "month").agg(
        orders=_count(both),
        net=_sum(orders.net, both),
        amount=_sum(orders.amount, both),
        fees=_sum(orders.fees, both),
        subsidy=_sum(orders.subsidy, both),
        open_orders=_count(alone),
        open_net=_sum(orders.net, alone),
        unknown_orders=_count(unknown),
        unknown_amount=_sum(orders.amount, unknown),
    )


def ask_after_sales(lines: ir.Table, after_sales: ir.Table) -> ir.Table:
    """The sums of `compare_after_sales` by channel and `month`, its first day."""
    orders = _meet(
        lines.mutate(refunded=lines.refund_amount),
        after_sales.mutate(recorded=after_sales.refund_amount),
        ours=("refunded",),
        theirs=("recorded",),
        times=("refunded_at", "finished_at", "applied_at"),
    )
    both, alone, unknown = _part(orders)
    return orders.group_by("channel", "month").agg(
        refunded=_sum(orders.refunded, both),
        recorded=_sum(orders.recorded, both),
        alone_orders=_count(alone & (orders.refunded > 0)),
        alone_refunded=_sum(orders.refunded, alone),
        unknown_orders=_count(unknown & (orders.recorded > 0)),
        unknown_amount=_sum(orders.recorded, unknown),
    )


def _meet(
    lines: ir.Table, others: ir.Table, *, ours: Sequence[str], theirs: Sequence[str], times: Sequence[str]
) -> ir.Table:
    """One row an order: channel, month, whether the lines and the other report hold it, and the sums of both."""
    nothing = ibis.null("date")
    mine = lines.select(
        **_name_order(lines),
        is_ours=ibis.literal(1),
        is_theirs=ibis.literal(0),
        paid_on=lines.ordered_at.date(),
        told_on=nothing,
        **{name: lines[name].cast(_MONEY) for name in ours},
        **{name: ibis.null(_MONEY) for name in theirs},
    )
    told = others.select(
        **_name_order(others),
        is_ours=ibis.literal(0),
        is_theirs=ibis.literal(1),
        paid_on=nothing,
        told_on=ibis.coalesce(*(others[name] for name in times)).date(),
        **{name: ibis.null(_MONEY) for name in ours},
        **{name: others[name].cast(_MONEY) for name in theirs},
    )
    both = mine.union(told)
    orders = both.group_by("channel", "order_id").agg(
        is_ours=both.is_ours.max(),
        is_theirs=both.is_theirs.max(),
        day=ibis.coalesce(both.paid_on.max(), both.told_on.max()),
        **{name: both[name].sum().fill_null(0) for name in (*ours, *theirs)},
    )
    return orders.mutate(month=orders.day.truncate("M"))


def _name_order(table: ir.Table) -> dict[str, ir.StringValue]:
    return {name: table[name].fill_null("") for name in ("channel", "order_id")}


def _part(orders: ir.Table) -> tuple[ir.BooleanValue, ir.BooleanValue, ir.BooleanValue]:
    """Orders that both know, ours alone, theirs alone."""
    ours, theirs = orders.is_ours == 1, orders.is_theirs == 1
    return ours & theirs, ours & ~theirs, theirs & ~ours


def _count(which: ir.BooleanValue) -> ir.IntegerScalar:
    return which.cast("int64").sum()


def _sum(amounts: ir.DecimalColumn, which: ir.BooleanValue) -> ir.DecimalScalar:
    return amounts.sum(where=which).fill_null(0)


def _fetch_months(asked: ir.Table, columns: Sequence[str], fetch: Fetch) -> pd.DataFrame:
    """The sums in the shape in which piles give them: months in words, "" where none is known."""
    found = fetch(asked)
    worded = found.assign(month=found["month"].dt.strftime("%Y-%m").astype(object).fillna(""))
    numbers = worded.astype(dict.fromkeys(columns, "float64"))
    return numbers.sort_values(list(KEYS), ignore_index=True)[[*KEYS, *columns]]
