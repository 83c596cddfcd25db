"""Hosts of groups, tastes of tags, deposits and fees agree with counts worked out by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.deposits import compare_holders, count_deposits
from diagnostics.metrics.fees import total_fees
from diagnostics.metrics.group_hosts import total_hosts, total_owners
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.live_taste import list_tastes
from diagnostics.metrics.tags import list_tagged
from diagnostics.model.period import Period
from diagnostics.statistics.tastes import find_tastes
from diagnostics.workbook.engine import connect, fetch, open_frames

PERIOD = Period(start=date(2024, 2, 1), end=date(2024, 3, 1))
DAY = pd.Timestamp("2024-02-10")


def open_one(**frames):
    return open_frames(connect(), frames)


def test_tastes_agree_with_a_recount():
    rng = np.random.default_rng(1)
    people = [f"p{i}" for i in range(200)]
    tags = dict(zip(people, rng.choice(["干皮,老客", "油皮", "油皮;老客"], 200), strict=True))
    orders = pd.DataFrame({"customer": rng.choice(people, 500), "product": rng.choice(["面霜", "洁面"], 500)})
    orders = orders.assign(session="s", channel="taobao", order_id=[str(i) for i in range(500)], paid_at=DAY)
    contacts = pd.DataFrame({"contact": people, "customer": people, "tags": [tags[one] for one in people]})
    tables = open_one(live_orders=orders, contacts=contacts)
    rows = fetch(list_tastes(tables["live_orders"], list_tagged([tables["contacts"]]), PERIOD))
    found = find_tastes(
        (row["tags"], None if pd.isna(row["product"]) else row["product"], row["people"])
        for row in rows.to_dict("records")
    )
    bought = orders.groupby("customer")["product"].agg(set)
    for pair in found:
        carriers = [one for one in bought.index if pair.tag in tags[one]]
        others = [one for one in bought.index if pair.tag not in tags[one]]
        assert pair.carriers == len(carriers)
        assert pair.buyers == sum(pair.product in bought[one] for one in carriers)
        assert pair.other == pytest.approx(sum(pair.product in bought[one] for one in others) / len(others))
    assert len(found) == 6
    # Tags were drawn without regard to what was bought.
    assert not any(pair.low > 0 for pair in found)


def test_an_owner_who_is_an_anchor_is_known_by_the_code():
    days = pd.DataFrame(
        {
            "day": [date(2024, 2, 5), date(2024, 2, 6), date(2024, 2, 5), date(2024, 1, 5)],
            "owner": ["a", "a", "b", "c"],
            "members_total": [10, 10, 20, 30],
            "members_active": [3, 5, 2, 9],
        }
    )
    sessions = pd.DataFrame(
        {"session": ["1", "2"], "channel": "douyin", "anchor": ["a", "z"], "starts_at": DAY, "paid_amount": [5.0, 7.0]}
    )
    tables = open_one(group_days=days, live_sessions=sessions)
    owners = fetch(total_owners(tables["group_days"], tables["live_sessions"], PERIOD)).set_index("owner")
    assert owners.speakers.to_dict() == {"a": 8, "b": 2}
    assert owners.is_anchor.to_dict() == {"a": True, "b": False}
    anchors = fetch(total_hosts(tables["live_sessions"], tables["group_days"], PERIOD)).set_index("anchor")
    assert anchors.has_group.to_dict() == {"a": True, "z": False}


def test_fees_take_the_bills_total_or_the_parts():
    bills = pd.DataFrame(
        {
            "order_id": ["1", "2", "3", "4"],
            "channel": "douyin",
            "settled_at": [DAY, DAY, None, pd.Timestamp("2024-03-02")],
            "paid_amount": [100.0, 200.0, -50.0, 900.0],
            "fees": [10.0, None, -5.0, 90.0],
            "platform_fee": [8.0, 4.0, None, 80.0],
            "commission": [None, 6.0, None, None],
        }
    )
    row = fetch(total_fees(open_one(settlements=bills)["settlements"], PERIOD)).iloc[0]
    assert float(row.paid) == pytest.approx(250)
    assert float(row.fees) == pytest.approx(10 + 4 + 6 - 5)


def test_a_touch_without_effect_shows_none_among_deposits():
    rng = np.random.default_rng(0)
    people, start = np.array([f"c{i}" for i in range(2000)]), pd.Timestamp("2024-01-01")
    paid = start + pd.to_timedelta(rng.uniform(0, 30, 2000).round(3), "D").round("s")
    events = pd.DataFrame({"customer": people, "happened_at": paid, "kind": "定金"})
    waited = pd.to_timedelta(rng.exponential(10, 2000).clip(0.1, 59), "D").round("s")
    lines = pd.DataFrame(
        {
            "line_id": people,
            "order_id": people,
            "channel": "store",
            "customer": people,
            "ordered_at": paid + waited,
            "quantity": 1.0,
            "paid_amount": 10.0,
            "refund_amount": 0.0,
            "is_return": False,
        }
    )[rng.random(2000) < 0.5]
    # Everybody is written to once at random within the first six days, whatever he does.
    touched = paid + pd.to_timedelta(rng.uniform(0.01, 6, 2000), "D").round("s")
    touches = pd.DataFrame({"customer": people, "touched_at": touched, "kind": "群发"})
    tables = open_one(order_lines=lines, events=events, touches=touches)
    valued = value_lines(tables["order_lines"], "paid")
    rows = fetch(count_deposits(tables["events"], valued, tables["touches"], date(2024, 6, 1))).set_index("is_touched")
    assert rows.deposits.sum() == 2000
    assert rows.waiting.sum() == 2000 - ((waited <= pd.Timedelta(days=3)) & np.isin(people, lines.customer)).sum()
    later = (rows.converted_later / rows.waiting).astype(float)
    assert abs(later[True] - later[False]) < 0.06


def test_deposits_convert_within_sixty_days_and_holders_count_those_who_stayed_away():
    lines = pd.DataFrame(
        {
            "line_id": ["1", "2", "3"],
            "order_id": ["1", "2", "3"],
            "channel": "store",
            "customer": ["a", "b", "a"],
            "ordered_at": pd.to_datetime(["2024-02-10", "2024-04-20", "2024-02-12"]),
            "quantity": 1.0,
            "paid_amount": [90.0, 90.0, 10.0],
            "refund_amount": 0.0,
            "is_return": False,
        }
    )
    events = pd.DataFrame(
        {
            "customer": ["a", "b", "c", "d"],
            "happened_at": pd.to_datetime(["2024-02-01", "2024-02-01", "2024-02-01", "2024-04-25"]),
            "kind": ["支付定金", "deposit paid", "浏览", "支付定金"],
        }
    )
    touches = pd.DataFrame({"customer": ["b"], "touched_at": [pd.Timestamp("2024-02-03")], "kind": ["电话"]})
    members = pd.DataFrame({"customer": ["a", "c"], "channel": "store", "stored_value": [50.0, 0.0]})
    tables = open_one(order_lines=lines, events=events, touches=touches, customers=members)
    valued = value_lines(tables["order_lines"], "paid")
    rows = fetch(count_deposits(tables["events"], valued, tables["touches"], date(2024, 5, 1))).set_index("is_touched")
    # d paid six days ago; b was called and ordered 79 days later; a ordered after nine days without a call.
    assert rows.deposits.to_dict() == {True: 1, False: 1}
    assert rows.converted.to_dict() == {True: 0, False: 1}
    assert float(rows.days[False]) == pytest.approx(9)
    assert rows.waiting.to_dict() == {True: 1, False: 1}
    assert rows.converted_later.to_dict() == {True: 0, False: 1}
    sides = fetch(compare_holders(tables["customers"], valued, PERIOD)).set_index("holds")
    assert sides.customers.to_dict() == {True: 1, False: 1}
    assert sides.days.to_dict() == {True: 2, False: 0}
    assert sides.buyers.to_dict() == {True: 1, False: 0}
