"""The audit of cohorts, of the whole base and of products equals a recount in pandas to the cent."""

from datetime import date

import ibis
import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.cohort_value import (
    count_patterns,
    follow_cohorts,
    split_first,
    total_ages,
    total_months,
    value_to_date,
    wait_turns,
)
from diagnostics.metrics.customer_blocks import OLDER, block_days, count_activity, total_blocks
from diagnostics.metrics.repertoire import (
    MONEY_SUMS,
    count_buyers,
    count_duplication,
    count_former_buyers,
    count_penetration,
    follow_entries,
    name_parts,
    total_parts,
)
from diagnostics.metrics.segments import ALL, CHANNEL, spread_segments
from diagnostics.model.period import Period
from diagnostics.statistics.duplication import duplicate
from diagnostics.workbook.engine import fetch
from tests.metrics.audited import (
    CURRENT,
    END,
    KINDS,
    PREVIOUS,
    SINCE,
    SUMS,
    cents,
    invent_audit,
    segments,
    total,
    within,
)

COHORTS = {
    "older": Period(start=date(2023, 1, 1), end=date(2023, 4, 1)),
    "newer": Period(start=date(2023, 4, 1), end=date(2023, 9, 1)),
}


@pytest.fixture(scope="module", params=[31, 32])
def audit(request):
    return invent_audit(request.param)


def follow(audit):
    return audit.share(follow_cohorts(spread_segments(audit.days, audit.described, KINDS), COHORTS))


def pick(audit, kind=ALL, segment="", cohort="older"):
    followed = follow(audit)
    return followed.filter(followed.kind == kind, followed.segment == segment, followed.cohort == cohort)


def entrances(naive):
    """All customers, and those of each first channel and first category."""
    return [(key, part) for key, part in segments(naive) if key[0] != CHANNEL]


def refollow(part, cohort):
    first = COHORTS[cohort]
    inside = (part.first_day >= pd.Timestamp(first.start)) & (part.first_day < pd.Timestamp(first.end))
    lived = (part.day - part.first_day).dt.days
    return part.assign(lived=lived)[inside & (lived >= 0)]


@pytest.mark.parametrize("by", ["age", "month"])
def test_ages_and_months_of_every_segment(audit, by):
    ours = cents(fetch(total_ages(follow(audit), 30) if by == "age" else total_months(follow(audit))))
    for (kind, segment), part in segments(audit.naive):
        for cohort in COHORTS:
            lines = refollow(part, cohort)
            keys = lines.lived // 30 if by == "age" else lines.day.dt.to_period("M").dt.to_timestamp()
            theirs = total(lines.assign(key=keys), "key")
            sold = lines[~lines.is_return]
            active = sold.groupby(keys[sold.index]).customer.nunique().reindex(theirs.index).fillna(0)
            rows = ours[(ours.kind == kind) & (ours.segment == segment) & (ours.cohort == cohort)].set_index(by)
            assert rows.active.to_dict() == active.to_dict()
            for name in SUMS:
                assert rows[name].to_dict() == theirs[name].to_dict()


def test_waits_run_from_purchase_day_to_purchase_day(audit):
    ours = fetch(wait_turns(pick(audit), END))
    sold = refollow(audit.naive, "older")[lambda frame: ~frame.is_return]
    theirs = {}
    for _, days in sold.groupby("customer").day:
        bought = sorted(days.unique())
        for place, day in enumerate(bought[:9]):
            came = place + 1 < len(bought)
            until = bought[place + 1] if came else pd.Timestamp(END) - pd.Timedelta(days=1)
            key = (place + 2, (until - day).days)
            events, censored = theirs.get(key, (0, 0))
            theirs[key] = (events + came, censored + (not came))
    rows = ours.set_index(["turn", "days"])
    assert {key: (row.events, row.censored) for key, row in rows.iterrows()} == theirs


@pytest.mark.parametrize("measure", ["spend", "earned"])
def test_value_to_date_in_deciles_of_every_entrance(audit, measure):
    for key, part in entrances(audit.naive):
        ours = cents(fetch(value_to_date(pick(audit, *key), 180, measure))).set_index("decile")
        lines = refollow(part, "older")[lambda frame: frame.lived < 180]
        frame = total(lines, "customer").reset_index().sort_values([measure, "customer"], ascending=[False, True])
        later = set(lines[~lines.is_return & (lines.lived > 0)].customer)
        for decile, places in enumerate(np.array_split(np.arange(len(frame)), 10), start=1):
            mine = frame.iloc[places]
            if len(mine):
                row = ours.loc[decile]
                wanted = (len(mine), mine.customer.isin(later).sum(), mine.spend.sum(), mine.earned.sum())
                assert (row.customers, row.again, row.spend, row.earned) == wanted


def test_patterns_mark_the_quarters_with_a_purchase_for_every_entrance(audit):
    for key, part in entrances(audit.naive):
        ours = cents(fetch(count_patterns(pick(audit, *key), 5, 91))).set_index("pattern")
        lines = refollow(part, "older")[lambda frame: frame.lived < 455]
        sold = lines[~lines.is_return]
        marks = sold.assign(quarter=sold.lived // 91).groupby("customer").quarter.unique()
        code = marks.map(lambda quarters: sum(2**quarter for quarter in quarters if quarter))
        theirs = total(lines, "customer").groupby(code).agg(n=("spend", "size"), spend=("spend", "sum"))
        assert ours.customers.to_dict() == theirs.n.to_dict()
        assert ours.spend.to_dict() == theirs.spend.to_dict()


def test_first_and_later_value_of_every_segment(audit):
    ours = fetch(split_first(follow(audit), 180))
    ours = ours.groupby(["kind", "segment", "cohort"]).sum(numeric_only=True)
    for key, part in segments(audit.naive):
        for cohort in COHORTS:
            lines = refollow(part, cohort)[lambda frame: frame.lived < 180]
            if lines.empty:
                continue
            later = lines[lines.lived > 0]
            sold = later[~later.is_return]
            row = ours.loc[(*key, cohort)]
            counts = (lines.customer.nunique(), sold.customer.nunique(), sold.order.nunique())
            assert (row.customers, row.again, row.later_orders) == counts
            money = (lines[lines.lived == 0].earned.sum(), later.earned.sum(), later.spend.sum())
            assert (row.first_earned, row.later_earned, row.later_spend) == pytest.approx([x / 100 for x in money])


def test_who_bought_before_the_first_whole_stretch_is_not_new_in_it(audit):
    late = date(2023, 2, 1)
    rows = audit.share(spread_segments(audit.days, audit.described, KINDS))
    ours = fetch(count_activity(block_days(rows, late, 3)))
    frame = fetch(rows)
    frame = frame[(frame.kind == "all") & (frame.orders > 0)]
    day = pd.to_datetime(frame.day)
    first = day.groupby(frame.customer).min()
    expected = ((first >= "2023-02-01") & (first < "2023-05-01")).sum()
    mine = ours[(ours.kind == "all") & (ours.block == 0)].iloc[0]
    assert mine.fresh == expected
    inside = frame[(day >= "2023-02-01") & (day < "2023-05-01")]
    assert mine.active == inside.customer.nunique() > expected
    assert fetch(total_blocks(block_days(rows, late, 3))).block.min() == 0


def block(audit):
    return audit.share(block_days(spread_segments(audit.days, audit.described, KINDS), date(2023, 1, 1), 3))


def reblock(part):
    months = [(days.dt.year - 2023) * 12 + days.dt.month - 1 for days in (part.day, part.first_day)]
    older = part.first_day < pd.Timestamp(SINCE)
    return part.assign(block=months[0] // 3, cohort=(months[1] // 3).mask(older, OLDER))


def test_cohorts_over_time_add_up_to_the_whole_base(audit):
    ours = cents(fetch(total_blocks(block(audit))))
    for (kind, segment), part in segments(audit.naive):
        lines = reblock(part)
        rows = ours[(ours.kind == kind) & (ours.segment == segment)].set_index(["cohort", "block"])
        theirs = total(lines, ["cohort", "block"])
        active = lines[~lines.is_return].groupby(["cohort", "block"]).customer.nunique()
        assert rows.active.to_dict() == active.reindex(theirs.index).fillna(0).to_dict()
        for name in SUMS:
            assert rows[name].to_dict() == theirs[name].to_dict()
        assert rows.groupby("block").spend.sum().to_dict() == lines.groupby("block").spend.sum().to_dict()


def test_activity_splits_into_fresh_kept_and_back(audit):
    ours = fetch(count_activity(block(audit)))
    for (kind, segment), part in segments(audit.naive):
        lines = reblock(part)[lambda frame: ~frame.is_return]
        rows = ours[(ours.kind == kind) & (ours.segment == segment)].set_index("block")
        seen, last = set(), set()
        for place in range(8):
            mine = set(lines[lines.block == place].customer)
            if mine:
                row = rows.loc[place]
                wanted = (len(mine), len(mine - seen), len(mine & last), len((mine & seen) - last))
                assert (row.active, row.fresh, row.kept, row.back) == wanted
            seen, last = seen | mine, mine


@pytest.mark.parametrize("column", ["category", "product_id"])
@pytest.mark.parametrize("channels", [["tmall"], ["tmall", "douyin", "store"]])
def test_penetration_overlap_and_repertoire(audit, column, channels):
    inside = audit.costed.filter(audit.costed.channel.isin(channels))
    totals = audit.share(total_parts(name_parts(inside, by_category=column == "category"), PREVIOUS, CURRENT))
    lines = audit.naive[audit.naive[column].notna() & audit.naive.channel.isin(channels)]
    now, before = (within(lines, period) for period in (CURRENT, PREVIOUS))
    bought = now[~now.is_return].groupby(column).customer.agg(set)
    parts = fetch(count_penetration(totals)).set_index("part")
    assert parts.buyers_now.to_dict() == bought.map(len).to_dict()
    assert np.rint(parts.earned_now * 100).to_dict() == now.groupby(column).earned.sum().to_dict()
    earlier = before[~before.is_return].groupby(column).customer.nunique()
    assert parts.buyers_before.to_dict() == earlier.to_dict()
    pairs = fetch(count_duplication(totals)).set_index(["a", "b"]).both
    both = {(one, other): len(bought[one] & bought[other]) for one in bought.index for other in bought.index}
    assert pairs.to_dict() == {pair: customers for pair, customers in both.items() if customers}
    each = now[~now.is_return].groupby("customer")[column].nunique()
    assert fetch(count_buyers(totals)).set_index("parts").customers.to_dict() == each.value_counts().to_dict()
    assert fetch(count_former_buyers(totals)).customers.iloc[0] == before[~before.is_return].customer.nunique()


def test_a_dropped_or_only_returned_part_takes_no_place_and_leaves_the_overlap_alone():
    bought = [
        (f"c{i:03}", part, CURRENT.start) for i in range(60) for part, each in (("a", 1), ("b", 2)) if i % each == 0
    ]
    lines = pd.DataFrame([*bought, ("c000", "dropped", PREVIOUS.start)], columns=["customer", "part", "ordered_at"])
    lines = pd.concat([lines.assign(is_return=False), lines.head(1).assign(part="returned", is_return=True)])
    lines = lines.assign(ordered_at=pd.to_datetime(lines.ordered_at), **dict.fromkeys(MONEY_SUMS, 1.0))
    totals = total_parts(ibis.memtable(lines), PREVIOUS, CURRENT)
    parts = fetch(count_penetration(totals)).sort_values("place")
    assert parts.part.tolist() == ["a", "b"]
    assert parts.parts.tolist() == [2, 2]
    overlap = duplicate(fetch(count_duplication(totals)), parts.part.tolist(), 60)
    assert overlap.shares.loc["a", "b"] == 0.5
    assert overlap.coefficient == 1.0


def test_entries_are_followed_for_as_many_days(audit):
    until = date(2024, 7, 1)
    parted = name_parts(audit.costed, by_category=True)
    ours = fetch(follow_entries(parted, audit.described, SINCE, until, 120)).set_index("entry")
    lines = audit.naive[audit.naive.category.notna()]
    new = lines[(lines.first_day >= pd.Timestamp(SINCE)) & (lines.first_day < pd.Timestamp(until))]
    lived = (new.day - new.first_day).dt.days
    early = new.assign(lived=lived)[(lived >= 0) & (lived < 120) & new.first_category.notna()]
    for entry, part in early.groupby("first_category"):
        row = ours.loc[entry]
        later = part[(part.lived > 0) & ~part.is_return]
        assert row.customers == part.customer.nunique()
        assert row.again == later.customer.nunique()
        assert row.crossed == later[later.category != entry].customer.nunique()
        money = part[part.lived == 0].earned.sum(), part[part.lived > 0].spend.sum()
        assert (round(row.earned_first * 100), round(row.gmv_later * 100)) == money
