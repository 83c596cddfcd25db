"""What checks leave for a later run to be compared with."""

import math

import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.example import read_example
from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.checks.tracking import track_count, track_error, track_value
from diagnostics.model.finding import SCOPE_KEYS
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.catalog import name_metrics
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, open_frames

TRACKING = [name for name in list_all_checks() if load_check(name).track.__name__ != "<lambda>"]


def read_readings(name):
    check = load_check(name)
    tables = open_frames(connect(), read_example(check.example))
    engagement = fix_engagement(tables, client="x", title=name_verbatim("X"), currency="CNY", brief=check.example.brief)
    opened = Tables(by_name=tables, available=find_available(tables), engagement=engagement, fetch=fetch)
    return examine(name, check, opened, check.example.limits, languages=()).section.readings


@pytest.mark.parametrize("name", TRACKING)
def test_a_tracking_check_leaves_readings_of_known_metrics_once_each(name):
    readings = read_readings(name)
    assert readings
    assert len({reading.key for reading in readings}) == len(readings)
    for reading in readings:
        assert reading.metric in name_metrics()
        assert set(reading.scope) <= SCOPE_KEYS
        assert math.isfinite(reading.value)


def test_metrics_that_many_findings_wait_for_are_tracked():
    assert len({reading.metric for name in TRACKING for reading in read_readings(name)}) >= 18


def test_a_reading_is_cut_to_what_a_share_can_be():
    (reading,) = track_error("unattended", 0.01, 0.02, n=40)
    assert (reading.low, reading.n) == (0.0, 40)
    assert reading.high == pytest.approx(0.0492)


@pytest.mark.parametrize("nothing", [track_value("cac", None), track_value("cac", math.nan), track_count("dead", 0, 0)])
def test_what_was_not_observed_leaves_no_reading(nothing):
    assert nothing == ()


def test_a_value_without_a_known_interval_has_none():
    (reading,) = track_value("cac", 12.0, math.nan, math.nan, unit="price")
    assert (reading.low, reading.high) == (None, None)
