import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from diagnostics.statistics.survival import divide_shares, fit_survival, subtract_shares

# Freireich et al. 1963, weeks in remission under 6-MP, as printed in Kleinbaum and Klein.
TIMES = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
EVENTS = [1] * 9 + [0] * 12
PRINTED = {
    6: (0.8571, 0.0764),
    7: (0.8067, 0.0869),
    10: (0.7529, 0.0963),
    13: (0.6902, 0.1068),
    16: (0.6275, 0.1141),
    22: (0.5378, 0.1282),
    23: (0.4482, 0.1346),
}

cases = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=2, max_size=60)


def fit(times, events, **options):
    events = np.asarray(events)
    return fit_survival(times, events, 1 - events, **options)


def test_the_curve_equals_the_published_table():
    curve = fit(TIMES, EVENTS)
    for day, (level, error) in PRINTED.items():
        share = curve.share_by(day)
        assert round(1 - share.value, 4) == level
        assert round(share.error, 4) == error


def test_the_numbers_at_risk_equal_the_published_ones():
    curve = fit(TIMES, EVENTS)
    at_risk = {day: curve.share_by(day).at_risk for day in PRINTED}
    assert at_risk == {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}


def test_the_median_comes_with_an_interval_that_may_be_open():
    median = fit(TIMES, EVENTS).day_of(0.5)
    assert (median.day, median.low, median.high) == (23, 13, None)
    assert fit(TIMES, EVENTS).day_of(0.9).day is None


@given(cases)
def test_the_curve_equals_statsmodels(rows):
    times, events = zip(*[(day, int(event)) for day, event in rows], strict=True)
    theirs = SurvfuncRight(np.array(times, dtype=float), np.array(events))
    ours = fit(times, events)
    happened = ours.events > 0
    np.testing.assert_allclose(ours.days[happened], theirs.surv_times)
    np.testing.assert_allclose(ours.survival[happened], theirs.surv_prob, atol=1e-12)
    np.testing.assert_allclose(ours.at_risk[happened], theirs.n_risk)
    alive = theirs.surv_prob > 1e-12
    np.testing.assert_allclose(ours.error[happened][alive], theirs.surv_prob_se[alive], rtol=1e-9)


def test_the_interval_of_the_median_equals_statsmodels():
    rng = np.random.default_rng(3)
    times, events = rng.integers(1, 200, 400), (rng.random(400) < 0.7).astype(int)
    theirs = SurvfuncRight(times.astype(float), events)
    median = fit(times, events).day_of(0.5)
    with np.errstate(divide="ignore", invalid="ignore"):
        interval = theirs.quantile_ci(0.5, method="cloglog")
    assert median.day == theirs.quantile(0.5)
    assert (median.low, median.high) == interval


def test_the_band_is_symmetric_on_the_log_log_scale():
    """Day 10 of the published table: exp(-exp(log(-log S) +- 1.96 se / (S |log S|)))."""
    share = fit(TIMES, EVENTS).share_by(10)
    level, error = 0.752941, 0.096347
    half = 1.959964 * error / (level * abs(np.log(level)))
    low, high = (np.exp(-np.exp(np.log(-np.log(level)) + sign * half)) for sign in (1, -1))
    assert (1 - share.high, 1 - share.low) == pytest.approx((low, high), rel=1e-4)


def test_aggregated_counts_give_the_curve_of_single_rows():
    single = fit(TIMES, EVENTS)
    days = sorted(set(TIMES))
    ended = [sum(e for t, e in zip(TIMES, EVENTS, strict=True) if t == day) for day in days]
    lost = [sum(1 - e for t, e in zip(TIMES, EVENTS, strict=True) if t == day) for day in days]
    together = fit_survival(days, ended, lost)
    np.testing.assert_array_equal(single.survival, together.survival)
    np.testing.assert_array_equal(single.low, together.low)


def test_the_curve_ends_where_too_few_are_at_risk():
    curve = fit(TIMES, EVENTS, least_at_risk=10)
    assert curve.followed_to == 17
    assert curve.share_by(18) is None
    assert fit(TIMES, EVENTS, least_at_risk=22) is None


def test_nobody_observed_gives_no_curve():
    assert fit_survival([], [], []) is None


def test_nothing_has_happened_before_the_first_event():
    share = fit(TIMES, EVENTS).share_by(3)
    assert (share.value, share.error, share.at_risk) == (0, 0, 21)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        fit_survival([1], [-1], [0])


def test_without_censoring_the_difference_equals_the_textbook_one():
    one = fit_survival([1, 9], [60, 40], [0, 0]).share_by(1)
    other = fit_survival([1, 9], [30, 70], [0, 0]).share_by(1)
    low, high = subtract_shares(one, other)
    half = 1.959964 * np.sqrt(0.6 * 0.4 / 100 + 0.3 * 0.7 / 100)
    assert low == pytest.approx(0.3 - half)
    assert high == pytest.approx(0.3 + half)


def test_more_pairs_make_the_interval_wider():
    one = fit_survival([1, 9], [60, 40], [0, 0]).share_by(1)
    other = fit_survival([1, 9], [30, 70], [0, 0]).share_by(1)
    assert subtract_shares(one, other, pairs=6)[0] < subtract_shares(one, other)[0]


def test_without_censoring_the_ratio_equals_the_textbook_one():
    one = fit_survival([1, 9], [60, 40], [0, 0]).share_by(1)
    other = fit_survival([1, 9], [30, 70], [0, 0]).share_by(1)
    low, ratio, high = divide_shares(one, other)
    width = np.exp(1.959964 * np.sqrt((1 - 0.6) / 60 + (1 - 0.3) / 30))
    assert (low, ratio, high) == pytest.approx((2 / width, 2, 2 * width))
    assert divide_shares(one, other, pairs=6)[2] > high
