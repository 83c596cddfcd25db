"""Periods are half-open, and compare the same season."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.model.period import Period, add_months, choose_horizon

DAYS = st.dates(min_value=date(2005, 1, 1), max_value=date(2030, 1, 1))


def test_a_period_must_have_a_day():
    with pytest.raises(ValueError, match="must end after"):
        Period(start=date(2024, 1, 1), end=date(2024, 1, 1))


def test_two_years_compare_the_same_months():
    horizon = choose_horizon(date(2024, 9, 1), date(2026, 8, 31))
    assert horizon.current == Period(start=date(2025, 9, 1), end=date(2026, 9, 1))
    assert horizon.previous == Period(start=date(2024, 9, 1), end=date(2025, 9, 1))
    assert horizon.yearly == 1


def test_a_broken_last_month_is_left_out():
    horizon = choose_horizon(date(2009, 12, 1), date(2011, 12, 9))
    assert horizon.current.end == date(2011, 12, 1)
    assert horizon.as_of == date(2011, 12, 10)


def test_a_month_without_its_last_two_days_is_whole():
    assert choose_horizon(date(2024, 1, 3), date(2024, 6, 28)).current.end == date(2024, 7, 1)
    assert choose_horizon(date(2024, 1, 4), date(2024, 6, 27)).current.end == date(2024, 6, 1)


def test_eighteen_months_compare_six_with_the_same_six():
    horizon = choose_horizon(date(2024, 1, 1), date(2025, 6, 30))
    assert horizon.current == Period(start=date(2025, 1, 1), end=date(2025, 7, 1))
    assert horizon.previous == Period(start=date(2024, 1, 1), end=date(2024, 7, 1))
    assert horizon.yearly == 2


def test_one_month_has_nothing_to_compare_with():
    assert choose_horizon(date(2024, 1, 1), date(2024, 1, 31)).previous is None
    assert choose_horizon(date(2024, 1, 10), date(2024, 1, 20)).previous is None


@given(DAYS, st.integers(min_value=0, max_value=2000))
def test_periods_compared_have_the_same_months_and_lie_in_the_history(first, length):
    last = first + timedelta(days=length)
    horizon = choose_horizon(first, last)
    assert horizon.history.holds(first)
    assert horizon.history.holds(last)
    assert horizon.current.end <= add_months(last, 1)
    if horizon.previous is not None:
        assert horizon.previous.months == horizon.current.months
        assert horizon.previous.end <= horizon.current.start
        assert horizon.previous.start >= first.replace(day=1)
