"""Read days and times as platforms write them: six spellings, Excel serial numbers and Unix seconds."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import Array, over_distinct, to_text

_SPELLED = (
    r"^(?P<y>\d{4})[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})日?)?月?"
    r"(?:[ T]*(?P<h>\d{1,2})[:时](?P<i>\d{1,2})(?:[:分](?P<s>\d{1,2}))?秒?(?:[.,]\d+)?)?"
    r" ?(?P<z>Z|[+-]\d{2}:?\d{2})?$"
)
_PACKED = r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?:(?P<d>\d{2})(?:[ T]?(?P<h>\d{2}):?(?P<i>\d{2}):?(?P<s>\d{2})?)?)?$"
_EXCEL_DAY_ZERO = np.datetime64("1899-12-30", "us")
_EXCEL_RANGE = (20_000.0, 80_000.0)
_UNIX_RANGE = (1e9, 4e9)
_SHANGHAI = np.timedelta64(8, "h")
_EARLIEST, _LATEST = np.datetime64("1990-01-01"), np.datetime64("2100-01-01")
_DAYS = re.compile(r"(20\d{2})[-_.年]?(0[1-9]|1[0-2])(?:[-_.月]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


def to_time(array: Array) -> pa.Array:
    """Timestamps to the second, local time; empty where the cell is no time between 1990 and 2100.

    >>> [str(t) for t in to_time(pa.array(["2024/3/1 9:05", "2024年3月1日", "20240301", "45352.5"])).to_pylist()]
    ['2024-03-01 09:05:00', '2024-03-01 00:00:00', '2024-03-01 00:00:00', '2024-03-01 12:00:00']
    """
    if pa.types.is_temporal(array.type):
        plain = pc.cast(array, pa.timestamp("us"), safe=False)
        return plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain
    if pa.types.is_integer(array.type) or pa.types.is_floating(array.type):
        array = pc.cast(array, pa.string())
    return over_distinct(to_text(array), _read_times)


def _read_times(texts: pa.Array) -> pa.Array:
    texts = pc.utf8_normalize(texts, form="NFKC")
    spelled = _from_parts(pc.extract_regex(texts, _SPELLED))
    packed = _from_parts(pc.extract_regex(texts, _PACKED))
    counted = _from_numbers(texts)
    times = np.where(np.isnat(spelled), np.where(np.isnat(packed), counted, packed), spelled)
    inside = (times >= _EARLIEST) & (times < _LATEST)
    return pa.array(times, pa.timestamp("us"), mask=~inside)


def _from_parts(parts: pa.Array) -> np.ndarray:
    """Times from year, month, day and clock; not-a-time for a day that the calendar lacks."""
    given = {field.name: _numbers(parts, field.name) for field in parts.type if field.name != "z"}
    year, month, day = given["y"], given["m"], np.where(given["d"] < 0, 1, given["d"])
    hour, minute, second = (np.maximum(given[name], 0) for name in "his")
    exists = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004 - a clock
    safe_month = np.where(exists, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = safe_month.astype("datetime64[D]") + (np.where(exists, day, 1) - 1)
    exists &= days.astype("datetime64[M]") == safe_month
    times = days.astype("datetime64[us]") + ((hour * 60 + minute) * 60 + second).astype("timedelta64[s]")
    zoned = _is_universal(parts)
    times = np.where(zoned, times + _SHANGHAI, times)
    return np.where(exists, times, np.datetime64("NaT", "us"))


def _is_universal(parts: pa.Array) -> np.ndarray:
    if parts.type.get_field_index("z") < 0:
        return np.zeros(len(parts), bool)
    zone = pc.fill_null(pc.struct_field(parts, "z"), "")
    return np.asarray(pc.is_in(zone, value_set=pa.array(["Z", "+00:00", "+0000"])))


def _numbers(parts: pa.Array, name: str) -> np.ndarray:
    text = pc.struct_field(parts, name)
    filled = pc.if_else(pc.equal(pc.fill_null(text, ""), ""), "-1", text)
    return np.asarray(pc.cast(filled, pa.int64()))


def _from_numbers(texts: pa.Array) -> np.ndarray:
    is_number = pc.fill_null(pc.match_substring_regex(texts, r"^\d{5,13}(?:\.\d+)?$"), False)  # noqa: FBT003
    number = np.asarray(pc.cast(pc.if_else(is_number, texts, "0"), pa.float64()))
    seconds = np.where(number > _UNIX_RANGE[1], number / 1000, number)
    unix = (seconds * 1e6).astype("int64").astype("datetime64[us]") + _SHANGHAI
    excel = _EXCEL_DAY_ZERO + np.rint(number * 86_400).astype("timedelta64[s]")
    not_a_time = np.datetime64("NaT", "us")
    is_unix = (seconds >= _UNIX_RANGE[0]) & (seconds <= _UNIX_RANGE[1])
    is_excel = (number >= _EXCEL_RANGE[0]) & (number <= _EXCEL_RANGE[1])
    return np.where(is_unix, unix, np.where(is_excel, excel, not_a_time))


def find_period(text: str) -> tuple[date, date] | None:
    """The half-open period in a file name or a note: two days, one day or one month.

    >>> find_period("【生意参谋平台】商品_全部_2024-03-01_2024-03-31.xls")
    (datetime.date(2024, 3, 1), datetime.date(2024, 4, 1))
    >>> find_period("流量来源 2024-02.xls")
    (datetime.date(2024, 2, 1), datetime.date(2024, 3, 1))
    """
    found = [(int(y), int(m), int(d) if d else 0) for y, m, d in _DAYS.findall(text)]
    if not found:
        return None
    (year, month, day), (last_year, last_month, last_day) = found[0], found[-1]
    try:
        start = date(year, month, day or 1)
        end = (
            date(last_year, last_month, last_day) + timedelta(days=1)
            if last_day
            else _month_after(last_year, last_month)
        )
    except ValueError:
        return None
    return (start, end) if end > start else None


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)
