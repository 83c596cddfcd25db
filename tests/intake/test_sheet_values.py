from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.intake.sheet.choices import match_choices, match_yes_no
from diagnostics.intake.sheet.dates import parse_date
from diagnostics.intake.sheet.faults import show_found
from diagnostics.intake.sheet.fields import Choice, Entry
from diagnostics.intake.sheet.numbers import parse_number, parse_share
from diagnostics.intake.sheet.values import Misread, Typed, read_answer
from diagnostics.model.wording import Text

DAYS = st.dates(min_value=date(1955, 1, 1), max_value=date(2098, 12, 31))
CHOICES = (
    Choice(id="phone", label=Text(zh="手机号", en="Phone")),
    Choice(id="platform_id", label=Text(zh="平台用户号", en="Platform user id")),
    Choice(id="none", label=Text(zh="无", en="None")),
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,200,000", 1_200_000),
        ("120万", 1_200_000),
        ("１２０万元", 1_200_000),
        ("1.2亿", 120_000_000),
        ("￥268", 268),
        ("¥ 268.50元", 268.5),
        ("RMB 3000", 3000),
        ("300w", 3_000_000),
        ("1.5m", 1_500_000),
        ("2bn", 2_000_000_000),
        ("24个月", 24),
        ("3.5次/年", 3.5),
        ("-5", -5),
        ("−5", -5),
        ("$-5", -5),
        (".5", 0.5),
        ("12%", 0.12),
        (7, 7),
        ("1,5", None),
        ("3-5", None),
        ("约300", None),
        ("1e5", None),
        ("", None),
        ("abc", None),
        ("九千", None),
        ("=1+1", None),
        (True, None),
        ("9" * 400, None),
        (1e300, None),
        (float("nan"), None),
        (float("inf"), None),
        (None, None),
        ("١٢", 12),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, number):
    assert parse_number(typed) == number


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_a_number_reads_the_same_with_and_without_commas_and_in_ten_thousands(value):
    plain = float(value)
    assert parse_number(f"{value}") == plain
    assert parse_number(f"{value:,}") == plain
    assert parse_number(f"{value}元") == plain
    assert parse_number(f"{value}万") == float(value * 10_000)
    assert parse_number(plain) == plain


@given(st.integers(min_value=101, max_value=10_000))
def test_a_percentage_means_the_same_as_points_with_a_sign_and_as_a_share(hundredths):
    share = hundredths / 10_000
    assert parse_share(f"{hundredths / 100}%") == pytest.approx(share)
    assert parse_share(hundredths / 100) == pytest.approx(share)
    assert parse_share(f"{hundredths / 100}") == pytest.approx(share)
    assert parse_share(share) == share
    assert parse_share(share, is_percent=True) == share


def test_the_rule_of_percentages_at_its_edges():
    assert parse_share(1) == 1
    assert parse_share("1%") == 0.01
    assert parse_share("１％") == 0.01
    assert parse_share(1.5) == 0.015
    assert parse_share(1.5, is_percent=True) == 1.5
    assert parse_share(0) == 0
    assert parse_share(-5) == -0.05


@given(DAYS)
def test_a_day_reads_the_same_in_every_spelling(day):
    serial = (day - date(1899, 12, 30)).days
    for typed in (
        day,
        datetime(day.year, day.month, day.day, 13, 30),  # noqa: DTZ001 - workbooks hold naive times
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f" {day.year} 年 {day.month} 月 {day.day} 日 ",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"{day.isoformat()} 00:00:00",
        serial,
        float(serial) + 0.5,
        str(serial),
    ):
        assert parse_date(typed) == day, typed


@pytest.mark.parametrize(
    "typed", ["2025-02-30", "2025-13-01", "2025年5月", "明天", "1/2/2025", "", 12, 1e9, True, None, "0001-01-01", -3]
)
def test_what_is_no_day_is_no_day(typed):
    assert parse_date(typed) is None


@given(st.text(max_size=80))
def test_no_text_breaks_a_reader(text):
    for kind in ("int", "number", "money", "percent", "date", "bool", "enum", "multi", "list", "text"):
        read_answer(Typed(value=text), Entry(kind=kind, choices=CHOICES))


@given(st.floats() | st.integers() | st.datetimes() | st.times() | st.booleans() | st.timedeltas())
def test_no_value_of_a_cell_breaks_a_reader(value):
    for kind in ("int", "number", "money", "percent", "date", "bool", "enum", "multi", "list", "text"):
        read_answer(Typed(value=value), Entry(kind=kind, choices=CHOICES))


@pytest.mark.parametrize("typed", ["是", "yes", "YES", "true", "1", 1, 1.0, True, "yes | 是", "是 yes", "对"])
def test_yes_in_every_spelling(typed):
    assert match_yes_no(typed) is True


@pytest.mark.parametrize("typed", ["否", "no", "False", "0", 0, 0.0, False, "no | 否", "没有"])
def test_no_in_every_spelling(typed):
    assert match_yes_no(typed) is False


@pytest.mark.parametrize("typed", ["也许", "yes no", 2, 0.5, "", None, "否定"])
def test_neither_yes_nor_no(typed):
    assert match_yes_no(typed) is None


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("phone, platform_id", ("phone", "platform_id")),
        ("手机号、平台用户号", ("phone", "platform_id")),
        ("phone手机号；Platform user id", ("phone", "platform_id")),
        (f"{CHOICES[0].option}, {CHOICES[1].option}", ("phone", "platform_id")),
        ("PHONE\nplatform id\nphone", ("phone", "platform_id")),
        ("phone，微信", None),
        ("，", None),
    ],
)
def test_several_choices_are_read_whole_or_not_at_all(typed, ids):
    assert match_choices(typed, CHOICES) == ids


def test_a_value_outside_its_bounds_is_misread_and_the_bounds_are_told():
    misread = read_answer(Typed(value=120), Entry(kind="percent", low=0, high=1))
    assert isinstance(misread, Misread)
    assert "0%至100%" in misread.expected.zh
    assert "from 0% to 100%" in misread.expected.en
    assert isinstance(read_answer(Typed(value=0), Entry(kind="money", low=0, low_open=True)), Misread)
    assert isinstance(read_answer(Typed(value=12.5), Entry(kind="int")), Misread)
    assert isinstance(read_answer(Typed(value="a\nb\nc"), Entry(kind="list", high=2)), Misread)


@pytest.mark.parametrize(
    "personal",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "１３８１２３４５６７８",
        "11010519491231002X",
        "0571-88776655",
        "6222021234567890123",
        "wang.li@example.com",
    ],
)
def test_what_was_found_never_shows_personal_data(personal):
    shown = show_found(f"请联系王经理{personal}，谢谢")
    assert "***" in shown
    assert not any(part in shown for part in ("138", "5678", "1949", "8877", "6222", "wang", "example"))


def test_what_was_found_is_cut_at_60_characters_after_masking():
    assert len(show_found("甲" * 10_000)) == 60
    assert "1381" not in show_found("x" * 50 + " 13812345678")
    assert show_found(None) == ""


def test_a_serial_number_counts_days_since_the_end_of_1899():
    assert parse_date(45658) == date(1899, 12, 30) + timedelta(days=45658) == date(2025, 1, 1)
