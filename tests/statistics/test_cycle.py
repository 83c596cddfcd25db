import numpy as np
import pytest

from diagnostics.statistics.cycle import Buckets, find_cycle


def test_without_open_gaps_the_quantiles_are_those_of_the_gaps():
    days = np.arange(1, 101)
    cycle = find_cycle(days, np.ones(100), np.zeros(100), longest=365, least_at_risk=1)
    assert (cycle.low, cycle.median, cycle.high, cycle.far) == (25, 50, 75, 90)
    assert (cycle.gaps, cycle.open_gaps, cycle.returning) == (100, 0, 1)


def test_a_short_window_does_not_make_the_cycle_look_shorter():
    """Gaps are 1 to 200 days, but half of the purchases could be followed for 60 days only."""
    rng = np.random.default_rng(5)
    gaps = rng.integers(1, 201, 20_000)
    seen = np.where(np.arange(20_000) % 2, 60, 400)
    cycle = find_cycle(
        np.minimum(gaps, seen), (gaps <= seen).astype(int), (gaps > seen).astype(int), longest=365, least_at_risk=30
    )
    naive = np.median(gaps[gaps <= seen])
    assert cycle.median == pytest.approx(100, abs=4)
    assert naive < 85


def test_the_median_lies_in_its_interval():
    rng = np.random.default_rng(6)
    gaps = rng.integers(1, 90, 400)
    cycle = find_cycle(gaps, np.ones(400), np.zeros(400), longest=365, least_at_risk=10)
    assert cycle.median_low < cycle.median < cycle.median_high


def test_without_a_return_there_is_no_cycle():
    assert find_cycle([50, 60], [0, 0], [40, 40], longest=365, least_at_risk=30) is None
    assert find_cycle([50], [5], [0], longest=365, least_at_risk=30) is None


def test_the_interval_of_the_median_goes_by_customers():
    """Fifty customers with twenty equal gaps each know no more than fifty gaps."""
    rng = np.random.default_rng(5)
    own = rng.integers(10, 90, 50)
    days, bucket = np.repeat(own, 20), np.repeat(np.arange(50) % 25, 20)
    ones, nothing = np.ones(1000), np.zeros(1000)
    naive = find_cycle(days, ones, nothing, longest=365, least_at_risk=1)
    buckets = Buckets(bucket=bucket, days=days // 7 * 7, events=ones, censored=nothing)
    honest = find_cycle(days, ones, nothing, longest=365, least_at_risk=1, buckets=buckets)
    assert honest.median == naive.median
    assert honest.median_high - honest.median_low > 2 * (naive.median_high - naive.median_low)


def test_gaps_of_different_customers_need_no_wider_interval():
    rng = np.random.default_rng(6)
    days = rng.integers(10, 90, 2000)
    ones, nothing = np.ones(2000), np.zeros(2000)
    naive = find_cycle(days, ones, nothing, longest=365, least_at_risk=1)
    buckets = Buckets(bucket=rng.integers(0, 25, 2000), days=days // 7 * 7, events=ones, censored=nothing)
    by_customers = find_cycle(days, ones, nothing, longest=365, least_at_risk=1, buckets=buckets)
    assert by_customers.median_high - by_customers.median_low < 2 * (naive.median_high - naive.median_low)
