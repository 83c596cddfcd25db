"""The jackknife over groups of customers finds the known spread of sums and ratios."""

import numpy as np
import pytest
from scipy.stats import t

from diagnostics.statistics.jackknife import find_interval, leave_one_out


def test_the_interval_of_a_sum_is_that_of_independent_groups():
    sums = np.array([3.0, 5.0, 4.0, 8.0])
    low, high = find_interval(sums.sum(), leave_one_out(sums))
    half = t.ppf(0.975, 3) * np.sqrt(4 * sums.var(ddof=1))
    assert low == pytest.approx(20 - half)
    assert high == pytest.approx(20 + half)


def test_a_ratio_is_covered_about_as_often_as_promised():
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(300):
        buyers = rng.poisson(1.0, size=(400,))
        spend = rng.gamma(2.0, 50.0, size=400) * buyers
        groups = np.arange(400) % 40
        sums = np.stack([np.bincount(groups, spend), np.bincount(groups, buyers)], axis=1)
        left = leave_one_out(sums)
        low, high = find_interval(sums[:, 0].sum() / sums[:, 1].sum(), left[:, 0] / left[:, 1])
        covered += low <= 100 <= high
    assert 0.91 <= covered / 300 <= 0.99
