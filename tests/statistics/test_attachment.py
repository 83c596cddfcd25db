"""Sizes, attach rates, pairs and shortfalls of orders, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.statistics.attachment import (
    bound_pairs,
    find_behind,
    find_falls,
    share_single,
    spread_sizes,
    summarise_sizes,
    summarise_units,
)


def make_units(**attached):
    """One category, 400 orders a channel, each attached order with 50 of other goods."""
    rows = [
        {
            "unit": "tea",
            "name": "tea",
            "channel": channel,
            "orders": 400,
            "attached": count,
            "companion_gmv": 50.0 * count,
            "companion_squares": 50.0**2 * count,
        }
        for channel, count in attached.items()
    ]
    return pd.DataFrame(rows)


SIZES = pd.DataFrame(
    {
        "channel": ["tmall", "tmall", "jd"],
        "size": [1, 2, 1],
        "orders": [30, 50, 20],
        "products": [30, 100, 20],
        "units": [30, 120, 20],
        "gmv": [300.0, 1000.0, 200.0],
    }
)


def test_sizes_are_shares_of_all_orders():
    assert share_single(SIZES) == pytest.approx(0.5)
    spread = spread_sizes(SIZES, SIZES[SIZES["size"] == 1])
    assert spread.share.tolist() == pytest.approx([0.5, 0.5])
    assert spread.share_before.tolist() == pytest.approx([1.0, 0.0])
    assert spread_sizes(SIZES, None).share_before.isna().all()
    channels = summarise_sizes(SIZES).set_index("channel")
    assert channels.single.to_dict() == pytest.approx({"tmall": 0.375, "jd": 1.0})
    assert channels.products_per_order["tmall"] == pytest.approx(130 / 80)


def test_attach_rates_stand_beside_those_of_before():
    row = summarise_units(make_units(tmall=100, jd=300), make_units(tmall=200, jd=200)).iloc[0]
    assert (row.rate, row.rate_before, row.value) == pytest.approx((0.5, 0.5, 50.0))
    assert row.low < 0.5 < row.high


def test_a_fall_is_priced_at_the_orders_of_now():
    (fall,) = find_falls(make_units(tmall=100), make_units(tmall=200), 1.0, 2.0)
    assert (fall.gap, fall.value) == pytest.approx((0.25, 50.0))
    assert fall.money[1] == pytest.approx(0.25 * 400 * 50 * 2)
    assert fall.money[0] < fall.money[1] < fall.money[2]


def test_attached_orders_that_kept_pace_are_no_fall():
    assert find_falls(make_units(tmall=200), make_units(tmall=200), 1.0, 1.0) == ()


def test_a_channel_is_set_against_the_best():
    (gap,) = find_behind(make_units(tmall=100, store=300), 1.0)
    assert (gap.channels, gap.best, gap.gap) == (("tmall",), "store", 0.5)
    assert gap.money == pytest.approx((2500, 5000, 10000))


def test_only_pairs_beyond_chance_are_kept():
    pairs = pd.DataFrame({"together": [200, 100, 20, 200], "sku_orders": 300, "other_orders": 300, "orders": 900})
    pairs = pairs.assign(sku=["c", "b", "a", "a"], other="z")
    # Two that are equal stand in the order of their codes.
    assert bound_pairs(pairs, 30)[["together", "sku"]].to_numpy().tolist() == [[200, "a"], [200, "c"]]


def draw_baskets(rng, rate, orders):
    attached = rng.random(orders) < rate
    return np.where(attached, rng.lognormal(3.5, 1.0, orders), 0.0)


def sum_baskets(others):
    return make_units(tmall=int((others > 0).sum())).assign(
        orders=len(others), companion_gmv=others.sum(), companion_squares=(others**2).sum()
    )


def test_the_money_of_a_fall_holds_four_times_in_five():
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        before, full = (draw_baskets(rng, 0.4, 900) for _ in range(2))
        lost = (full > 0) & (rng.random(900) < 0.35)
        (fall,) = find_falls(sum_baskets(np.where(lost, 0.0, full)), sum_baskets(before), 1.0, 1.0)
        held += fall.money[0] <= full[lost].sum() <= fall.money[2]
    assert 0.75 < held / 400 < 0.85
