"""Buyers by month, reach, stages and lapses agree with a recount in pandas."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.buyers import count_monthly_buyers, count_monthly_orders, total_period
from diagnostics.metrics.concentration import follow_top, spend_percentiles
from diagnostics.metrics.customers import total_customers
from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.orders import count_orders
from diagnostics.metrics.profit import between, cost_lines, spend_days
from diagnostics.metrics.reach import count_assets, count_matched, count_reached, list_reachable
from diagnostics.metrics.stages import (
    count_lapses,
    count_moves,
    count_stages,
    measure_gaps,
    segment_customers,
    stage_customers,
)
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

SINCE = date(2023, 4, 1)
END = date(2025, 1, 1)
WINDOW = Period(start=date(2024, 1, 1), end=END)


@pytest.fixture(scope="module", params=[11, 12])
def lines(request):
    return invent_lines(request.param, count=1500)


@pytest.fixture(scope="module")
def valued(lines):
    return value_lines(open_frames(connect(), {"order_lines": lines})["order_lines"], "paid_net")


@pytest.fixture(scope="module")
def money(valued):
    return spend_days(cost_lines(valued, None))


def known(lines):
    found = lines[lines.customer.notna()].copy()
    found["gmv"] = found.paid_amount - found.refund_amount
    found["day"] = found.ordered_at.dt.normalize()
    found["month"] = found.ordered_at.dt.to_period("M").dt.to_timestamp()
    return found


def recount_days(lines):
    selling = known(lines)[lambda frame: ~frame.is_return]
    return selling.groupby(["customer", "day"]).gmv.sum().reset_index()


def test_buyers_of_a_month_are_first_time_returning_or_older(lines, valued):
    ours = fetch(count_monthly_buyers(valued, SINCE)).set_index("month").sort_index()
    selling = known(lines)[lambda frame: ~frame.is_return]
    first = selling.groupby("customer").day.min()
    for month, part in selling.groupby("month"):
        firsts = first[part.customer.unique()]
        older = firsts < pd.Timestamp(SINCE)
        newcomers = ~older & (firsts.dt.to_period("M") == month.to_period("M"))
        row = ours.loc[month]
        assert (row.buyers, row.older, row.first_time) == (len(firsts), older.sum(), newcomers.sum())
        assert row.buyers == row.older + row.first_time + row.returning


def test_the_money_of_the_kinds_is_that_of_all_known_buyers(lines, valued):
    ours = fetch(count_monthly_buyers(valued, SINCE))
    everything = known(lines)
    first = everything[~everything.is_return].groupby("customer").day.min()
    bought = everything[everything.customer.isin(first.index)]
    since = bought.customer.map(first)
    # Refunds in a month before a newcomer's first purchase belong to no kind.
    early = (since >= pd.Timestamp(SINCE)) & (bought.month < since.dt.to_period("M").dt.to_timestamp())
    kinds = ours[["first_time_gmv", "returning_gmv", "older_gmv"]].fillna(0).sum(axis=1)
    assert kinds.sum() == pytest.approx(bought[~early].gmv.sum())


def test_orders_without_a_customer_stay_apart(lines, valued):
    ours = fetch(count_monthly_orders(count_orders(valued)))
    selling = lines[~lines.is_return].drop_duplicates(["channel", "order_id"])
    assert ours.orders.sum() == len(selling)
    assert ours.orders_known.sum() == selling.customer.notna().sum()


def test_a_repeat_buyer_bought_on_two_days(lines, valued):
    row = fetch(total_period(valued, count_orders(valued))).iloc[0]
    days = recount_days(lines).groupby("customer").size()
    assert (row.buyers, row.repeat_buyers) == (len(days), (days >= 2).sum())
    assert row.gmv == pytest.approx((lines.paid_amount - lines.refund_amount).sum())
    assert row.gmv_known == pytest.approx(known(lines).gmv.sum())


def invent_contacts(lines, seed=5):
    rng = np.random.default_rng(seed)
    customers = lines.customer.dropna().unique()[:40]
    added = pd.Timestamp("2024-06-01") + pd.to_timedelta(rng.integers(0, 300, len(customers)), unit="D")
    lost = added + pd.to_timedelta(rng.integers(1, 300, len(customers)), unit="D")
    contacts = pd.DataFrame(
        {
            "contact": [f"c{place}" for place in range(len(customers))],
            "customer": customers,
            "added_at": added,
            "lost_at": lost.where(rng.random(len(customers)) < 0.5),
        }
    )
    contacts.loc[:3, "added_at"] = pd.NaT
    stranger = pd.DataFrame({"contact": ["c99"], "customer": [None], "added_at": [pd.Timestamp("2024-01-01")]})
    return pd.concat([contacts, stranger], ignore_index=True)


def test_reach_counts_contacts_that_were_added_and_kept(lines):
    contacts = invent_contacts(lines)
    tables = open_frames(connect(), {"order_lines": lines, "contacts": contacts})
    valued, reachable = value_lines(tables["order_lines"], "paid_net"), list_reachable(tables["contacts"], END)
    end = pd.Timestamp(END)
    is_added = contacts.added_at.isna() | (contacts.added_at < end)
    kept = set(contacts[is_added & ~(contacts.lost_at < end)].customer.dropna())
    ours = fetch(count_reached(valued, reachable, WINDOW)).set_index("channel")
    selling = known(lines)[lambda frame: ~frame.is_return]
    opened = selling.groupby("customer").day.min()
    inside = selling[selling.day.between("2024-01-01", "2024-12-31")]
    for channel, part in inside.groupby("channel"):
        repeat = part.gmv.where(part.day > part.customer.map(opened), 0).groupby(part.customer).sum()
        frame = pd.DataFrame({"spend": repeat, "kept": repeat.index.isin(kept), "opened": repeat.index.map(opened)})
        row = ours.loc[channel]
        assert (row.buyers, row.reached) == (len(frame), frame.kept.sum())
        assert row.unreached_mean == pytest.approx(frame.spend[~frame.kept].mean())
        ours_total = others_total = variance = count = 0
        for _, cell in frame.groupby(frame.opened.dt.to_period("M")):
            mine, others = cell.spend[cell.kept], cell.spend[~cell.kept]
            if min(len(mine), len(others)) < 2:
                continue
            n = len(mine)
            count, ours_total, others_total = count + n, ours_total + mine.sum(), others_total + n * others.mean()
            variance += n * mine.var() + n**2 * others.var() / len(others)
        assert count
        found = row[["reached_mean", "matched_mean", "difference_error"]].tolist()
        assert found == pytest.approx([ours_total / count, others_total / count, variance**0.5 / count])
    assets = fetch(count_assets(valued, reachable)).iloc[0]
    assert assets.buyers == selling.customer.nunique()
    assert assets.reached == selling.customer[selling.customer.isin(kept)].nunique()
    matched = fetch(count_matched(tables["contacts"])).iloc[0]
    assert (matched.contacts, matched.matched) == (len(contacts), len(contacts) - 1)


def recount_gaps(days):
    gaps = days.sort_values("day").groupby("customer").day.diff().dt.days.dropna()
    return [float(np.quantile(gaps, share, method="inverted_cdf")) for share in (0.5, 0.75, 0.9)]


def test_lines_of_silence_are_percentiles_of_whole_days(lines, valued):
    row = fetch(measure_gaps(purchase_days(valued))).iloc[0]
    assert [row.median_gap, row.warning_line, row.lapse_line] == recount_gaps(recount_days(lines))


def recount_stages(days, as_of, lines_of_silence):
    _, warning, lapse = lines_of_silence
    stages = {}
    for customer, part in days[days.day < pd.Timestamp(as_of)].groupby("customer"):
        bought = part.day.sort_values()
        silent = (pd.Timestamp(as_of) - bought.iloc[-1]).days - 1
        gap = (bought.iloc[-1] - bought.iloc[-2]).days if len(bought) > 1 else 0
        tests = [silent > lapse, silent > warning, gap > lapse, len(bought) >= 3, len(bought) == 2, True]
        stages[customer] = ["lapsed", "drifting", "recalled", "mature", "growing", "new"][tests.index(True)]
    return pd.Series(stages)


def test_stages_and_moves_agree_with_a_recount(lines, valued):
    days, counted = purchase_days(valued), recount_days(lines)
    gaps, silence = measure_gaps(days), recount_gaps(counted)
    now, before = (
        stage_customers(days, gaps, END, date(2024, 1, 2)),
        stage_customers(days, gaps, date(2024, 1, 1), SINCE),
    )
    theirs, earlier = recount_stages(counted, END, silence), recount_stages(counted, date(2024, 1, 1), silence)
    ours = fetch(count_stages(now)).set_index("stage")
    assert ours.customers.to_dict() == theirs.value_counts().to_dict()
    year = counted[counted.day >= "2024-01-02"]
    assert ours.gmv.sum() == pytest.approx(year.gmv.sum())
    moves = fetch(count_moves(before, now)).set_index(["stage_before", "stage"]).customers
    pairs = pd.Series(list(zip(earlier, theirs[earlier.index], strict=True)))
    assert moves.to_dict() == pairs.value_counts().to_dict()


def test_segments_cut_at_the_median_gap_and_the_median_spend(lines, valued):
    days, counted = purchase_days(valued), recount_days(lines)
    ours = fetch(segment_customers(days, measure_gaps(days), END))
    buyers = counted.groupby("customer").agg(last=("day", "max"), bought=("day", "size"), gmv=("gmv", "sum"))
    cut = float(np.quantile(buyers.gmv.round(2), 0.5, method="inverted_cdf"))
    keys = [
        ((pd.Timestamp(END) - buyers["last"]).dt.days - 1 <= recount_gaps(counted)[0]).astype(int).rename("recent"),
        (buyers.bought >= 2).astype(int).rename("frequent"),
        (buyers.gmv.round(2) >= cut).astype(int).rename("high"),
    ]
    theirs = buyers.groupby(keys).size()
    assert ours.set_index(["recent", "frequent", "high"]).customers.to_dict() == theirs.to_dict()
    assert ours.money_cut.unique() == pytest.approx([cut])


def test_lapsed_are_active_repeat_customers_who_stay_away(lines, valued):
    days, counted, span = purchase_days(valued), recount_days(lines), 500
    line = recount_gaps(counted)[2]
    ours = fetch(count_lapses(days, measure_gaps(days), END, span))
    start = pd.Timestamp(END) - timedelta(days=line)
    before = counted[(counted.day < start) & (counted.day >= pd.Timestamp(END) - timedelta(days=span))]
    active = before.groupby("customer").day.agg(["size", "max"])
    active = active[(active["size"] >= 2) & ((start - active["max"]).dt.days - 1 <= line)]
    came = counted[counted.day >= start]
    assert ours.at_risk.sum() == len(active)
    assert ours.lapsed.sum() == (~active.index.isin(came.customer)).sum()
    spent = came[came.customer.isin(active.index)].groupby("customer").gmv.sum()
    assert ours.stayed_gmv.sum() == pytest.approx(spent.sum())
    assert ours.stayed_squares.sum() == pytest.approx((spent.astype(float) ** 2).sum())


def test_the_two_top_tenths_are_followed_into_the_other_period(lines, money):
    years = [Period(start=date(year, 1, 1), end=date(year + 1, 1, 1)) for year in (2023, 2024)]
    before, now = (total_customers(money.filter(between(money, year))) for year in years)
    row = fetch(follow_top(before, now)).drop(columns="bucket").sum()
    spent = known(lines)[lambda frame: frame.ordered_at.dt.year.isin([2023, 2024])]
    spent = spent.groupby([spent.ordered_at.dt.year, "customer"]).gmv.sum()
    for first, second, names in ((2023, 2024, ("top", "second")), (2024, 2023, ("peak", "under"))):
        ordered = spent[first].sort_values(ascending=False)
        ends = [0, *(int(np.ceil(len(ordered) * share / 10)) for share in (1, 2))]
        for name, start, end in zip(names, ends, ends[1:], strict=False):
            tenth = ordered.iloc[start:end]
            sums = {first: tenth.sum(), second: spent[second].reindex(tenth.index).fillna(0).sum()}
            assert [row[f"{name}_before"], row[f"{name}_now"]] == pytest.approx([sums[2023], sums[2024]])
    assert (row.all_before, row.all_now) == pytest.approx((spent[2023].sum(), spent[2024].sum()))


def test_percentiles_of_spend_hold_all_buyers(lines, money):
    ours = fetch(spend_percentiles(total_customers(money))).sort_values("percentile")
    buyers = known(lines)[lambda frame: ~frame.is_return].customer.unique()
    spent = known(lines)[lambda frame: frame.customer.isin(buyers)].groupby("customer").gmv.sum()
    assert ours.customers.sum() == len(buyers)
    assert ours.gmv.sum() == pytest.approx(spent.sum())
    assert ours.gmv.iloc[0] == pytest.approx(spent.nlargest(int(ours.customers.iloc[0])).sum())
