"""The customers of the invented brand: where they are at home, how they buy, and the chances that decide on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diagnostics.generator.assortment import FIRST_WEIGHTS
from diagnostics.generator.draws import (
    EXPONENTIAL,
    Flags,
    Floats,
    Ints,
    choose,
    draw,
    open_stream,
    tabulate_beta,
    tabulate_gamma,
)
from diagnostics.generator.places import STORE, YOUZAN, Store
from diagnostics.generator.season import BURN_IN, DAYS, YEAR, place_on_days, weigh_days

if TYPE_CHECKING:
    from collections.abc import Sequence

HOME_SHARES: Floats = np.array([0.43, 0.205, 0.125, 0.085, 0.155])
# The chance of becoming a contact, in the order of the channels.
ADD_SHARES: Floats = np.array([0.39, 0.385, 0.40, 0.38, 0.40])
MEMBER_SHARE = 0.65
CROSSING_SHARE = 0.06
YEARLY_GROWTH = 0.01
MEAN_GAP_DAYS = 54.0
PACE = tabulate_gamma(2.4)
LEAVING = tabulate_beta(4.4, 7.6)
ADDING_DAYS = 9.0
# Persons who live to buy inside the two years, for one person made.
SEEN_SHARE = 0.62
PROVINCES = ("浙江省", "上海", "江苏省", "广东省", "四川省", "湖北省", "山东省", "北京", "福建省", "河南省")
PROVINCE_WEIGHTS: Floats = np.array([15, 10, 13, 17, 9, 7, 9, 8, 6, 6], dtype=np.float64)


@dataclass(frozen=True, kw_only=True)
class People:
    """One entry per person.

    `elapsed` is the seasonal time of the first purchase since the burn-in began, `gap` the mean seasonal
    days between purchases, `leaving` the chance to stop after each. `store` is -1 outside stores.
    The chances are uniform: a trouble of strength s hits those below s.
    """

    home: Ints
    elapsed: Floats
    born_day: Ints
    gap: Floats
    leaving: Floats
    first_product: Ints
    store: Ints
    city: npt.NDArray[np.str_]
    province: Ints
    crosses: Flags
    is_member: Flags
    would_add: Flags
    add_chance: Floats
    add_delay: Floats
    conversion_chance: Floats
    once_chance: Floats
    gateway_chance: Floats
    store_chance: Floats

    @property
    def count(self) -> int:
        """How many persons there are."""
        return len(self.home)


def _draw_births(stream: np.random.Generator, count: int) -> Floats:
    """First purchases in seasonal time: as many as the days sell, a little more every year."""
    weights = weigh_days(store=False)
    growth = 1 + YEARLY_GROWTH * (np.arange(-BURN_IN, DAYS) / YEAR)
    edges = np.concatenate([[0.0], np.cumsum(weights)])
    days = choose(stream, weights * growth, count)
    return edges[days] + stream.random(count) * weights[days]


def _draw_cities(home: Ints, store: Ints, stores: Sequence[Store]) -> npt.NDArray[np.str_]:
    cities = np.array([place.city for place in stores])
    return np.where(home == STORE, cities[store], "")


def make_people(customers: int, stores: Sequence[Store], seed: int) -> People:
    """Make so many persons that about `customers` of them buy inside the two years."""
    stream = open_stream(seed, "people")
    count = round(customers / SEEN_SHARE)
    home = choose(stream, HOME_SHARES, count)
    elapsed = _draw_births(stream, count)
    store = stream.integers(0, len(stores), count)
    add_chance = stream.random(count)
    return People(
        home=home,
        elapsed=elapsed,
        born_day=place_on_days(elapsed, weigh_days(store=False)),
        gap=MEAN_GAP_DAYS / np.maximum(draw(stream, PACE, count), 0.05),
        leaving=draw(stream, LEAVING, count),
        first_product=choose(stream, FIRST_WEIGHTS, count),
        store=np.where(home == STORE, store, -1),
        city=_draw_cities(home, store, stores),
        province=choose(stream, PROVINCE_WEIGHTS, count),
        crosses=(stream.random(count) < CROSSING_SHARE) & (home != YOUZAN),
        is_member=stream.random(count) < MEMBER_SHARE,
        would_add=add_chance < ADD_SHARES[home],
        add_chance=add_chance,
        add_delay=draw(stream, EXPONENTIAL, count) * ADDING_DAYS,
        conversion_chance=stream.random(count),
        once_chance=stream.random(count),
        gateway_chance=stream.random(count),
        store_chance=stream.random(count),
    )
