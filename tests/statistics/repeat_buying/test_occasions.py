"""BG/BB and sBG against enumeration of everything that can happen."""

from itertools import product

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import beta as beta_law

from diagnostics.statistics.repeat_buying import bgbb, sbg
from diagnostics.statistics.repeat_buying.histories import compress

PARAMETERS = np.array([1.204, 0.75, 0.657, 2.783])


def history_of(bought):
    used = [place + 1 for place, own in enumerate(bought) if own]
    return len(used), used[-1] if used else 0, len(bought)


def test_all_histories_have_chance_one():
    rows = [history_of(bought) for bought in product((0, 1), repeat=5)]
    columns = [np.array(column, dtype=float) for column in zip(*rows, strict=True)]
    histories = bgbb.Histories(repeats=columns[0], last=columns[1], age=columns[2], counts=np.ones(32))
    chances = np.exp(bgbb.log_likelihoods(PARAMETERS, histories)[0])
    assert chances.sum() == pytest.approx(1, rel=1e-12)
    assert chances @ columns[0] == pytest.approx(bgbb.expect_new(PARAMETERS, 5), rel=1e-12)


def test_gradients_equal_differences():
    histories = compress([0, 1, 3, 6], [0, 2, 5, 6], [6, 6, 6, 6])
    slopes = bgbb.log_likelihoods(PARAMETERS, histories)[1]
    for place in range(4):
        step = np.zeros(4)
        step[place] = 1e-6
        up, down = (bgbb.log_likelihoods(PARAMETERS + sign * step, histories)[0] for sign in (1, -1))
        assert slopes[place] == pytest.approx((up - down) / 2e-6, rel=1e-6)


def test_the_future_is_the_chance_of_the_longer_past():
    """P(buys at occasion 4 | 1 0 1) by enumeration."""
    past = compress([2], [3], [3])
    longer = compress([3], [4], [4])
    chance = np.exp(bgbb.log_likelihoods(PARAMETERS, longer)[0] - bgbb.log_likelihoods(PARAMETERS, past)[0])
    assert bgbb.expect_purchases(PARAMETERS, past, 1)[0] == pytest.approx(chance[0], rel=1e-12)
    assert bgbb.expect_purchases(PARAMETERS, past, 1, rate=0.1)[0] == pytest.approx(chance[0] / 1.1, rel=1e-12)


def test_the_active_share_equals_integration():
    alpha, b, gamma, delta = PARAMETERS
    past = compress([1], [1], [3])

    bought = quad(lambda p: p * (1 - p) ** 2 * beta_law.pdf(p, alpha, b), 0, 1)[0]
    for ahead in (0, 1):
        alive = quad(lambda p, n=3 + ahead: (1 - p) ** n * beta_law.pdf(p, gamma, delta), 0, 1)[0]
        found = bought * alive / np.exp(bgbb.log_likelihoods(PARAMETERS, past)[0][0])
        assert bgbb.share_active(PARAMETERS, past, ahead=ahead)[0] == pytest.approx(found, rel=1e-5)


def test_parts_of_occasions_are_refused():
    with pytest.raises(ValueError, match="whole"):
        bgbb.fit_occasions(compress([1], [1.5], [3]))
    assert bgbb.fit_occasions(compress([0], [0], [3])) is None


def test_renewals_survive_as_integration_says():
    a, b = parameters = np.array([0.7, 1.2])
    for periods in (1, 5, 12):
        whole = quad(lambda p, n=periods: (1 - p) ** n * beta_law.pdf(p, a, b), 0, 1)[0]
        assert sbg.share_staying(parameters, [periods])[0] == pytest.approx(whole, rel=1e-7)


def test_renewal_rates_are_ratios_of_survivors():
    parameters = np.array([0.7, 1.2])
    stay = sbg.share_staying(parameters, np.arange(10))
    assert sbg.renewal_rate(parameters, np.arange(1, 10)) == pytest.approx(stay[1:] / stay[:-1])


def test_discounted_renewals_are_their_sum():
    parameters = np.array([0.7, 1.2])
    stay = sbg.share_staying(parameters, np.arange(2, 4_000)) / sbg.share_staying(parameters, [2])
    plain = (stay[1:] / 1.1 ** np.arange(len(stay) - 1)).sum()
    assert sbg.discount_renewals(parameters, [3], 0.1)[0] == pytest.approx(plain, rel=1e-9)


def test_contracts_that_all_end_alike_leave_only_a_ratio():
    alive = 1000 * 0.8 ** np.arange(8)
    staying = np.zeros(7)
    staying[-1] = alive[-1]
    fit = sbg.fit_renewals(-np.diff(alive), staying)
    assert [flag.kind for flag in fit.flags] == ["ridge"]
    assert fit.parameters[0] / fit.parameters.sum() == pytest.approx(0.2, rel=1e-3)


def test_cohorts_of_different_age_are_fitted_together():
    truth, n = np.array([0.7, 1.4]), 1e6
    stay = sbg.share_staying(truth, np.arange(8))
    lost, staying = np.zeros(7), np.zeros(7)
    for age in (3, 5, 7):
        lost[:age] += -n * np.diff(stay[: age + 1])
        staying[age - 1] += n * stay[age]
    assert sbg.fit_renewals(lost, staying).parameters == pytest.approx(truth, rel=1e-5)
    assert sbg.fit_renewals(np.zeros(3), np.array([0, 0, 9])) is None
