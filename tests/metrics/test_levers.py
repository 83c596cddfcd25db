"""Sums by channel, period and bucket agree with a recount in pandas, and the tree built on them ties out."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.levers import sum_levers
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.traffic import pair_months
from diagnostics.model.period import Period
from diagnostics.statistics.lever_tree import grow_tree
from diagnostics.workbook.engine import connect, fetch, open_frames, print_sql, unbound_tables
from tests.metrics.invented import invent_lines, invent_traffic

PREVIOUS = Period(start=date(2023, 1, 1), end=date(2024, 1, 1))
CURRENT = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))


def ask(seed, basis="paid_net", months=24):
    lines, traffic = invent_lines(seed), invent_traffic(seed, months=months)
    tables = open_frames(connect(), {"order_lines": lines, "traffic": traffic})
    marked = mark_compared(value_lines(tables["order_lines"], basis), PREVIOUS, CURRENT)
    covered = pair_months(tables["traffic"], PREVIOUS, CURRENT)
    return lines, traffic, fetch(sum_levers(marked, covered)), fetch(covered)


@pytest.mark.parametrize("seed", [1, 2])
def test_sums_agree_with_a_recount(seed):
    lines, _, sums, _ = ask(seed, months=20)
    lines = lines[lines.ordered_at < "2025-01-01"]
    lines["month"] = lines.ordered_at.dt.to_period("M")
    for (channel, is_current), part in lines.groupby(["channel", lines.ordered_at.dt.year == 2024]):
        ours = sums[(sums.channel == channel) & (sums.is_current == is_current)]
        assert ours.gmv.sum() == pytest.approx((part.paid_amount - part.refund_amount).sum())
        assert ours.paid.sum() == pytest.approx(part.paid_amount.sum())
        assert ours.units.sum() == part.quantity.sum()
        listed = part[(part.list_amount > 0) & ~part.is_return]
        assert ours.listed.sum() == pytest.approx(listed.list_amount.sum())
        assert ours.listed_paid.sum() == pytest.approx(listed.paid_amount.sum())
        selling = part[~part.is_return]
        assert ours.orders.sum() == selling.order_id.nunique()
        # Of the 24 months, traffic covers 20: September to December have none in 2024.
        for covered in (True, False):
            inside = selling[((selling.ordered_at.dt.month <= 8) & (channel == "tmall")) == covered]
            cell = ours[ours.covered == covered]
            assert cell.buyers.sum() == inside.customer.nunique()
            assert cell.buyer_months.sum() == len(inside[["customer", "month"]].dropna().drop_duplicates())
    assert sums.bucket.between(0, 49).all()


@pytest.mark.parametrize("basis", ["paid", "paid_net"])
def test_the_terms_sum_to_the_change_to_the_cent(basis):
    lines, _, sums, visitors = ask(3, basis, months=20)
    tree = grow_tree(sums, visitors)
    gmv = lines.paid_amount - (lines.refund_amount if basis == "paid_net" else 0)
    change = gmv[lines.ordered_at.dt.year == 2024].sum() - gmv[lines.ordered_at.dt.year == 2023].sum()
    assert round(sum(round(term.effect * 100) for term in tree.terms)) == round(change * 100)
    assert round(sum(round(term.effect * 100) for term in tree.totals)) == round(change * 100)
    levers = {"users", "conversion", "buyers", "frequency", "items", "list_price", "discount", "unknown"}
    assert levers <= {term.lever for term in tree.terms}


def test_levels_multiply_to_gmv():
    _, traffic, sums, visitors = ask(4)
    tree = grow_tree(sums, visitors)
    known = [level for level in tree.levels if level.depth in {"traffic", "buyers"}]
    for level in known:
        product = level.users * level.conversion * level.frequency * level.basket * level.kept
        assert product == pytest.approx(level.gmv)
        assert math.prod(level.levers.values()) == pytest.approx(level.gmv)
    now = next(level for level in known if level.depth == "traffic" and level.is_current)
    assert now.users == traffic.visitors[traffic.starts_on >= "2024-01-01"].sum()


def test_a_channel_that_enters_is_one_term_and_one_without_customers_is_split_by_orders():
    sums = pd.DataFrame(
        [("jd", True, True, False, bucket, 5, 5, 6, 6.0, 0, 0, 60.0, 60.0) for bucket in range(10)]
        + [
            ("dealer", now, False, False, bucket, 0, 0, 4 - now, 8.0, 0, 0, 80.0, 80.0)
            for bucket in range(10)
            for now in (0, 1)
        ],
        columns=[
            "channel",
            "is_current",
            "known",
            "covered",
            "bucket",
            "buyers",
            "buyer_months",
            "orders",
            "units",
            "listed",
            "listed_paid",
            "paid",
            "gmv",
        ],
    ).astype({"is_current": bool})
    terms = {(term.channel, term.lever): term.effect for term in grow_tree(sums, pd.DataFrame()).terms}
    assert terms["jd", "entered"] == 600
    assert terms["dealer", "orders"] == pytest.approx(800 * np.log(3 / 4), abs=0.01)
    assert terms["dealer", "orders"] + terms["dealer", "items"] == pytest.approx(0, abs=0.001)
    assert terms["dealer", "price"] == 0


def test_traffic_by_source_is_not_added_to_the_whole_shop():
    traffic = invent_traffic(5)
    whole = traffic.groupby(["starts_on", "ends_on", "channel"], as_index=False).visitors.sum().assign(source=None)
    product = whole.assign(product_id="p1")
    tables = open_frames(connect(), {"traffic": pd.concat([traffic, whole, product], ignore_index=True)})
    paired = fetch(pair_months(tables["traffic"], PREVIOUS, CURRENT))
    assert paired.visitors_before.sum() == traffic.visitors[traffic.starts_on < "2024-01-01"].sum()
    assert len(paired) == 12


DAYS = pd.date_range("2023-01-01", "2024-12-31")
MONTHS = pd.date_range("2023-01-01", periods=24, freq="MS")


def tell_traffic(starts, step, visitors=100, **named):
    """Rows that tell a stretch of `step` from each start."""
    rows = pd.DataFrame({"starts_on": starts, "ends_on": starts + step, "channel": "tmall", "visitors": visitors})
    return rows.assign(source=None, shop=None, product_id=None).assign(**named)


def by_day(starts, **named):
    return tell_traffic(starts, pd.Timedelta(days=1), **named)


def by_month(starts, **named):
    return tell_traffic(starts, pd.offsets.MonthBegin(1), visitors=1800, **named)


def recount_turns(traffic):
    """The turns with the same cut in both years, by marking every day of every shop: a second, naive way."""
    cuts = {}
    for (_, month), rows in traffic.groupby([traffic.shop.fillna(""), traffic.starts_on.dt.to_period("M")]):
        spans = rows[["starts_on", "ends_on"]].drop_duplicates()
        told = [day for row in spans.itertuples() for day in pd.date_range(row[1], row[2], inclusive="left")]
        is_whole = sorted(told) == list(pd.date_range(month.start_time, periods=month.days_in_month))
        cut = "none" if not is_whole else "month" if len(spans) == 1 else "day"
        cuts.setdefault((month.year, month.month - 1), set()).add(cut)
    return {
        turn
        for turn in range(12)
        if (found := cuts.get((2023, turn), {"none"})) == cuts.get((2024, turn)) and "none" not in found
    }


JUNE = DAYS[(DAYS.year == 2024) & (DAYS.month == 6)]
TOLD = {
    "by day in both": (by_day(DAYS), 12),
    "by month, then by day": (pd.concat([by_month(MONTHS[:12]), by_day(DAYS[DAYS.year == 2024])]), 0),
    "the last week of December": (by_day(DAYS[(DAYS < "2024-11-01") | (DAYS >= "2024-12-25")]), 10),
    "one month by day": (pd.concat([by_month(MONTHS[MONTHS != "2024-06-01"]), by_day(JUNE)]), 11),
    "one month twice": (pd.concat([by_month(MONTHS), by_day(JUNE)]), 11),
    "sources that are not there every day": (
        pd.concat([by_day(DAYS, source="搜索"), by_day(DAYS[::3], source="推荐")]),
        12,
    ),
    "two shops, each in its own way": (pd.concat([by_month(MONTHS, shop="a"), by_day(DAYS, shop="b")]), 12),
    "a second shop in part": (pd.concat([by_month(MONTHS, shop="a"), by_day(JUNE[:9], shop="b")]), 11),
}


@pytest.mark.parametrize(("traffic", "turns"), TOLD.values(), ids=TOLD)
def test_only_months_told_in_full_and_alike_in_both_years_are_compared(traffic, turns):
    paired = fetch(pair_months(open_frames(connect(), {"traffic": traffic})["traffic"], PREVIOUS, CURRENT))
    assert set(paired.turn) == recount_turns(traffic)
    assert len(paired) == turns
    month = traffic.starts_on.dt.to_period("M")
    for row in paired.itertuples():
        for year, visitors in ((2023, row.visitors_before), (2024, row.visitors_after)):
            assert visitors == traffic.visitors[month == pd.Period(year=year, month=row.turn + 1, freq="M")].sum()


@pytest.mark.parametrize("dialect", ["duckdb", "trino", "clickhouse"])
def test_the_questions_can_be_asked_of_other_engines(dialect):
    tables = unbound_tables()
    marked = mark_compared(value_lines(tables["order_lines"], "paid"), PREVIOUS, CURRENT)
    assert "SELECT" in print_sql(sum_levers(marked, pair_months(tables["traffic"], PREVIOUS, CURRENT)), dialect)
