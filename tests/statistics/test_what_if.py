"""A what-if is arithmetic: it agrees with working out the product again, and its parts with its whole."""

from math import prod

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.statistics.lever_bests import find_best_channels, find_best_quarters
from diagnostics.statistics.lever_tree import grow_tree
from diagnostics.statistics.what_if import Lever, scale_level, value_scenario

NAMES = ("users", "conversion", "frequency", "items", "list_price", "discount", "kept")
LEVELS = st.tuples(*[st.floats(0.05, 0.95)] * len(NAMES))


def make_levers(levels, channel):
    return [
        Lever(channel=channel, depth="traffic", lever=name, level=level, gmv=prod(levels))
        for name, level in zip(NAMES, levels, strict=True)
    ]


@given(LEVELS, LEVELS, st.floats(-0.5, 0.5))
@settings(max_examples=50, deadline=None)
def test_the_scenario_agrees_with_the_product_worked_out_again(first, second, change):
    worth = value_scenario(
        make_levers(first, "a") + make_levers(second, "b"), lambda x: scale_level(x.lever, x.level, change)
    )
    moved = [
        [scale_level(name, level, change) for name, level in zip(NAMES, side, strict=True)] for side in (first, second)
    ]
    size = prod(first) + prod(second)
    assert worth.together == pytest.approx(sum(map(prod, moved)) - size, abs=1e-9 * (1 + size))
    alone = sum(
        prod([*side[:1], new[1], *side[2:]]) - prod(side) for side, new in zip((first, second), moved, strict=True)
    )
    assert worth.single["conversion"] == pytest.approx(alone, abs=1e-9 * (1 + size))
    assert worth.interaction + sum(worth.single.values()) == pytest.approx(worth.together)


def test_no_change_is_worth_nothing():
    worth = value_scenario(make_levers([0.5] * 7, "a"), lambda lever: lever.level)
    assert worth.together == 0
    assert not any(worth.single.values())


def make_quarter(channel, quarter, *, now, orders, units, paid):
    keys = {"channel": channel, "is_current": now, "known": True, "covered": False, "quarter": quarter, "bucket": 0}
    sums = {"buyers": 90, "buyer_months": 95, "orders": orders, "units": units, "listed": 0.0, "listed_paid": 0.0}
    return {**keys, **sums, "paid": paid, "gmv": paid}


def test_the_best_quarter_is_the_best_of_both_periods_with_enough_orders():
    quarters = pd.DataFrame(
        [
            make_quarter("jd", 0, now=False, orders=200, units=500.0, paid=5000.0),
            make_quarter("jd", 1, now=False, orders=20, units=200.0, paid=2000.0),
            make_quarter("jd", 0, now=True, orders=200, units=400.0, paid=6000.0),
            make_quarter("jd", 1, now=True, orders=200, units=420.0, paid=4200.0),
        ]
    )
    tree = grow_tree(quarters.drop(columns="quarter"), pd.DataFrame())
    bests = find_best_quarters(tree, quarters, pd.DataFrame(), 6)
    items = bests["jd", "buyers", "items"]
    assert (items.level, items.quarter, items.is_current) == (2.5, 0, False)
    assert bests["jd", "buyers", "price"].level == 15
    assert not {"buyers", "frequency"} & {lever for *_, lever in bests}
    assert find_best_quarters(tree, quarters, pd.DataFrame(), 2) == {}


@pytest.mark.parametrize("months", [6, 12])
def test_visitors_of_a_quarter_are_scaled_to_the_months_that_have_them(months):
    # A thousand visitors in each of the last six months of both years: no quarter was better than today.
    quarters = pd.DataFrame(
        [
            {**make_quarter("tmall", quarter, now=now, orders=300, units=300.0, paid=3000.0), "covered": quarter > 1}
            for quarter in range(4)
            for now in (False, True)
        ]
    )
    turns = range(12 - months, 12)
    visitors = pd.DataFrame({"channel": "tmall", "turn": turns, "visitors_before": 1000, "visitors_after": 1000})
    tree = grow_tree(quarters.drop(columns="quarter"), visitors)
    now = next(level for level in tree.levels if level.depth == "traffic" and level.is_current)
    bests = find_best_quarters(tree, quarters, visitors, 12)
    assert bests["tmall", "traffic", "users"].level == now.users == 1000 * months


def test_the_best_channel_is_another_of_enough_buyers():
    rows = [
        make_quarter(channel, 0, now=now, orders=200, units=units, paid=5000.0)
        for channel, units in (("jd", 400.0), ("tmall", 500.0))
        for now in (False, True)
    ]
    few = [
        {**make_quarter("vip", 0, now=now, orders=200, units=900.0, paid=5000.0), "buyers": 5} for now in (False, True)
    ]
    tree = grow_tree(pd.DataFrame(rows + few).drop(columns="quarter"), pd.DataFrame())
    bests = find_best_channels(tree.levels)
    assert (bests["jd", "buyers", "items"].channel, bests["jd", "buyers", "items"].level) == ("tmall", 2.5)
    assert ("jd", "buyers", "kept") not in bests
    assert ("vip", "buyers", "items") not in bests
