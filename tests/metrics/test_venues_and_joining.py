"""Scenes, venues, steps, homes and repurchase in private agree with a naive recount in pandas on invented people."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.homes import count_widths, find_homes, flow_sides, follow_contacts, list_purchases, move_homes
from diagnostics.metrics.in_private import find_added, follow_joiners, split_repeats
from diagnostics.metrics.joining import follow_buyers
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.scenes import count_entries, value_entries
from diagnostics.metrics.venues import count_handoffs, list_venue_orders, total_venue_days, total_venues
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

HISTORY = Period(start=date(2023, 1, 1), end=date(2025, 1, 1))
CURRENT = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))
START, END = pd.Timestamp(CURRENT.start), pd.Timestamp(CURRENT.end)
WEEK, QUARTER = pd.Timedelta(days=7), pd.Timedelta(days=90)


def invent_contacts(lines, seed):
    rng = np.random.default_rng(seed)
    people = [*lines.customer.dropna().unique(), *([None] * 15)]
    chosen = rng.choice(len(people), 60, replace=False)
    added = pd.Timestamp("2023-02-01") + pd.to_timedelta(rng.integers(0, 690 * 24, 60), unit="h")
    lost = added + pd.to_timedelta(rng.integers(1, 20, 60), unit="D")
    return pd.DataFrame(
        {
            "contact": [f"k{i}" for i in range(60)],
            "customer": [people[i] for i in chosen],
            "added_at": added,
            "lost_at": lost.where(rng.random(60) < 0.5),
            "way": rng.choice(["扫码", "群聊"], 60),
            "source": rng.choice(["parcel", "store_1"], 60),
            "store": np.where(rng.random(60) < 0.4, "S1", None),
        }
    )


@pytest.fixture(scope="module")
def world():
    lines = invent_lines(11)
    # One order has one customer and one moment; its channel may differ by line, so it is made one.
    lines["channel"] = lines.groupby("order_id").channel.transform("first")
    rng = np.random.default_rng(3)
    lines["source"] = rng.choice(["直播间", "搜索", "电话"], len(lines))
    lines["is_private"] = rng.random(len(lines)) < 0.3
    contacts = invent_contacts(lines, 5)
    touches = pd.DataFrame(
        {
            "customer": contacts.customer.dropna().iloc[:20],
            "touched_at": pd.Timestamp("2024-06-01"),
            "kind": "sms",
        }
    )
    tables = open_frames(connect(), {"order_lines": lines, "contacts": contacts, "touches": touches})
    selling = lines[~lines.is_return]
    return tables, value_lines(tables["order_lines"], "paid"), selling, contacts, touches


def list_orders(selling):
    """One row an order, the naive way."""
    return selling.groupby("order_id", as_index=False).agg(
        channel=("channel", "first"),
        customer=("customer", "first"),
        at=("ordered_at", "min"),
        gmv=("paid_amount", "sum"),
        private=("is_private", "max"),
        sources=("source", set),
    )


def test_adds_and_early_leaving_by_way_and_code(world):
    tables, _, _, contacts, _ = world
    ours = fetch(count_entries(tables["contacts"], CURRENT, CURRENT.end))
    inside = contacts[(contacts.added_at >= START) & (contacts.added_at < END)]
    followed = inside.added_at < END - WEEK
    left = followed & (inside.lost_at - inside.added_at < WEEK)
    keys = [inside.way, inside.source, inside.store.notna()]
    expected = pd.DataFrame({"adds": 1, "followed": followed, "left": left}).groupby(keys).sum()
    found = ours.set_index(["way", "source", "in_store"]).sort_index()
    assert found.adds.tolist() == expected.adds.tolist()
    assert found.followed.tolist() == expected.followed.tolist()
    assert found.left.tolist() == expected.left.tolist()


def test_spend_after_the_add(world):
    tables, lines, selling, contacts, _ = world
    ours = fetch(value_entries(tables["contacts"], lines, HISTORY))
    firsts = contacts.dropna(subset=["customer"]).sort_values("added_at").drop_duplicates("customer")
    firsts = firsts[firsts.added_at < pd.Timestamp(HISTORY.end) - QUARTER]
    joined = selling.merge(firsts[["customer", "added_at"]], on="customer")
    after = (joined.ordered_at >= joined.added_at) & (joined.ordered_at - joined.added_at < QUARTER)
    assert ours.people.sum() == len(firsts)
    assert float(ours.gmv.sum()) == pytest.approx(joined.paid_amount[after].sum())


def test_venues_count_live_repeat_and_chat_orders(world):
    _, lines, selling, _, _ = world
    orders = list_venue_orders(lines, CURRENT)
    ours = fetch(total_venues(orders)).set_index(["channel", "is_live"]).sort_index()
    all_orders = list_orders(selling)
    first = all_orders.groupby("customer")["at"].min().dt.normalize()
    mine = all_orders[(all_orders["at"] >= START) & (all_orders["at"] < END)].copy()
    mine["is_live"] = [any("直播" in source for source in sources) for sources in mine.sources]
    mine["chat"] = [any("电话" in source for source in sources) for sources in mine.sources]
    mine["repeat"] = mine["at"].dt.normalize() > mine.customer.map(first)
    expected = mine.groupby(["channel", "is_live"]).agg(
        orders=("order_id", "count"), repeat=("repeat", "sum"), chat=("chat", "sum"), gmv=("gmv", "sum")
    )
    for column in expected:
        assert ours[column].astype(float).to_numpy() == pytest.approx(expected[column].astype(float).to_numpy()), column
    days = fetch(total_venue_days(orders)).set_index(["channel", "is_live"]).sort_index()
    daily = mine.groupby(["channel", "is_live", mine["at"].dt.normalize()]).size()
    assert days.squares.tolist() == (daily**2).groupby(level=[0, 1]).sum().tolist()


def test_handing_on_is_told_by_the_order_in_time(world):
    tables, lines, selling, contacts, _ = world
    ours = fetch(count_handoffs(lines, tables["contacts"], CURRENT)).set_index("channel")
    firsts = selling.dropna(subset=["customer"]).groupby(["channel", "customer"]).ordered_at.agg(["min"]).reset_index()
    added = contacts.dropna(subset=["customer"]).groupby("customer").added_at.min()
    firsts["added"] = firsts.customer.map(added)
    after = firsts.added.dt.normalize() >= firsts["min"].dt.normalize()
    added_now = firsts.added.between(START, END, inclusive="left")
    bought_now = firsts["min"].between(START, END, inclusive="left")
    to_private = (after & added_now).groupby(firsts.channel).sum()
    from_private = (~after & bought_now & firsts.added.notna()).groupby(firsts.channel).sum()
    assert ours.to_private.to_dict() == to_private.to_dict()
    assert ours.from_private.to_dict() == from_private.to_dict()


def test_buyers_are_followed_to_touch_and_contact(world):
    tables, lines, selling, contacts, touches = world
    ours = fetch(follow_buyers(lines, CURRENT, tables["contacts"], tables["touches"], None)).set_index("channel")
    inside = selling[(selling.ordered_at >= START) & (selling.ordered_at < END)].dropna(subset=["customer"])
    buyers = inside.groupby(["channel", "customer"]).ordered_at.min().reset_index()
    buyers["added"] = buyers.customer.isin(contacts.customer.dropna())
    last = touches.groupby("customer").touched_at.max()
    buyers["contacted"] = buyers.customer.map(last) >= buyers.ordered_at
    expected = buyers.groupby("channel")[["added", "contacted"]].sum()
    assert ours.added.to_dict() == expected.added.to_dict()
    assert ours.contacted.to_dict() == expected.contacted.to_dict()
    assert ours.grouped.isna().all()


def test_homes_widths_moves_and_sides(world):
    tables, lines, selling, contacts, _ = world
    purchases = list_purchases(lines)
    orders = list_orders(selling).dropna(subset=["customer"])
    widths = fetch(count_widths(purchases))
    channels = orders.groupby("customer").channel.nunique().clip(upper=3)
    assert widths.groupby("channels").customers.sum().to_dict() == channels.value_counts().to_dict()
    counted = orders.groupby(["customer", "channel"]).size().reset_index(name="n")
    homes = counted.sort_values(["n", "channel"], ascending=[False, True]).drop_duplicates("customer")
    several = homes[homes.customer.map(orders.groupby("customer").size()) > 1]
    ours = fetch(find_homes(purchases)).set_index("home")
    assert ours.customers.to_dict() == several.channel.value_counts().to_dict()
    assert ours.home_orders.to_dict() == several.groupby("channel").n.sum().to_dict()
    moved = fetch(move_homes(follow_contacts(purchases, tables["contacts"])))
    added = contacts.dropna(subset=["customer"]).groupby("customer").added_at.min()
    mine = orders[orders.customer.isin(added.index)]
    side = mine["at"] >= mine.customer.map(added)
    both = set(mine.customer[side]) & set(mine.customer[~side])
    assert moved.customers.sum() == len(both)
    flow = fetch(flow_sides(purchases, ["store"], CURRENT)).set_index("first")
    now = orders[(orders["at"] >= START) & (orders["at"] < END)]
    first = orders.groupby("customer")["at"].min()
    later = now[now["at"].dt.normalize() > now.customer.map(first).dt.normalize()]
    assert flow.customers.sum() == now.customer.nunique()
    assert flow.to_store.sum() == later.customer[later.channel == "store"].nunique()
    assert flow.to_online.sum() == later.customer[later.channel != "store"].nunique()


def test_repurchase_in_private_and_around_the_add(world):
    tables, lines, selling, contacts, _ = world
    added = find_added(tables["contacts"])
    parts = fetch(split_repeats(list_venue_orders(lines, CURRENT), added)).set_index("kind")
    orders = list_orders(selling).dropna(subset=["customer"])
    day = orders["at"].dt.normalize()
    repeat = orders[(orders["at"] >= START) & (day > day.groupby(orders.customer).transform("min"))]
    first_add = contacts.dropna(subset=["customer"]).groupby("customer").added_at.min().dt.normalize()
    known = repeat["at"].dt.normalize() >= repeat.customer.map(first_add)
    kinds = np.where(repeat.private, "sold", np.where(known, "assisted", "outside"))
    assert parts.orders.to_dict() == pd.Series(kinds).value_counts().to_dict()
    months = fetch(follow_joiners(purchase_days(lines), added, HISTORY)).set_index("month")
    days = orders.assign(day=day).drop_duplicates(["customer", "day"])
    half = pd.Timedelta(days=180)
    opened = days.groupby("customer").day.min()
    frame = first_add.to_frame("added").join(opened.rename("opened"), how="inner")
    frame = frame[(frame.opened <= frame.added - half) & (frame.added + half <= pd.Timestamp(HISTORY.end))]
    lived = days.merge(frame, left_on="customer", right_index=True)
    lived["month"] = (lived.day - lived.added).dt.days // 30
    lived = lived[lived.month.between(-6, 5)]
    assert set(months.people) == {len(frame)}
    assert months.buyers.to_dict() == lived.groupby("month").customer.nunique().to_dict()
