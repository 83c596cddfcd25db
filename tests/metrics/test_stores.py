"""Targets and actuals of stores agree with a recount in pandas; what was not observed is left out."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.check import Replies
from diagnostics.checks.stores.league import judge, lacks, measure, tell
from diagnostics.metrics.stores import compare_targets, total_store_adds, total_store_sales
from diagnostics.model.engagement import Engagement
from diagnostics.model.period import Horizon, Period
from diagnostics.model.section import NotComputable
from diagnostics.model.wording import name_verbatim
from diagnostics.statistics.city_targets import compare_cities, rank_stores, sum_cities
from diagnostics.workbook.engine import connect, fetch, open_frames, print_sql, unbound_tables

YEAR = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))
LIMITS = {"shortfall": 0.8, "healthy": 0.9, "feasible_low": 0.3, "feasible_mid": 0.6}
STORES = [f"{city}{number}" for city in "abc" for number in range(4)]
MASTER = pd.DataFrame({"store": STORES, "city": [store[0] for store in STORES]})


def invent(seed):
    rng = np.random.default_rng(seed)
    months = pd.date_range("2023-10-01", "2025-03-01", freq="MS")
    targets = pd.DataFrame([(month, store) for month in months for store in STORES], columns=["month", "store"])
    targets["target"] = rng.integers(500, 900, len(targets))
    targets["metric"] = "sales"
    count = 3000
    lines = pd.DataFrame(
        {
            "line_id": np.arange(count),
            "order_id": np.arange(count),
            "channel": "store",
            "store": rng.choice([*STORES, None], count),
            "ordered_at": pd.Timestamp("2023-09-01") + pd.to_timedelta(rng.integers(0, 560, count), unit="D"),
            "quantity": 1,
            "paid_amount": rng.integers(100, 20_000, count) / 100,
            "refund_amount": 0,
            "is_return": False,
        }
    )
    return targets, lines


def ask(targets, lines, metric="sales", entries=None):
    frames = {"store_months": targets, "stores": MASTER, "order_lines": lines}
    if entries is not None:
        frames["entry_days"] = entries
    tables = open_frames(connect(), {name: frame for name, frame in frames.items() if frame is not None})
    counted = None
    if entries is not None:
        counted = total_store_adds(tables["entry_days"], YEAR)
    elif lines is not None:
        counted = total_store_sales(tables["order_lines"], YEAR)
    compared = compare_targets(tables["store_months"], tables["stores"], counted, metric, YEAR)
    return fetch(compared).set_index("store").sort_index()


def make_replies(sales, adds=None):
    horizon = Horizon(history=YEAR, current=YEAR, previous=None)
    engagement = Engagement(
        client="c", title=name_verbatim("c"), currency="CNY", horizon=horizon, gmv_basis="paid", annual_gmv=1e6
    )
    empty = sales.iloc[:0]
    months = sales[["store", "target", "actual"]].assign(month=pd.Timestamp("2024-12-01"))
    return Replies(
        frames={
            "sales": sales,
            "adds": empty if adds is None else adds,
            "months": months,
            "stores": sales[["store", "city"]].assign(region=None),
        },
        engagement=engagement,
    )


def make_stores(shares, target=1000.0):
    rows = [
        (f"{city}{n}", city, target, target * share) for city, each in shares.items() for n, share in enumerate(each)
    ]
    return pd.DataFrame(rows, columns=["store", "city", "target", "actual"]).assign(months=12, months_unknown=0)


@pytest.mark.parametrize("seed", [1, 2])
def test_sums_agree_with_a_recount(seed):
    targets, lines = invent(seed)
    found = ask(targets, lines)
    for store in STORES:
        mine = targets[(targets.store == store) & (targets.month.dt.year == 2024)]
        sold = lines[(lines.store == store) & (lines.ordered_at.dt.year == 2024)]
        assert found.target[store] == pytest.approx(mine.target.sum())
        assert found.actual[store] == pytest.approx(sold.paid_amount.sum())
        assert found.city[store] == store[0]
    assert (found.months == 12).all()


def test_what_the_sheet_states_goes_before_what_was_counted():
    targets, lines = invent(3)
    targets["actual"] = np.where(targets.store == "a0", 7.0, np.nan)
    found = ask(targets, lines)
    assert found.actual["a0"] == 84
    assert found.actual["a1"] == pytest.approx(ask(targets.drop(columns="actual"), lines).actual["a1"])


def test_months_that_nobody_observed_are_no_zeros():
    targets, lines = invent(4)
    found = ask(targets, lines[lines.ordered_at >= "2024-07-01"])
    mine = targets[(targets.store == "b1") & (targets.month >= "2024-07-01") & (targets.month < "2025-01-01")]
    assert found.months["b1"] == 6
    assert found.months_unknown["b1"] == 6
    assert found.target["b1"] == mine.target.sum()


def test_a_month_without_sales_is_zero_where_others_sell_and_a_store_never_seen_is_unknown():
    targets, lines = invent(5)
    in_may = (lines.ordered_at >= "2024-05-01") & (lines.ordered_at < "2024-06-01")
    found = ask(targets, lines[~(in_may & (lines.store == "c2")) & (lines.store != "a3")])
    assert found.months["c2"] == 12
    assert pd.isna(found.actual["a3"])
    assert found.months["a3"] == 0


def test_a_target_stated_twice_counts_once_and_adds_count_only_rows_that_report_them():
    targets = pd.DataFrame(
        {"month": "2024-03-01", "store": ["a0", "a0", "b0"], "metric": "adds", "target": [10, 10, 5]}
    )
    entries = pd.DataFrame(
        [("2024-03-05", "a0", 9, 6, None), ("2024-03-05", "a0", 8, None, 5), ("2024-03-06", "b0", 9, 4, None)],
        columns=["day", "store", "scans", "added", "group_joined"],
    ).assign(entrance="e")
    found = ask(targets, None, metric="adds", entries=entries)
    assert found.target.to_dict() == {"a0": 10, "b0": 5}
    assert found.actual.to_dict() == {"a0": 6, "b0": 4}


def test_without_any_count_only_stated_actuals_are_known():
    targets, _ = invent(6)
    assert ask(targets, None).actual.isna().all()


def test_ranks_are_shared_by_ties_and_city_sums_are_sums():
    stores = rank_stores(make_stores({"a": [0.9, 0.9, 1.1], "b": [0.5, 0.7]}))
    assert stores["rank"].tolist() == [1, 2, 2, 4, 5]
    cities = sum_cities(stores).set_index("city")
    assert cities.achieved["a"] == pytest.approx(2.9 / 3)
    assert cities.low["a"] < cities.achieved["a"] < cities.high["a"]
    assert pd.isna(cities.low["b"])


def test_the_interval_is_the_mean_with_student_t_where_targets_are_equal():
    shares = [0.6, 0.7, 0.65, 0.55]
    city = sum_cities(rank_stores(make_stores({"a": shares}))).iloc[0]
    # One city: 95 %, t with 3 degrees of freedom is 3.1824.
    half = 3.1824 * np.std(shares, ddof=1) / 2
    assert city.high - city.achieved == pytest.approx(half, rel=1e-3)


def test_a_city_is_raised_once_with_sales_first_and_money_by_hand():
    low = {"a": [0.6, 0.62, 0.58], "b": [1.0, 1.01, 0.99], "c": [0.98, 1.0, 1.02]}
    findings = judge(measure(make_replies(make_stores(low), make_stores(low, 10.0))), LIMITS)
    assert [finding.scope for finding in findings] == [{"city": "a"}]
    # (1.0 - 0.6) of 3,000 is 1,200; t with 2 degrees of freedom at 95 % for three cities is 7.649.
    half = 7.649 * 0.02 / np.sqrt(3)
    assert findings[0].impact.low == pytest.approx(0.3 * (0.4 - half) * 3000, rel=1e-3)
    assert findings[0].impact.mid == pytest.approx(0.6 * 1200)
    assert findings[0].impact.high == pytest.approx((0.4 + half) * 3000, rel=1e-3)


def test_what_a_few_months_miss_is_scaled_by_these_months():
    low = {"a": [0.5, 0.51, 0.49], "b": [1.0, 1.01, 0.99], "c": [0.98, 1.0, 1.02]}
    stores = make_stores(low, 3000.0).assign(months=3)
    (finding,) = judge(measure(make_replies(stores)), LIMITS)
    # 1,500 a month for three stores are 18,000 a year, of which 60 % are 10,800, though the period is the whole year.
    assert finding.impact.mid == pytest.approx(10_800)
    # Months known of some stores only: 2, 3 and 4 a store are 9 store months, a quarter of a year of three stores.
    (uneven,) = judge(measure(make_replies(stores.assign(months=[2, 3, 4] * 3))), LIMITS)
    assert uneven.impact == finding.impact


def test_a_city_that_misses_adds_only_is_raised_without_money():
    fine = make_stores({city: [1.0, 1.01, 0.99] for city in "abc"})
    adds = make_stores({"a": [0.6, 0.62, 0.58], "b": [1.0, 1.01, 0.99], "c": [0.98, 1.0, 1.02]}, 10.0)
    (finding,) = judge(measure(make_replies(fine, adds)), LIMITS)
    assert finding.impact is None
    assert finding.severity == "medium"


@pytest.mark.parametrize(
    "shares",
    [
        {"a": [0.6, 0.62, 0.58], "b": [0.7, 0.72, 0.68], "c": [0.65, 0.66, 0.64]},  # the targets are too high for all
        {"a": [0.3, 1.0, 1.0], "b": [1.0, 1.01, 0.99], "c": [0.98, 1.0, 1.02]},  # one store, not the city
        {"a": [0.6, 0.6], "b": [1.0, 1.01, 0.99], "c": [0.98, 1.0, 1.02]},  # too few stores
        {"a": [0.6, 0.62, 0.58], "b": [1.0, 1.01, 0.99]},  # one other city is no yardstick
    ],
)
def test_a_city_is_not_raised_without_clear_grounds(shares):
    assert judge(measure(make_replies(make_stores(shares))), LIMITS) == ()


def test_healthy_chains_are_hardly_ever_raised():
    rng = np.random.default_rng(7)
    raised = 0
    for _ in range(60):
        stores = rank_stores(make_stores({city: rng.normal(0.97, 0.2, 4).clip(0.1) for city in "abcdefgh"}))
        gaps = compare_cities("sales", stores, sum_cities(stores))
        raised += any(gap.achieved < 0.8 and gap.others >= 0.9 and gap.high < gap.others for gap in gaps)
    assert raised <= 3


def test_targets_for_adds_alone_are_told_and_the_league_of_sales_is_lacking():
    adds = make_stores({"a": [0.6, 0.62, 0.58], "b": [1.0, 1.01, 0.99]}, 10.0)
    measured = measure(make_replies(adds.iloc[:0], adds))
    assert (
        tell(measured).en
        == "6 stores reach 80.0% of their new-contact target (2 of them in full); lowest city: a, 60.0%."
    )
    assert set(lacks(measured)) == {"000-42", "000-45"}


def test_no_known_actual_is_an_outcome():
    stores = make_stores({"a": [1.0]}).assign(actual=np.nan, target=np.nan)
    assert isinstance(measure(make_replies(stores)), NotComputable)


@pytest.mark.parametrize("dialect", ["duckdb", "trino", "clickhouse"])
def test_the_question_can_be_asked_of_other_engines(dialect):
    tables = unbound_tables()
    counted = total_store_sales(tables["order_lines"], YEAR)
    compared = compare_targets(tables["store_months"], tables["stores"], counted, "sales", YEAR)
    assert "SELECT" in print_sql(compared, dialect)
