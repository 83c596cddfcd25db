"""Gamma-Gamma, its independence, and customer value."""

import numpy as np
import pytest
from scipy.stats import pearsonr, spearmanr

from diagnostics.statistics.repeat_buying.customer_value import Terms, gather_purses, value_customers
from diagnostics.statistics.repeat_buying.gamma_gamma import (
    expect_spend,
    fit_spend,
    gather_spending,
    mean_spend,
    thin_spend,
)
from diagnostics.statistics.repeat_buying.independence import check_independence
from diagnostics.statistics.repeat_buying.model import fit_model
from diagnostics.statistics.repeat_buying.nbd import NBD
from diagnostics.statistics.repeat_buying.pareto_nbd import PARETO_NBD
from diagnostics.statistics.repeat_buying.predict import discount_purchases


@pytest.fixture(scope="module")
def spend_fit(cdnow):
    return fit_spend(gather_spending(*cdnow.spend()))


@pytest.fixture(scope="module")
def purses(cdnow):
    x, last, age, cents, customers = cdnow.columns(
        "repeats", "last_days", "age_days", "repeat_spend_cents", "customers"
    )
    return gather_purses(x, last, age, cents / 100 / np.maximum(x, 1), customers)


def test_the_currency_does_not_matter(cdnow, spend_fit):
    x, z, customers = cdnow.spend()
    cents = fit_spend(gather_spending(x, z * 100, customers))
    assert cents.parameters == pytest.approx(spend_fit.parameters * np.array([1, 1, 100]), rel=1e-6)
    assert cents.log_likelihood == pytest.approx(spend_fit.log_likelihood - 946 * np.log(100), abs=1e-6)


def test_unknown_spend_is_the_mean_and_known_spend_pulls(spend_fit):
    found = expect_spend(spend_fit.parameters, np.array([0.0, 1, 20]), np.array([0.0, 100, 100]))
    assert found[0] == pytest.approx(mean_spend(spend_fit.parameters))
    assert found[0] < found[1] < found[2] < 100


def test_purchases_that_are_paid_back_leave_mean_and_variance_as_simulated():
    """Of what is foretold by three purchases, some of which brought nothing, a fourth one is the line with slope 1."""
    rng = np.random.default_rng(8)
    p, q, gamma, share = kept = np.array([5.0, 6.0, 60.0, 0.7])
    scales = rng.gamma(q, 1 / gamma, 400_000)
    spends = rng.gamma(p, 1, (4, len(scales))) / scales * (rng.random((4, len(scales))) < share)
    thinned = thin_spend(kept[:3], share)
    means = expect_spend(thinned, np.full(len(scales), 3.0), spends[:3].mean(axis=0))
    assert means.mean() == pytest.approx(spends[3].mean(), rel=0.01)
    assert np.polyfit(means, spends[3], 1)[0] == pytest.approx(1, abs=0.02)
    # Of one customer: variance over squared mean.
    own = rng.gamma(p, 1, 400_000) * (rng.random(400_000) < share)
    assert 1 / thinned[0] == pytest.approx(own.var() / own.mean() ** 2, rel=0.01)
    assert thin_spend(kept[:3], 1.0) == pytest.approx(kept[:3])


def test_spend_of_nothing_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        gather_spending([1, 2], [0.0, 5.0])
    assert fit_spend(gather_spending([], [])) is None


def test_equal_spend_leaves_only_a_ratio():
    fit = fit_spend(gather_spending([2] * 200, 50 * np.random.default_rng(1).gamma(400, 1 / 400, 200)))
    assert "ridge" in fit.kinds() or "boundary" in fit.kinds()
    assert mean_spend(fit.parameters) == pytest.approx(50, rel=0.02)


def test_correlations_equal_scipy(cdnow):
    x, z, customers = cdnow.spend()
    whole = check_independence(gather_spending(x, z, customers))
    each = [np.repeat(column, customers.astype(int)) for column in (x, z)]
    assert whole.n == 946
    assert whole.correlation == pytest.approx(spearmanr(*each).statistic, rel=1e-9)
    assert whole.pearson == pytest.approx(pearsonr(*each).statistic, rel=1e-9)
    assert whole.effect == pytest.approx(np.mean(each[1]) / (np.sum(each[0] * each[1]) / np.sum(each[0])) - 1)


def test_independent_spend_passes_and_dependent_spend_fails():
    rng = np.random.default_rng(2)
    x = rng.integers(1, 12, 5_000)
    z = rng.gamma(4, 10, 5_000)
    assert check_independence(gather_spending(x, z)).verdict is True
    found = check_independence(gather_spending(x, z * x))
    assert found.verdict is False
    assert found.effect < -0.2
    assert "would miss total money" in found.text.en


def test_too_few_customers_say_nothing():
    assert check_independence(gather_spending([1, 2], [3.0, 4.0])) is None
    assert check_independence(gather_spending([1] * 50, np.arange(1, 51))) is None


def test_value_is_discounted_purchases_times_spend_times_margin(purses, spend_fit):
    fit = fit_model(PARETO_NBD, purses.histories)
    terms = Terms(days=365, annual_rate=0.15, margin=0.4)
    found = value_customers(PARETO_NBD, fit, spend_fit, purses, terms)
    bought = discount_purchases(PARETO_NBD, fit.parameters, purses.histories, ahead=365, rate=np.log(1.15) / 365.25)
    spend = expect_spend(spend_fit.parameters, purses.histories.repeats, purses.spend)
    assert found.by_row == pytest.approx(0.4 * bought * spend)
    assert found.total.mean == pytest.approx(purses.histories.counts @ found.by_row)
    assert found.total.low < found.total.mean < found.total.high
    assert "40.0%" in found.basis.en
    assert "15.0%" in found.basis.zh
    sales = value_customers(PARETO_NBD, fit, spend_fit, purses, Terms(days=365, annual_rate=0.15))
    assert sales.total.mean == pytest.approx(found.total.mean / 0.4)
    assert "margin not known" in sales.basis.en


def test_no_margin_at_all_is_worth_nothing(purses, spend_fit):
    fit = fit_model(NBD, purses.histories)
    found = value_customers(NBD, fit, spend_fit, purses, Terms(days=100, annual_rate=0.0, margin=0.0))
    assert found.total.high == 0


def test_the_spread_of_a_total_equals_that_of_simulated_customers():
    """NBD purchases times Gamma-Gamma spend of one customer seen before, the parameters taken as known."""
    rng = np.random.default_rng(4)
    r, alpha, p, q, gamma = 0.8, 40.0, 5.0, 6.0, 60.0
    purses = gather_purses([3], [80], [100], [12.0])
    rates = rng.gamma(r + 3, 1 / (alpha + 100), 200_000)
    scales = rng.gamma(p * 3 + q, 1 / (gamma + 36), 200_000)
    counts = rng.poisson(rates * 200)
    totals = np.where(counts > 0, rng.gamma(p * np.maximum(counts, 1), 1 / scales), 0.0)
    fit = fit_model(NBD, purses.histories)
    known = type(fit)(**{**vars(fit), "parameters": np.array([r, alpha]), "log_covariance": np.zeros((2, 2))})
    spend = fit_spend(gather_spending([2] * 40, np.arange(10.0, 50)))
    sure = type(spend)(**{**vars(spend), "parameters": np.array([p, q, gamma]), "log_covariance": np.zeros((3, 3))})
    found = value_customers(NBD, known, sure, purses, Terms(days=200, annual_rate=0.0)).total
    assert found.mean == pytest.approx(totals.mean(), rel=0.01)
    assert found.process_error == pytest.approx(totals.std(), rel=0.01)
    assert found.parameter_error == pytest.approx(0, abs=1e-9)


def test_spend_without_a_finite_mean_gives_no_value(purses, spend_fit):
    wild = type(spend_fit)(**{**vars(spend_fit), "parameters": np.array([2.0, 0.9, 10.0])})
    fit = fit_model(NBD, purses.histories)
    assert value_customers(NBD, fit, wild, purses, Terms(days=100, annual_rate=0.1)) is None
