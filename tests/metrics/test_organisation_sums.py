"""Work, pools, rewards, points and outcomes against a second way of counting."""

from __future__ import annotations

from datetime import date

import ibis
import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.club import count_club, total_points
from diagnostics.metrics.outcomes import count_scores, link_referrals, total_upgrades
from diagnostics.metrics.pools import count_enrolled, count_held, count_pools, count_shared, place_contacts
from diagnostics.metrics.reward_results import count_city_adds, count_staff_adds, total_anchor_sales
from diagnostics.metrics.supply import total_supply
from diagnostics.metrics.work_done import total_work
from diagnostics.model.period import Period

PERIOD = Period(start=date(2024, 1, 1), end=date(2024, 2, 1))
START, END = pd.Timestamp(PERIOD.start), pd.Timestamp(PERIOD.end)
STORES = pd.DataFrame({"store": ["A", "B", "C"], "city": ["x", "x", "y"], "ownership": ["own", "franchise", "own"]})


def draw_contacts(seed):
    rng = np.random.default_rng(seed)
    n = 200
    person = rng.integers(0, 80, n)
    days = pd.Timestamp("2023-12-10") + pd.to_timedelta(rng.integers(0, 70, n), unit="D")
    lost = pd.Series(days + pd.Timedelta(days=5)).where(pd.Series(rng.random(n) < 0.2))
    return pd.DataFrame(
        {
            "contact": [f"k{one}" for one in person],
            "customer": pd.Series([f"c{one}" if one % 2 else None for one in person], dtype=object),
            "staff": pd.Series([f"s{one}" if one else None for one in rng.integers(0, 6, n)], dtype=object),
            "store": pd.Series([[None, "A", "B", "C"][one] for one in rng.integers(0, 4, n)], dtype=object),
            "added_at": days,
            "lost_at": lost,
        }
    )


def run(expression):
    return expression.execute()


@pytest.mark.parametrize("seed", [1, 2])
def test_people_in_pools_are_counted_once_and_twice(seed):
    contacts = draw_contacts(seed)
    placed = place_contacts(ibis.memtable(contacts), ibis.memtable(STORES))
    held = contacts[contacts.staff.notna() & contacts.lost_at.isna()].copy()
    held["person"] = held.customer.fillna(held.contact)
    held["pool"] = held.store.map(dict(zip(STORES.store, STORES.ownership, strict=True))).fillna("desk")
    pools = run(count_pools(placed)).set_index("pool").people.to_dict()
    assert pools == held.groupby("pool").person.nunique().to_dict()
    each = held.groupby("person").agg(staff=("staff", "nunique"), first=("pool", "min"), last=("pool", "max"))
    shared = run(count_shared(placed)).set_index(["first", "last"]).sort_index()
    expected = each.groupby(["first", "last"]).staff.agg(people="size", several=lambda of: (of > 1).sum())
    assert (shared == expected.sort_index()).all().all()
    stores = run(count_held(placed, PERIOD)).set_index("store")
    mine = held[held.store == "A"]
    assert stores.held["A"] == len(mine)
    assert stores.added["A"] == ((mine.added_at >= START) & (mine.added_at < END)).sum()


@pytest.mark.parametrize("seed", [3, 4])
def test_rewards_go_by_what_is_still_held(seed):
    contacts = draw_contacts(seed)
    mine = contacts[(contacts.added_at >= START) & (contacts.added_at < END)]
    staff = run(count_staff_adds(ibis.memtable(contacts), PERIOD)).set_index("unit").net.to_dict()
    assert staff == mine[mine.lost_at.isna()].groupby("staff").size().reindex(list(staff), fill_value=0).to_dict()
    cities = run(count_city_adds(ibis.memtable(contacts), ibis.memtable(STORES), PERIOD)).set_index("unit").net
    kept = mine[mine.lost_at.isna()].merge(STORES, on="store")
    assert cities.to_dict() == kept.groupby("city").size().to_dict()


def test_hosts_are_ranked_by_what_was_paid_in_the_period():
    sessions = pd.DataFrame(
        {
            "anchor": ["a", "b", "b", None],
            "starts_at": pd.to_datetime(["2024-01-03", "2024-01-04", "2024-02-04", "2024-01-05"]),
            "paid_amount": [10.0, 25.0, 99.0, 7.0],
        }
    )
    found = run(total_anchor_sales(ibis.memtable(sessions), PERIOD))
    assert list(zip(found.unit, found.net, strict=True)) == [("b", 25.0), ("a", 10.0)]


def test_work_leaves_out_rows_of_the_whole_company_and_other_periods():
    rows = pd.DataFrame(
        {
            "day": pd.to_datetime(["2024-01-02", "2024-01-03", "2024-01-03", "2024-02-02"]).date,
            "staff": ["s1", "s1", None, "s1"],
            "chats": [3, 0, 50, 9],
            "messages": [7, 0, 90, 9],
            "added": [1, 2, 30, 9],
        }
    )
    work = run(total_work(ibis.memtable(rows), PERIOD)).iloc[0]
    assert work.to_dict() == {
        "days": 2,
        "accounts": 1,
        "account_days": 2,
        "active_days": 1,
        "chats": 3,
        "messages": 7,
        "added": 3,
    }


def test_members_and_points_are_told_apart_by_what_is_known():
    customers = pd.DataFrame(
        {
            "customer": ["a", "a", "b", "c"],
            "channel": ["t", "y", "t", "t"],
            "is_member": [True, True, True, False],
            "store": ["A", "A", "B", "B"],
            "points": [10.0, np.nan, 0.0, 5.0],
        }
    )
    table = ibis.memtable(customers)
    club = run(count_club(table, ibis.memtable(pd.DataFrame({"customer": ["a", "c"]})))).iloc[0]
    assert (club.members, club.reached) == (2, 1)
    points = run(total_points(table.mutate(points=table.points.nullif(float("nan"))))).set_index("channel").loc["t"]
    assert (points.known, points.holders, points.points) == (3, 2, 15.0)
    assert run(count_enrolled(table)).set_index("store").members.to_dict() == {"A": 1, "B": 1}


def test_outcomes_keep_the_company_apart_and_link_people_by_their_mean_score():
    periods = pd.DataFrame(
        {
            "staff": [None, "s1", "s2"],
            "customers": [10, 6, 5],
            "upgraded": [4, 3, 1],
            "upgraded_to_staff": [2, 1, 1],
            "upgraded_to_group": [1, 1, 0],
        }
    )
    desk = run(total_upgrades(ibis.memtable(periods))).set_index("is_company").upgraded.to_dict()
    assert desk == {True: 4, False: 4}
    feedback = ibis.memtable(
        pd.DataFrame({"customer": ["a", "a", "b", "c"], "question": ["q"] * 4, "score": [5.0, 3.0, 2.0, 4.0]})
    )
    scores = run(count_scores(feedback, 4)).iloc[0]
    assert (scores.people, scores.satisfied) == (4, 2)
    referrals = ibis.memtable(pd.DataFrame({"referrer": ["a", "b"], "joined": [1, 0]}))
    link = run(link_referrals(feedback, referrals, 4)).set_index("is_satisfied")
    assert link.people.to_dict() == {True: 2, False: 1}
    assert link.referrers.to_dict() == {True: 1, False: 0}


def test_supply_counts_orders_that_sell_and_refunds_of_all():
    lines = pd.DataFrame(
        {
            "product_id": ["p", "p", "p", None],
            "product": ["P", "P", "P", "Q"],
            "order_id": ["1", "2", "2", "3"],
            "is_return": [False, False, True, False],
            "paid_amount": [10.0, 20.0, 0.0, 5.0],
            "refund_amount": [0.0, 0.0, 20.0, 0.0],
            "gmv": [10.0, 20.0, -20.0, 5.0],
        }
    )
    found = run(total_supply(ibis.memtable(lines))).iloc[0]
    assert (found.orders, found.paid, found.refunded, found.gmv) == (2, 30.0, 20.0, 10.0)
