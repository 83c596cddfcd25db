"""Visitors are set against buyers, and years against each other, only where both tell the same stretch of time."""

from datetime import date

import pandas as pd
import pytest

from diagnostics.checks.fit._views import read_views
from diagnostics.checks.venue import conversion
from diagnostics.metrics.traffic import describe_months, pair_months, total_sources
from diagnostics.metrics.two_views import compare_visits, total_visits
from diagnostics.model.period import choose_horizon
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.checks.test_data_and_retention import answer

HORIZON = choose_horizon(date(2023, 1, 1), date(2024, 12, 31))
MONTHS = pd.date_range("2023-01-01", "2024-12-01", freq="MS")
DAYS = pd.date_range("2023-01-01", "2024-12-31")
A_MONTH = pd.offsets.MonthBegin(1)
A_DAY = pd.Timedelta(days=1)


def tell(starts, length, visitors, buyers=None):
    return pd.DataFrame(
        {
            "starts_on": starts,
            "ends_on": starts + length,
            "channel": "tmall",
            "shop": None,
            "source": None,
            "product_id": None,
            "visitors": visitors,
            "buyers": buyers,
            "paid_amount": None,
        }
    )


def measure(traffic, *, bought=None):
    tables = open_frames(connect(), {"traffic": traffic})
    frames = {
        "traffic": fetch(describe_months(tables["traffic"])),
        "sources": fetch(total_sources(tables["traffic"], HORIZON.current)),
    }
    if bought:
        frames["orders"] = pd.DataFrame({"channel": "tmall", "month": MONTHS, "buyers": bought})
    return answer(conversion.CHECK, frames, horizon=HORIZON)


def test_a_year_told_by_month_is_not_compared_with_one_told_by_day():
    traffic = pd.concat([tell(MONTHS[:12], A_MONTH, 1000), tell(DAYS[DAYS.year == 2024], A_DAY, 50)])
    channel = measure(traffic, bought=50).periods.iloc[0]
    assert channel.rate == pytest.approx(600 / (366 * 50))
    assert pd.isna(channel.rate_before)
    assert channel.turns == 0


def test_only_months_told_in_both_years_are_compared():
    traffic = tell(MONTHS, A_MONTH, 1000)
    channel = measure(traffic.drop(index=[2, 3]), bought=[40] * 12 + [30] * 12).periods.iloc[0]
    assert channel.turns == 10
    assert channel.visitors == 10_000
    assert channel.rate == pytest.approx(0.03)
    assert channel.rate_before == pytest.approx(0.04)
    assert channel.change_high < 0


def test_buyers_of_a_month_are_not_set_against_visitors_of_its_last_week():
    in_part = DAYS[(DAYS < "2024-12-01") | (DAYS >= "2024-12-25")]
    ours = measure(tell(in_part, A_DAY, 40), bought=50)
    assert ours.months.month.max() == pd.Timestamp("2024-11-01")
    theirs = measure(tell(in_part, A_DAY, 40, buyers=2))
    assert theirs.months.month.max() == pd.Timestamp("2024-12-01")
    assert theirs.months.rate.to_list() == pytest.approx([0.05] * 24)


def view_halls(traffic):
    visits = open_frames(connect(), {"traffic": traffic})["traffic"]
    frames = {
        "hall": fetch(total_visits(visits, HORIZON.current)),
        "halls": fetch(compare_visits(pair_months(visits, HORIZON.previous, HORIZON.current))),
    }
    views = answer(VIEWS, frames, horizon=HORIZON)
    return {view.id: (view.now, view.before) for view in views}


class VIEWS:
    """Reads the views of replies, in the shape that `answer` asks of a check."""

    measure = staticmethod(read_views)


def test_the_hall_is_viewed_over_months_that_can_be_compared():
    whole = tell(MONTHS, A_MONTH, 1000, buyers=[40] * 12 + [30] * 12)
    assert view_halls(whole) == {"visitors": (12_000, 12_000), "conversion": (0.03, 0.04)}
    shorter = view_halls(whole.drop(index=[2]))
    assert shorter == {"visitors": (11_000, 11_000), "conversion": (0.03, 0.04)}


def test_a_hall_told_otherwise_in_the_year_before_is_viewed_as_it_is_now():
    traffic = pd.concat([tell(MONTHS[:12], A_MONTH, 1000, 40), tell(DAYS[DAYS.year == 2024], A_DAY, 50, 2)])
    assert view_halls(traffic) == {"visitors": (366 * 50, None), "conversion": (0.04, None)}
