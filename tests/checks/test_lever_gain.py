"""Levels that are worth winning back are those that are shown: spend per order after discounts."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import load_check
from diagnostics.model.tables import Tables
from diagnostics.model.wording import Text
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, open_frames


def invent_orders(month, buyers, discount, rng):
    listed = rng.choice([90.0, 100.0, 110.0], buyers)
    days = pd.Timestamp(month) + pd.to_timedelta(np.arange(buyers) % 28, unit="D")
    paid = (listed * (1 - discount)).round(2)
    customer = [f"{number:032x}" for number in range(buyers)]
    columns = {"customer": customer, "ordered_at": days, "list_amount": listed, "paid_amount": paid}
    named = {"quantity": 1, "refund_amount": 0.0, "is_return": False}
    return pd.DataFrame({"channel": "jd", **columns, **named})


def examine_gain(discount):
    """A month of 600 buyers without discount, and one of 570 with it, at the same list prices."""
    rng = np.random.default_rng(1)
    before, last = invent_orders("2024-01-01", 600, 0.0, rng), pd.Timestamp("2024-02-29")
    now = invent_orders("2024-02-01", 570, discount, rng)
    now.loc[len(now) - 1, "ordered_at"] = last
    lines = pd.concat([before, now], ignore_index=True)
    number = [str(place) for place in range(len(lines))]
    tables = open_frames(connect(), {"order_lines": lines.assign(line_id=number, order_id=number)})
    engagement = fix_engagement(tables, client="x", title=Text(zh="x", en="x"), currency="CNY")
    opened = Tables(by_name=tables, available=find_available(tables), engagement=engagement, fetch=fetch)
    examined = examine("levers.gain", load_check("levers.gain"), opened, languages=())
    gains = next(exhibit.frame for exhibit in examined.exhibits if exhibit.name == "gains")
    return lines, examined.section, gains.assign(lever=[lever.en for lever in gains.lever]).set_index("lever")


def test_a_fall_of_spend_made_by_discounts_is_worth_winning_back():
    lines, section, gains = examine_gain(0.3)
    before, now = (lines.paid_amount[lines.ordered_at.dt.month == month] for month in (1, 2))
    assert gains.back["Spend per order"] == pytest.approx(12 * len(now) * (before.mean() - now.mean()))
    assert "Most worth winning back: spend per order in JD" in section.answer.en


def test_spend_that_did_not_fall_is_not():
    _, section, gains = examine_gain(0.0)
    assert pd.isna(gains.back["Spend per order"])
    assert "spend per order in JD" not in section.answer.en
