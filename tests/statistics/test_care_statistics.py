"""Units that stand out, counts that surge, targets that are split, training that does nothing: known answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from diagnostics.statistics.activation import join_staff
from diagnostics.statistics.attention import compare_strata
from diagnostics.statistics.group_lives import bound_dead, mark_states
from diagnostics.statistics.group_losses import estimate_losses
from diagnostics.statistics.outlying import find_outlying
from diagnostics.statistics.surges import compare_counts, estimate_dispersion
from diagnostics.statistics.target_split import split_target
from diagnostics.statistics.training_effect import estimate_effect
from diagnostics.statistics.weekly_ratios import estimate_ratios, estimate_shares


def test_units_that_differ_as_their_like_do_rarely_stand_out():
    rng = np.random.default_rng(1)
    runs = [find_outlying(rng.normal(0, 2, 60) + rng.normal(0, 1, 60), np.ones(60), "high") for _ in range(300)]
    assert np.mean([run.marks(0.05).any() for run in runs]) < 0.09


def test_a_unit_far_from_its_like_stands_out_and_only_on_the_bad_side():
    values = np.r_[np.linspace(8, 12, 20), 40.0, 0.1]
    assert np.flatnonzero(find_outlying(values, np.full(22, 0.5), "high").marks(0.05)).tolist() == [20]
    assert np.flatnonzero(find_outlying(values, np.full(22, 0.5), "low").marks(0.05)).tolist() in ([], [21])


def test_nobody_is_judged_among_four():
    assert np.isnan(find_outlying([1, 1, 1, 99], [0.1] * 4, "high").adjusted).all()


def test_the_error_of_a_ratio_covers_the_truth():
    rng = np.random.default_rng(2)
    weights = rng.poisson(50, (400, 26)) + 1
    parts = weights * rng.gamma(20, 0.5, (400, 26))
    sums = {"x": parts.sum(1), "w": weights.sum(1), "xx": (parts**2).sum(1), "xw": (parts * weights).sum(1)}
    frame = pd.DataFrame({**sums, "ww": (weights.astype(float) ** 2).sum(1), "weeks": 26})
    estimated = estimate_ratios(frame)
    covered = (np.abs(estimated.value - 10) < 2.06 * estimated.error).mean()
    assert 0.91 < covered < 0.98


def test_a_share_of_nothing_keeps_a_doubt():
    none = pd.DataFrame([{"weeks": 8, "x": 0.0, "w": 40.0, "xx": 0.0, "xw": 0.0, "ww": 200.0}])
    assert estimate_shares(none).error.iloc[0] > 0.02


def _count(now, before, days=60, added=100):
    frame = pd.DataFrame({"now": now, "before": before})
    return frame.assign(days_now=days, days_before=days, added_now=added, added_before=added)


def test_a_rise_without_clusters_is_the_exact_binomial():
    compared = compare_counts(_count([30], [12]), 1.0, by_others=False).iloc[0]
    assert compared.adjusted == pytest.approx(binomtest(30, 42, 0.5, alternative="greater").pvalue)
    interval = binomtest(30, 42).proportion_ci(method="exact")
    assert compared.low == pytest.approx(interval.low / (1 - interval.low))
    assert compared.high == pytest.approx(interval.high / (1 - interval.high))


def test_more_contacts_added_are_expected_to_block_more():
    frame = _count([30], [10]).assign(added_now=300)
    assert compare_counts(frame, 1.0, by_others=False).expected.iloc[0] == 30


def test_a_rise_of_all_is_nobodys_own():
    compared = compare_counts(_count([30] * 20, [10] * 20), 1.0, by_others=True)
    assert (compared.adjusted > 0.3).all()
    assert compared.expected.tolist() == pytest.approx([30.0] * 20)


def test_dispersion_is_one_for_independent_counts_and_more_for_clusters():
    rng = np.random.default_rng(3)
    for counts, low, high in ((rng.poisson(5, (80, 9)), 1.0, 1.2), (rng.poisson(1, (80, 9)) * 5, 4.0, 6.0)):
        sums = {"total_before": counts.sum(1).astype(float), "squares_before": (counts**2).sum(1).astype(float)}
        assert low <= estimate_dispersion(pd.DataFrame({"weeks_before": 9, **sums})) <= high


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 100_000),
    st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=40),
    st.floats(0, 1),
    st.floats(1, 5),
)
def test_a_split_sums_exactly_and_keeps_its_bounds(total, base, floor, cap):
    parts = split_target(total, base, floor=floor, cap=cap)
    even = total / len(base)
    assert parts.sum() == total
    assert (parts >= floor * even - 1.001).all()
    assert (parts <= cap * even + 1.001).all()


def test_a_split_without_bounds_follows_the_base():
    assert split_target(10, [1, 2, 2], floor=0.0, cap=3.0).tolist() == [2, 4, 4]


def test_training_covers_the_truth_and_sees_none_where_there_is_none():
    rng = np.random.default_rng(4)
    covered = []
    for _ in range(200):
        before = rng.lognormal(6, 0.5, 24)
        after = before * rng.lognormal(0, 0.15, 24) * np.where(np.arange(24) < 12, 1.1, 1.0)
        frame = pd.DataFrame({"earlier": before, "before": before, "after": after})
        effect = estimate_effect(frame, np.arange(24) < 12)
        covered.append(effect.low <= 0.1 <= effect.high)
    assert np.mean(covered) > 0.9


def test_stores_that_opened_since_are_no_growth_of_the_untrained():
    rng = np.random.default_rng(5)
    raised, effects = 0, []
    for _ in range(60):
        kinds = np.repeat(["trained", "untrained", "opened", "opening"], [30, 60, 15, 15])
        earlier, before, after = (rng.lognormal(6, 0.1, len(kinds)) for _ in range(3))
        after *= np.where(kinds == "trained", 1.1, 1.0)
        earlier[(kinds == "opened") | (kinds == "opening")] = before[kinds == "opened"] = 0.0
        before[kinds == "opening"] /= 2  # in the middle of the window before
        frame = pd.DataFrame({"earlier": earlier, "before": before, "after": after})
        effect = estimate_effect(frame, kinds == "trained", covers_earlier=True)
        assert (effect.trained, effect.untrained, effect.left_out) == (30, 60, 30)
        effects.append(effect.effect)
        raised += effect.high < 0.05
        naive = frame.after / frame.before
        means = [np.average(naive[kinds == kind], weights=frame.before[kinds == kind]) for kind in kinds[[0, 30]]]
        assert effect.effect == pytest.approx(means[0] / means[1] - 1)
    assert raised <= 3
    assert np.mean(effects) == pytest.approx(0.1, abs=0.02)


def test_without_the_window_before_stores_that_opened_since_are_left_out_all_the_same():
    frame = pd.DataFrame({"earlier": 0.0, "before": [1.0] * 12 + [0.0], "after": 2.0})
    effect = estimate_effect(frame, np.arange(13) < 6)
    assert (effect.effect, effect.untrained, effect.left_out) == (pytest.approx(0.0), 6, 1)
    assert estimate_effect(frame, np.arange(13) >= 8) is None  # four of the five have no sales before


def test_four_trained_stores_tell_nothing():
    frame = pd.DataFrame({"earlier": 1.0, "before": 1.0, "after": 1.0}, index=range(20))
    assert estimate_effect(frame, np.arange(20) < 4) is None


def test_a_group_without_rows_is_silent_only_where_silent_days_have_no_row():
    columns = ["unit", "rows_now", "last_talk", "first_row", "rows_before", "talks_before", "quiet"]
    told = pd.DataFrame([("a", 14, 0, 60, 40, 40, 5), ("b", 0, 20, 60, 40, 40, 0)], columns=columns)
    assert mark_states(told, 14).state.tolist() == ["alive", "untold"]
    assert mark_states(told.assign(quiet=0), 14).state.tolist() == ["alive", "dead"]


def test_owners_statistics_bound_the_dead():
    owners = pd.DataFrame(
        {"days": [14, 14, 3], "groups": [5, 5, 5], "active_sum": [2, 30, 0], "active_most": [1, 3, 0]}
    )
    bounds = bound_dead(owners, 14)
    assert bounds.dead_least.tolist()[:2] == [3, 0]
    assert bounds.dead_most.tolist()[:2] == [4, 2]
    assert np.isnan(bounds.dead_least.iloc[2])


def test_losses_are_clear_only_beyond_the_scatter_of_weeks():
    rng = np.random.default_rng(5)
    flows = rng.normal(0, 5, (200, 13))
    flows[0] += 12
    frame = pd.DataFrame({"weeks": 13, "loss": flows.sum(1), "squares": (flows**2).sum(1), "start": 200})
    found = np.flatnonzero(estimate_losses(frame).adjusted <= 0.05)
    assert 0 in found
    assert len(found) <= 3


def test_spend_is_compared_within_ways_of_adding():
    rows = [("scan", False, True, 50, 500.0, 10000.0), ("scan", False, False, 50, 500.0, 10000.0)]
    rows += [("link", True, True, 500, 50000.0, 6e6), ("link", True, False, 5, 500.0, 6e4)]
    strata = pd.DataFrame(rows, columns=["way", "bought", "attended", "n", "spend", "squares"])
    gap = compare_strata(strata)
    assert gap.n == 50
    assert gap.gap == 0
    assert gap.low < 0 < gap.high


def test_staff_without_statistics_count_where_nearly_all_have_them():
    stores = pd.DataFrame({"store": list("abc"), "staff_count": [10, 10, 10]})
    active = pd.DataFrame({"store": list("abc"), "seen": [10, 10, 5], "active": [10, 9, 5], "added": 0, "chats": 0})
    assert join_staff(active, stores).share.tolist() == [1.0, 0.9, 0.5]
    few = join_staff(active.assign(seen=[5, 5, 5], active=[5, 4, 5]), stores)
    assert few.share.tolist() == [1.0, 0.8, 1.0]
