"""Settle order rows pile by pile: first what each order is, then, once persons are known, the order lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from diagnostics.intake.calendar import add_days, count_days
from diagnostics.intake.feed import TAIL_KEY
from diagnostics.intake.files import Piles
from diagnostics.intake.orders.deal import choose_piles
from diagnostics.intake.orders.enrich import code_stores, fill_products, judge_private
from diagnostics.intake.orders.order_lines import STAGED, SettledPile, settle_pile
from diagnostics.intake.people.links import EVIDENCE, add_links, collect_links
from diagnostics.intake.reception import ORDER_LINES, Reception
from diagnostics.intake.totals.item_totals import add_item_totals
from diagnostics.intake.totals.overlaps import add_overlaps
from diagnostics.intake.totals.set_aside import add_set_aside
from diagnostics.intake.totals.settled import AFTER_SALES, SETTLED, add_totals, compare_after_sales, compare_settlements
from diagnostics.intake.vault import describe, join_accounts, shape
from diagnostics.intake.working import column, filter_rows
from diagnostics.model.account import TableAccount
from diagnostics.model.brief import Brief

if TYPE_CHECKING:
    import pandas as pd

_PLACES = ("staff", "store")
# Pairs of keys that several piles tell are added up before there are more of them than this.
_PAIRS_AT_ONCE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What all piles say together: evidence of who is who, staff and their stores, and what was not kept."""

    lines: int
    links: pa.Table
    places: pa.Table
    overlaps: pd.DataFrame
    items: pd.DataFrame
    set_aside: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The account of the order lines, their counts by channel and day, and what other sources say of them."""

    account: TableAccount
    days: pd.DataFrame
    settled: pd.DataFrame
    after_sales: pd.DataFrame
    shops: dict[str, frozenset[str]]


def settle_piles(reception: Reception, settled: Piles, before: date | None, largest: float | None = None) -> Settled:
    """Settle each pile and lay its order lines on the counterpart."""
    found: list[SettledPile] = []
    links = [EVIDENCE.empty_table()]
    lines = 0
    places = [STAGED.empty_table().select(_PLACES)]
    for at in range(reception.piles.count):
        staged = reception.take_pile(at)
        if staged.num_rows:
            pile = settle_pile(staged, reception.ledger, before, largest)
            links.append(collect_links(_without_tails(pile.lines, reception), ORDER_LINES))
            if sum(part.num_rows for part in links[1:]) > max(_PAIRS_AT_ONCE, links[0].num_rows):
                links = [add_links(links)]
            lines += pile.lines.num_rows
            places.append(_distinct(pile.lines, _PLACES))
            settled.add(at, pile.lines)
            # A slice of a table holds on to all of it.
            found.append(replace(pile, lines=STAGED.empty_table()))
    return Settled(
        lines=lines,
        links=add_links(links),
        places=_distinct(pa.concat_tables(places), _PLACES),
        overlaps=add_overlaps([pile.overlaps for pile in found]),
        items=add_item_totals([pile.items for pile in found]),
        set_aside=add_set_aside([pile.set_aside for pile in found]),
    )


def _without_tails(lines: pa.Table, reception: Reception) -> pa.Table:
    """Last digits contradict a link only where some numbers are masked; elsewhere they'd be a pair for each phone."""
    return lines if reception.has_masked else lines.drop_columns([TAIL_KEY])


def _distinct(table: pa.Table, names: tuple[str, ...]) -> pa.Table:
    return table.group_by(list(names)).aggregate([])


def finish_piles(
    settled: Piles,
    fill: Callable[[pa.Table], pa.Table],
    tables: Mapping[str, pa.Table],
    brief: Brief,
    write: Callable[[pa.Table], None],
) -> Finished:
    """Write the order lines with their persons, stores, products and the rule of private sales.

    `fill` puts the person on each row; `tables` are the client's other tables, `stores` not yet shaped.
    """
    accounts: list[TableAccount] = []
    days: list[pd.DataFrame] = []
    payouts: list[pd.DataFrame] = []
    refunds: list[pd.DataFrame] = []
    shops: set[tuple[str, str]] = set()
    for at in range(settled.count):
        lines = shape(ORDER_LINES, _enrich(fill(settled.take(at)), tables, brief))
        if "settlements" in tables:
            payouts.append(compare_settlements(lines, _of_pile(tables["settlements"], at, settled.count)))
        if "after_sales" in tables:
            refunds.append(compare_after_sales(lines, _of_pile(tables["after_sales"], at, settled.count)))
        if lines.num_rows:
            write(lines)
            accounts.append(describe(lines))
            days.append(count_days(lines))
            shops |= {(row["channel"], row["shop"]) for row in _distinct(lines, ("channel", "shop")).to_pylist()}
    return Finished(
        account=join_accounts(accounts),
        days=add_days(days),
        settled=add_totals(payouts, SETTLED),
        after_sales=add_totals(refunds, AFTER_SALES),
        shops={channel: frozenset(shop for of, shop in shops if of == channel and shop) for channel, _ in shops},
    )


def _of_pile(table: pa.Table, at: int, count: int) -> pa.Table:
    """The rows of a table that speak of a pile's orders."""
    return table if count == 1 else filter_rows(table, choose_piles(column(table, "order_id"), count) == at)


def _enrich(lines: pa.Table, tables: Mapping[str, pa.Table], brief: Brief) -> pa.Table:
    if "stores" in tables:
        lines = code_stores({ORDER_LINES: lines, "stores": tables["stores"]})[ORDER_LINES]
    lines = judge_private(lines, brief)
    return fill_products(lines, tables["products"]) if "products" in tables else lines
