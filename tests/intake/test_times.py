from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.intake.cells.times import find_period, to_time

NOON = datetime(2024, 3, 1, 12, 0, 5)  # noqa: DTZ001 - local time, as platforms write it


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-01 12:00:05",
        "2024/3/1 12:00:05",
        "2024.3.1 12:00:05",
        "2024年3月1日 12:00:05",
        "2024年3月1日 12时00分05秒",
        "20240301120005",
        "20240301 12:00:05",
        "2024-03-01T12:00:05.000",
        "2024-03-01T04:00:05Z",
        "1709265605",
        "1709265605000",
        "45352.50005787",
        "\t2024-03-01 12:00:05",
        "`2024-03-01 12:00:05",
    ],
)
def test_a_time_is_read_in_every_spelling(cell):
    assert to_time(pa.array([cell])).to_pylist() == [NOON]


@pytest.mark.parametrize("cell", ["2024-02-30", "2024-13-01", "", "null", "明天", "12", "2024-03-01 25:00", "1771200"])
def test_what_is_no_time_stays_empty(cell):
    assert to_time(pa.array([cell])).to_pylist() == [None]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)), max_size=20))  # noqa: DTZ001 - local
def test_iso_times_come_back_to_the_second(times):
    cells = pa.array([f"{time:%Y-%m-%d %H:%M:%S}" for time in times], pa.string())
    assert to_time(cells).to_pylist() == [time.replace(microsecond=0) for time in times]


def test_unix_seconds_of_every_year_are_local_times():
    seconds = list(range(1_000_000_000, 2_000_000_000, 7_654_321))
    found = to_time(pa.array([str(second) for second in seconds])).to_pylist()
    assert None not in found


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("【生意参谋平台】商品_全部_2024-01-01_2024-01-31.xls", (date(2024, 1, 1), date(2024, 2, 1))),
        ("流量 20240101-20240107.xls", (date(2024, 1, 1), date(2024, 1, 8))),
        ("流量来源2024年12月.xls", (date(2024, 12, 1), date(2025, 1, 1))),
        ("流量.xls", None),
    ],
)
def test_a_period_is_read_from_a_file_name(name, period):
    assert find_period(name) == period


def test_a_zone_may_stand_behind_a_blank():
    assert to_time(pa.array(["2024-03-01 08:30:00 +0800", "2024-03-01 00:30:00 Z"])).to_pylist() == [
        datetime(2024, 3, 1, 8, 30),  # noqa: DTZ001 - local time
        datetime(2024, 3, 1, 8, 30),  # noqa: DTZ001 - local time
    ]
