"""Settle order rows pile by pile: what each order is, what was merged and set aside, and who may be who."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from diagnostics.intake.feed import TAIL_KEY
from diagnostics.intake.files import Piles
from diagnostics.intake.orders.order_lines import STAGED, SettledPile, settle_pile
from diagnostics.intake.people.links import EVIDENCE, add_links, collect_links
from diagnostics.intake.reception import ORDER_LINES, Reception
from diagnostics.intake.totals.item_totals import add_item_totals
from diagnostics.intake.totals.overlaps import add_overlaps
from diagnostics.intake.totals.set_aside import add_set_aside

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
