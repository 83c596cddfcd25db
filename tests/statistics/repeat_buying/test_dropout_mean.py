"""Means over a chance of leaving against the hypergeometric function, down to shapes of which hardly any is left."""

import numpy as np
import pytest
from scipy.special import hyp2f1

from diagnostics.statistics.repeat_buying.bgnbd import BG_NBD
from diagnostics.statistics.repeat_buying.dropout_mean import mean_count, mean_power
from diagnostics.statistics.repeat_buying.histories import compress
from diagnostics.statistics.repeat_buying.predict import expect_new, expect_purchases, vary_purchases

SHAPES = [(0.8, 2.4), (0.5, 0.02), (0.05, 0.02), (0.02, 0.5), (0.001, 0.001), (5.0, 0.01), (50.0, 100.0)]
LEAST = np.exp(-8.0)
shapes = pytest.mark.parametrize(("a", "b"), SHAPES)


def mean_at(mean, *numbers):
    return float(mean(*(np.array([number]) for number in numbers))[0])


@shapes
@pytest.mark.parametrize("time", [0.05, 5.0])
def test_a_mean_equals_its_closed_form(a, b, time):
    assert mean_at(mean_power, a, b, 3.0, time) == pytest.approx(hyp2f1(3.0, a, a + b, -time), rel=1e-7)
    # Of a shape of 1 the count is time / (1 + p time).
    assert mean_at(mean_count, a, b, 1.0, time) == pytest.approx(time * hyp2f1(1.0, a, a + b, -time), rel=1e-7)


@pytest.mark.parametrize(("a", "b"), [(LEAST, LEAST), (3 * LEAST, LEAST), (LEAST, 3 * LEAST), (0.02, LEAST)])
def test_the_least_shapes_that_are_fitted_lose_nothing_that_counts(a, b):
    closed = 5.0 * hyp2f1(1.0, a, a + b, -5.0)
    assert mean_at(mean_count, a, b, 1.0, 5.0) == pytest.approx(closed, rel=2e-4)


def test_those_who_leave_at_their_first_return_return_once():
    """Half of new customers never leave, half leave at once: a count is the mean of both."""
    parameters = np.array([1.5, 50.0, 0.001, 0.001])
    ever, once = 1.5 * 364 / 50, 1 - (50 / 414) ** 1.5
    assert expect_new(BG_NBD, parameters, 364) == pytest.approx((ever + once) / 2, rel=3e-3)


@shapes
def test_heavy_buyers_are_numbers_whatever_the_shapes(a, b):
    heavy = compress([26, 300, 5000, 0], [30.86, 52, 365, 0], [31, 52, 365, 0])
    parameters = np.array([0.3, 5.0, a, b])
    for found in (
        expect_purchases(BG_NBD, parameters, heavy, 52),
        vary_purchases(BG_NBD, parameters, heavy, 52),
    ):
        assert np.isfinite(found).all()
        assert (found >= 0).all()
