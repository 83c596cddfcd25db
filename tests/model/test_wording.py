"""Sentences read well with a client's own names in them."""

import pytest

from diagnostics.model.wording import Text, word_money, word_number, word_points_range


@pytest.mark.parametrize(
    ("template", "parts", "said"),
    [
        ("{a}占 GMV 的 {b}", {"a": "United Kingdom", "b": "84.5%"}, "United Kingdom 占 GMV 的 84.5%"),
        ("系于{a}一个渠道", {"a": "EIRE"}, "系于 EIRE 一个渠道"),
        ("系于{a}一个渠道", {"a": "天猫"}, "系于天猫一个渠道"),
        ("{a}{b}下降", {"a": "Spain", "b": "购买人数"}, "Spain 购买人数下降"),
        ("{a}，{b}。", {"a": "SH-07", "b": "QY"}, "SH-07，QY。"),
        ("其余{n}个", {"n": "31"}, "其余31个"),
        ("{a}与{{b}}", {"a": ""}, "与{b}"),
        ("{a}的", {"a": "{b}"}, "{b} 的"),
    ],
)
def test_latin_names_stand_apart_from_chinese(template, parts, said):
    assert Text(zh=template, en="").fill(**parts).zh == said


def test_a_name_that_mixes_both_is_kept_as_it_is():
    assert Text(zh="卖得最多的是{name}。", en="").fill(name="VC精华T恤").zh == "卖得最多的是 VC精华T恤。"


def test_money_and_numbers_stay_close_to_their_words():
    filled = Text(zh="一年{money}，{n}单", en="").fill(money=word_money(12345678, "CNY"), n=word_number(1200))
    assert filled.zh == "一年1,234.6万元，1,200单"


def test_a_range_of_points_says_its_unit_once():
    assert word_points_range(-0.004, 0.083).zh == "-0.4 至 +8.3 个百分点"
    assert word_points_range(0.275, 0.326, signed=False).en == "27.5 to 32.6 percentage points"
