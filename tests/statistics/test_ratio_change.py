"""A change of a ratio is found with its interval and set against its own past months."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from diagnostics.statistics.ratio_change import compare_ratios, find_least_rise, find_usual_top


def invent(after, seed=1):
    rng = np.random.default_rng(seed)
    rows = [
        (channel, now, turn, bucket, 100.0, 100.0 * rng.binomial(20, after if now and channel == "a" else 0.05) / 20)
        for channel in ("a", "b")
        for now in (False, True)
        for turn in range(6)
        for bucket in range(30)
    ]
    frame = pd.DataFrame(rows, columns=["channel", "is_current", "turn", "bucket", "paid", "refund"]).assign(orders=20)
    months = frame.groupby(["channel", "is_current", "turn"], as_index=False)[["paid", "refund"]].sum()
    buckets = frame.groupby(["channel", "is_current", "bucket"], as_index=False)[["paid", "refund", "orders"]].sum()
    return buckets, months


def test_a_surge_is_beyond_the_past_and_its_interval_holds_the_truth():
    surged, steady = compare_ratios(*invent(0.13), "refund", "paid")
    assert surged.low < 0.08 < surged.high
    assert surged.low > 0
    assert surged.months_above == 6
    assert surged.is_beyond_past
    assert steady.low < 0 < steady.high
    assert not steady.is_beyond_past


def test_the_ratios_are_those_of_the_sums():
    buckets, months = invent(0.1)
    first = compare_ratios(buckets, months, "refund", "paid")[0]
    now = buckets[(buckets.channel == "a") & buckets.is_current]
    assert first.after == pytest.approx(now.refund.sum() / now.paid.sum())
    assert first.weight == now.paid.sum()


def test_a_channel_without_a_past_is_left_out():
    buckets, months = invent(0.1)
    kept = buckets[~((buckets.channel == "a") & ~buckets.is_current)]
    assert [change.channel for change in compare_ratios(kept, months, "refund", "paid")] == ["b"]


def test_months_together_tell_what_none_of_them_tells_alone():
    surged = compare_ratios(*invent(0.075, seed=4), "refund", "paid")[0]
    assert surged.months_above < 3
    assert surged.is_beyond_past


def test_one_month_gone_wrong_is_no_surge():
    buckets, months = invent(0.05)
    wrong = (months.channel == "a") & months.is_current & (months.turn == 2)
    months.loc[wrong, "refund"] *= 8
    assert not compare_ratios(buckets, months, "refund", "paid")[0].is_beyond_past


def test_the_least_rise_is_that_of_a_paired_t_test():
    rises = np.array([0.01, 0.03, 0.02, 0.05])
    low, _ = t.interval(0.95, 3, loc=rises.mean(), scale=rises.std(ddof=1) / 2)
    assert find_least_rise(rises, np.full(4, 7.0)) == pytest.approx(low)


def test_one_heavy_month_does_not_make_a_rise_sure():
    rises, weights = np.array([0.0, 0.0, 0.0, 0.05]), np.array([1.0, 1.0, 1.0, 3.0])
    assert find_least_rise(rises, weights) < 0


def test_the_usual_top_is_a_prediction_limit():
    past = np.array([1.0, 2.0, 3.0, 4.0])
    expected = 2.5 + t.ppf(0.975, 3) * past.std(ddof=1) * np.sqrt(1.25)
    assert find_usual_top(past) == pytest.approx(expected)
    assert np.isnan(find_usual_top(past[:2]))
