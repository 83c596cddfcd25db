"""Only levers that took much from large, steady channels are picked."""

import math
from dataclasses import replace

import pytest

from diagnostics.statistics.lever_falls import find_unsteady, list_falls, weigh
from diagnostics.statistics.lever_levels import Level
from diagnostics.statistics.lever_tree import LeverTree, Term

LIMITS = {"keyed_shift": 0.1, "least_share": 0.02, "least_buyers": 30, "least_part": 0.34, "least_left": 0.25}
LEVERS = ("buyers", "frequency", "basket")


def level(channel, *, is_current, buyers, orders, units, basket):
    return Level(
        channel=channel,
        depth="buyers",
        is_current=is_current,
        users=buyers,
        money="units" if units else "spend",
        conversion=1.0,
        frequency=orders / buyers,
        items=units / orders if units else basket,
        price=basket * orders / units if units else 1.0,
        charged=1.0,
        kept=1.0,
        buyers=buyers,
        orders=orders,
        units=units,
        gmv=orders * basket,
    )


def grow(buyers=(100, 100), keyed=(1.0, 1.0), units=(200, 100), gains=100.0):
    levels = tuple(
        level("jd", is_current=side == 1, buyers=buyers[side], orders=100, units=units[side], basket=(40.0, 30.0)[side])
        for side in (0, 1)
    )
    effects = {"items": -1800.0, "price": 900.0, "frequency": -200.0, "users": gains}
    terms = tuple(
        Term(channel="jd", lever=lever, effect=effect, low=effect - 50, high=effect + 50)
        for lever, effect in effects.items()
    )
    baskets = (Term(channel="jd", lever="basket", effect=-900.0, low=-950.0, high=-850.0),)
    return LeverTree(
        before=4000.0,
        after=3000.0,
        terms=terms,
        totals=terms,
        baskets=baskets,
        spends=baskets,
        levels=levels,
        keyed={"jd": keyed},
        groups=50,
    )


def test_the_lever_with_most_of_the_losses_is_described():
    (fall,) = list_falls(grow(), LEVERS, **LIMITS)
    assert (fall.lever, fall.loss, fall.low, fall.high) == ("basket", 900, 850, 950)
    assert (fall.old, fall.new, fall.base, fall.change) == (40, 30, 4000, -1000)
    # Two pieces of 20 an order before, one of 30 now.
    assert fall.units == pytest.approx(-0.5)
    assert fall.price == pytest.approx(0.5)


def test_without_units_the_basket_is_not_split():
    (fall,) = list_falls(grow(units=(0, 0)), LEVERS, **LIMITS)
    assert fall.units is fall.price is None


@pytest.mark.parametrize("tree", [grow(buyers=(29, 100)), grow(keyed=(0.9, 0.7))])
def test_few_buyers_or_other_recognition_are_left_alone(tree):
    assert list_falls(tree, LEVERS, **LIMITS) == []


def test_a_channel_without_orders_in_one_period_is_not_called_unsteady():
    assert find_unsteady(grow(keyed=(math.nan, 1.0)), 0.1) == []


def test_a_channel_weighs_its_share_of_the_previous_gmv():
    assert weigh(grow(), "jd") == 1.0


def test_what_the_calendar_may_have_taken_is_blamed_on_no_lever():
    (fall,) = list_falls(grow(), LEVERS, **LIMITS, calendar={"jd": 300.0})
    assert (fall.loss, fall.low, fall.high, fall.calendar) == (600, 550, 650, 300)
    (same,) = list_falls(grow(), LEVERS, **LIMITS, calendar={"jd": -300.0})
    assert same.loss == 900


@pytest.mark.parametrize(("gains", "found"), [(100.0, ["frequency"]), (160.0, [])])
def test_a_fall_that_its_neighbour_makes_good_is_dilution(gains, found):
    limits = {**LIMITS, "least_part": 0.1}
    named = [fall.lever for fall in list_falls(grow(gains=gains), ("frequency",), **limits)]
    assert named == found


def test_a_loss_must_be_surer_the_more_levers_are_looked_at():
    tree = grow()
    assert all(fall.is_sure for fall in list_falls(tree, LEVERS, **LIMITS))
    # The interval of the loss of 900 reaches from 80 to 1,720: clear of zero for one lever, not for three.
    wide = replace(tree, baskets=tuple(replace(term, low=-1720.0, high=-80.0) for term in tree.baskets))
    assert [fall.is_sure for fall in list_falls(wide, LEVERS, **LIMITS)] == [False]
    assert [fall.is_sure for fall in list_falls(wide, ("basket",), **LIMITS)] == [True]
