"""What is still to come of returns, and how far it may be missed."""

import numpy as np
import pytest

from diagnostics.statistics.outstanding_returns import Waits, expect_back, miss_returns, widen_share
from diagnostics.statistics.repeat_buying.forecast import Misfit
from diagnostics.statistics.repeat_buying.misses import measure_misses
from diagnostics.statistics.survival import fit_survival

WINDOWS = tuple((90.0 * turn, 90.0) for turn in range(1, 5))
QUIET = Misfit(size=0.0, cuts=4.0)


def draw_waits(seed, *, n=8000, slow_after=None):
    """First buyers over two years; six in ten come back after 120 days on average, later ones half as fast."""
    rng = np.random.default_rng(seed)
    age = rng.integers(1, 730, n).astype(float)
    wait = np.where(rng.random(n) < 0.6, np.ceil(rng.exponential(120, n)), np.inf)
    if slow_after is not None:
        # From that day on every open wait takes twice as long.
        left = wait - (age - slow_after)
        wait = np.where((age > slow_after) & (left > 0), age - slow_after + 2 * left, wait)
    came = wait <= age
    return Waits(
        age=age, days=np.where(came, wait, age), events=came.astype(float), censored=(~came).astype(float)
    ), wait


def fit(waits):
    return fit_survival(waits.days, waits.events, waits.censored, least_at_risk=30)


def test_the_share_foretold_is_what_came_and_what_is_still_expected():
    waits, _ = draw_waits(1)
    curve = fit(waits)
    known = float(waits.events[waits.days <= 180].sum()) / len(waits.age)
    expected = expect_back(curve, waits.days, waits.censored, 180)
    assert known + expected == pytest.approx(curve.share_by(180).value, abs=1e-9)


def test_a_steady_shop_is_hardly_missed():
    misses = miss_returns(draw_waits(2)[0], WINDOWS, least_at_risk=30)
    assert len(misses) == 4
    assert max(abs(miss.error) for miss in misses) < 0.25
    assert measure_misses(misses).size < 0.1


def test_what_came_in_an_earlier_window_is_counted_as_by_hand():
    waits, wait = draw_waits(3)
    (miss,) = miss_returns(waits, [(200.0, 90.0)], least_at_risk=1)
    waiting = (waits.age >= 200) & (wait > waits.age - 200)
    # No curve reaches beyond the longest time watched.
    until = np.minimum(waits.age - 200 + 90, waits.age.max() - 200)
    assert miss.came == (waiting & (wait <= until)).sum()


def test_returns_that_slow_down_widen_the_band():
    steady, slow = (
        measure_misses(miss_returns(draw_waits(4, slow_after=after)[0], WINDOWS, least_at_risk=30))
        for after in (None, 180)
    )
    assert slow.size > 2 * steady.size
    curve = fit(draw_waits(4)[0])
    narrow, wide = (widen_share(curve, 180, 0.1, misfit, confidence=0.8) for misfit in (steady, slow))
    assert wide[0] < narrow[0] < curve.share_by(180).value < narrow[1] < wide[1]


def test_without_outstanding_returns_the_band_is_that_of_the_curve():
    curve = fit(draw_waits(5)[0])
    share = curve.share_by(180)
    assert widen_share(curve, 180, 0.0, Misfit(size=1.0, cuts=4.0), confidence=0.95) == pytest.approx(
        (share.low, share.high)
    )
    assert widen_share(curve, 180, 0.1, QUIET, confidence=0.95) == pytest.approx((share.low, share.high))


def test_no_more_can_fail_to_come_than_is_expected():
    curve = fit(draw_waits(6)[0])
    share = curve.share_by(180)
    low, high = widen_share(curve, 180, 0.1, Misfit(size=3.0, cuts=1.0), confidence=0.8)
    assert share.value - 0.11 < low
    assert high == 1.0
    with pytest.raises(ValueError, match="beyond"):
        widen_share(curve, 9_999, 0.1, QUIET, confidence=0.8)


def test_too_few_say_nothing():
    waits, _ = draw_waits(7, n=20)
    assert miss_returns(waits, WINDOWS, least_at_risk=30) == ()
