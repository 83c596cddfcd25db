"""Viewers who return, join and buy agree with a recount in plain Python."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.live import match_shifts
from diagnostics.metrics.live_viewers import (
    count_buyers,
    count_inviters,
    count_joins,
    count_returns,
    count_rows,
    list_appearances,
)
from diagnostics.workbook.engine import connect, fetch, open_frames

AS_OF = date(2024, 6, 1)


def invent(seed):
    rng = np.random.default_rng(seed)
    rows = []
    for channel in ("wecom", "douyin"):
        for turn in range(7):
            day = pd.Timestamp("2024-03-01") + pd.Timedelta(days=7 * turn + (channel == "douyin"))
            present = rng.choice(60, rng.integers(10, 30), replace=False)
            rows += [
                {
                    "channel": channel,
                    "session": "Friday",
                    "day": day.date(),
                    "customer": f"c{person}" if person % 3 else None,
                    "contact": f"k{person}" if person % 5 else None,
                    "inviter": f"g{person % 4}" if person % 2 else None,
                }
                for person in present
            ]
    members = [
        {
            "group": "g",
            "customer": f"c{person}" if person % 3 else None,
            "contact": f"k{person}",
            "joined_at": None
            if person % 7 == 0
            else pd.Timestamp("2024-02-01") + pd.Timedelta(days=int(rng.integers(0, 90))),
        }
        for person in rng.choice(60, 30, replace=False)
    ]
    lines = [
        {
            "line_id": n,
            "order_id": f"o{n}",
            "channel": "tmall",
            "customer": f"c{rng.integers(0, 60)}",
            "ordered_at": pd.Timestamp("2024-03-01") + pd.Timedelta(hours=int(rng.integers(0, 24 * 60))),
            "quantity": 1,
            "paid_amount": int(rng.integers(1, 99)),
            "refund_amount": 0,
            "is_return": False,
        }
        for n in range(400)
    ]
    return pd.DataFrame(rows), pd.DataFrame(members), pd.DataFrame(lines)


@pytest.fixture(scope="module", params=[1, 2])
def opened(request):
    frames = invent(request.param)
    names = ("live_viewers", "group_members", "order_lines")
    tables = open_frames(connect(), dict(zip(names, frames, strict=True)))
    return frames, tables, list_appearances(tables["live_viewers"], AS_OF)


def know(viewers):
    """Channel and day to the set of known viewers, in order."""
    named = viewers.assign(viewer=viewers.customer.fillna(viewers.contact)).dropna(subset=["viewer"])
    return {
        channel: [(day, set(part.viewer)) for day, part in sorted(own.groupby("day"))]
        for channel, own in named.groupby("channel")
    }


def test_returns_agree_with_sets(opened):
    (viewers, _, _), _, appearances = opened
    counted = fetch(count_returns(appearances)).set_index(["channel", "turn"]).sort_index()
    for channel, sessions in know(viewers).items():
        for turn, (_, who) in enumerate(sessions):
            later = [others for _, others in sessions[turn + 1 :]]
            row = counted.loc[(channel, turn)]
            assert row.viewers == len(who)
            assert row.again == len(who & set().union(*(others for _, others in sessions[:turn])))
            assert row.next == len(who & (later[0] if later else set()))
            assert row.soon == len(who & set().union(*later[:3]))


def test_joins_agree_with_a_recount(opened):
    (viewers, members, _), tables, appearances = opened
    counted = fetch(count_joins(appearances, tables["group_members"]))
    joined = {}
    for row in members.assign(member=members.customer.fillna(members.contact)).itertuples():
        joined.setdefault(row.member, []).append(row.joined_at)
    outside = inside_later = 0
    for sessions in know(viewers).values():
        for day, who in sessions:
            for viewer in who:
                times = joined.get(viewer)
                if times is None:
                    outside += 1
                elif not any(pd.isna(time) for time in times):
                    waited = (min(times).normalize() - pd.Timestamp(day)).days
                    outside += waited >= 0
                    inside_later += 0 <= waited <= 14
    assert counted.outside.sum() == outside
    assert counted.joined.sum() == inside_later


def test_buyers_and_inviters_agree_with_a_recount(opened):
    (viewers, _, lines), tables, appearances = opened
    valued = value_lines(tables["order_lines"], "paid")
    counted, invited = fetch(count_buyers(appearances, valued)), fetch(count_inviters(appearances, valued))
    known = viewers.dropna(subset=["customer"])
    spent = {}
    for line in lines.itertuples():
        waited = (line.ordered_at.normalize() - pd.to_datetime(known.day)).dt.days
        watched = known[(known.customer == line.customer) & waited.between(0, 1)]
        if len(watched):
            latest = watched.loc[watched.day == watched.day.max()].iloc[0]
            key = (latest.channel, latest.day, line.customer)
            spent[key] = spent.get(key, 0) + line.paid_amount
    told = counted.assign(day=counted.session.str[-10:]).groupby(["channel", "day"])[["buyers", "gmv"]].sum()
    for (channel, day), row in told.iterrows():
        mine = [paid for (room, on, _), paid in spent.items() if (room, str(on)) == (channel, day)]
        assert (row.buyers, row.gmv) == (len(mine), sum(mine))
    assert invited.gmv.sum() == sum(spent.values())
    assert invited.buyers.sum() == len(spent)
    assert invited.viewers.sum() == viewers[viewers.customer.notna() | viewers.contact.notna()].shape[0]
    rows = fetch(count_rows(tables["live_viewers"])).iloc[0]
    assert rows.rows == len(viewers)
    assert rows.known == (viewers.customer.notna() | viewers.contact.notna()).sum()


def test_orders_of_who_watches_every_day_count_once():
    days = pd.date_range("2024-03-01", periods=5)
    seen = [{"channel": "douyin", "session": "L", "day": day.date(), "customer": "c", "inviter": "u"} for day in days]
    # A second room on the first day and an order on each of the five days and the day after the last.
    seen.append({"channel": "wecom", "session": "M", "day": days[0].date(), "customer": "c", "inviter": "v"})
    lines = pd.DataFrame({"line_id": range(6), "ordered_at": [*days, days[-1] + pd.Timedelta(days=1)]})
    lines = lines.assign(
        order_id=lines.line_id, channel="tmall", customer="c", quantity=1, paid_amount=100, refund_amount=0
    )
    frames = {"live_viewers": pd.DataFrame(seen), "order_lines": lines.assign(is_return=False)}
    tables = open_frames(connect(), frames)
    appearances = list_appearances(tables["live_viewers"], AS_OF)
    valued = value_lines(tables["order_lines"], "paid")
    counted, invited = fetch(count_buyers(appearances, valued)), fetch(count_inviters(appearances, valued))
    assert (counted.customers.sum(), counted.buyers.sum(), counted.gmv.sum()) == (6, 5, 600)
    assert invited.set_index("inviter").gmv.astype(int).to_dict() == {"u": 500, "v": 100}


def test_a_shift_belongs_to_the_session_on_air_and_to_one_only():
    sessions = pd.DataFrame(
        {
            "session": ["s1", "s2"],
            "channel": ["douyin", "douyin"],
            "starts_at": ["2024-03-01 19:00", "2024-03-01 22:00"],
            "minutes": [150, 60],
        }
    )
    shifts = pd.DataFrame(
        {
            "starts_at": ["2024-03-01 18:50", "2024-03-01 21:00", "2024-03-02 19:00"],
            "ends_at": ["2024-03-01 21:00", "2024-03-01 23:00", "2024-03-02 21:00"],
            "channel": [None, "douyin", "douyin"],
            "cost": [100, 50, 9],
        }
    )
    tables = open_frames(connect(), {"live_sessions": sessions, "live_shifts": shifts})
    matched = fetch(match_shifts(tables["live_sessions"], tables["live_shifts"], AS_OF))
    assert matched.to_dict("records") == [{"channel": "douyin", "session": "s1", "shifts": 2, "cost": 150.0}]
