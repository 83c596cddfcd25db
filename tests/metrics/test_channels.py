"""Channel totals and traffic agree with a recount in pandas."""

from datetime import date

import numpy as np
import pytest

from diagnostics.metrics.channels import count_channel_months, total_channels
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.traffic import total_months, total_sources
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines, invent_traffic

CURRENT = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))


@pytest.fixture(scope="module")
def opened():
    frames = {"order_lines": invent_lines(21), "traffic": invent_traffic(22)}
    return frames, open_frames(connect(), frames)


def test_channels_agree_with_a_recount(opened):
    frames, tables = opened
    lines = frames["order_lines"]
    ours = fetch(total_channels(value_lines(tables["order_lines"], "paid_net"), CURRENT, date(2023, 4, 1)))
    first = lines[~lines.is_return].groupby("customer").ordered_at.min()
    inside = lines[(lines.ordered_at >= "2024-01-01") & (lines.ordered_at < "2025-01-01")]
    for channel, part in inside.groupby("channel"):
        row = ours[ours.channel == channel].iloc[0]
        net = part.paid_amount - part.refund_amount
        assert row.gmv == pytest.approx(net.sum())
        assert row.gmv_known == pytest.approx(net[part.customer.notna()].sum())
        selling = part[~part.is_return]
        assert row.orders == selling.order_id.nunique()
        buyers = selling.customer.dropna().unique()
        assert row.buyers == len(buyers)
        assert row.new_buyers == (first[buyers] >= "2024-01-01").sum()


def test_new_buyers_of_a_period_that_starts_too_early_are_not_known(opened):
    _, tables = opened
    lines = value_lines(tables["order_lines"], "paid")
    early = Period(start=date(2023, 1, 1), end=date(2024, 1, 1))
    assert fetch(total_channels(lines, early, date(2023, 4, 1))).new_buyers.isna().all()


def test_buyers_by_month_are_counted_once(opened):
    frames, tables = opened
    selling = frames["order_lines"][~frames["order_lines"].is_return]
    expected = selling.groupby(["channel", selling.ordered_at.dt.to_period("M")]).customer.nunique()
    ours = fetch(count_channel_months(tables["order_lines"])).sort_values(["channel", "month"])
    assert ours.buyers.to_list() == expected.to_list()


def test_traffic_sums_over_sources_and_months(opened):
    frames, tables = opened
    traffic = frames["traffic"]
    months = fetch(total_months(tables["traffic"])).sort_values("month")
    assert months.visitors.to_list() == traffic.groupby("starts_on").visitors.sum().to_list()
    assert months.visitors.dtype == np.int64
    sources = fetch(total_sources(tables["traffic"], CURRENT)).set_index("source")
    now = traffic[traffic.starts_on >= "2024-01-01"].groupby("source")[["visitors", "buyers"]].sum()
    assert sources.visitors.to_dict() == now.visitors.to_dict()
    assert sources.buyers.to_dict() == now.buyers.to_dict()
