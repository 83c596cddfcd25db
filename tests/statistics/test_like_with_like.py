"""Kinds of customers compared within strata: hand-worked means, chance without a difference, and roles of venues."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.venue.roles import LIMITS
from diagnostics.statistics.like_with_like import compare_kinds
from diagnostics.statistics.steps import compare_steps
from diagnostics.statistics.venue_roles import find_role, measure_bursts


def test_the_second_kind_is_weighted_to_the_first_kinds_strata():
    # Two orders: 30 wide spend 10 each, narrow 8; six orders: 10 wide spend 50, narrow 60.
    rows = pd.DataFrame(
        {
            "orders": [2, 2, 6, 6],
            "wide": [True, False, True, False],
            "customers": [30, 500, 10, 5],
            "gmv": [300.0, 4000.0, 500.0, 300.0],
            "squares": [3000.0, 32000.0, 25000.0, 18000.0],
        }
    )
    compared = compare_kinds(rows, "orders", rows.wide)
    assert compared.mean == pytest.approx((300 + 500) / 40)
    assert compared.other == pytest.approx((30 * 8 + 10 * 60) / 40)
    # Within strata nobody differs, so the interval has no width.
    assert compared.low == pytest.approx(compared.difference)


def test_buying_more_does_not_pass_for_buying_wider():
    rng = np.random.default_rng(2)
    misses = 0
    for _ in range(60):
        orders = rng.integers(2, 7, 400)
        wide = rng.random(400) < orders / 10
        spend = orders * 100 + rng.normal(0, 40, 400)
        frame = pd.DataFrame({"orders": orders, "wide": wide, "customers": 1, "gmv": spend, "squares": spend**2})
        rows = frame.groupby(["orders", "wide"], as_index=False).sum()
        compared = compare_kinds(rows, "orders", rows.wide)
        misses += not compared.low <= 0 <= compared.high
    assert misses <= 8


def test_few_customers_are_not_compared():
    rows = pd.DataFrame({"orders": [2, 2], "wide": [True, False], "customers": [29, 90], "gmv": 1.0, "squares": 1.0})
    assert compare_kinds(rows, "orders", rows.wide) is None


def test_chance_alone_makes_no_venue_bursty():
    rng = np.random.default_rng(4)
    for mean in (0.3, 3, 30):
        counts = rng.poisson(mean, (200, 365))
        bursts = [measure_bursts(float(row.sum()), float((row**2).sum()), 365) for row in counts]
        # The fewest orders that are judged, some hundred a year: four standard errors below the limit.
        assert max(bursts) < LIMITS[0].value


def test_a_venue_without_another_to_compare_with_sells_steadily():
    assert find_role(0.2, (500, 1000), (0, 0), uneven=1.0) == "steady"
    assert find_role(0.2, (100, 1000), (300, 1000), uneven=1.0) == "entrance"
    assert find_role(2.0, (100, 1000), (300, 1000), uneven=1.0) == "event_entrance"
    assert find_role(2.0, (9, 20), (300, 1000), uneven=1.0) == "few"


def test_a_channel_is_only_held_against_those_where_the_step_is_no_easier():
    rows = [("tmall", 1000, 80), ("youzan", 1000, 400)]
    apart = {step.channel: step.recoverable for step in compare_steps("added", rows, {"youzan": 2})}
    assert apart["tmall"] is None
    assert apart["youzan"] == 0
    alike = {step.channel: step.recoverable for step in compare_steps("added", rows, {})}
    assert alike["tmall"] > 250
