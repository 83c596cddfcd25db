"""Refunds and discounts by channel and month agree with a recount in pandas."""

from datetime import date

import pytest

from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.discounts import total_discount_buckets, total_discount_months
from diagnostics.metrics.refunds import total_refund_buckets, total_refund_months
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

PREVIOUS = Period(start=date(2023, 1, 1), end=date(2024, 1, 1))
CURRENT = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))


@pytest.fixture(scope="module")
def answered():
    lines = invent_lines(7)
    lines.loc[::3, "list_amount"] = None
    marked = mark_compared(open_frames(connect(), {"order_lines": lines})["order_lines"], PREVIOUS, CURRENT)
    asked = (total_refund_months, total_refund_buckets, total_discount_months, total_discount_buckets)
    return lines[lines.ordered_at < "2025-01-01"], *(fetch(question(marked)) for question in asked)


def test_refunds_by_month_agree(answered):
    lines, months, buckets, *_ = answered
    keys = [lines.channel, lines.ordered_at.dt.year == 2024, lines.ordered_at.dt.month - 1]
    expected = lines.groupby(keys)[["paid_amount", "refund_amount"]].sum()
    ours = months.set_index(["channel", "is_current", "turn"]).sort_index()
    assert ours.paid.to_numpy() == pytest.approx(expected.paid_amount.to_numpy())
    assert ours.refund.to_numpy() == pytest.approx(expected.refund_amount.to_numpy())
    assert buckets.refund.sum() == pytest.approx(lines.refund_amount.sum())
    assert buckets.orders.sum() == lines[~lines.is_return].order_id.nunique()


def test_discounts_count_only_selling_lines_with_a_list_amount(answered):
    lines, _, _, months, buckets = answered
    priced = lines[~lines.is_return & (lines.list_amount > 0)]
    for frame in (months, buckets):
        assert frame.listed.sum() == pytest.approx(priced.list_amount.sum())
        assert frame.paid.sum() == pytest.approx(priced.paid_amount.sum())
    assert buckets.units.sum() == priced.quantity.sum()
