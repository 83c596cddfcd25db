"""Read lengths of time and times of day as platforms write them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import Array, over_distinct, to_number, to_text
from diagnostics.intake.cells.times import to_time

_NUMBER = r"\d+(?:\.\d+)?"
_WORDED = (
    rf"^(?:(?P<h>{_NUMBER})(?:小时|时|h))?(?:(?P<m>{_NUMBER})(?:分钟|分|min|m))?(?:(?P<s>{_NUMBER})(?:秒钟|秒|s))?$"
)
_CLOCK = r"(?:^|[ T])(?P<h>\d{1,2})[:：](?P<m>\d{2})(?:[:：](?P<s>\d{2})(?:\.\d+)?)?$"
_SECONDS_A_MINUTE = 60.0
_DAY = np.timedelta64(86_400_000_000, "us")


def to_minutes(array: Array, *, seconds: bool = False) -> pa.Array:
    """Minutes; a bare number is minutes already, or seconds if the platform counts in them.

    >>> to_minutes(pa.array(["1h2m30s", "3分20秒", "01:30:00", "45", "2.5小时", "-"])).to_pylist()
    [62.5, 3.3333333333333335, 90.0, 45.0, 150.0, None]
    >>> to_minutes(pa.array(["90", "1分30秒"]), seconds=True).to_pylist()
    [1.5, 1.5]
    """
    if not pa.types.is_string(array.type):
        return pc.divide(to_number(array), _SECONDS_A_MINUTE) if seconds else to_number(array)
    return over_distinct(to_text(array), lambda texts: _read_minutes(texts, seconds=seconds))


def _read_minutes(texts: pa.Array, *, seconds: bool) -> pa.Array:
    bare = pc.replace_substring_regex(texts, r"\s", "")
    plain = pc.if_else(pc.match_substring_regex(bare, r"^[-\d.,]+$"), bare, None)
    number = to_number(plain)
    if seconds:
        number = pc.divide(number, _SECONDS_A_MINUTE)
    return pc.coalesce(number, _sum_parts(bare, _WORDED), _sum_parts(bare, _CLOCK))


def _sum_parts(texts: pa.Array, pattern: str) -> pa.Array:
    parts = pc.extract_regex(texts, pattern)
    hours, minutes, seconds = (_number(parts, name) for name in "hms")
    told = np.asarray(pc.is_valid(parts)) & np.asarray(pc.fill_null(pc.greater(pc.utf8_length(texts), 0), False))  # noqa: FBT003
    return pa.array(hours * 60 + minutes + seconds / 60, mask=~told)


def _number(parts: pa.Array, name: str) -> np.ndarray:
    text = pc.fill_null(pc.struct_field(parts, name), "")
    return np.asarray(pc.cast(pc.if_else(pc.equal(text, ""), "0", text), pa.float64()))


def join_day_and_clock(days: Array, clocks: Array) -> pa.Array:
    """Moments from a column of days and one of times of day, which may be written as a part of the day.

    A day written once for several rows counts for all of them.

    >>> [str(at) for at in join_day_and_clock(pa.array(["2024-03-01"] * 2), pa.array(["19:30", "0.5"])).to_pylist()]
    ['2024-03-01 19:30:00', '2024-03-01 12:00:00']
    """
    day = np.asarray(pc.floor_temporal(pc.fill_null_forward(to_time(days)), unit="day")).astype("datetime64[us]")
    clock = over_distinct(to_text(clocks), _read_clocks)
    told = np.asarray(pc.and_(pc.is_valid(clock), pa.array(~np.isnat(day))))
    minutes = np.asarray(pc.fill_null(clock, 0.0))
    return pa.array(day + np.rint(minutes * 6e7).astype("timedelta64[us]"), pa.timestamp("us"), mask=~told)


def _read_clocks(texts: pa.Array) -> pa.Array:
    """Minutes since midnight."""
    fraction = pc.cast(pc.if_else(pc.match_substring_regex(texts, r"^0?\.\d+$"), texts, None), pa.float64())
    return pc.coalesce(_sum_parts(texts, _CLOCK), pc.multiply(fraction, 1440.0))


def end_after_start(starts: pa.Array, ends: pa.Array) -> pa.Array:
    """Ends that lie a day later where the clock passed midnight."""
    start, end = (np.asarray(times).astype("datetime64[us]") for times in (starts, ends))
    return pa.array(np.where(end < start, end + _DAY, end), pa.timestamp("us"))
