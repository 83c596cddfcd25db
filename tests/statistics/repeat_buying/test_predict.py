"""Predictions against closed forms, simulated customers and each other."""

import numpy as np
import pytest
from scipy.special import hyp2f1, hyperu

from diagnostics.statistics.repeat_buying.bgnbd import BG_NBD
from diagnostics.statistics.repeat_buying.histories import compress
from diagnostics.statistics.repeat_buying.mbgnbd import MBG_NBD
from diagnostics.statistics.repeat_buying.models import MODELS
from diagnostics.statistics.repeat_buying.nbd import NBD
from diagnostics.statistics.repeat_buying.pareto_nbd import PARETO_NBD
from diagnostics.statistics.repeat_buying.predict import (
    FINE,
    ROUGH,
    chance_new,
    chance_of,
    discount_purchases,
    expect_new,
    expect_purchases,
    share_active,
    vary_purchases,
)

PARAMETERS = {
    "NBD": np.array([0.385, 12.072]),
    "BG/NBD": np.array([0.243, 4.414, 0.793, 2.426]),
    "MBG/NBD": np.array([0.525, 6.183, 0.891, 1.614]),
    "Pareto/NBD": np.array([0.553, 10.578, 0.606, 11.669]),
}
CUSTOMERS = compress([0, 1, 3, 8, 26], [0, 4, 30, 20, 30.86], [30, 30, 31, 38, 31])
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)


def test_the_bg_nbd_equals_its_published_forms():
    r, alpha, a, b = parameters = PARAMETERS["BG/NBD"]
    t = 39.0
    whole = (a + b - 1) / (a - 1) * (1 - (alpha / (alpha + t)) ** r * hyp2f1(r, b, a + b - 1, t / (alpha + t)))
    assert expect_new(BG_NBD, parameters, t) == pytest.approx(whole, rel=1e-10)
    x, age = CUSTOMERS.repeats, CUSTOMERS.age
    ratio = ((alpha + age) / (alpha + age + t)) ** (r + x)
    tail = hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + age + t))
    mean = (a + b + x - 1) / (a - 1) * (1 - ratio * tail) * share_active(BG_NBD, parameters, CUSTOMERS)
    assert expect_purchases(BG_NBD, parameters, CUSTOMERS, t) == pytest.approx(mean, rel=1e-9)


def test_the_mbg_nbd_is_a_bg_nbd_that_first_survives_the_first_purchase():
    r, alpha, a, b = parameters = PARAMETERS["MBG/NBD"]
    survivors = np.array([r, alpha, a, b + 1])
    assert expect_new(MBG_NBD, parameters, 39) == pytest.approx(b / (a + b) * expect_new(BG_NBD, survivors, 39))


def test_a_dropout_shape_of_one_is_no_exception():
    near = [expect_new(BG_NBD, np.array([0.3, 5, a, 2.0]), 30) for a in (1 - 1e-9, 1, 1 + 1e-9)]
    assert near[0] == pytest.approx(near[1]) == pytest.approx(near[2])
    lives = [expect_new(PARETO_NBD, np.array([0.3, 5, s, 2.0]), 30) for s in (1 - 1e-9, 1, 1 + 1e-9)]
    assert lives[0] == pytest.approx(lives[1]) == pytest.approx(lives[2])


def test_the_discounted_purchases_without_end_equal_the_published_form():
    """DERT of the Pareto/NBD: Fader, Hardie and Lee 2005, JMR 42."""
    r, alpha, s, beta = parameters = PARAMETERS["Pareto/NBD"]
    rate, age = 0.0027, CUSTOMERS.age
    z = rate * (beta + age)
    given_active = (r + CUSTOMERS.repeats) / (alpha + age) * rate ** (s - 1) * (beta + age) ** s * hyperu(s, s, z)
    found = discount_purchases(PARETO_NBD, parameters, CUSTOMERS, ahead=np.inf, rate=rate)
    assert found == pytest.approx(share_active(PARETO_NBD, parameters, CUSTOMERS) * given_active, rel=1e-9)


def test_without_leaving_the_discounted_purchases_are_rate_over_discount():
    r, alpha = parameters = PARAMETERS["NBD"]
    found = discount_purchases(NBD, parameters, CUSTOMERS, ahead=np.inf, rate=0.01)
    assert found == pytest.approx((r + CUSTOMERS.repeats) / (alpha + CUSTOMERS.age) / 0.01, rel=1e-9)


@each_model
def test_few_nodes_give_all_digits_up_to_three_years(model):
    # Times of the parameters are weeks.
    for years in (0.25, 1, 3):
        few, many = (
            discount_purchases(model, PARAMETERS[model.name], CUSTOMERS, ahead=52 * years, rate=0.1 / 52, nodes=nodes)
            for nodes in (ROUGH, FINE)
        )
        assert few == pytest.approx(many, rel=1e-12)


def test_an_endless_horizon_needs_a_discount():
    with pytest.raises(ValueError, match="discount rate"):
        discount_purchases(NBD, PARAMETERS["NBD"], CUSTOMERS, ahead=np.inf, rate=0)


@each_model
def test_discounting_at_no_rate_changes_nothing(model):
    parameters = PARAMETERS[model.name]
    assert discount_purchases(model, parameters, CUSTOMERS, ahead=52, rate=0) == pytest.approx(
        expect_purchases(model, parameters, CUSTOMERS, 52), rel=1e-9
    )


@each_model
def test_chances_sum_to_one_and_give_mean_and_variance(model):
    parameters, counts = PARAMETERS[model.name], np.arange(600.0)
    chance = np.array([chance_of(model, parameters, CUSTOMERS, 30, count) for count in counts[:200]])
    mean = expect_purchases(model, parameters, CUSTOMERS, 30)
    assert chance.sum(axis=0) == pytest.approx(np.ones(5), rel=1e-8)
    assert counts[:200] @ chance == pytest.approx(mean, rel=1e-7)
    square = counts[:200] ** 2 @ chance
    assert vary_purchases(model, parameters, CUSTOMERS, 30) == pytest.approx(square - mean**2, rel=1e-6)
    new = chance_new(model, parameters, 52, counts)
    assert new.sum() == pytest.approx(1, rel=1e-9)
    assert new @ counts == pytest.approx(expect_new(model, parameters, 52), rel=1e-8)


def draw_leavers(rng, n, parameters, *, at_once):
    """Purchase times of customers who may leave after each purchase; an array a customer."""
    r, alpha, a, b = parameters
    rates, leave = rng.gamma(r, 1 / alpha, n), rng.beta(a, b, n)
    times = []
    for rate, chance in zip(rates, leave, strict=True):
        own, clock = [], 0.0
        while not (own or at_once) or rng.random() > chance:
            clock += rng.exponential(1 / rate)
            if clock > 80:
                break
            own.append(clock)
        times.append(np.array(own))
    return times


def draw_mortals(rng, n, parameters):
    r, alpha, s, beta = parameters
    rates, ends = rng.gamma(r, 1 / alpha, n), rng.exponential(1 / rng.gamma(s, 1 / beta, n))
    return [
        np.sort(rng.uniform(0, min(end, 80), rng.poisson(rate * min(end, 80))))
        for rate, end in zip(rates, ends, strict=True)
    ]


@pytest.mark.parametrize("name", ["BG/NBD", "MBG/NBD", "Pareto/NBD"])
def test_groups_of_simulated_customers_buy_as_foretold(name):
    rng, parameters = np.random.default_rng(3), np.array([0.9, 6.0, 0.9, 4.0])
    model = next(model for model in MODELS if model.name == name)
    if name == "Pareto/NBD":
        times = draw_mortals(rng, 4_000, parameters)
    else:
        times = draw_leavers(rng, 4_000, parameters, at_once=name == "MBG/NBD")
    before = [own[own <= 30] for own in times]
    x = np.array([len(own) for own in before])
    last = np.array([own[-1] if len(own) else 0.0 for own in before])
    later = np.array([((own > 30) & (own <= 80)).sum() for own in times])
    assert np.mean(x) == pytest.approx(expect_new(model, parameters, 30), abs=4 * x.std() / np.sqrt(4_000))
    for group in (x == 0, (x > 0) & (last < 15), (x > 0) & (last >= 15)):
        rows = compress(x[group], last[group], np.full(group.sum(), 30))
        mean = rows.counts @ expect_purchases(model, parameters, rows, 50)
        spread = np.sqrt(rows.counts @ vary_purchases(model, parameters, rows, 50))
        assert abs(later[group].sum() - mean) < 3.5 * spread
