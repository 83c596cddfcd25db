import numpy as np
import pandas as pd
import pytest

from diagnostics.statistics.crossing import compare_crossers, compare_pairs
from diagnostics.statistics.goal_pace import needed_pace, project_amount, project_ratio
from diagnostics.statistics.member_growth import compare_growth


def test_an_amount_goes_on_by_its_factor():
    sums = np.array([[100.0, 110.0]] * 50)
    pace = project_amount(sums, 2.0, has_before=True, yearly=1.0, n=10)
    assert pace.then == pytest.approx(5500 * 1.1**2)
    assert pace.low == pytest.approx(pace.then)
    assert needed_pace(5500.0, pace.then, 2.0) == pytest.approx(0.1)


def test_without_a_year_before_the_level_of_today_is_kept():
    sums = np.array([[0.0, 110.0]] * 50)
    assert project_amount(sums, 1.0, has_before=False, yearly=2.0, n=1).then == pytest.approx(11000)
    ratio = project_ratio(sums, sums * 2, 1.0, has_before=False, is_share=True, n=1)
    assert (ratio.before, ratio.then) == (None, pytest.approx(0.5))


def test_a_share_never_leaves_its_bounds():
    upper, lower = np.array([[10.0, 90.0]] * 50), np.array([[100.0, 100.0]] * 50)
    assert project_ratio(upper, lower, 3.0, has_before=True, is_share=True, n=1).then == 1.0


@pytest.mark.parametrize("years", [0.5, 1.0])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(years):
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(200):
        sums = rng.poisson(400, (50, 2)).astype(float)
        pace = project_amount(sums, years, has_before=True, yearly=1.0, n=1)
        hits += pace.low <= 20_000 <= pace.high
    assert 0.9 <= hits / 200 <= 0.995


def test_growth_is_compared_by_kind():
    rows = [
        {"channel": "a", "is_current": side, "bucket": bucket, "turn": 0, "member": member, "other": 100.0, "orders": 9}
        for bucket in range(50)
        for side, member in ((False, 100.0), (True, 80.0))
    ]
    frame = pd.DataFrame(rows).assign(gmv=lambda of: of.member + of.other)
    (one,) = compare_growth(frame, frame.groupby(["channel", "is_current", "turn"], as_index=False).sum())
    assert (one.member_growth, one.whole_growth, one.other_growth) == pytest.approx((-0.2, -0.1, 0.0))
    assert (one.lag, one.lag_low) == pytest.approx((0.1, 0.1))


def test_a_pair_at_chance_has_a_lift_of_one():
    parts = pd.DataFrame({"part": ["a", "b", "c", None], "buyers": [400, 500, 500, 1000]})
    pairs = pd.DataFrame(
        {
            "first": ["a", "a", "b"],
            "second": ["b", "c", "c"],
            "both": [200, 20, 250],
            "gmv_first": 1.0,
            "gmv_second": 2.0,
        }
    )
    found = compare_pairs(parts, pairs, least_expected=30)
    assert (found[0].small, found[0].large) == ("a", "c")
    assert found[0].lift == pytest.approx(0.1)
    assert found[0].usual == pytest.approx(1.0)
    assert found[0].missing[1] == pytest.approx(180)
    assert found[1].lift == pytest.approx(1.0)


def test_kinds_are_compared_at_equal_numbers_of_orders():
    frame = pd.DataFrame(
        {"orders": [2, 2, 3], "is_member": [True, False, True], "customers": [100, 100, 9], "crossed": [40, 20, 3]}
    )
    (one,) = compare_crossers(frame)
    assert one.ratio == pytest.approx(2.0)
    assert one.low < 2.0 < one.high
