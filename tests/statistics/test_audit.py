"""What the audit computes from the engine's replies: bridges and splits sum exactly, unobserved ages stay away."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.buckets import BUCKETS
from diagnostics.model.period import Period, choose_horizon
from diagnostics.statistics.cohort_ages import compare_worth, factor_ages, split_worth
from diagnostics.statistics.cohort_choice import Cohort, choose_cohorts
from diagnostics.statistics.customer_bridge import build_bridge, split_both
from diagnostics.statistics.duplication import duplicate
from diagnostics.statistics.filling import fill_gap

COHORT = Cohort(first=Period(start=date(2024, 1, 1), end=date(2024, 2, 1)), as_of=date(2024, 5, 1))


def invent_groups(seed):
    rng = np.random.default_rng(seed)
    names = ["lost", "down", "up", "back", "new"]
    buckets = pd.DataFrame([{"group": group, "bucket": place} for group in names for place in range(BUCKETS)])
    for column in ("spend_before", "spend_now", "earned_before", "earned_now"):
        buckets[column] = rng.integers(100, 9_000, len(buckets)) / 100
    buckets["customers"] = 3
    buckets.loc[buckets.group == "lost", ["spend_now", "earned_now"]] = 0.0
    buckets.loc[buckets.group.isin(["new", "back"]), ["spend_before", "earned_before"]] = 0.0
    buckets = buckets.assign(
        orders_before=rng.integers(2, 9, len(buckets)), orders_now=rng.integers(2, 9, len(buckets))
    )
    groups = buckets.groupby("group").sum(numeric_only=True).drop(columns="bucket").reset_index()
    return groups, buckets


@pytest.mark.parametrize("seed", [1, 2])
def test_the_bridge_sums_to_the_change_and_its_intervals_hold_the_steps(seed):
    groups, buckets = invent_groups(seed)
    bridge = build_bridge(groups, buckets, "spend")
    assert bridge.change.sum() == pytest.approx(groups.spend_now.sum() - groups.spend_before.sum())
    seen = bridge[bridge.group != "returns"]
    assert ((seen.low < seen.change) & (seen.change < seen.high)).all()
    assert bridge.set_index("group").change["returns"] == 0


@pytest.mark.parametrize("measure", ["spend", "earned"])
def test_factors_of_customers_of_both_periods_sum_to_their_change(measure):
    _, buckets = invent_groups(3)
    both = buckets[buckets.group.isin(["up", "down"])]
    factors = split_both(buckets, measure)
    assert factors.effect.sum() == pytest.approx((both[f"{measure}_now"] - both[f"{measure}_before"]).sum())
    assert ((factors.low < factors.effect) & (factors.effect < factors.high)).all()
    sums = both.sum(numeric_only=True)
    orders = np.log(sums.orders_now / sums.orders_before)
    worth = (sums[f"{measure}_now"] - sums[f"{measure}_before"]) / np.log(
        sums[f"{measure}_now"] / sums[f"{measure}_before"]
    )
    assert factors.effect[0] == pytest.approx(worth * orders)


def test_nobody_in_both_periods_has_no_factors():
    _, buckets = invent_groups(4)
    assert split_both(buckets[buckets.group.isin(["lost", "new"])], "spend") is None


def test_only_ages_that_everybody_lived_through_are_shown():
    assert COHORT.ages == 3
    rows = [
        {"age": age, "active": active, "orders": active, "spend": 10.0 * active, "net": 10.0 * active, "earned": 0.0}
        for age, active in ((0, 40), (1, 10), (3, 5))
    ]
    ages = factor_ages(pd.DataFrame(rows).assign(uncosted=lambda frame: frame.net), COHORT)
    assert ages.age.tolist() == [0, 1, 2]
    assert ages.share.tolist() == [1.0, 0.25, 0.0]
    assert np.isnan(ages.frequency[2])
    assert ages.margin.isna().all()
    product = ages.share * ages.frequency * ages.order_value
    assert product[:2].tolist() == pytest.approx(ages.spend_each[:2].tolist())
    assert ages.spend_to_date.iloc[-1] == pytest.approx(12.5)


def test_a_member_of_the_last_day_was_observed_for_the_whole_last_age():
    born = COHORT.first.end - pd.Timedelta(days=1)
    assert (COHORT.as_of - born).days >= COHORT.ages * 30
    assert (COHORT.as_of - born).days < (COHORT.ages + 1) * 30


@pytest.mark.parametrize("days", [40, 150, 300, 500, 731, 1500])
def test_cohorts_do_not_overlap_and_lie_inside_the_data(days):
    first = pd.Timestamp("2023-01-01")
    horizon = choose_horizon(first.date(), (first + pd.Timedelta(days=days - 1)).date())
    since = date(2023, 2, 1)
    older, newer = choose_cohorts(horizon, since)
    assert older.first.start == since
    if newer is not None:
        assert older.first.end <= newer.first.start
        assert newer.first.end <= horizon.as_of
        assert newer.ages >= 0


def invent_worth(seed, again):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"bucket": range(BUCKETS), "customers": rng.integers(5, 9, BUCKETS)})
    frame["again"] = again
    frame["later_orders"] = frame.again * 2
    for name in ("first_spend", "later_spend", "first_earned", "later_earned"):
        frame[name] = rng.integers(1000, 5000, BUCKETS) / 10
    return frame


@pytest.mark.parametrize("measure", ["spend", "earned"])
@pytest.mark.parametrize("again", [2, 0])
def test_the_gap_of_two_cohorts_is_the_sum_of_its_parts(measure, again):
    older, newer = invent_worth(5, 2), invent_worth(6, again)
    low, gap, high = compare_worth(older, newer, measure)
    assert low < gap < high
    parts = split_worth(older, newer, measure)
    assert parts.effect.sum() == pytest.approx(gap)
    # Who buys again orders twice in both cohorts, without exception.
    moved = parts[parts.part != "orders"]
    assert ((moved.low < moved.effect) & (moved.effect < moved.high)).all()
    assert ("later" in set(parts.part)) == (again == 0)


def test_new_customers_fill_a_part_of_the_gap():
    _, buckets = invent_groups(7)
    sums = buckets.assign(change=buckets.spend_now - buckets.spend_before).groupby("group").change.sum()
    filling = fill_gap(buckets)
    gap = -sums.drop("new").sum()
    if gap > 0:
        assert filling.ratio == pytest.approx(sums["new"] / gap)
        assert filling.needed == pytest.approx(gap / (sums["new"] / filling.won))
    grown = buckets.assign(spend_now=buckets.spend_now + 1000)
    assert fill_gap(grown).ratio is None


def test_independent_categories_duplicate_by_their_size():
    buyers, sizes = 10_000, {"a": 5000, "b": 2000, "c": 1000}
    pairs = pd.DataFrame(
        [
            {"a": one, "b": other, "both": n if one == other else n * m // buyers}
            for one, n in sizes.items()
            for other, m in sizes.items()
        ]
    )
    found = duplicate(pairs, list(sizes), buyers)
    assert found.coefficient == pytest.approx(1.0)
    assert np.nanmax(np.abs(found.ratios.to_numpy() - 1)) < 1e-9
    assert duplicate(pairs.head(1), ["a"], buyers) is None
