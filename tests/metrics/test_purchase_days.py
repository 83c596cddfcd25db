"""Purchase days, returns, cohorts and gaps agree with a recount in pandas."""

from datetime import date, timedelta
from functools import cache

import ibis
import pandas as pd
import pytest

from diagnostics.metrics.cohorts import count_active, count_returns, find_newcomers_since, value_second_days
from diagnostics.metrics.coverage import cover_channels
from diagnostics.metrics.days import count_daily_orders, purchase_days
from diagnostics.metrics.gaps import WHOLE, count_gaps, count_touched, fill_categories, find_middles, purchase_gaps
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.returns import first_buys, times_to_return, value_later_days, wait_by_week
from diagnostics.model.period import Period
from diagnostics.statistics.cycle import find_cycle
from diagnostics.workbook.engine import connect, fetch, open_frames, print_sql, unbound_tables
from tests.metrics.invented import invent_lines

HISTORY = Period(start=date(2023, 1, 1), end=date(2025, 1, 1))
AS_OF = HISTORY.end
LAST = pd.Timestamp(AS_OF - timedelta(days=1))
SEEDS = (1, 2)


@cache
def open_lines(seed, categories=()):
    raw = invent_lines(seed)
    if categories:
        raw["category"] = [categories[place % len(categories)] for place in range(len(raw))]
    lines = value_lines(open_frames(connect(), {"order_lines": raw})["order_lines"], "paid_net")
    return raw.assign(gmv=(raw.paid_amount - raw.refund_amount).round(2)), lines


def recount_days(raw):
    """Customer, day, gmv, channel of each purchase day, with its turn and the next day."""
    selling = raw[~raw.is_return & raw.customer.notna()].sort_values(["customer", "ordered_at", "channel"])
    days = selling.groupby(["customer", "ordered_at"]).agg(
        gmv=("gmv", "sum"), paid=("paid_amount", "sum"), channel=("channel", "first")
    )
    days = days.reset_index().rename(columns={"ordered_at": "day"})
    days["turn"] = days.groupby("customer").cumcount()
    days["next_day"] = days.groupby("customer").day.shift(-1)
    return days


def as_counts(frame, *keys):
    return frame.set_index(list(keys)).sort_index().astype("float64")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_counts_once_with_the_channel_of_its_first_line(seed):
    raw, lines = open_lines(seed)
    ours = fetch(purchase_days(lines)).sort_values(["customer", "day"], ignore_index=True)
    theirs = recount_days(raw)
    assert ours.channel.tolist() == theirs.channel.tolist()
    assert ours.gmv.tolist() == pytest.approx(theirs.gmv.tolist())


@pytest.mark.parametrize("seed", SEEDS)
def test_waiting_times_agree_with_a_recount(seed):
    raw, lines = open_lines(seed)
    since = date(2023, 4, 1)
    ours = fetch(times_to_return(first_buys(lines, since), AS_OF))
    first = recount_days(raw).query("turn == 0")
    first = first[first.day >= pd.Timestamp(since)]
    waited = (first.next_day.fillna(LAST) - first.day).dt.days
    assert ours.channel.unique().tolist() == [""]
    assert (ours.days * ours.events).sum() == waited[first.next_day.notna()].sum()
    assert (ours.days * ours.censored).sum() == waited[first.next_day.isna()].sum()
    assert ours.events.sum() + ours.censored.sum() == len(first)


@pytest.mark.parametrize("seed", SEEDS)
def test_waits_by_week_agree_with_a_recount(seed):
    raw, lines = open_lines(seed)
    since = date(2023, 4, 1)
    ours = fetch(wait_by_week(first_buys(lines, since), AS_OF)).sort_values(["age", "days"], ignore_index=True)
    first = recount_days(raw).query("turn == 0")
    first = first[first.day >= pd.Timestamp(since)]
    came = first.next_day.notna()
    age = (LAST - first.day).dt.days // 7 * 7 + 3.0
    days = (first.next_day - first.day).dt.days.where(came, age)
    naive = pd.DataFrame({"age": age, "days": days, "events": came, "censored": ~came})
    naive = naive.groupby(["age", "days"], as_index=False).sum()
    pd.testing.assert_frame_equal(ours, naive, check_dtype=False)


def test_large_channels_keep_their_name_and_small_ones_go_together():
    raw = pd.DataFrame(
        {
            "line_id": range(330),
            "order_id": range(330),
            "channel": ["tmall"] * 300 + ["jd"] * 30,
            "customer": [f"c{number}" for number in range(330)],
            "ordered_at": "2024-05-01",
            "quantity": 1,
            "paid_amount": 10,
            "refund_amount": 0,
            "is_return": False,
        }
    )
    lines = value_lines(open_frames(connect(), {"order_lines": raw})["order_lines"], "paid")
    ours = fetch(times_to_return(first_buys(lines, date(2024, 1, 1)), AS_OF))
    assert dict(zip(ours.channel, ours.censored, strict=True)) == {"tmall": 300, "": 30}
    assert set(ours.days) == {244}


@pytest.mark.parametrize("seed", SEEDS)
def test_later_spend_belongs_to_the_channel_of_the_first_purchase(seed):
    raw, lines = open_lines(seed)
    period = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))
    ours = fetch(value_later_days(purchase_days(lines), period)).set_index("channel").sort_index()
    days = recount_days(raw)
    opened = days[days.turn == 0].set_index("customer").channel
    later = days[(days.turn > 0) & (days.day >= pd.Timestamp(period.start))]
    theirs = later.groupby(later.customer.map(opened))[["gmv", "paid"]].sum().sort_index()
    assert ours.index.tolist() == theirs.index.tolist()
    for column in ("gmv", "paid"):
        assert ours[column].tolist() == pytest.approx(theirs[column].tolist())


@pytest.mark.parametrize("seed", SEEDS)
def test_active_customers_by_cohort_and_age_agree_with_a_recount(seed):
    raw, lines = open_lines(seed)
    days = recount_days(raw)
    month = days.day.dt.to_period("M")
    cohort = month.groupby(days.customer).transform("min")
    age = (month.dt.year - cohort.dt.year) * 12 + month.dt.month - cohort.dt.month
    theirs = days.assign(cohort=cohort.dt.start_time, age=age).groupby(["cohort", "age"])
    ours = as_counts(fetch(count_active(purchase_days(lines))), "cohort", "age")
    assert ours.customers.tolist() == theirs.customer.nunique().tolist()
    assert ours.gmv.tolist() == pytest.approx(theirs.gmv.sum().tolist())


@pytest.mark.parametrize("seed", SEEDS)
def test_returns_count_only_those_followed_long_enough(seed):
    raw, lines = open_lines(seed)
    first = recount_days(raw).query("turn == 0")
    followed = first.day + pd.Timedelta(days=90) < pd.Timestamp(AS_OF)
    returned = followed & ((first.next_day - first.day).dt.days <= 90)
    cohort = first.day.dt.to_period("M").dt.start_time
    theirs = pd.DataFrame({"customers": 1, "followed": followed, "returned": returned}).groupby(cohort).sum()
    ours = as_counts(fetch(count_returns(first_buys(lines, HISTORY.start), AS_OF, 90)), "cohort")
    pd.testing.assert_frame_equal(ours, theirs.astype("float64"), check_names=False, check_index_type=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_second_day_is_worth_what_was_spent_on_it(seed):
    raw, lines = open_lines(seed)
    second = recount_days(raw).query("turn == 1")
    ours = fetch(value_second_days(purchase_days(lines))).iloc[0]
    assert ours.customers == len(second)
    assert ours.gmv == pytest.approx(second.gmv.sum())


def test_newcomers_start_after_the_opening_months():
    assert find_newcomers_since(HISTORY) == date(2023, 4, 1)
    assert find_newcomers_since(Period(start=date(2024, 1, 15), end=date(2024, 7, 1))) == date(2024, 3, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_gaps_of_a_client_without_categories_are_those_between_purchase_days(seed):
    raw, lines = open_lines(seed)
    ours = fetch(count_gaps(purchase_gaps(lines, AS_OF)))
    days = recount_days(raw)
    waited = (days.next_day.fillna(LAST) - days.day).dt.days
    assert ours.category.unique().tolist() == [WHOLE]
    assert (ours.days * ours.events).sum() == waited[days.next_day.notna()].sum()
    assert ours.censored.sum() == days.next_day.isna().sum()
    assert (ours.days * ours.censored).sum() == waited[days.next_day.isna()].sum()


def test_gaps_are_counted_within_a_category():
    raw, lines = open_lines(3, ("tea", "cup"))
    ours = fetch(count_gaps(purchase_gaps(lines, AS_OF)))
    for category, own in raw.groupby("category"):
        days = recount_days(own)
        counted = ours[ours.category == category]
        assert counted.events.sum() == days.next_day.notna().sum()
        assert counted.censored.sum() == days.next_day.isna().sum()


def test_the_item_master_fills_empty_categories_only():
    lines = ibis.memtable(
        pd.DataFrame({"product_id": ["a", "b", "c"], "category": ["own", None, None]}),
        schema={"product_id": "string", "category": "string"},
    )
    products = ibis.memtable(pd.DataFrame({"product_id": ["a", "b"], "category": ["master", "master"]}))
    filled = connect().to_pandas(fill_categories(lines, products).order_by("product_id"))
    assert filled.category.tolist()[:2] == ["own", "master"]
    assert filled.category.isna().tolist() == [False, False, True]


@pytest.mark.parametrize("least_at_risk", [1, 12])
def test_the_median_that_decides_what_is_due_is_that_of_the_cycle(least_at_risk):
    _raw, lines = open_lines(5, ("tea", "cup", "pot"))
    gaps = purchase_gaps(lines, AS_OF)
    found = fetch(find_middles(gaps, longest=365, least_at_risk=least_at_risk)).set_index("category").middle.to_dict()
    counts = fetch(count_gaps(gaps))
    cycles = {
        category: find_cycle(own.days, own.events, own.censored, longest=365, least_at_risk=least_at_risk)
        for category, own in counts.groupby("category")
    }
    assert found == {category: cycle.median for category, cycle in cycles.items() if cycle is not None}
    # More gaps are open than not, so the median of closed gaps alone would be another day.
    closed = counts.loc[counts.index.repeat(counts.events)].groupby("category").days.median()
    assert any(found[category] > closed[category] for category in found)


def test_a_touch_counts_inside_the_window_and_before_the_return():
    """Closed gaps are 40 days: the window goes from day 20 to day 60."""
    bought = [("early", 0), ("early", 40), ("late", 0), ("never", 0), ("fresh", 480)]
    raw = pd.DataFrame(
        [(who, pd.Timestamp("2023-09-01") + pd.Timedelta(days=day)) for who, day in bought],
        columns=["customer", "ordered_at"],
    ).assign(channel="jd", quantity=1, paid_amount=10, refund_amount=0, is_return=False)
    raw = raw.assign(line_id=range(len(raw)), order_id=range(len(raw)))
    touches = pd.DataFrame([("early", 30), ("late", 70), ("early", 55)], columns=["customer", "touched_at"])
    touches["touched_at"] = pd.Timestamp("2023-09-01") + pd.to_timedelta(touches.touched_at, unit="D")
    tables = open_frames(connect(), {"order_lines": raw, "touches": touches})
    gaps = purchase_gaps(value_lines(tables["order_lines"], "paid"), AS_OF)
    row = fetch(count_touched(gaps, tables["touches"], longest=365, least_at_risk=1)).iloc[0]
    # Due: both of early's purchases, late's and never's; fresh's window is not closed yet. Touched: the first.
    assert (row.due, row.touched, row.lapsed) == (4, 1, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_orders_by_day_and_coverage_agree_with_a_recount(seed):
    raw, lines = open_lines(seed)
    selling = raw[~raw.is_return]
    daily = as_counts(fetch(count_daily_orders(lines)), "channel", "day").orders
    assert daily.tolist() == selling.groupby(["channel", "ordered_at"]).order_id.nunique().tolist()
    covered = fetch(cover_channels(lines)).set_index("channel").sort_index()
    assert covered.lines.tolist() == raw.groupby("channel").size().tolist()
    assert covered.keyed.tolist() == raw.groupby("channel").customer.count().tolist()
    assert covered.orders.tolist() == selling.groupby("channel").order_id.nunique().tolist()
    assert covered.first_day.tolist() == raw.groupby("channel").ordered_at.min().tolist()


@pytest.mark.parametrize("dialect", ["duckdb", "trino", "clickhouse"])
def test_the_questions_can_be_printed_for_other_engines(dialect):
    tables = unbound_tables()
    lines = value_lines(tables["order_lines"], "paid_net")
    firsts = first_buys(lines, date(2023, 4, 1))
    gaps = purchase_gaps(fill_categories(lines, tables["products"]), AS_OF)
    asked = (
        times_to_return(firsts, AS_OF),
        value_later_days(purchase_days(lines), HISTORY),
        count_active(purchase_days(lines)),
        count_returns(firsts, AS_OF, 90),
        value_second_days(purchase_days(lines)),
        count_gaps(gaps),
        count_touched(gaps, tables["touches"], longest=365, least_at_risk=30),
        count_daily_orders(lines),
        cover_channels(lines),
    )
    assert all("SELECT" in print_sql(expression, dialect) for expression in asked)
