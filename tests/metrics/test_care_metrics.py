"""Counts of service, community and stores agree with a recount in plain Python."""

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.attention import compare_spend, count_waits, follow_adds, weigh_silent, weigh_unattended
from diagnostics.metrics.binding import count_bound, count_local, list_idle_staff, list_store_buyers
from diagnostics.metrics.blocks import count_blocks, follow_blocks
from diagnostics.metrics.group_flows import (
    count_conversion,
    count_repeats,
    count_staying,
    follow_members,
    sum_entrance_flows,
    sum_flows,
)
from diagnostics.metrics.groups import age_groups, count_recency, follow_groups, mark_talk, state_groups, state_owners
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.load import count_chats, count_contacts, count_held
from diagnostics.metrics.recent import count_back
from diagnostics.metrics.replies import follow_replies, total_service, weigh_replies
from diagnostics.metrics.store_results import date_sales, total_around
from diagnostics.metrics.store_staff import count_active
from diagnostics.metrics.voices import count_lone_days, find_talkers, weigh_company
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.checks.care_world import DAYS, FIRST, complete_lines, invent_contacts, invent_groups, invent_staff

LAST = FIRST + pd.Timedelta(days=DAYS - 1)


def open_one(name, frame):
    return open_frames(connect(), {name: frame})[name]


@pytest.fixture(scope="module")
def staff():
    frame = invent_staff(7)
    rng = np.random.default_rng(7)
    holes = rng.random(len(frame)) < 0.1
    frame.loc[holes, "reply_minutes"] = np.nan
    return frame[frame.staff < "S04"].assign(back=lambda days: (LAST - days.day).dt.days)


@pytest.fixture(scope="module")
def staff_rows(staff):
    return count_back(open_one("staff_days", staff.drop(columns="back")))


def test_days_are_counted_back_from_the_last(staff, staff_rows):
    assert sorted(fetch(staff_rows.select("back").distinct()).back) == sorted(staff.back.unique())


def test_weekly_moments_of_replies(staff, staff_rows):
    sums = fetch(weigh_replies(staff_rows.filter(staff_rows.back < 90), "staff", "reply_minutes")).set_index("unit")
    for name, part in staff[staff.back < 90].dropna(subset=["reply_minutes"]).groupby("staff"):
        chatted = part[part.chats > 0].assign(week=part.back // 7, x=part.reply_minutes * part.chats)
        weeks = chatted.groupby("week").agg(x=("x", "sum"), w=("chats", "sum"))
        mine = sums.loc[name]
        assert mine.weeks == len(weeks)
        assert mine.x == pytest.approx(weeks.x.sum())
        assert mine.xw == pytest.approx((weeks.x * weeks.w).sum())
        assert mine.ww == pytest.approx((weeks.w.astype(float) ** 2).sum())


def test_the_course_of_replies(staff, staff_rows):
    told = fetch(follow_replies(staff_rows)).set_index("week")
    for week, part in staff.groupby(staff.back // 7):
        known = part.dropna(subset=["reply_minutes"])
        expected = (known.reply_minutes * known.chats).sum() / known.chats.sum()
        assert told.loc[week].reply_minutes == pytest.approx(expected)
        assert told.loc[week].chats == part.chats.sum()


def test_the_service_desk_is_weighted_by_customers():
    frame = pd.DataFrame(
        {
            "starts_on": ["2024-01-01", "2024-01-02", "2024-01-01"],
            "staff": ["a", "a", None],
            "customers": [10, 30, 100],
            "reply_share": [1.0, 0.5, 0.7],
        }
    )
    told = fetch(total_service(open_one("service_periods", frame)))
    assert told[told.staff == "a"].reply_share.iloc[0] == pytest.approx(0.625)
    assert told[told.staff.isna()].customers.iloc[0] == 100
    assert told.reply_minutes.isna().all()


def test_blocks_of_both_windows(staff, staff_rows):
    counted = fetch(count_blocks(staff_rows, "store", 60)).set_index("unit")
    for store, part in staff.groupby("store"):
        now, before = part[part.back < 60], part[(part.back >= 60) & (part.back < 120)]
        mine = counted.loc[store]
        assert (mine.now, mine.before) == (now.blocked.sum(), before.blocked.sum())
        assert (mine.added_now, mine.days_before) == (now.added.sum(), len(before))
        weeks = before[before.back // 7 > 8].groupby(before.back // 7).blocked.sum()
        assert mine.weeks_before == len(weeks)
        assert mine.squares_before == (weeks**2).sum()
    assert fetch(follow_blocks(staff_rows)).blocked.sum() == staff.blocked.sum()


def test_contacts_held_and_chats(staff, staff_rows):
    contacts, _, _ = invent_contacts(7)
    contacts["lost_at"] = contacts.added_at.where(contacts.index % 5 == 0) + pd.Timedelta(days=30)
    doubled = pd.concat([contacts, contacts.head(10).assign(staff="S00-1"), contacts.tail(3).assign(staff=None)])
    table = open_one("contacts", doubled)
    as_of = date(2024, 5, 1)
    kept = doubled[
        (doubled.added_at < pd.Timestamp(as_of)) & ~(doubled.lost_at < pd.Timestamp(as_of)) & doubled.staff.notna()
    ]
    held = fetch(count_held(table, as_of)).set_index("unit").held
    assert held.to_dict() == kept.groupby("staff").contact.nunique().to_dict()
    counts = fetch(count_contacts(table)).iloc[0]
    each = doubled.groupby("contact").staff.nunique()
    assert (counts.contacts, counts.shared, counts.unheld) == (len(each), (each > 1).sum(), (each == 0).sum())
    chats = fetch(count_chats(staff_rows)).set_index("unit").chats
    assert chats.to_dict() == staff.groupby("staff").chats.sum().to_dict()


def test_first_touches_of_new_contacts():
    contacts, touches, lines = invent_contacts(8)
    contacts, touches = contacts.head(800), touches[touches.customer.isin([*contacts.customer.head(800), "x"])]
    tables = open_frames(
        connect(), {"contacts": contacts, "touches": touches, "order_lines": complete_lines(lines.head(800))}
    )
    followed = follow_adds(tables["contacts"], tables["touches"], 365)
    by_customer = defaultdict(list)
    for row in touches.itertuples():
        by_customer[row.customer].append(row.touched_at)
    end, expected = touches.touched_at.max(), {}
    for row in contacts.itertuples():
        if (end.normalize() - row.added_at.normalize()).days >= 7:
            hours = [(at - row.added_at).total_seconds() / 3600 for at in by_customer[row.customer]]
            expected[row.contact] = min((one for one in hours if 0 <= one < 168), default=None)
    told = fetch(followed).set_index("contact").hours
    assert set(told.index) == set(expected)
    for name, hours in expected.items():
        assert (hours is None and pd.isna(told[name])) or told[name] == pytest.approx(hours, abs=0.001)
    alone = sum(hours is None for hours in expected.values())
    assert fetch(weigh_unattended(followed, "whole")).x.iloc[0] == alone
    waits = fetch(count_waits(followed)).set_index("wait").contacts
    assert waits[4] == alone
    assert waits[0] == sum(hours is not None and hours <= 1 for hours in expected.values())
    spend = fetch(compare_spend(followed, value_lines(tables["order_lines"], "paid")))
    last = lines.ordered_at.head(800).max().normalize()
    whole = [
        row for row in contacts.itertuples() if row.contact in expected and (last - row.added_at.normalize()).days >= 97
    ]
    assert spend.n.sum() == len(whole)
    bought = lines.set_index("customer").paid_amount
    mine = [row.customer for row in whole if expected[row.contact] is None]
    assert spend[~spend.attended].spend.sum() == pytest.approx(bought[mine].sum())


def test_adds_on_days_without_a_word():
    days = pd.DataFrame(
        {
            "day": pd.date_range("2024-01-01", periods=5),
            "staff": "a",
            "added": [3, 4, 5, 6, 7],
            "chats": [0, 0, 2, 0, 0],
        }
    )
    sums = fetch(weigh_silent(count_back(open_one("staff_days", days)), "whole")).iloc[0]
    # The first day and the next are silent: 3; the fourth too: 6; the second is followed by chats, the last by nothing.
    assert (sums.x, sums.w) == (9, 18)


def test_states_of_groups_and_owners():
    frame = invent_groups(9, dead=("g05",))
    rows = mark_talk(count_back(open_one("group_days", frame)))
    told = fetch(state_groups(rows, 14)).set_index("unit")
    frame = frame.assign(back=(frame.day.max() - frame.day).dt.days, said=frame.messages - frame.staff_messages)
    for name, part in frame.groupby("group"):
        mine = told.loc[name]
        assert mine.last_talk == part.back[part.said > 0].min()
        assert mine.talks_before == ((part.said > 0) & (part.back >= 14)).sum()
        assert mine.quiet == (part.said <= 0).sum()
    weeks = fetch(follow_groups(rows)).set_index("week")
    last = frame[frame.back < 7]
    assert weeks.loc[0].group_share == pytest.approx((last.said > 0).mean())
    owners = frame.groupby(["day", "owner"], as_index=False).agg(
        groups_total=("group", "count"), groups_active=("said", lambda said: (said > 0).sum())
    )
    bounds = fetch(state_owners(count_back(open_one("group_days", owners)), 14)).set_index("unit")
    recent = owners[owners.day > owners.day.max() - pd.Timedelta(days=14)]
    assert bounds.active_sum.to_dict() == recent.groupby("owner").groups_active.sum().to_dict()


def test_the_life_curve_counts_whole_months():
    frame = invent_groups(9, dead=("g05",))
    groups = pd.DataFrame({"group": frame.group.unique(), "created_on": FIRST.strftime("%Y-%m-%d")})
    tables = open_frames(connect(), {"group_days": frame, "groups": groups})
    ages = fetch(age_groups(mark_talk(count_back(tables["group_days"])), tables["groups"])).set_index("age")
    assert ages.groups.to_dict() == {0: 30, 1: 30, 2: 30}
    assert ages.alive[2] == 30
    assert 3 not in ages.index


def test_flows_by_stated_leaving_and_by_stock_agree():
    frame = invent_groups(10, bleeding=("g01",))
    stated = fetch(sum_flows(count_back(open_one("group_days", frame)), "group")).set_index("unit")
    by_stock = fetch(sum_flows(count_back(open_one("group_days", frame.drop(columns="members_left"))), "group"))
    by_stock = by_stock.set_index("unit")
    first = frame.groupby("group").head(7)
    for name in ("g01", "g02"):
        part = frame[frame.group == name]
        assert stated.loss[name] == part.members_left.sum() - part.members_joined.sum()
        early = first[first.group == name]
        assert by_stock.loss[name] == stated.loss[name] - (early.members_left.sum() - early.members_joined.sum())


def test_flows_of_store_groups():
    frame = pd.DataFrame(
        {
            "day": ["2024-01-01", "2024-01-02", "2024-01-08"],
            "entrance": "A",
            "store": "A",
            "group_joined": [5, 1, None],
            "group_left": [1, 2, None],
        }
    )
    sums = fetch(sum_entrance_flows(count_back(open_one("entry_days", frame)), "store")).iloc[0]
    assert (sums.joined, sums.left, sums.loss) == (6, 3, -3)


def test_members_are_gone_at_the_export_that_no_longer_lists_them():
    looks = {"2024-01-31": "pqr", "2024-02-29": "pqs", "2024-03-31": "ps"}
    joined = {"p": "2024-01-05", "q": "2024-01-10", "r": "2024-01-20", "s": "2024-02-10"}
    rows = [(("g", name, name, "false", joined[name], look)) for look, names in looks.items() for name in names]
    columns = ["group", "contact", "customer", "is_staff", "joined_at", "seen_on"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = pd.concat([frame, frame.head(1).assign(group="h")], ignore_index=True)
    followed = follow_members(open_one("group_members", frame))
    told = fetch(followed).set_index(["group", "contact"]).gone_at
    assert told[("g", "r")] == pd.Timestamp("2024-02-29")
    assert told[("g", "q")] == pd.Timestamp("2024-03-31")
    assert pd.isna(told[("g", "p")])
    staying = fetch(count_staying(followed))
    # Only s joined after the first look; 50 days on still there, too young for 90.
    assert staying[["joined", "old_30", "stay_30", "old_90"]].sum().tolist() == [1, 1, 1, 0]
    repeats = fetch(count_repeats(followed)).iloc[0]
    assert (repeats.persons, repeats.repeated) == (2, 1)


def test_buying_after_joining():
    members = pd.DataFrame(
        {
            "group": "g",
            "contact": list("pqr"),
            "customer": list("pqr"),
            "joined_at": "2024-03-01",
            "seen_on": "2024-06-01",
        }
    )
    bought = [("p", "2024-03-05", 10), ("p", "2024-02-20", 4), ("q", "2024-03-20", 7), ("r", "2024-04-15", 9)]
    lines = complete_lines(pd.DataFrame(bought, columns=["customer", "ordered_at", "paid_amount"]))
    tables = open_frames(connect(), {"group_members": members, "order_lines": lines})
    told = fetch(
        count_conversion(follow_members(tables["group_members"]), value_lines(tables["order_lines"], "paid"), None)
    )
    row = told.iloc[0]
    assert (row.members, row.bought_after, row.bought_before, row.new_after) == (3, 2, 1, 1)
    assert (row.spend_after, row.spend_before) == (17, 4)


def test_the_talker_is_found_in_odd_weeks_and_measured_in_even_ones():
    # Weeks back 0 to 3: in the odd ones a says most, in the even ones b does.
    rows = [
        (FIRST + pd.Timedelta(days=27 - back), "g", who, "false", said)
        for back in range(28)
        for who, said in (("a", 5 if back // 7 % 2 else 1), ("b", 2 if back // 7 % 2 else 3))
    ]
    voices = pd.DataFrame(rows, columns=["day", "group", "contact", "is_staff", "messages"])
    told = fetch(find_talkers(count_back(open_one("group_voices", voices)), 28)).iloc[0]
    assert (told.x, told.w, told.speakers) == (14, 56, 2)
    assert (told.even_days, told.even_days_without) == (14, 14)


def test_company_share_and_lone_days():
    frame = pd.DataFrame(
        {
            "day": pd.date_range("2024-01-01", periods=3),
            "group": "g",
            "members_active": [2, 1, 5],
            "messages": [10, 3, 9],
            "staff_messages": [4, 0, 9],
        }
    )
    rows = count_back(open_one("group_days", frame))
    assert fetch(weigh_company(rows, "group"))[["x", "w"]].iloc[0].tolist() == [13, 22]
    lone = fetch(count_lone_days(rows, 30)).iloc[0]
    assert (lone.days, lone.lone, lone.said) == (2, 2, 9)


def test_contacts_by_their_last_purchase():
    lines = pd.DataFrame({"customer": ["p", "q"], "ordered_at": ["2024-06-20", "2024-03-01"], "paid_amount": [1, 1]})
    contacts = pd.DataFrame({"contact": list("pqr"), "customer": list("pqr")})
    tables = open_frames(connect(), {"order_lines": complete_lines(lines), "contacts": contacts})
    bands = fetch(count_recency(tables["order_lines"], tables["contacts"].select("customer")))
    assert bands.set_index("band").customers.to_dict() == {0: 1, 2: 1, 4: 1}


def test_active_staff_by_store(staff, staff_rows):
    told = fetch(count_active(staff_rows, 30, 14)).set_index("store")
    recent = staff[staff.back < 30].groupby(["store", "staff"])[["added", "chats"]].sum().sum(axis=1)
    assert told.seen.to_dict() == recent.groupby("store").size().to_dict()
    assert told.active.to_dict() == (recent > 0).groupby("store").sum().to_dict()


def test_results_before_and_after_a_day():
    _, _, lines = invent_contacts(11)
    rows = date_sales(value_lines(open_one("order_lines", complete_lines(lines)), "paid"))
    day = date(2024, 5, 1)
    told = fetch(total_around(rows, day, 30)).set_index("store")
    on = lines.ordered_at.dt.date
    for name, (start, end) in {"earlier": (-60, -30), "before": (-30, 0), "after": (0, 30)}.items():
        inside = (on >= day + timedelta(days=start)) & (on < day + timedelta(days=end))
        expected = lines[inside].groupby("store").paid_amount.sum()
        assert told[name].reindex(expected.index).to_numpy() == pytest.approx(expected.to_numpy())


def test_binding_orphans_and_local_members():
    lines = pd.DataFrame(
        {"customer": list("pqrsp"), "store": list("AAABB"), "ordered_at": "2024-03-01", "paid_amount": [1, 2, 3, 4, 5]}
    )
    contacts = pd.DataFrame(
        {"contact": list("pqs"), "customer": list("pqs"), "staff": ["a", "gone", "b"], "store": "A"}
    )
    days = pd.DataFrame(
        {"day": ["2024-03-01", "2024-05-01", "2024-05-01"], "staff": ["gone", "gone", "a"], "chats": [9, 0, 1]}
    )
    customers = pd.DataFrame({"customer": list("pq"), "channel": "store", "region": ["浙江省杭州市", "上海"]})
    stores = pd.DataFrame({"store": list("AB"), "city": ["杭州", "杭州"]})
    tables = open_frames(
        connect(),
        {
            "order_lines": complete_lines(lines),
            "contacts": contacts,
            "staff_days": days,
            "customers": customers,
            "stores": stores,
        },
    )
    period = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))
    buyers = list_store_buyers(value_lines(tables["order_lines"], "paid"), period)
    idle = list_idle_staff(count_back(tables["staff_days"]), 30)
    told = fetch(count_bound(buyers, tables["contacts"], idle)).set_index("store")
    assert told.loc["A"][["buyers", "bound", "here", "idle_only", "orphans"]].tolist() == [3, 2, 2, 1, 2]
    assert told.loc["B"][["buyers", "bound", "here", "orphans"]].tolist() == [1, 1, 0, 0]
    assert told.gmv.sum() == 15
    local = fetch(count_local(tables["customers"], tables["stores"])).iloc[0]
    assert (local.stores, local.members) == (2, 1)
