"""The audit of one and two periods equals a recount in pandas to the cent, over all and by segment."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.one_period import (
    count_orders_each,
    spread_measures,
    sum_up,
    total_deciles,
    total_tenths,
    value_customers,
)
from diagnostics.metrics.profit import between
from diagnostics.metrics.segments import ALL, CHANNEL, spread_segments, total_segments
from diagnostics.metrics.two_periods import (
    bridge_buckets,
    bridge_groups,
    count_up_down,
    group_by_profit,
    migrate_deciles,
    pair_periods,
)
from diagnostics.workbook.engine import fetch
from tests.metrics.audited import CURRENT, KINDS, PREVIOUS, SUMS, cents, invent_audit, segments, total, within


@pytest.fixture(scope="module", params=[21, 22, 23])
def audit(request):
    return invent_audit(request.param)


def test_days_hold_the_money_of_every_line(audit):
    ours = cents(fetch(audit.days)).set_index(["customer", "channel", "day"])
    theirs = total(audit.naive, ["customer", "channel", "day"])
    ours = ours[ours.index.get_level_values(0).isin(audit.naive.customer)]
    assert len(ours) == len(theirs)
    for name in SUMS:
        assert (ours[name].sort_index() == theirs[name].sort_index()).all()


def value(audit):
    rows = spread_segments(audit.days.filter(between(audit.days, CURRENT)), audit.described, KINDS)
    return audit.share(value_customers(total_segments(rows)))


def recount_customers(part):
    frame = total(within(part, CURRENT), "customer")
    frame = frame[frame.orders > 0]
    known = frame.uncosted_lines == 0
    profit = (frame.earned + frame.uncosted).where(known)
    return frame.assign(
        profit=profit, margin=(profit / frame.net).where(known & (frame.net > 0)), value=frame.spend / frame.orders
    )


def test_sums_means_and_loss_makers_of_every_segment(audit):
    ours = cents(fetch(sum_up(value(audit)))).set_index(["kind", "segment"])
    seen = 0
    for key, part in segments(audit.naive):
        frame = recount_customers(part)
        if frame.empty:
            continue
        seen += 1
        row = ours.loc[key]
        sums = [frame[name].sum() for name in ("orders", "spend", "net", "earned", "uncosted")]
        assert [row.customers, *row[["orders", "spend", "net", "earned", "uncosted"]]] == [len(frame), *sums]
        loses = frame[frame.profit < 0]
        assert (row.known, row.losers) == (frame.profit.notna().sum(), len(loses))
        assert list(row[["profit", "loss"]].fillna(0)) == [frame.profit.sum(), loses.profit.sum()]
        assert row.refund_losers == (loses.profit + loses.refund >= 0).sum()
        assert row.order_value_mean * 100 == pytest.approx(frame.value.mean())
        assert row.margin_mean == pytest.approx(frame.margin.mean(), nan_ok=True)
    assert seen == len(ours)
    assert ours.losers.max() > 0


def test_percentiles_are_the_smallest_value_with_that_share_below(audit):
    ours = fetch(spread_measures(value(audit))).set_index(["kind", "segment", "measure"])
    for key, part in segments(audit.naive):
        if key[0] not in {ALL, CHANNEL}:
            continue
        frame = recount_customers(part)
        values = {"spend": frame.spend / 100, "orders": frame.orders, "order_value": frame.value / 100}
        values |= {"profit": frame.profit.dropna() / 100, "margin": frame.margin.dropna()}
        for measure, theirs in values.items():
            row = ours.loc[(*key, measure)]
            assert row.n == len(theirs)
            for part_ in (1, 25, 50, 90, 99):
                wanted = np.quantile(theirs, part_ / 100, method="inverted_cdf")
                assert row[f"p{part_}"] == pytest.approx(wanted)


def test_deciles_are_tenths_of_the_customers_in_order(audit):
    ours = cents(fetch(total_deciles(value(audit))))
    for (kind, segment), part in segments(audit.naive):
        if kind not in {ALL, CHANNEL}:
            continue
        frame = recount_customers(part).reset_index()
        for ranking in ("spend", "profit"):
            ranked = frame.dropna(subset=[ranking]) if ranking == "profit" else frame
            ranked = ranked.sort_values([ranking, "customer"], ascending=[False, True])
            tenths = np.array_split(np.arange(len(ranked)), 10)
            rows = ours[(ours.kind == kind) & (ours.segment == segment) & (ours.ranking == ranking)]
            rows = rows.set_index("decile")
            for decile, places in enumerate(tenths, start=1):
                if not len(places):
                    continue
                mine = ranked.iloc[places]
                row = rows.loc[decile]
                assert (row.customers, row.orders, row.spend) == (len(mine), mine.orders.sum(), mine.spend.sum())
                assert row.losers == (mine.profit < 0).sum()


def test_tenths_of_value_hold_the_customers_whose_share_begins_in_them(audit):
    ours = cents(fetch(total_tenths(value(audit))).rename(columns={"value": "profit"}))
    seen = set()
    for (kind, segment), part in segments(audit.naive):
        if kind not in {ALL, CHANNEL}:
            continue
        frame = recount_customers(part).reset_index()
        for ranking in ("spend", "profit"):
            ranked = frame.dropna(subset=[ranking]) if ranking == "profit" else frame
            ranked = ranked.sort_values([ranking, "customer"], ascending=[False, True])
            whole, before, theirs = ranked[ranking].clip(lower=0).sum(), 0, {}
            for amount in ranked[ranking]:
                tenth = 0 if amount <= 0 else 1 + int(10 * before // whole)
                customers, held = theirs.get(tenth, (0, 0))
                theirs[tenth] = (customers + 1, held + amount)
                before += max(amount, 0)
            rows = ours[(ours.kind == kind) & (ours.segment == segment) & (ours.ranking == ranking)].set_index("tenth")
            assert {tenth: (row.customers, row.profit) for tenth, row in rows.iterrows()} == theirs
            seen |= set(theirs)
    assert 0 in seen


def test_orders_of_each_customer_are_counted(audit):
    ours = fetch(count_orders_each(value(audit)))
    for (kind, segment), part in segments(audit.naive):
        if kind in {ALL, CHANNEL}:
            rows = ours[(ours.kind == kind) & (ours.segment == segment)].set_index("times").customers
            theirs = recount_customers(part).orders.clip(upper=10).value_counts()
            assert rows.to_dict() == theirs.to_dict()


def pair(audit):
    return audit.share(pair_periods(spread_segments(audit.days, audit.described, KINDS), PREVIOUS, CURRENT))


def recount_pairs(part):
    before, now = (total(within(part, period), "customer") for period in (PREVIOUS, CURRENT))
    joined = before.add_suffix("_before").join(now.add_suffix("_now"), how="outer").fillna(0)
    first = part.groupby("customer").first_day.first().reindex(joined.index)
    was, now_ = joined.orders_before > 0, joined.orders_now > 0
    tests = [was & now_ & (joined.spend_now >= joined.spend_before), was & now_, was]
    tests += [now_ & (first >= pd.Timestamp(CURRENT.start)), now_]
    return joined.assign(group=np.select(tests, ["up", "down", "lost", "new", "back"], "returns"))


def test_the_bridge_sums_to_the_change_of_every_segment(audit):
    ours = cents(fetch(bridge_groups(pair(audit))))
    for (kind, segment), part in segments(audit.naive):
        pairs = recount_pairs(part)
        rows = ours[(ours.kind == kind) & (ours.segment == segment)].set_index("group")
        theirs = pairs.groupby("group").sum()
        assert rows.customers.to_dict() == pairs.group.value_counts().to_dict()
        for name in (f"{name}_{side}" for name in SUMS for side in ("before", "now")):
            assert rows[name].to_dict() == theirs[name].to_dict()
        both = within(part, PREVIOUS).spend.sum(), within(part, CURRENT).spend.sum()
        assert (rows.spend_now - rows.spend_before).sum() == both[1] - both[0]


def test_buckets_add_up_to_the_groups(audit):
    groups = cents(fetch(bridge_groups(pair(audit))))
    groups = groups[groups.kind == ALL].set_index("group")
    buckets = cents(fetch(bridge_buckets(pair(audit)))).groupby("group").sum()
    for name in ("customers", "spend_before", "spend_now", "earned_before", "earned_now"):
        assert buckets[name].to_dict() == groups[name].to_dict()


def test_up_means_at_least_as_much(audit):
    ours = cents(fetch(count_up_down(pair(audit))))
    keys = ["orders_up", "value_up", "margin_up"]
    for (kind, segment), part in segments(audit.naive):
        both = recount_pairs(part)[lambda frame: frame.group.isin(["up", "down"])].astype({"group": str})
        known = both.uncosted_lines_before + both.uncosted_lines_now == 0
        known &= (both.net_before > 0) & (both.net_now > 0)
        profit = [both[f"earned_{side}"] + both[f"uncosted_{side}"] for side in ("before", "now")]
        marked = both.assign(
            orders_up=(both.orders_now >= both.orders_before).astype(float),
            value_up=(both.spend_now * both.orders_before >= both.spend_before * both.orders_now).astype(float),
            margin_up=(profit[1] * both.net_before >= profit[0] * both.net_now).astype(float).where(known),
        )
        theirs = marked.groupby(keys, dropna=False).agg(customers=("group", "size"), now=("spend_now", "sum"))
        rows = ours[(ours.kind == kind) & (ours.segment == segment)].astype(dict.fromkeys(keys, float))
        rows = rows.groupby(keys, dropna=False)[["customers", "spend_now"]].sum()
        assert rows.customers.tolist() == theirs.customers.tolist()
        assert rows.spend_now.tolist() == theirs.now.tolist()


def test_the_bridge_of_profit_goes_by_profit(audit):
    ours = cents(fetch(bridge_groups(group_by_profit(pair(audit)))))
    for (kind, segment), part in segments(audit.naive):
        pairs = recount_pairs(part)
        earns = np.where(pairs.earned_now >= pairs.earned_before, "up", "down")
        groups = pairs.group.where(~pairs.group.isin(["up", "down"]), earns)
        theirs = pairs.groupby(groups)[["earned_before", "earned_now"]].sum()
        rows = ours[(ours.kind == kind) & (ours.segment == segment)].set_index("group")
        for name in theirs:
            assert rows[name].to_dict() == theirs[name].to_dict()
        assert not len(rows[rows.index == "up"]) or (rows.earned_now >= rows.earned_before)["up"]


@pytest.mark.parametrize("measure", ["spend", "earned"])
def test_migration_uses_the_cut_offs_of_the_previous_period(audit, measure):
    paired = pair(audit)
    for (kind, segment), part in segments(audit.naive):
        if kind not in {ALL, CHANNEL}:
            continue
        own = paired.filter(paired.kind == kind, paired.segment == segment)
        ours = fetch(migrate_deciles(own, measure)).set_index(["decile_before", "decile_now"]).customers
        pairs = recount_pairs(part)
        former = pairs[pairs.orders_before > 0][f"{measure}_before"]
        cuts = np.quantile(former, np.arange(1, 10) / 10, method="inverted_cdf")
        places = {
            side: np.where(
                pairs[f"orders_{side}"] > 0, 1 + (pairs[f"{measure}_{side}"].to_numpy()[:, None] > cuts).sum(1), 0
            )
            for side in ("before", "now")
        }
        theirs = pd.Series(list(zip(places["before"], places["now"], strict=True))).value_counts()
        assert ours.to_dict() == {(int(one), int(other)): n for (one, other), n in theirs.to_dict().items()}
