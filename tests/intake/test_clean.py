from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.intake.cells.clean import are_damaged_ids, to_bool, to_cents, to_number, to_text, without_phones


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="690123456789012345"', "690123456789012345"),
        ('"="', '"="'),
        ("'13812345678", "13812345678"),
        ("`4200001234", "4200001234"),
        ("\t6920\t", "6920"),
        ("\u3000天猫\xa0", "天猫"),
        ("-", None),
        ("--", None),
        ("/", None),
        ("null", None),
        ("", None),
        ("数据将于第二天更新", None),
        ("-5", "-5"),
    ],
)
def test_a_cell_loses_its_wrapping(cell, text):
    assert to_text(pa.array([cell])).to_pylist() == [text]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234,567.89", 1234567.89),
        ("12元", 12.0),
        ("￥ 8.5", 8.5),
        ("499.00（系统计算中，该值仅供参考）", 499.0),
        ("499.00(x)", 499.0),
        ("12.5%", 0.125),
        ("1.2万", 12000.0),
        ("3亿", 3e8),
        ("１２３", 123.0),
        ("-7", -7.0),
        ('="12"', 12.0),
        ("无退款申请", None),
        ("12x", None),
        ("6E+17", None),
        ("2024-01-01", None),
    ],
)
def test_a_number_is_read_whatever_surrounds_it(cell, number):
    found = to_number(pa.array([cell])).to_pylist()[0]
    assert found == pytest.approx(number) if number is not None else found is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), max_size=20))
def test_money_with_thousands_commas_comes_back_to_the_cent(amounts):
    cells = pa.array([f"{amount:,}元" for amount in amounts], pa.string())
    assert to_cents(to_number(cells)).tolist() == [int(amount * 100) for amount in amounts]


def test_yes_and_no_are_read_in_both_languages():
    assert to_bool(pa.array(["是", "否", "Yes", "0", "也许", None])).to_pylist() == [
        True,
        False,
        True,
        False,
        None,
        None,
    ]


def test_ids_in_scientific_notation_are_damaged():
    cells = pa.array(["6.90E+17", "1.23456e+18", "1E5A", "690", None])
    assert are_damaged_ids(cells).to_pylist() == [True, True, False, False, False]


def test_phones_in_words_are_starred_and_order_numbers_are_not():
    cells = pa.array(["找13812345678改地址", "+86 138-1234-5678", "2138123456781", None])
    assert without_phones(cells).to_pylist() == ["找***改地址", "***", "2138123456781", None]
