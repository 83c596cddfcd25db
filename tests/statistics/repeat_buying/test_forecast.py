import numpy as np
import pytest

from diagnostics.statistics.repeat_buying.bgnbd import BG_NBD
from diagnostics.statistics.repeat_buying.forecast import Misfit, combine, draw_parameters, forecast_purchases
from diagnostics.statistics.repeat_buying.histories import compress, pick_rows
from diagnostics.statistics.repeat_buying.model import fit_model
from diagnostics.statistics.repeat_buying.nbd import NBD
from diagnostics.statistics.repeat_buying.predict import expect_purchases, vary_purchases


def test_both_kinds_of_doubt_are_stated(cdnow):
    histories = cdnow.histories()
    fit = fit_model(BG_NBD, histories)
    found = forecast_purchases(BG_NBD, fit, histories, 39)
    assert round(found.mean, 1) == 1653.4
    assert found.process_error**2 == pytest.approx(
        histories.counts @ vary_purchases(BG_NBD, fit.parameters, histories, 39), rel=1e-9
    )
    assert found.low < found.mean < found.high
    # 1.2816 standard errors on either side for 80 %.
    assert (found.high - found.low) / 2 == pytest.approx(1.2816 * found.error, rel=0.05)


def test_the_parameter_error_equals_the_delta_method(cdnow):
    histories = cdnow.histories()
    fit = fit_model(BG_NBD, histories)

    def total(point):
        return histories.counts @ expect_purchases(BG_NBD, np.exp(point), histories, 39)

    point = np.log(fit.parameters)
    slope = np.array([(total(point + step) - total(point - step)) / 2e-4 for step in np.eye(4) * 1e-4])
    delta = np.sqrt(slope @ fit.log_covariance @ slope)
    assert forecast_purchases(BG_NBD, fit, histories, 39).parameter_error == pytest.approx(delta, rel=0.1)


def test_nine_in_ten_totals_of_true_customers_lie_in_the_interval():
    """NBD customers of known parameters: fitted on one year, foretold for the next, 30 times."""
    rng, inside = np.random.default_rng(8), 0
    for _ in range(30):
        rates = rng.gamma(0.7, 0.08, 300)
        x, later = rng.poisson(rates * 52), rng.poisson(rates * 52)
        histories = compress(x, np.where(x > 0, 52, 0), np.full(300, 52))
        fit = fit_model(NBD, histories)
        found = forecast_purchases(NBD, fit, histories, 52, confidence=0.9)
        inside += found.low <= later.sum() <= found.high
    assert 23 <= inside <= 30


def test_a_group_of_one_cannot_buy_less_than_nothing(cdnow):
    histories = cdnow.histories()
    fit = fit_model(NBD, histories)
    one = pick_rows(histories, np.array([0]), np.array([1.0]))
    found = forecast_purchases(NBD, fit, one, 39)
    assert 0 <= found.low < found.mean < found.high


def test_past_misses_widen_the_interval():
    ratios = np.exp(np.random.default_rng(1).normal(0, 0.02, 64))
    well, badly = (
        combine(1000, ratios, 900.0, confidence=0.8, misfit=Misfit(size=size, cuts=3)) for size in (0.0, 0.1)
    )
    assert badly.high - badly.low > 3 * (well.high - well.low)
    assert badly.model_error == 100


def test_nobody_buys_nothing():
    found = combine(0.0, np.ones(4), 0.0, confidence=0.8)
    assert (found.low, found.mean, found.high) == (0, 0, 0)


def test_the_draws_are_those_of_the_fit(cdnow):
    fit = fit_model(BG_NBD, cdnow.histories())
    logs = np.log(draw_parameters(fit, draws=1024))
    assert logs.mean(axis=0) == pytest.approx(np.log(fit.parameters), abs=0.01)
    assert np.cov(logs.T) == pytest.approx(fit.log_covariance, rel=0.15, abs=2e-3)
    assert (draw_parameters(fit) == draw_parameters(fit)).all()
