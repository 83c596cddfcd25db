"""Intervals of shares agree with published examples and with a second way of computing them."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from diagnostics.statistics.proportions import newcombe_difference, wilson

Z = norm.ppf(0.975)


# Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_limits(x, n, low, high):
    found = wilson(x, n)
    assert np.round(found, 4) == pytest.approx([low, high])


# Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_gives_the_published_limits_of_a_difference(first, second, low, high):
    assert np.round(newcombe_difference(*first, *second), 4) == pytest.approx([low, high])


def test_wilson_is_where_the_score_test_just_rejects():
    def score(share):
        return abs(0.3 - share) / np.sqrt(share * (1 - share) / 40) - Z

    low, high = wilson(12, 40)
    assert low == pytest.approx(brentq(score, 1e-6, 0.3))
    assert high == pytest.approx(brentq(score, 0.3, 1 - 1e-6))


def test_arrays_agree_with_another_library():
    rng = np.random.default_rng(4)
    n = rng.integers(1, 500, 60)
    x = rng.integers(0, n + 1)
    theirs = proportion_confint(x, n, method="wilson")
    np.testing.assert_allclose(wilson(x, n), np.array(theirs), atol=1e-12)
    for first, second in zip(range(30), range(30, 60), strict=True):
        expected = confint_proportions_2indep(
            x[first], n[first], x[second], n[second], method="newcomb", compare="diff", alpha=0.05
        )
        found = newcombe_difference(x[first], n[first], x[second], n[second])
        np.testing.assert_allclose(found, expected, atol=1e-9)


def test_nobody_asked_gives_no_interval():
    low, high = wilson([0, 3], [0, 4])
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert low[1] < 0.75 < high[1]


def test_more_successes_than_tries_are_refused():
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(5, 4)
