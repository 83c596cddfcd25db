"""Fits: the unit of time does not matter, known parameters come back, and what can't be known is said."""

import numpy as np
import pytest

from diagnostics.statistics.repeat_buying.bgnbd import BG_NBD
from diagnostics.statistics.repeat_buying.bootstrap import bootstrap
from diagnostics.statistics.repeat_buying.forecast import forecast_purchases
from diagnostics.statistics.repeat_buying.histories import compress
from diagnostics.statistics.repeat_buying.mbgnbd import MBG_NBD
from diagnostics.statistics.repeat_buying.model import fit_model
from diagnostics.statistics.repeat_buying.models import MODELS
from diagnostics.statistics.repeat_buying.nbd import NBD
from diagnostics.statistics.repeat_buying.pareto_nbd import PARETO_NBD
from diagnostics.statistics.repeat_buying.predict import expect_purchases, share_active

each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)


@each_model
def test_days_and_weeks_give_the_same_result(cdnow, model):
    weeks, days = cdnow.histories(7), cdnow.histories(1)
    in_weeks, in_days = fit_model(model, weeks), fit_model(model, days)
    units = np.where(model.timed, 7.0, 1.0)
    assert in_days.parameters == pytest.approx(in_weeks.parameters * units, rel=1e-6)
    assert in_days.errors == pytest.approx(in_weeks.errors * units, rel=1e-6)
    assert in_days.log_covariance == pytest.approx(in_weeks.log_covariance, rel=1e-6)
    shift = weeks.bought_again * np.log(7)
    assert in_days.log_likelihood == pytest.approx(in_weeks.log_likelihood - shift, abs=1e-6)
    assert expect_purchases(model, in_days.parameters, days, 90) == pytest.approx(
        expect_purchases(model, in_weeks.parameters, weeks, 90 / 7), rel=1e-6
    )


def draw_buyers(rng, n, *, rates, lives, age=52.0):
    """Histories of customers with these rates who stay this long."""
    seen = np.minimum(lives, age)
    counts = rng.poisson(rates * seen)
    # The last of n uniform times.
    last = np.where(counts > 0, seen * rng.random(n) ** (1 / np.maximum(counts, 1)), 0.0)
    return compress(counts, last, np.full(n, age))


def test_buyers_who_all_buy_at_one_rate_leave_only_a_ratio():
    rng = np.random.default_rng(1)
    histories = draw_buyers(rng, 800, rates=np.full(800, 0.1), lives=np.full(800, 1e9))
    fit = fit_model(NBD, histories)
    assert [(flag.kind, flag.parameters) for flag in fit.flags] == [("ridge", ("r", "alpha"))]
    assert "r, alpha" in fit.flags[0].text.en
    rate = fit.parameters[0] / fit.parameters[1]
    assert rate == pytest.approx(histories.bought_again / (800 * 52), rel=1e-3)
    assert np.isfinite(fit.log_covariance).all()


@pytest.mark.parametrize("model", [BG_NBD, MBG_NBD, PARETO_NBD], ids=lambda model: model.name)
def test_buyers_who_never_leave_put_leaving_on_the_boundary(model):
    rng = np.random.default_rng(2)
    histories = draw_buyers(rng, 600, rates=rng.gamma(1.5, 0.1, 600), lives=np.full(600, 1e9))
    fit = fit_model(model, histories)
    assert "boundary" in fit.kinds() or "ridge" in fit.kinds()
    assert set(fit.flags[0].parameters) & set(model.names[2:])
    mean = histories.counts @ expect_purchases(model, fit.parameters, histories, 10)
    plain = histories.counts @ expect_purchases(NBD, fit_model(NBD, histories).parameters, histories, 10)
    assert mean == pytest.approx(plain, rel=0.01)
    forecast = forecast_purchases(model, fit, histories, 10)
    assert 0 < forecast.low < forecast.mean < forecast.high < 2 * forecast.mean


def test_lives_more_alike_than_chance_allows_leave_only_a_ratio():
    rng = np.random.default_rng(3)
    histories = draw_buyers(rng, 700, rates=rng.gamma(2, 0.2, 700), lives=rng.gamma(3, 20 / 3, 700))
    fit = fit_model(PARETO_NBD, histories)
    assert [(flag.kind, flag.parameters) for flag in fit.flags] == [("ridge", ("s", "beta"))]
    assert fit.parameters[3] / fit.parameters[2] == pytest.approx(20, rel=0.2)


@each_model
def test_two_heavy_buyers_among_many_do_no_harm(model):
    rng = np.random.default_rng(4)
    crowd = draw_buyers(rng, 500, rates=rng.gamma(0.6, 0.1, 500), lives=rng.exponential(60, 500))
    histories = compress(
        [*crowd.repeats, 26, 300, 4000],
        [*crowd.last, 30.86, 52, 51.9],
        [*crowd.age, 31, 52, 52],
        [*crowd.counts, 1, 1, 1],
    )
    fit = fit_model(model, histories)
    assert fit.converged
    assert np.isfinite(fit.parameters).all()
    assert np.isfinite(share_active(model, fit.parameters, histories)).all()
    assert np.isfinite(expect_purchases(model, fit.parameters, histories, 52)).all()


@each_model
def test_without_any_repeat_purchase_there_is_no_fit(model):
    assert fit_model(model, compress([0, 0], [0, 0], [10, 20])) is None
    assert fit_model(model, compress([0, 0], [0, 0], [0, 0])) is None


def test_known_parameters_come_back_within_their_errors():
    rng = np.random.default_rng(5)
    n, truth = 2_000, np.array([0.8, 6.0, 1.5, 30.0])
    rates, lives = rng.gamma(0.8, 1 / 6, n), rng.exponential(1 / rng.gamma(1.5, 1 / 30, n))
    fit = fit_model(PARETO_NBD, draw_buyers(rng, n, rates=rates, lives=lives))
    assert (np.abs(np.log(fit.parameters / truth)) < 3 * fit.log_errors).all()


def test_a_bootstrap_agrees_with_the_standard_errors_of_a_true_model():
    rng = np.random.default_rng(6)
    histories = draw_buyers(rng, 400, rates=rng.gamma(0.8, 0.1, 400), lives=np.full(400, 1e9))
    fit = fit_model(NBD, histories)
    drawn = np.log(bootstrap(NBD, fit, histories, draws=40, seed=1))
    assert drawn.shape == (40, 2)
    assert drawn.std(axis=0) == pytest.approx(fit.log_errors, rel=0.35)
