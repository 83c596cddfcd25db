"""The promotion calendar holds every day once, and says where two periods differ."""

from datetime import date, timedelta

import pytest

from diagnostics.model.period import Period, add_months
from diagnostics.model.promotions import ORDINARY, count_phase_days, is_covered, list_inside, read_promotions
from diagnostics.workbook.catalog import read_catalog

ROWS = read_catalog("promotions.csv")
PROMOTIONS = read_promotions(ROWS, "CNY")
# First day of the lunar year, as computed by the Python package lunardate 0.3.0.
NEW_YEARS = [
    "2015-02-19",
    "2016-02-08",
    "2017-01-28",
    "2018-02-16",
    "2019-02-05",
    "2020-01-25",
    "2021-02-12",
    "2022-02-01",
    "2023-01-22",
    "2024-02-10",
    "2025-01-29",
    "2026-02-17",
    "2027-02-06",
    "2028-01-26",
    "2029-02-13",
    "2030-02-03",
]


def year(start):
    return Period(start=start, end=add_months(start, 12))


def test_no_day_lies_in_two_promotions():
    days = [p.days.start + timedelta(days=n) for p in PROMOTIONS for n in range(p.days.days)]
    assert len(days) == len(set(days))


def test_every_promotion_is_there_once_a_year_with_its_source():
    assert {(row["phase"], row["year"]) for row in ROWS} == {
        (phase, str(number)) for phase in {row["phase"] for row in ROWS} for number in range(2015, 2031)
    }
    assert len(ROWS) == len({(row["phase"], row["year"]) for row in ROWS})
    assert all(row["source"] and row["name_zh"] and row["name_en"] for row in ROWS)


def test_spring_festival_begins_on_the_eve_of_the_lunar_year():
    eves = [p.days.start for p in PROMOTIONS if p.phase == "spring_festival"]
    assert eves == [date.fromisoformat(day) - timedelta(days=1) for day in NEW_YEARS]


@pytest.mark.parametrize(
    ("phase", "day"), [("618_peak", (6, 18)), ("double11_peak", (11, 11)), ("double12", (12, 12)), ("99", (9, 9))]
)
def test_a_sale_named_after_its_day_holds_it(phase, day):
    named = [p for p in PROMOTIONS if p.phase == phase]
    assert len(named) == 16
    assert all(p.days.holds(date(p.days.start.year, *day)) for p in named)


def test_a_year_from_february_may_hold_no_spring_festival_or_two():
    before, after = year(date(2023, 2, 1)), year(date(2024, 2, 1))
    days = {held.phase: (held.before, held.after) for held in count_phase_days(PROMOTIONS, before, after)}
    assert days["spring_festival"] == (0, 12)
    assert days["double11_peak"] == (2, 2)
    assert sum(held[0] for held in days.values()) == before.days
    assert sum(held[1] for held in days.values()) == after.days


def test_calendar_years_hold_the_same_promotions_but_for_their_opening():
    uneven = [
        held.phase
        for held in count_phase_days(PROMOTIONS, year(date(2017, 1, 1)), year(date(2018, 1, 1)))
        if not held.is_even
    ]
    assert "spring_festival" not in uneven
    assert set(uneven) <= {"spring_run_up", ORDINARY}


def test_other_markets_and_other_years_are_not_covered():
    assert read_promotions(ROWS, "GBP") == ()
    assert not is_covered((), year(date(2024, 1, 1)))
    assert not is_covered(PROMOTIONS, year(date(2012, 1, 1)))
    assert is_covered(PROMOTIONS, year(date(2023, 9, 1)), year(date(2024, 9, 1)))


def test_only_promotions_that_share_a_day_are_inside():
    march = Period(start=date(2024, 3, 8), end=date(2024, 4, 1))
    assert [p.phase for p in list_inside(PROMOTIONS, march)] == ["women_day"]
