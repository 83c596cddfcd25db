"""Shrinkage, lift and standardisation hold against simulation and second ways of computing them."""

import numpy as np
import pytest

from diagnostics.statistics.lift import bound_lift
from diagnostics.statistics.shrinkage import shrink
from diagnostics.statistics.standardisation import compare_groups


def test_effects_that_differ_by_chance_only_shrink_to_one_value():
    shrunk = shrink([0.01, -0.01, 0.0, 0.005], [0.05] * 4)
    assert shrunk.spread == 0
    assert shrunk.values == pytest.approx([0.00125] * 4)


def test_a_true_outlier_keeps_most_of_its_size():
    effects = [0.0] * 19 + [0.3]
    shrunk = shrink(effects, [0.01] * 20)
    assert shrunk.values[-1] == pytest.approx(0.3, abs=0.01)
    assert shrunk.bounds()[0][-1] > 0.25


def test_shrunk_effects_lie_nearer_to_the_truth_than_the_raw_ones():
    rng = np.random.default_rng(4)
    errors = rng.uniform(0.02, 0.2, 400)
    truth = rng.normal(0.1, 0.05, 400)
    raw = rng.normal(truth, errors)
    shrunk = shrink(raw, errors)
    assert np.mean((shrunk.values - truth) ** 2) < 0.5 * np.mean((raw - truth) ** 2)
    assert shrunk.spread == pytest.approx(0.05, abs=0.02)
    inside = np.abs(shrunk.values - truth) < 1.96 * shrunk.errors
    assert 0.9 < inside.mean() < 0.99


def test_an_effect_needs_a_positive_error():
    with pytest.raises(ValueError, match="positive error"):
        shrink([0.1], [0.0])


def test_the_interval_of_a_lift_covers_as_often_as_it_says():
    rng = np.random.default_rng(9)
    both, one, other, n = 0.02, 0.08, 0.12, 5000
    counts = rng.multinomial(n, [both, one - both, other - both, 1 - one - other + both], size=4000)
    together = counts[:, 0]
    _, low, high = bound_lift(together, together + counts[:, 1], together + counts[:, 2], np.full(4000, n))
    true = both / (one * other)
    assert 0.94 < np.mean((low <= true) & (true <= high)) < 0.96


def test_a_pair_never_seen_together_has_no_lift():
    lift, low, high = bound_lift(0, 10, 20, 100)
    assert np.isnan([float(lift), float(low), float(high)]).all()


def test_a_shift_between_groups_is_no_change():
    change = compare_groups(([90, 20], [100, 200]), ([180, 10], [200, 100]))
    assert change is not None
    assert change.fall == pytest.approx(0)
    assert change.low < 0 < change.high


def test_one_group_gives_the_plain_difference():
    change = compare_groups(([30], [100]), ([50], [100]))
    assert change is not None
    assert (change.now, change.before, change.fall) == pytest.approx((0.3, 0.5, 0.2))


def test_groups_too_small_are_left_out():
    assert compare_groups(([5], [10]), ([5], [100])) is None
    change = compare_groups(([5, 30], [10, 100]), ([1, 50], [10, 100]))
    assert change is not None
    assert change.n == 100


def test_the_interval_of_a_standardised_difference_covers_as_often_as_it_says():
    rng = np.random.default_rng(2)
    hits = 0
    for _ in range(600):
        now, before = rng.binomial([80, 300], [0.4, 0.1]), rng.binomial([200, 90], [0.5, 0.2])
        change = compare_groups((now, [80, 300]), (before, [200, 90]))
        hits += change.low <= 0.1 <= change.high
    assert 0.93 < hits / 600 < 0.975
