"""Numbers become words in one place, in both languages."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.model.wording import (
    NOT_KNOWN,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_change,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_points,
)


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (0, "0元", "CNY 0"),
        (-0.2, "0元", "CNY 0"),
        (9_999, "9,999元", "CNY 9,999"),
        (123_456, "12.3万元", "CNY 123.5k"),
        (12_345_678, "1,234.6万元", "CNY 12.3m"),
        (234_567_890, "2.3亿元", "CNY 234.6m"),
        (3_000_000_000, "30.0亿元", "CNY 3.0bn"),
        (-150_000, "-15.0万元", "CNY -150.0k"),
    ],
)
def test_money_is_said_in_wan_and_yi_or_k_m_bn(amount, zh, en):
    said = word_money(amount, "CNY")
    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize("word", [word_number, word_percent, word_points, word_change, word_days])
@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_what_is_not_known_is_said_to_be_so(word, value):
    assert word(value) == NOT_KNOWN
    assert word_money(value, "GBP") == NOT_KNOWN


def test_there_is_no_minus_zero():
    assert word_percent(-0.0001).en == "0.0%"
    assert word_change(-0.0001).en == "+0.0%"
    assert word_number(-0.4).en == "0"


@given(st.text())
def test_a_clients_words_are_never_read_as_a_template(hostile):
    template = Text(zh="「{name}」卖得最好", en="“{name}” sells best")
    assert template.fill(name=hostile).zh == f"「{hostile}」卖得最好"
    assert join_texts([name_verbatim(hostile), name_verbatim("b")]).en == f"{hostile}, b"


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_a_shortened_name_keeps_its_length(name, longest):
    assert len(shorten(name, longest)) <= longest
