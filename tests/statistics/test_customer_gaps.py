"""Reach, lapses and roles: which gaps are clear, and what they are worth."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from diagnostics.statistics.certainty import find_likely
from diagnostics.statistics.lapse_waves import Wave, read_waves
from diagnostics.statistics.product_roles import assign_roles, spread_later
from diagnostics.statistics.reach_gaps import compare_channels, size_gap

CHANNELS = pd.DataFrame(
    {"channel": ["store", "tmall", "jd", "tiny"], "buyers": [500, 500, 500, 50], "reached": [300, 100, 50, 40]}
).assign(share=lambda frame: frame.reached / frame.buyers)


def test_a_channel_is_compared_only_where_adding_is_no_easier():
    gaps = {gap.channel: gap for gap in compare_channels(CHANNELS, {"store": 1})}
    assert {name: gap.best for name, gap in gaps.items()} == {"store": "tmall", "tmall": "jd", "jd": "tmall"}
    assert gaps["jd"].difference == pytest.approx(0.1)
    assert 0 < gaps["jd"].low < 0.1
    assert gaps["tmall"].low < 0


@pytest.mark.parametrize(
    ("reached", "error", "money", "is_own"),
    [(300.0, 20.0, (25.0, 50.0, 100.0), True), (300.0, 60.0, (0.0, 30.0, 60.0), False), (np.nan, np.nan, None, False)],
)
def test_only_a_clear_difference_prices_reach(reached, error, money, is_own):
    row = {"reached_mean": reached, "matched_mean": 200.0, "difference_error": error, "unreached_mean": 200.0}
    found, own = size_gap(row, 0.3)
    assert own is is_own
    assert found == pytest.approx(money or (0.0, 30.0, 60.0))


def test_a_wave_costs_its_share_in_every_window_of_a_year():
    spends = {"stayed_gmv": [1000.0, 10.0], "stayed_squares": [20_000.0, 10.0]}
    now = pd.DataFrame({"high": [1, 0], "at_risk": [200, 50], "lapsed": [100, 10], **spends})
    before = pd.DataFrame({"high": [1, 0], "at_risk": [200, 200], "lapsed": [40, 40]})
    (wave,) = read_waves(now, before, {1: "high", 0: "low"})
    assert (wave.segment, wave.gap, wave.each) == ("high", pytest.approx(0.3), 10.0)
    assert 0 < wave.low < 0.3
    assert wave.value(wave.gap, 73) == pytest.approx(0.3 * 200 * 10 * 5)
    assert wave.each_error == pytest.approx(10 / 99**0.5)


def test_the_range_of_a_waves_cost_knows_what_is_unsure_of_the_spend_of_those_who_stayed():
    wave = Wave(
        segment="high",
        at_risk=200,
        lapsed=100,
        at_risk_before=200,
        lapsed_before=40,
        low=0.2,
        each=10.0,
        each_error=0.0,
        looked_at=1,
    )
    low, middle, high = wave.range_value(73)
    assert (low, middle, high) == pytest.approx(
        tuple(wave.value(gap, 73) for gap in find_likely(0.2, 0.3, 0.4)), rel=1e-9
    )
    wider = replace(wave, each_error=1.0).range_value(73)
    assert wider[0] < low
    assert wider[1] == middle
    assert (middle - wider[0]) ** 2 == pytest.approx((middle - low) ** 2 + (1.2816 * 0.1 * middle) ** 2, rel=1e-3)
    assert replace(wave, each_error=20.0).range_value(73)[0] == 0


def make_products():
    return pd.DataFrame(
        {
            "place": range(4),
            "gmv": [400.0, 300.0, 200.0, 100.0],
            "gmv_before": [0.0, 400.0, 700.0, 900.0],
            "all_gmv": 1000.0,
            "units": [40.0, 30.0, 20.0, 1.0],
            "first": [400, 100, 100, 100],
            "later": [100, 400, 400, 400],
            # As many customers as orders.
            "later_squares": [100, 400, 400, 400],
            "later_cross": [100, 400, 400, 400],
            "all_squares": 1000,
            "sold": [400.0, 300.0, 200.0, np.nan],
            "cost": [200.0, 240.0, 40.0, np.nan],
        }
    )


def test_products_get_the_roles_that_they_play():
    roles = assign_roles(make_products(), 0.5, 1000, 1000)
    assert roles.hero.tolist() == [True, False, False, False]
    assert roles.traffic.tolist() == [True, False, False, False]
    assert roles.profit.tolist() == [False, False, True, False]
    assert roles.image.tolist() == [False, False, False, True]
    assert roles.regular.tolist() == [False, True, False, False]


def test_the_spread_of_a_share_goes_by_customers_who_repeat_themselves():
    rng = np.random.default_rng(5)
    orders = 1 + rng.poisson(4, (3000, 200))
    held = rng.binomial(orders, rng.beta(0.3, 0.7, orders.shape))
    later, share = orders.sum(axis=1), held.sum(axis=1) / orders.sum(axis=1)
    sums = {
        "later": held.sum(axis=1),
        "later_squares": (held**2).sum(axis=1),
        "later_cross": (held * orders).sum(axis=1),
    }
    products = pd.DataFrame({**sums, "all_squares": (orders**2).sum(axis=1)})
    spread = [spread_later(products.iloc[[place]], later[place]).iloc[0] for place in range(100)]
    errors = share[:100] * (1 - share[:100]) / later[:100] * spread
    assert errors.mean() == pytest.approx(np.var(share), rel=0.1)
    assert np.mean(spread) > 3


def test_without_costs_and_first_orders_two_roles_are_not_given():
    roles = assign_roles(make_products(), None, 10, 10)
    assert not roles.traffic.any()
    assert not roles.profit.any()
