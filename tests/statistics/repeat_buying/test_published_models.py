"""Every published figure of the repeat-buying literature that the models should give, to the digits printed."""

import numpy as np
import pytest

from diagnostics.statistics.repeat_buying.bgbb import fit_occasions
from diagnostics.statistics.repeat_buying.bgnbd import BG_NBD
from diagnostics.statistics.repeat_buying.gamma_gamma import fit_spend, gather_spending
from diagnostics.statistics.repeat_buying.histories import compress
from diagnostics.statistics.repeat_buying.mbgnbd import MBG_NBD
from diagnostics.statistics.repeat_buying.model import fit_model
from diagnostics.statistics.repeat_buying.nbd import NBD
from diagnostics.statistics.repeat_buying.pareto_nbd import PARETO_NBD
from diagnostics.statistics.repeat_buying.predict import expect_new, expect_purchases, share_active
from diagnostics.statistics.repeat_buying.sbg import fit_renewals

# Fader, Hardie and Lee 2005, Marketing Science 24, table 2 (BG/NBD, Pareto/NBD, NBD); MBG/NBD after Batislam et al.
# 2007 as lifetimes 0.11.3 and clvkit 0.2.1 agree on it.
PRINTED = [
    (BG_NBD, (0.243, 4.414, 0.793, 2.426), -9582.4, 1),
    (PARETO_NBD, (0.553, 10.578, 0.606, 11.669), -9595.0, 1),
    (NBD, (0.385, 12.072), -9763.7, 1),
    (MBG_NBD, (0.525, 6.183, 0.891, 1.614), -9582.1, 1),
]
# Tests of the CLVTools package.
BG_CLVTOOLS = (0.2425945, 4.4136019, 0.7929199, 2.4258881)
PARETO_ERRORS = (0.0476264, 0.8427222, 0.1872594, 6.2105448)


def rounded_weeks(cdnow):
    """As the published summary has it: weeks with two decimals."""
    x, last, age, customers = cdnow.columns("repeats", "last_days", "age_days", "customers")
    return compress(x, np.round(last / 7, 2), np.round(age / 7, 2), customers)


@pytest.mark.parametrize(("model", "parameters", "height", "digits"), PRINTED, ids=lambda own: getattr(own, "name", ""))
def test_parameters_and_likelihood_equal_the_published_table(cdnow, model, parameters, height, digits):
    fit = fit_model(model, cdnow.histories())
    assert tuple(np.round(fit.parameters, 3)) == parameters
    assert round(fit.log_likelihood, digits) == round(height, digits)
    assert fit.converged
    assert not fit.flags


def test_the_summary_with_rounded_weeks_gives_what_other_packages_found(cdnow):
    heights = {model.name: round(fit_model(model, rounded_weeks(cdnow)).log_likelihood, 2) for model, *_ in PRINTED}
    assert heights == {"BG/NBD": -9582.43, "Pareto/NBD": -9594.97, "NBD": -9763.66, "MBG/NBD": -9582.13}


def test_the_bg_nbd_equals_another_package_to_its_tolerance(cdnow):
    fit = fit_model(BG_NBD, cdnow.histories())
    assert fit.parameters == pytest.approx(BG_CLVTOOLS, rel=1e-4)
    assert fit.log_likelihood == pytest.approx(-9582.429, abs=0.02)


def test_standard_errors_equal_another_package(cdnow):
    assert fit_model(PARETO_NBD, rounded_weeks(cdnow)).errors == pytest.approx(PARETO_ERRORS, rel=2e-4)


def test_predictions_equal_the_published_ones(cdnow):
    histories = rounded_weeks(cdnow)
    one, heavy = compress([2], [30.43], [38.86]), compress([26], [30.86], [31])
    bg, pareto = (fit_model(model, histories).parameters for model in (BG_NBD, PARETO_NBD))
    assert round(expect_new(BG_NBD, bg, 52), 3) == 1.444
    assert round(expect_new(PARETO_NBD, pareto, 52), 4) == 1.4734
    assert round(float(expect_purchases(BG_NBD, bg, one, 39)[0]), 4) == 1.2259
    assert float(expect_purchases(BG_NBD, bg, heavy, 52)[0]) == pytest.approx(25.759, abs=6e-4)
    assert float(expect_purchases(PARETO_NBD, pareto, heavy, 52)[0]) == pytest.approx(25.4564, abs=2e-4)
    assert round(float(share_active(BG_NBD, bg, heavy)[0]), 5) == 0.96892
    assert round(float(share_active(PARETO_NBD, pareto, heavy)[0]), 5) == 0.99792


def test_the_holdout_of_39_weeks_equals_the_published_one(cdnow):
    histories = rounded_weeks(cdnow)
    later, customers = cdnow.columns("bought_later", "customers")
    assert customers @ later == 1882
    for model, total in ((BG_NBD, 1653.4), (PARETO_NBD, 1665.5)):
        parameters = fit_model(model, histories).parameters
        assert round(float(histories.counts @ expect_purchases(model, parameters, histories, 39)), 1) == total


def test_active_shares_of_heavy_buyers_equal_the_published_ones():
    """CLVTools' test of numerical stability; values by quadrature."""
    parameters = np.array([0.5143, 2.8845, 0.2856, 14.1087])
    rows = [
        (221, 103.42857, 103.57143, 0.99959605),
        (254, 97.14286, 97.28571, 0.99955823),
        (161, 94.71429, 98.0, 0.74948775),
        (204, 98.57143, 99.42857, 0.99425508),
    ]
    for x, last, age, printed in rows:
        found = share_active(PARETO_NBD, parameters, compress([x], [last], [age]))
        assert round(float(found[0]), 8) == printed


def test_spend_equals_the_published_fit(cdnow):
    """Fader and Hardie 2013, note 025; log-likelihood of CLVTools."""
    x, z, customers = cdnow.spend()
    fit = fit_spend(gather_spending(x, z, customers))
    assert fit.customers == 946
    assert round(float(customers @ z / 946), 2) == 35.08
    assert tuple(np.round(fit.parameters, 2)) == (6.25, 3.74, 15.44)
    assert round(fit.log_likelihood, 2) == -4055.92


# Donations: Fader, Hardie and Shang 2010, Marketing Science 29, table 1: frequency, recency, of 6 occasions, donors.
DONORS = [
    (0, 0, 3464), (1, 1, 1091), (1, 2, 277), (1, 3, 129), (1, 4, 78), (1, 5, 119), (1, 6, 129),
    (2, 2, 613), (2, 3, 255), (2, 4, 155), (2, 5, 173), (2, 6, 234), (3, 3, 322), (3, 4, 181),
    (3, 5, 225), (3, 6, 357), (4, 4, 240), (4, 5, 284), (4, 6, 512), (5, 5, 335), (5, 6, 728),
    (6, 6, 1203),
]  # fmt: skip


def test_donations_equal_the_published_fit():
    x, last, donors = zip(*DONORS, strict=True)
    fit = fit_occasions(compress(x, last, np.full(len(x), 6), donors))
    assert tuple(np.round(fit.parameters, 3)) == (1.204, 0.750, 0.657, 2.783)
    assert round(fit.log_likelihood, 1) == -33225.6


# Fader and Hardie 2007, Journal of Interactive Marketing 21(1): survivors of 1,000, fitted on seven renewals.
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]


@pytest.mark.parametrize(
    ("alive", "parameters", "height"), [(REGULAR, (0.704, 1.182), -1680.3), (HIGH_END, (0.668, 3.806), -1611.2)]
)
def test_renewals_equal_the_published_fit(alive, parameters, height):
    staying = np.zeros(7)
    staying[-1] = alive[-1]
    fit = fit_renewals(-np.diff(alive), staying)
    assert tuple(np.round(fit.parameters, 3)) == parameters
    assert round(fit.log_likelihood, 1) == height
