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
    gmv = buyers = 0
    for row in known.itertuples():
        own = lines[lines.customer == row.customer]
        waited = (own.ordered_at.dt.normalize() - pd.Timestamp(row.day)).dt.days
        spent = own[waited.between(0, 1)].paid_amount.sum()
        gmv += spent
        buyers += spent > 0
    assert counted.gmv.sum() == gmv == invited.gmv.sum()
    assert counted.buyers.sum() == buyers == invited.buyers.sum()
    assert invited.viewers.sum() == viewers[viewers.customer.notna() | viewers.contact.notna()].shape[0]
    rows = fetch(count_rows(tables["live_viewers"])).iloc[0]
    assert rows.rows == len(viewers)
    assert rows.known == (viewers.customer.notna() | viewers.contact.notna()).sum()


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
