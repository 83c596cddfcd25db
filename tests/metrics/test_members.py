import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.crossing import count_crossers, count_pairs, count_parts, total_buyers
from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.fit_facts import total_facts, total_loyalty
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.members import (
    count_ladder,
    count_stock,
    follow_joins,
    list_members,
    mark_members,
)
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

HISTORY = Period(start=pd.Timestamp("2023-01-01").date(), end=pd.Timestamp("2025-01-01").date())


def invent_members(seed, lines):
    rng = np.random.default_rng(seed)
    buyers = sorted(lines.customer.dropna().unique())
    names = [*rng.choice(buyers, 30, replace=False), *(f"{number:032x}" for number in range(15))]
    joined = pd.Timestamp("2022-10-01") + pd.to_timedelta(rng.integers(0, 800, len(names)), unit="D")
    channel = rng.choice(["tmall", "store"], len(names))
    return pd.DataFrame({"customer": names, "channel": channel, "is_member": True, "joined_on": joined.date})


@pytest.fixture(params=[1, 2, 3])
def opened(request):
    lines = invent_lines(request.param)
    lines["category"] = np.random.default_rng(request.param).choice(["a", "b", "c", None], len(lines))
    lines["is_member"] = None
    members = invent_members(request.param, lines)
    tables = open_frames(connect(), {"order_lines": lines, "customers": members})
    return lines, members, value_lines(tables["order_lines"], "paid"), tables["customers"]


def test_membership_on_the_day_of_the_order_agrees_with_a_loop(opened):
    lines, members, valued, customers = opened
    joined = {(row.customer, row.channel): row.joined_on for row in members.itertuples()}
    found = fetch(mark_members(valued, customers)).set_index("line_id").by_member
    assert len(found) == lines.customer.notna().sum()
    for row in lines[lines.customer.notna()].itertuples():
        told = found[str(row.line_id)]
        if row.channel not in {"tmall", "store"}:
            assert pd.isna(told)
        else:
            day = joined.get((row.customer, row.channel))
            assert bool(told) == (day is not None and day <= row.ordered_at.date())


def test_joins_agree_with_a_loop(opened):
    lines, members, valued, customers = opened
    sold = lines[lines.customer.notna() & ~lines.is_return]
    firsts = sold.groupby("customer").ordered_at.min().dt.date
    frame = fetch(follow_joins(list_members(customers), first_purchases(valued), HISTORY))
    inside = members[[HISTORY.holds(day) for day in members.joined_on]]
    came = [firsts.get(name) for name in inside.customer]
    pairs = list(zip(inside.joined_on, came, strict=True))
    assert frame.bought_before.sum() == sum(day is not None and day < joined for joined, day in pairs)
    assert frame.events.sum() == sum(day is not None and day >= joined for joined, day in pairs)
    old = [(joined, day) for joined, day in pairs if (HISTORY.end - joined).days >= 90]
    assert frame.never.sum() == sum(day is None for _, day in old)
    assert frame.bought.sum() == sum(day is not None and day >= joined for joined, day in old)
    assert frame.censored.sum() == sum(day is None for _, day in pairs)


def test_the_sleeping_stock_agrees_with_a_loop(opened):
    lines, members, valued, customers = opened
    opens = pd.Timestamp("2024-07-01")
    frame = fetch(count_stock(list_members(customers), valued, opens.date(), 182, 182))
    sold = lines[lines.customer.notna() & ~lines.is_return]
    day = (sold.ordered_at - opens).dt.days
    recent, later = set(sold[(day >= -182) & (day < 0)].customer), sold[(day >= 0) & (day < 182)]
    asleep = members[(members.joined_on < opens.date()) & ~members.customer.isin(recent)]
    assert frame.sleeping.sum() == len(asleep)
    assert frame.woken.sum() == asleep.customer.isin(set(later.customer)).sum()
    spent = later.groupby("customer").paid_amount.sum()
    assert frame.spend.fillna(0).sum() == pytest.approx(sum(spent.get(name, 0) for name in asleep.customer))


def test_the_ladder_only_gets_narrower(opened):
    lines, members, valued, customers = opened
    row = fetch(count_ladder(list_members(customers), valued, HISTORY)).iloc[0]
    assert row.members == members.customer.nunique()
    assert row.members >= row.bought >= row.repeated >= row.supers
    sold = lines[lines.customer.notna() & ~lines.is_return]
    assert row.gmv == pytest.approx(sold.paid_amount.sum())
    assert row.bought == members.customer.isin(set(sold.customer)).sum()


def test_pairs_and_crossing_agree_with_sets(opened):
    lines, _, valued, customers = opened
    marked = mark_members(valued, customers)
    parted = marked.mutate(part=marked.category)
    each = total_buyers(parted)
    sold = lines[lines.customer.notna() & ~lines.is_return & lines.category.notna()]
    sets = {part: set(rows.customer) for part, rows in sold.groupby("category")}
    parts, pairs = fetch(count_parts(each)), fetch(count_pairs(each))
    assert {row.part: row.buyers for row in parts[parts.part.notna()].itertuples()} == {
        part: len(names) for part, names in sets.items()
    }
    assert parts[parts.part.isna()].buyers.iloc[0] == len(set.union(*sets.values()))
    assert {(row.first, row.second): row.both for row in pairs.itertuples()} == {
        (a, b): len(sets[a] & sets[b]) for a in sets for b in sets if a < b
    }
    kinds = fetch(count_crossers(parted))
    told = sold[sold.channel.isin(["tmall", "store"])]
    assert kinds.customers.sum() == told.customer.nunique()
    assert kinds.crossed.sum() == sum(len(set(rows.category)) > 1 for _, rows in told.groupby("customer"))


def test_facts_of_a_year_agree_with_a_recount(opened):
    lines, _, valued, _ = opened
    facts, loyalty = fetch(total_facts(valued, None)).iloc[0], fetch(total_loyalty(valued)).iloc[0]
    sold = lines[~lines.is_return]
    assert facts.orders == sold.order_id.nunique()
    assert facts.earned == 0
    assert facts.listed == pytest.approx(sold[sold.list_amount > 0].list_amount.sum())
    counts = sold[sold.customer.notna()].groupby("customer").order_id.nunique()
    assert loyalty.buyers == len(counts)
    assert loyalty["repeat"] == (counts > 1).sum()
    loyal = sold[sold.customer.isin(counts[counts >= 3].index)]
    assert loyalty.loyal_gmv == pytest.approx(loyal.paid_amount.sum())
