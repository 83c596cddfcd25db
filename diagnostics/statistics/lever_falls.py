"""Levers that took from the GMV of a channel, picked from the lever tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.statistics.lever_tree import LEVERS_AT, Level, LeverTree, Term

if TYPE_CHECKING:
    from collections.abc import Container


@dataclass(frozen=True, kw_only=True)
class Fall:
    """One lever of one channel that took from GMV: its values, its effect and its weight in the channel.

    `loss` (with `low` and `high`) is what it took in the period, `base` the channel's previous GMV, `change` how
    its GMV moved. Of spend per order, `units` and `price` are the relative changes of units an order and price a
    unit; `None` for other levers and where units are not known.
    """

    channel: str
    lever: str
    old: float
    new: float
    loss: float
    low: float
    high: float
    base: float
    change: float
    buyers: int
    units: float | None
    price: float | None


def list_falls(
    tree: LeverTree,
    levers: Container[str],
    *,
    keyed_shift: float,
    least_share: float,
    least_buyers: float,
    least_part: float,
) -> list[Fall]:
    """Those of `levers` with at least `least_part` of their channel's losses.

    Channels below `least_share` of the previous GMV, with fewer than `least_buyers` in either period, or whose
    share of orders with a known customer moved by more than `keyed_shift`, are left out.
    """
    falls = []
    unsteady = set(find_unsteady(tree, keyed_shift))
    for channel in tree.keyed:
        levels = [level for level in tree.levels if level.channel == channel]
        base = sum(level.gmv for level in levels if not level.is_current)
        buyers = [sum(level.buyers for level in levels if level.is_current == side) for side in (False, True)]
        if channel in unsteady or base < least_share * tree.before or min(buyers) < least_buyers:
            continue
        losses = [term for term in tree.terms if term.channel == channel and term.effect < 0]
        needed = -sum(term.effect for term in losses) * least_part
        falls += [_describe(term, levels, base) for term in losses if term.lever in levers and -term.effect >= needed]
    return falls


def find_unsteady(tree: LeverTree, shift: float) -> list[str]:
    """Channels whose share of orders with a known customer moved by more than `shift`."""
    return [channel for channel, (before, after) in tree.keyed.items() if abs(after - before) > shift]


def weigh(tree: LeverTree, channel: str) -> float:
    """A channel's share of the previous GMV."""
    gmv = sum(level.gmv for level in tree.levels if level.channel == channel and not level.is_current)
    return gmv / tree.before if tree.before else 0.0


def _describe(term: Term, levels: list[Level], base: float) -> Fall:
    old, new = _find_levels(levels, term.lever)
    column = {"buyers": "users"}.get(term.lever, term.lever)
    units, price = _split_basket(old, new) if term.lever == "basket" else (None, None)
    return Fall(
        channel=term.channel,
        lever=term.lever,
        old=getattr(old, column),
        new=getattr(new, column),
        loss=-term.effect,
        low=-term.high,
        high=-term.low,
        base=base,
        change=sum(level.gmv if level.is_current else -level.gmv for level in levels),
        buyers=sum(level.buyers for level in levels),
        units=units,
        price=price,
    )


def _split_basket(old: Level, new: Level) -> tuple[float | None, float | None]:
    if not (old.units and new.units):
        return None, None
    units = (new.units / new.orders) / (old.units / old.orders) - 1
    price = (new.basket * new.orders / new.units) / (old.basket * old.orders / old.units) - 1
    return units, price


def _find_levels(levels: list[Level], lever: str) -> tuple[Level, Level]:
    """Before and after at the depth that has this lever and sells most."""
    having = [level for level in levels if lever in LEVERS_AT.get(level.depth, ())]
    depth = max(having, key=lambda level: level.gmv).depth
    old, new = sorted((level for level in having if level.depth == depth), key=lambda level: level.is_current)
    return old, new
