"""Likelihoods: gradients against differences, values against plain textbook formulas, and no number that is not one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammaln, hyp2f1

from diagnostics.statistics.repeat_buying.histories import compress
from diagnostics.statistics.repeat_buying.likelihood import lay_out, log_likelihood
from diagnostics.statistics.repeat_buying.models import MODELS
from diagnostics.statistics.repeat_buying.pareto_integral import log_integral
from diagnostics.statistics.repeat_buying.pareto_nbd import PARETO_NBD
from diagnostics.statistics.repeat_buying.predict import (
    chance_of,
    discount_purchases,
    expect_purchases,
    share_active,
    vary_purchases,
)

# 26 purchases in 31 weeks, 300 in 52, thousands, none at all, nothing observed, the last one just now or long ago.
HARD = compress(
    [26, 300, 5000, 0, 0, 1, 1, 300, 40], [30.86, 52, 365, 0, 0, 0.001, 365, 10, 1e-6], [31, 52, 365, 0] + [365] * 5
)
logs = st.floats(-5, 5)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)


@each_model
@given(point=st.tuples(logs, logs, logs, logs))
@settings(max_examples=25, deadline=None)
def test_gradients_equal_differences(model, point):
    point, layout = np.array(point[: len(model.names)]), lay_out(HARD)
    value, slope = log_likelihood(model.ways, np.exp(point), layout)
    for place in range(len(point)):
        step = np.zeros_like(point)
        step[place] = 1e-5
        up, down = (log_likelihood(model.ways, np.exp(point + sign * step), layout)[0] for sign in (1, -1))
        assert (up - down) / 2e-5 == pytest.approx(slope[place] * np.exp(point[place]), rel=1e-5, abs=1e-9 * abs(value))


@each_model
@given(point=st.tuples(logs, logs, logs, logs), ahead=st.floats(0.01, 500))
@settings(max_examples=25, deadline=None)
def test_no_prediction_is_missing_whatever_the_customer(model, point, ahead):
    parameters = np.exp(np.array(point[: len(model.names)]))
    active = share_active(model, parameters, HARD)
    mean = expect_purchases(model, parameters, HARD, ahead)
    spread = vary_purchases(model, parameters, HARD, ahead)
    chance = chance_of(model, parameters, HARD, ahead, HARD.repeats)
    forever = discount_purchases(model, parameters, HARD, ahead=np.inf, rate=0.003)
    for found in (active, mean, spread, chance, forever):
        assert np.isfinite(found).all()
        assert (found >= 0).all()
    assert (active <= 1).all()
    assert (chance <= 1 + 1e-9).all()


@each_model
def test_a_row_of_three_equals_three_rows(model):
    parameters = np.array([0.5, 8.0, 0.7, 3.0])[: len(model.names)]
    one = lay_out(compress([2, 0], [5, 0], [9, 9], [3, 1]))
    many = lay_out(compress([2, 0, 2, 2], [5, 0, 5, 5], [9, 9, 9, 9]))
    assert log_likelihood(model.ways, parameters, one)[0] == pytest.approx(
        log_likelihood(model.ways, parameters, many)[0], rel=1e-13
    )


def naive_pareto(parameters, x, last, age):
    """The published closed form, where alpha > beta: Fader and Hardie 2005."""
    r, alpha, s, beta = parameters

    def part(time):
        ratio = hyp2f1(r + s + x, s + 1, r + s + x + 1, (alpha - beta) / (alpha + time))
        return ratio / (alpha + time) ** (r + s + x)

    start = np.exp(gammaln(r + x) - gammaln(r)) * alpha**r * beta**s
    alive = 1 / ((alpha + age) ** (r + x) * (beta + age) ** s)
    return float(np.log(start * (alive + s / (r + s + x) * (part(last) - part(age)))))


@pytest.mark.parametrize(("x", "last", "age"), [(0, 0, 30), (1, 2, 30), (5, 29, 30), (12, 20, 21)])
def test_the_pareto_nbd_equals_its_published_form(x, last, age):
    parameters = np.array([0.55, 10.6, 0.6, 4.7])
    found = log_likelihood(PARETO_NBD.ways, parameters, lay_out(compress([x], [last], [age])))[0]
    assert found == pytest.approx(naive_pareto(parameters, x, last, age), rel=1e-11)


@pytest.mark.parametrize(
    ("p", "q", "a", "b"), [(0.9, 1.4, 2.0, 7.0), (1.0, 2.0, 5.0, 0.1), (40.0, 0.6, 60.0, 3.0), (300.0, 1.6, 55.0, 70.0)]
)
def test_the_integral_and_its_derivatives_equal_quadrature(p, q, a, b):
    found = log_integral(*(np.array([part]) for part in (p, q, a, b)))

    def whole(weigh):
        # On a logarithmic scale, and relative to the integrand at 0.
        return quad(
            lambda w: weigh(np.exp(w)) * np.exp(w - p * np.log1p(np.exp(w) / a) - q * np.log1p(np.exp(w) / b)),
            -30,
            30,
            limit=500,
            epsabs=0,
            epsrel=1e-11,
        )[0]

    plain = whole(lambda _: 1.0)
    assert float(found.value[0]) == pytest.approx(np.log(plain) - p * np.log(a) - q * np.log(b), rel=1e-10)
    assert float(found.by_p[0]) == pytest.approx(-whole(lambda y: np.log(a + y)) / plain, rel=1e-9)
    assert float(found.by_q[0]) == pytest.approx(-whole(lambda y: np.log(b + y)) / plain, rel=1e-9)
    assert float(found.by_a[0]) == pytest.approx(-whole(lambda y: p / (a + y)) / plain, rel=1e-9)
    assert float(found.by_b[0]) == pytest.approx(-whole(lambda y: q / (b + y)) / plain, rel=1e-9)
