"""A top that only regresses to the mean is no loss; one that leaves is."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.statistics.falling_back import COLUMNS, compare_tops


def total_tops(before, now, groups=50):
    """The sums of `follow_top`, recounted in numpy."""
    top = np.argsort(-before)[: len(before) // 10]
    peak = np.argsort(-now)[: len(now) // 10]
    frame = pd.DataFrame({"group": np.arange(len(before)) % groups, "all_before": before, "all_now": now})
    for name, chosen in (("top", top), ("peak", peak)):
        is_chosen = np.isin(np.arange(len(before)), chosen)
        frame[f"{name}_before"], frame[f"{name}_now"] = before * is_chosen, now * is_chosen
    for period, spent in (("before", before), ("now", now)):
        frame[f"rest_{period}"] = spent * ~np.isin(np.arange(len(before)), [*top, *peak])
    return frame.groupby("group")[COLUMNS].sum()


def invent_spend(seed, lost_share=0.0, growth=1.0):
    """Two periods of the same customers with lasting and passing luck; some of the best leave for good."""
    rng = np.random.default_rng(seed)
    lasting = rng.gamma(1.0, 100.0, 4000)
    before, now = (lasting * rng.gamma(1.0, 1.0, 4000) for _ in range(2))
    leaves = (before > np.quantile(before, 0.9)) & (rng.random(4000) < lost_share)
    return before, np.where(leaves, 0, now) * growth


def test_regression_to_the_mean_is_no_loss():
    raised = 0
    for seed in range(60):
        found = compare_tops(total_tops(*invent_spend(seed)))
        assert found.change < -0.3
        raised += found.low > 0
    assert raised <= 5


@pytest.mark.parametrize("growth", [0.7, 1.0, 1.5])
def test_a_top_that_leaves_is_seen_whatever_everybody_does(growth):
    before, now = invent_spend(3, lost_share=0.4, growth=growth)
    found = compare_tops(total_tops(before, now))
    assert found.low > 0.05
    _, stayed = invent_spend(3, growth=growth)
    top = before >= np.quantile(before, 0.9)
    lost = (stayed - now)[top].sum()
    assert found.value(found.low) < lost < found.value(found.high) * 1.2


def test_without_spend_in_both_periods_there_is_nothing_to_compare():
    assert compare_tops(pd.DataFrame([[10, 0, 0, 0, 10, 0, 20, 0]], columns=COLUMNS)) is None


def test_a_top_in_a_single_group_has_no_interval():
    rows = pd.DataFrame([[100, 10, 100, 100, 20, 20, 120, 120], [0, 0, 0, 0, 50, 50, 50, 50]], columns=COLUMNS)
    found = compare_tops(rows)
    assert (found.low, found.high) == (0.0, found.excess)
