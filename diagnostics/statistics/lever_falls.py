"""Levers that took from the GMV of a channel, picked from the lever tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from diagnostics.statistics.jackknife import widen_for
from diagnostics.statistics.lever_tree import BASKET, LeverTree, Term

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from diagnostics.statistics.lever_levels import Level

# Levers that move against each other without anybody gaining or losing: more visitors convert less, more new buyers
# order less often, smaller orders come more often.
PARTNERS: dict[str, tuple[str, ...]] = {
    "users": ("conversion",),
    "conversion": ("users",),
    "buyers": ("frequency",),
    "frequency": ("users", "conversion", "buyers"),
    "basket": ("frequency",),
}
NO_CALENDAR: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Fall:
    """One lever of one channel that took from GMV: its values, its effect and its weight in the channel.

    `is_sure` where the loss is beyond chance though many levers of many channels were looked at. `loss` (with `low`
    and `high`) is what it took in the period, less `calendar`, what other promotion days may have taken; `base` is the
    channel's previous GMV, `change` how its GMV moved. Of spend per order, `units` and `price` are the relative changes
    of items an order and price an item (before discounts where `is_listed`); `None` for other levers and where units
    are not known.
    """

    channel: str
    lever: str
    old: float
    new: float
    loss: float
    low: float
    high: float
    calendar: float
    base: float
    change: float
    buyers: int
    units: float | None
    price: float | None
    is_listed: bool
    is_sure: bool


def list_falls(
    tree: LeverTree,
    levers: Container[str],
    *,
    keyed_shift: float,
    least_share: float,
    least_buyers: float,
    least_part: float,
    least_left: float,
    calendar: Mapping[str, float] = NO_CALENDAR,
) -> list[Fall]:
    """Those of `levers` with at least `least_part` of their channel's losses, of which `least_left` is left in GMV.

    Items and price count as one lever, spend per order. What is left is the loss less what the lever's partners
    gained. Channels below `least_share` of the previous GMV, with fewer than `least_buyers` in either period, or whose
    share of orders with a known customer moved by more than `keyed_shift`, are left out. `calendar` is what other
    promotion days took from each channel (positive is a loss): no lever is blamed for it.
    """
    falls: list[Fall] = []
    unsteady = set(find_unsteady(tree, keyed_shift))
    looked_at = 0
    for channel in tree.keyed:
        levels = [level for level in tree.levels if level.channel == channel]
        base = sum(level.gmv for level in levels if not level.is_current)
        buyers = [sum(level.buyers for level in levels if level.is_current == side) for side in (False, True)]
        if channel in unsteady or base < least_share * tree.before or min(buyers) < least_buyers:
            continue
        terms = [term for term in tree.terms if term.channel == channel and term.lever not in BASKET]
        terms += [term for term in tree.baskets if term.channel == channel]
        effects = {term.lever: term.effect for term in terms}
        looked_at += sum(term.lever in levers for term in terms)
        losses = [term for term in terms if term.effect < 0]
        needed = -sum(term.effect for term in losses) * least_part
        falls += [
            _describe(term, levels, base, max(calendar.get(channel, 0.0), 0.0))
            for term in losses
            if term.lever in levers
            and -term.effect >= needed
            and -term.effect - _find_gain(effects, term.lever) >= -term.effect * least_left
        ]
    wider = widen_for(looked_at, tree.groups)
    return [replace(fall, is_sure=fall.loss > wider * (fall.loss - fall.low)) for fall in falls]


def _find_gain(effects: Mapping[str, float], lever: str) -> float:
    """What the lever's partners gained together, 0 if they lost too."""
    return max(0.0, sum(effects.get(partner, 0.0) for partner in PARTNERS.get(lever, ())))


def find_unsteady(tree: LeverTree, shift: float) -> list[str]:
    """Channels whose share of orders with a known customer moved by more than `shift`."""
    return [channel for channel, (before, after) in tree.keyed.items() if abs(after - before) > shift]


def weigh(tree: LeverTree, channel: str) -> float:
    """A channel's share of the previous GMV."""
    gmv = sum(level.gmv for level in tree.levels if level.channel == channel and not level.is_current)
    return gmv / tree.before if tree.before else 0.0


def _describe(term: Term, levels: list[Level], base: float, calendar: float) -> Fall:
    old, new = _find_levels(levels, term.lever)
    units, price = _split_basket(old, new) if term.lever == "basket" else (None, None)
    return Fall(
        channel=term.channel,
        lever=term.lever,
        old=_find_value(old, term.lever),
        new=_find_value(new, term.lever),
        loss=-term.effect - calendar,
        low=-term.high - calendar,
        high=-term.low - calendar,
        calendar=calendar,
        base=base,
        change=sum(level.gmv if level.is_current else -level.gmv for level in levels),
        buyers=sum(level.buyers for level in levels),
        units=units,
        price=price,
        is_listed=new.money == "listed",
        is_sure=False,
    )


def _find_value(level: Level, lever: str) -> float:
    """A lever's value; spend per order is that before discounts, for which it is judged."""
    return level.items * level.price if lever == "basket" else level.levers[lever]


def _split_basket(old: Level, new: Level) -> tuple[float | None, float | None]:
    if old.money == "spend":
        return None, None
    return new.items / old.items - 1, new.price / old.price - 1


def _find_levels(levels: list[Level], lever: str) -> tuple[Level, Level]:
    """Before and after at the depth that has this lever and sells most."""
    having = [level for level in levels if level.depth != "unknown" and (lever == "basket" or lever in level.levers)]
    depth = max(having, key=lambda level: level.gmv).depth
    old, new = sorted((level for level in having if level.depth == depth), key=lambda level: level.is_current)
    return old, new
