from __future__ import annotations

from diagnostics.intake.recognition.fingerprint import recognise
from diagnostics.intake.recognition.header import find_header, normalise, number_duplicates
from diagnostics.intake.recognition.layouts import load_layouts


def fit(names):
    return recognise(names, load_layouts())[1]


FLOW = [
    "流量来源",
    "来源明细",
    "访客数",
    "浏览量",
    "支付金额",
    "支付买家数",
    "访问来源",
    "加购人数",
    "收藏人数",
    "下单买家数",
    "下单转化率",
]


def test_spaces_full_width_brackets_and_units_do_not_count():
    assert normalise(" 订单付款时间 ") == "订单付款时间"
    assert normalise("商品总价（元）") == normalise("商品总价(元)") == "商品总价"
    assert normalise("商品编码（平台）") == "商品编码(平台)"


def test_the_second_of_two_equal_headers_gets_a_number():
    assert number_duplicates(["分销员", "x", "分销员 "]) == ["分销员", "x", "分销员#2"]


def test_the_header_is_found_under_notes():
    notes = [["生意参谋", *[""] * 10], ["统计日期 2024-01-01", *[""] * 10]]
    found = find_header([*notes, FLOW, ["手淘搜索", "汇总", *["1"] * 9]], fit, 0.6)
    assert (found.row, found.rows, found.names) == (2, 1, tuple(FLOW))


def test_a_header_of_two_rows_is_joined():
    upper = ["流量来源", "来源明细", "访客数", "浏览量", "支付", "支付", *FLOW[6:]]
    lower = ["", "", "", "", "支付金额", "支付买家数", *[""] * 5]
    found = find_header([upper, lower, ["手淘搜索", "汇总", *["1"] * 9]], fit, 0.6)
    assert (found.row, found.rows, found.names) == (0, 2, tuple(FLOW))


def test_an_unknown_file_has_its_header_where_the_words_are():
    found = find_header([["报表", "", ""], ["甲", "乙", "丙"], ["1", "2", "2024-01-01"]], fit, 0.6)
    assert found.names == ("甲", "乙", "丙")
