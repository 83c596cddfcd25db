"""Means of counts with long tails and shares over clusters: their intervals hold what they promise."""

import numpy as np
import pytest

from diagnostics.statistics.branching import compare_offspring, count_offspring
from diagnostics.statistics.clustered import rate_clusters
from diagnostics.statistics.step_losses import find_losses
from diagnostics.statistics.worth import find_worth


def histogram(counts):
    return np.unique(counts, return_counts=True)


def test_the_interval_of_k_holds_the_truth_for_long_tails():
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(400):
        counts = rng.negative_binomial(0.4, 0.4 / (0.4 + 0.6), 150)
        k = count_offspring(*histogram(counts))
        hits += k.low <= 0.6 <= k.high
    assert hits / 400 >= 0.92


def test_nobody_brought_still_has_an_upper_end():
    k = count_offspring([0], [40])
    assert k.mean == k.low == 0
    assert 0.05 < k.high < 0.15


def test_a_ratio_of_two_equal_campaigns_is_rarely_called_low():
    rng = np.random.default_rng(2)
    called = 0
    for _ in range(300):
        pair = [count_offspring(*histogram(rng.negative_binomial(0.5, 0.5, 120))) for _ in range(2)]
        called += compare_offspring(pair[0], pair[1]) < 0.7
    assert called / 300 <= 0.03


def test_the_interval_of_a_clustered_share_holds_the_truth():
    rng = np.random.default_rng(3)
    hits = 0
    for _ in range(300):
        rates = rng.beta(4, 36, 15)
        totals = rng.integers(60, 200, 15)
        rate = rate_clusters(rng.binomial(totals, rates), totals)
        hits += rate.low <= 0.1 <= rate.high
    assert hits / 300 >= 0.9


def test_one_cluster_has_no_interval():
    rate = rate_clusters([3], [10])
    assert rate.share == pytest.approx(0.3)
    assert np.isnan(rate.low)


def test_healthy_steps_of_two_channels_are_no_loss():
    import pandas as pd  # noqa: PLC0415 - only this test makes a frame

    rng = np.random.default_rng(4)
    called = 0
    for _ in range(60):
        weeks = pd.date_range("2024-01-01", periods=30, freq="W-MON")
        parts = []
        for channel, usual in (("a", 0.3), ("b", 0.24)):
            entered = rng.integers(30, 120, 30)
            passed = rng.binomial(entered, np.clip(usual * np.exp(rng.normal(0, 0.25, 30)), 0, 1))
            parts.append(
                pd.DataFrame({"step": "cart", "channel": channel, "week": weeks, "entered": entered, "passed": passed})
            )
        losses = find_losses(pd.concat(parts))
        called += any(loss.rate.high < 0.6 * loss.others.low for loss in losses)
    assert called == 0


def test_worth_of_newcomers_is_bounded_by_those_who_cant_be_followed():
    amounts = np.array([0.0] * 60 + [100.0] * 40)
    worth = find_worth(amounts.sum(), (amounts**2).sum(), (100, 160), factor=0.5, days=90, kind="referred")
    assert worth.mid == pytest.approx(20)
    assert worth.low < 20 * 100 / 160 < worth.mid < worth.high
    assert find_worth(100.0, 100.0, (29, 40), factor=1.0, days=90, kind="all") is None
