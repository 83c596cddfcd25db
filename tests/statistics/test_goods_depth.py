"""Lift against quiet days, next products, fatigue, acquisition, spread and bands: second ways and noise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.rates import confint_poisson

from diagnostics.statistics.acquisition import measure_inflation, measure_payback, spread_costs
from diagnostics.statistics.campaign_lift import judge_lift, measure_lifts
from diagnostics.statistics.cannibalisation import bound_moves
from diagnostics.statistics.margin_falls import compare_margins
from diagnostics.statistics.next_items import adjust_false_discoveries, bound_next, bound_ratio, find_chance
from diagnostics.statistics.overlap_bounds import EXACT, LinkError
from diagnostics.statistics.price_bands import merge_bands
from diagnostics.statistics.spread import find_gini
from diagnostics.statistics.vote_calibration import calibrate

DAYS = pd.date_range("2023-01-01", "2024-12-31")
STARTS = [60 + 110 * place for place in range(6)]
PAIR = (("first", 500), ("second", 508), ("far", 300))


def hold_campaigns(seed, *, lift, pull, noise, trend=0.2, length=7):
    """Daily sales with a trend, weekends and noise, and six campaigns that lift and then pull forward."""
    rng = np.random.default_rng(seed)
    base = 1000 * np.exp(trend * np.arange(len(DAYS)) / 365) * np.where(DAYS.day_of_week >= 5, 1.4, 1.0)
    sales = base * np.exp(rng.normal(0, noise, len(DAYS)))
    for start in STARTS:
        sales[start : start + length] *= 1 + lift
        sales[start + length : start + 2 * length] *= 1 - pull * lift
    starts = [DAYS[start] for start in STARTS]
    campaigns = pd.DataFrame(
        {"campaign": [f"c{at}" for at in STARTS], "channel": "a", "starts_on": starts, "cost": 1.0}
    )
    campaigns["ends_on"] = campaigns.starts_on + pd.Timedelta(days=length)
    return measure_lifts(campaigns, pd.DataFrame({"channel": "a", "day": DAYS, "gmv": sales}), DAYS)


def count_verdicts(noise, **planted):
    lifts = [lift for seed in range(5) for lift in hold_campaigns(seed, noise=noise, **planted)]
    return pd.Series([judge_lift(lift, 0.2, 0.5) for lift in lifts]).value_counts().to_dict(), lifts


def test_a_campaign_that_works_is_never_said_to_add_nothing():
    for noise in (0.1, 0.3):
        verdicts, lifts = count_verdicts(noise, lift=0.6, pull=0.0)
        assert "no_lift" not in verdicts
        assert np.mean([lift.low <= 0.6 <= lift.high for lift in lifts]) > 0.9


def test_sales_that_were_pulled_forward_are_found_where_days_are_calm():
    verdicts, lifts = count_verdicts(0.05, lift=0.6, pull=1.0)
    assert verdicts["no_lift"] >= 0.9 * len(lifts)
    assert all(lift.inside > 0.3 > lift.high for lift in lifts if judge_lift(lift, 0.2, 0.5) == "no_lift")


def test_nothing_is_told_of_campaigns_in_wild_days():
    verdicts, lifts = count_verdicts(1.0, lift=0.0, pull=0.0)
    assert verdicts.get("cannot_tell", 0) >= 0.8 * len(lifts)
    assert "no_lift" not in verdicts


def test_what_overlaps_runs_on_or_lies_at_an_edge_is_not_told():
    rows = [("a", 100, 7), ("b", 103, 7), ("ads", 31, 28), ("long", 300, 60), ("late", 726, 3), ("fine", 500, 5)]
    campaigns = pd.DataFrame(
        {
            "campaign": [name for name, _, _ in rows],
            "channel": "a",
            "starts_on": [DAYS[at] for _, at, _ in rows],
            "ends_on": [DAYS[at] + pd.Timedelta(days=length) for _, at, length in rows],
            "cost": 1.0,
        }
    )
    sales = pd.DataFrame({"channel": "a", "day": DAYS, "gmv": np.random.default_rng(1).uniform(9, 11, len(DAYS))})
    why = {lift.campaign: lift.why for lift in measure_lifts(campaigns, sales, DAYS)}
    assert why == {"a": "overlap", "b": "overlap", "ads": "long", "long": "long", "late": "edge", "fine": ""}


def hold_windows(rows, sales):
    """Lifts by campaign and channel; `rows` are name, channel, first day and length, `sales` daily by channel."""
    columns = ["campaign", "channel", "at", "length"]
    campaigns = pd.DataFrame(rows, columns=columns).assign(cost=1.0)
    campaigns["starts_on"] = DAYS[campaigns["at"].to_list()]
    campaigns["ends_on"] = campaigns.starts_on + pd.to_timedelta(campaigns.length, unit="D")
    daily = pd.concat([pd.DataFrame({"channel": name, "day": DAYS, "gmv": sold}) for name, sold in sales.items()])
    return {(lift.campaign, lift.channel): lift for lift in measure_lifts(campaigns, daily, DAYS)}


def draw_sales(seed):
    return np.random.default_rng(seed).gamma(100, 10, len(DAYS))


def test_a_campaign_in_the_days_after_another_is_not_told():
    rng = np.random.default_rng(1)
    sales = rng.gamma(100, 10, len(DAYS))
    sales[500:507] *= 1.6
    sales[507:514] *= 0.4
    rows = [{"campaign": name, "channel": "a", "starts_on": DAYS[at], "cost": 1.0} for name, at in PAIR]
    campaigns = pd.DataFrame(rows).assign(ends_on=lambda frame: frame.starts_on + pd.Timedelta(days=7))
    daily = pd.DataFrame({"channel": "a", "day": DAYS, "gmv": sales})
    why = {lift.campaign: lift.why for lift in measure_lifts(campaigns, daily, DAYS)}
    assert why == {"first": "overlap", "second": "overlap", "far": ""}


def test_a_campaign_of_all_channels_overlaps_those_of_each_and_the_reverse():
    for seed in range(5):
        sold = draw_sales(seed)
        sold[520:535] *= 2.5
        sales = {"tmall": sold, "jd": draw_sales(seed + 50), "": sold}
        lifts = hold_windows(
            [("618", "", 520, 15), ("coupon", "tmall", 524, 7), ("jd day", "jd", 300, 7), ("same", "tmall", 520, 15)],
            sales,
        )
        assert {name: lift.why for name, lift in lifts.items()} == {
            ("618", ""): "overlap",
            ("coupon", "tmall"): "overlap",
            ("same", "tmall"): "overlap",
            ("jd day", "jd"): "",
        }
        # One campaign that the calendar names for all and for a channel does not overlap itself.
        named = hold_windows([("618", "", 520, 15), ("618", "tmall", 520, 15)], sales)
        assert {lift.why for lift in named.values()} == {""}
        assert all(judge_lift(lift, 0.2, 0.5) == "lift" for lift in named.values())


def test_days_of_a_campaign_of_all_channels_are_not_quiet_for_one():
    for seed in range(5):
        sold = draw_sales(seed)
        sold[490:497] *= 1.3
        alone = hold_windows([("coupon", "tmall", 490, 7)], {"tmall": sold})["coupon", "tmall"]
        sold[520:535] *= 2.5
        lift = hold_windows([("618", "", 520, 15), ("coupon", "tmall", 490, 7)], {"tmall": sold, "": sold})[
            "coupon", "tmall"
        ]
        assert lift.expected == pytest.approx(alone.expected, rel=0.05)
        assert lift.net == pytest.approx(alone.net, abs=0.06)
        assert judge_lift(lift, 0.2, 0.5) == "lift"


def test_days_before_a_channel_opens_and_after_it_closes_are_not_quiet():
    sold = draw_sales(3)
    sold[:400] = 0
    sold[700:] = 0
    rows = [("opening", "tmall", 402, 7), ("fine", "tmall", 550, 7), ("closing", "tmall", 690, 7)]
    lifts = hold_windows(rows, {"tmall": sold})
    assert {name: lift.why for (name, _), lift in lifts.items()} == {"opening": "edge", "fine": "", "closing": "edge"}
    # The same campaign in data that hold just the days of the channel.
    inside = slice(400, 700)
    campaigns = pd.DataFrame(rows, columns=["campaign", "channel", "at", "length"]).assign(cost=1.0)
    campaigns["starts_on"] = DAYS[campaigns["at"].to_list()]
    campaigns["ends_on"] = campaigns.starts_on + pd.to_timedelta(campaigns.length, unit="D")
    cut = pd.DataFrame({"channel": "tmall", "day": DAYS[inside], "gmv": sold[inside]})
    (wanted,) = (lift for lift in measure_lifts(campaigns, cut, DAYS[inside]) if lift.campaign == "fine")
    found = lifts["fine", "tmall"]
    assert (found.net, found.expected) == pytest.approx((wanted.net, wanted.expected))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_false_discoveries_are_adjusted_as_statsmodels_does(p_values):
    theirs = multipletests(p_values, method="fdr_bh")[1]
    assert adjust_false_discoveries(p_values) == pytest.approx(theirs)


@pytest.mark.parametrize("count", [0, 1, 7, 120])
def test_a_ratio_is_bounded_as_a_poisson_count(count):
    low, high = bound_ratio([count], [4.0])
    theirs = confint_poisson(count, 4.0, method="exact-c")
    assert (low[0], high[0]) == pytest.approx(tuple(np.nan_to_num(theirs)))


def draw_pairs(seed, strong):
    """Pairs of products without association in six cells of customers, one of them `strong` times as frequent."""
    rng = np.random.default_rng(seed)
    size = rng.integers(100, 1500, (300, 6))
    first, second = ((size * rng.uniform(0.02, 0.12, (300, 1))).astype(int) for _ in range(2))
    together = rng.hypergeometric(first, size - first, second).sum(axis=1)
    expected = (first * second / size).sum(axis=1)
    variance = first * second * (size - first) * (size - second) / (size**2 * (size - 1.0))
    together[7] = round(expected[7] * strong) if strong else together[7]
    names = [f"p{place}" for place in range(300)]
    return pd.DataFrame(
        {
            "sku": names,
            "other": names,
            "customers": first.sum(axis=1),
            "together": together,
            "expected": expected,
            "variance": variance.sum(axis=1),
        }
    )


def test_few_pairs_are_found_where_there_are_none_and_a_strong_one_is():
    # At a false discovery rate of 5 % one draw in twenty finds something where there is nothing.
    found = [(bound_next(draw_pairs(seed, None)).q <= 0.05).any() for seed in range(200)]
    assert np.mean(found) <= 0.08
    best = bound_next(draw_pairs(1, 4.0)).iloc[0]
    assert best.sku == "p7"
    assert best.low > 1


def test_equal_pairs_stand_in_one_order_whatever_order_they_come_in():
    pairs = draw_pairs(1, 4.0)
    twice = pd.concat([pairs, pairs.assign(sku=pairs.sku + "x")], ignore_index=True)
    orders = [bound_next(twice.sample(frac=1, random_state=seed))[["sku", "other"]] for seed in range(3)]
    assert orders[0].equals(orders[1])
    assert orders[0].equals(orders[2])


@given(st.integers(30, 150), st.integers(30, 150), st.integers(600, 1500), st.floats(1, 4))
def test_the_chance_is_near_that_of_draws_without_replacement_of_a_quarter_at_most(first, second, size, far):
    mean = first * second / size
    variance = mean * (size - first) * (size - second) / (size * (size - 1))
    count = int(mean + far * np.sqrt(variance)) + 1
    exact = hypergeom.sf(count - 1, size, first, second)
    found = float(find_chance([count], [mean], [variance])[0])
    assert exact / 1.8 <= found <= exact * 1.1


def test_spend_is_spread_over_months_without_loss():
    rng = np.random.default_rng(4)
    starts = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 300, 30), unit="D")
    costs = pd.DataFrame({"channel": "a", "starts_on": starts, "cost": rng.uniform(1, 9, 30)})
    costs["ends_on"] = costs.starts_on + pd.to_timedelta(rng.integers(0, 90, 30), unit="D")
    spread = spread_costs(costs)
    assert spread.cost.sum() == pytest.approx(costs.cost.sum())
    daily = {}
    for row in costs.itertuples():
        days = pd.date_range(row.starts_on, max(row.ends_on, row.starts_on + pd.Timedelta(days=1)), inclusive="left")
        for day in days:
            daily[day.replace(day=1)] = daily.get(day.replace(day=1), 0) + row.cost / len(days)
    assert spread.set_index("month").cost.to_dict() == pytest.approx(daily)


def sum_newcomers(net, earned, uncosted, squares, followed):
    row = {"channel": "a", "side": "current"}
    for name, value in (("net", net), ("earned", earned), ("uncosted", uncosted), ("squares", squares)):
        row |= {f"{name}_1": value, f"{name}_6": 2 * value}
    return pd.DataFrame([{**row, "followed_1": followed, "followed_6": followed}])


def test_payback_is_bounded_by_what_has_no_cost():
    rows = sum_newcomers(net=2000.0, earned=800.0, uncosted=400.0, squares=2000.0**2 / 100, followed=100)
    payback = measure_payback(rows, (1, 6), None)
    assert payback.rate == pytest.approx((0.5, 0.5))
    low, margin, high = payback.at(1)
    # All spend alike, so the ends are those of the uncosted fifth: 0 or all of it.
    assert (low, margin, high) == pytest.approx((8.0, 10.0, 12.0))
    assert (payback.find_month(15, payback.margin), payback.find_month(99, payback.margin)) == (6, None)
    assert measure_payback(sum_newcomers(10.0, 0.0, 10.0, 1.0, 100), (1, 6), None) is None


def test_payback_takes_the_margin_of_its_own_age():
    # The first order is sold at a margin of 10 %, all of the first half year at 40 %.
    rows = sum_newcomers(net=1000.0, earned=100.0, uncosted=0.0, squares=1000.0**2 / 100, followed=100)
    payback = measure_payback(rows.assign(earned_6=800.0), (1, 6), None)
    assert payback.margin == pytest.approx((1.0, 8.0))


def test_ends_stay_in_order_where_newcomers_are_sold_at_a_loss():
    rows = sum_newcomers(net=1000.0, earned=-100.0, uncosted=200.0, squares=4 * 1000.0**2 / 100, followed=100)
    low, margin, high = measure_payback(rows, (1, 6), None).at(1)
    assert low < margin < high


def test_inflation_needs_months_and_is_relative_to_value():
    now, before = (pd.Series(values, index=range(6)) for values in ([22.0] * 6, [10.0, 10.1, 9.9, 10.0, 10.2, 9.8]))
    found = measure_inflation(now, before, (110.0, 1.0), (100.0, 1.0))
    assert found.excess == pytest.approx(2.0, rel=0.01)
    assert found.low < 2 < found.high
    assert measure_inflation(now[:3], before[:3], (1.0, 0.1), (1.0, 0.1)) is None
    assert measure_inflation(now, before, (float("nan"), 0.1), (1.0, 0.1)) is None


@given(st.lists(st.integers(0, 50), min_size=2, max_size=30).filter(lambda held: sum(held) > 0))
def test_gini_is_the_mean_difference_over_twice_the_mean(held):
    ordered = np.sort(np.array(held, dtype=float))[::-1]
    people = np.arange(1, len(ordered) + 1) / len(ordered)
    wanted = np.abs(ordered[:, None] - ordered[None, :]).mean() / (2 * ordered.mean())
    assert find_gini(people, ordered.cumsum() / ordered.sum()) == pytest.approx(wanted, abs=1e-9)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=25).filter(lambda sums: sum(sums) > 1))
def test_bands_are_merged_in_order_and_hold_enough(sums):
    gmv = pd.Series(sums)
    groups = pd.Series(merge_bands(gmv))
    assert groups.is_monotonic_increasing
    assert sorted(set(groups)) == list(range(groups.max() + 1))
    assert (gmv.groupby(groups).sum() >= 0.08 * gmv.sum() - 1e-9).all()


def test_a_margin_that_fell_by_price_is_worth_the_old_prices():
    units, rows, months = 40, [], []
    for bucket in range(50):
        rows += [
            ("tea", side, bucket, units * price, units * 40.0, units) for side, price in ((False, 100.0), (True, 80.0))
        ]
    for turn in range(6):
        months += [("tea", False, turn, 1000.0, 400.0), ("tea", True, turn, 800.0, 400.0)]
    buckets = pd.DataFrame(rows, columns=["unit", "is_current", "bucket", "sold", "cost", "orders"])
    months = pd.DataFrame(months, columns=["unit", "is_current", "turn", "sold", "cost"])
    whole = units * 50
    products = pd.DataFrame(
        {
            "unit": ["tea"],
            "sold": [whole * 80.0],
            "cost": [whole * 40.0],
            "sold_before": [whole * 100.0],
            "cost_before": [whole * 40.0],
        }
    )
    (fall,) = compare_margins(months, buckets, products)
    assert (fall.before, fall.now, fall.within) == pytest.approx((0.6, 0.5, 0.1))
    assert fall.money == pytest.approx((whole * 20.0,) * 3)


def test_moves_between_channels_lie_between_those_found_and_those_possible():
    rows = [("a", "phone", "lost", 30, 300.0), ("a", "account", "lost", 20, 200.0), ("b", "account", "new", 25, 500.0)]
    sides = pd.DataFrame(rows, columns=["channel", "kind", "state", "customers", "gmv"])
    columns = ["first", "second", "kind", "took", "took_left", "others", "left", "before_gmv", "second_gmv"]
    moves = pd.DataFrame([("a", "b", "account", 4, 4, 46, 40, 40.0, 80.0)], columns=columns)
    (move,) = bound_moves(sides, moves, EXACT)
    assert (move.first, move.second, move.lost, move.arrived) == ("a", "b", 50, 25)
    assert (move.moved.low, move.moved.high) == (4, 25)
    assert move.money == (80.0, 500.0)
    assert move.reading == "few"


def test_sales_of_those_found_are_cut_for_mistaken_links_as_people_are():
    sides = pd.DataFrame(
        [("a", "phone", "lost", 30, 300.0), ("b", "phone", "new", 25, 500.0)],
        columns=["channel", "kind", "state", "customers", "gmv"],
    )
    columns = ["first", "second", "kind", "took", "took_left", "others", "left", "before_gmv", "second_gmv"]
    moves = pd.DataFrame([("a", "b", "phone", 10, 10, 20, 20, 100.0, 400.0)], columns=columns)
    (move,) = bound_moves(sides, moves, LinkError(wrong=0.1, missed=0.0))
    assert (move.moved.low, move.money[0]) == pytest.approx((9.0, 360.0))
    # Ten at the mean of 20 would be 200, less than what those found spend.
    assert move.money[1] == pytest.approx(400.0)


def test_votes_need_eight_products_and_a_difference():
    frame = pd.DataFrame({"votes": range(1, 9), "units": range(8, 0, -1)})
    assert calibrate(frame).correlation == pytest.approx(-1)
    assert calibrate(frame.head(7)) is None
    assert calibrate(frame.assign(units=3)) is None
