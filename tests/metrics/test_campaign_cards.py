"""Windows of campaigns, and how far those reached came, agree with a recount in pandas."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.campaign_cards import count_windows, follow_touched
from diagnostics.metrics.lines import value_lines
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

WINDOWS = [
    ("a", "tmall", "2024-02-01", "2024-03-01"),
    ("a", "", "2024-05-01", "2024-06-01"),
    ("b", "", "2024-05-20", "2024-07-01"),
]


@pytest.fixture(scope="module", params=[1, 2])
def lines(request):
    frame = invent_lines(request.param)
    frame["store"] = None
    return frame


@pytest.fixture(scope="module")
def opened(lines):
    campaigns = pd.DataFrame(WINDOWS, columns=["campaign", "channel", "starts_on", "ends_on"])
    rng = np.random.default_rng(7)
    touches = pd.DataFrame(
        {
            "customer": rng.choice(lines.customer.dropna().unique(), 80),
            "touched_at": pd.Timestamp("2024-05-01") + pd.to_timedelta(rng.integers(0, 20, 80), unit="D"),
            "campaign": rng.choice(["a", "b", "unknown"], 80),
            "answered": rng.random(80) < 0.4,
        }
    )
    events = pd.DataFrame(
        {
            "customer": rng.choice(lines.customer.dropna().unique(), 60),
            "happened_at": pd.Timestamp("2024-05-01") + pd.to_timedelta(rng.integers(0, 60, 60), unit="D"),
            "kind": rng.choice(["到店签到", "浏览"], 60),
        }
    )
    frames = {"order_lines": lines, "campaigns": campaigns, "touches": touches, "events": events}
    tables = open_frames(connect(), frames)
    return tables, campaigns, touches, events


def sold(lines):
    mine = lines[~lines.is_return]
    return mine.assign(day=mine.ordered_at.dt.normalize())


def test_windows_agree(lines, opened):
    tables, campaigns, _, _ = opened
    valued = value_lines(tables["order_lines"], "paid")
    held = tables["campaigns"].mutate(channel=tables["campaigns"].channel.fill_null(""))
    found = fetch(count_windows(valued, held, date(2023, 4, 1))).set_index(["campaign", "starts_on"])
    mine = sold(lines)
    first = mine.groupby("customer").day.min()
    for row in campaigns.itertuples():
        inside = mine[(mine.day >= row.starts_on) & (mine.day < row.ends_on)]
        inside = inside[inside.channel == row.channel] if row.channel else inside
        got = found.loc[(row.campaign, pd.Timestamp(row.starts_on))]
        assert got.orders == len(inside.drop_duplicates(["channel", "order_id"]))
        assert float(got.gmv) == pytest.approx(inside.paid_amount.sum())
        who = inside.customer.dropna().unique()
        assert got.buyers == len(who)
        assert got.new_buyers == sum(pd.Timestamp(row.starts_on) <= first[one] for one in who)


def test_newcomers_are_empty_where_a_window_starts_before_they_can_be_told(lines, opened):
    tables, campaigns, _, _ = opened
    valued = value_lines(tables["order_lines"], "paid")
    held = tables["campaigns"].mutate(channel=tables["campaigns"].channel.fill_null(""))
    found = fetch(count_windows(valued, held, date(2024, 5, 20))).set_index(["campaign", "starts_on"])
    assert len(found) == len(campaigns)
    for (_, start), row in found.iterrows():
        assert pd.isna(row.new_buyers) == (start < pd.Timestamp("2024-05-20"))
        assert row.buyers > 0


def test_the_way_of_those_reached_agrees(lines, opened):
    tables, campaigns, touches, events = opened
    valued = value_lines(tables["order_lines"], "paid")
    found = fetch(follow_touched(tables["touches"], tables["campaigns"], valued, tables["events"])).set_index(
        "campaign"
    )
    assert set(found.index) == {"a", "b"}
    mine, signed = sold(lines), events[events.kind == "到店签到"]
    for name, got in found.iterrows():
        own = touches[touches.campaign == name]
        until = pd.Timestamp(campaigns[campaigns.campaign == name].ends_on.max()) + pd.Timedelta(days=7)
        since = own.groupby("customer").touched_at.min()
        spent = {
            one: mine[(mine.customer == one) & (mine.day >= day) & (mine.day < until)] for one, day in since.items()
        }
        came = {
            one
            for one, day in since.items()
            if (signed[signed.customer == one].happened_at.between(day, until, inclusive="left")).any()
            or (spent[one].channel == "store").any()
        }
        assert got.touched == len(since)
        assert got.answered == own.groupby("customer").answered.max().sum()
        assert got.bought == sum(len(rows) > 0 for rows in spent.values())
        assert got.visited == len(came)
        assert got.gmv == pytest.approx(sum(rows.paid_amount.sum() for rows in spent.values()))
