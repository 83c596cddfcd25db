from __future__ import annotations

import random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.intake.people.pseudonyms import Pseudonyms
from diagnostics.intake.privacy.columns import count_column, scrub_column
from diagnostics.intake.privacy.handled import is_headless
from diagnostics.intake.privacy.identifiers import count_kinds, find_identifiers, mask_text
from diagnostics.model.tables import CANONICAL_TABLES

KEYS = Pseudonyms(key=b"0123456789abcdef")
PERSONAL = {
    "86-13812345678": "mobile",
    "8613812345678": "mobile",
    "+86 138 1234 5678": "mobile",
    "138-1234-5678": "mobile",
    "１３８１２３４５６７８": "mobile",
    "138\u200b1234\u200b5678": "mobile",
    "1381 234 5678": "mobile",
    "11010519491231002X": "id_card",
    "110105 19491231 002x": "id_card",
    "zhang.san@example.com.cn": "email",
    "张三＠qq．com": "email",
    "wxid_abc123def": "wechat",
    "6222021234567890128": "bank_card",
    "6222 0212 3456 7890 128": "bank_card",
    "4111 1111 1111 1111": "bank_card",
    "0571-88886666": "landline",
    "绿城花园3栋2单元501室": "home",
    "世纪大道100号环球金融中心12楼1203室": "home",
    "文三路1号": "address",
}
NAMED = {
    "微信号:": "zhangsan88",
    "VX：": "Abc-12345",
    "加微信": "abcd_1234",
    "QQ:": "12345678",
    "身份证号": "110105491231002",
    "银行卡号": "4111111111111111",
    "电话": "057188886666",
}
PLAIN = (
    "2138123456781",
    "订单 3912345678901234567",
    "SF1381234567890",
    "20240301123456",
    "1709265605123",
    "6901234567892",
    "ISBN 9787111111111",
    "110105194912310021",
    "14012345678",
    "满300减50 199元 50ml*2",
    "规格 1500 1000 500",
    "2024-03-01 13:45:00",
    "微信小程序",
    "WeChat Pay",
    "wechat official account",
    "企业微信好友",
    "QQ糖500g",
    "香奈儿5号色",
    "南京西路店",
    "5座沙发 120cm",
    "400-800-1234",
    "a3f13812345678bcdef0123456789abcd",
    "WHITE HANGING HEART T-LIGHT HOLDER",
)


@pytest.mark.parametrize(("written", "kind"), PERSONAL.items())
def test_an_identifier_is_found_however_it_is_written(written, kind):
    assert set(count_kinds(f"找{written}，谢谢")) == {kind}
    assert mask_text(f"找：{written}，谢谢") == "找：***，谢谢"


@pytest.mark.parametrize(("name", "number"), NAMED.items())
def test_some_numbers_are_told_by_the_word_before_them(name, number):
    assert mask_text(f"{name}{number} ok") == f"{name}*** ok"
    if number.isdigit():
        assert mask_text(number) == number


@pytest.mark.parametrize("text", PLAIN)
def test_order_numbers_dates_and_names_of_products_stay(text):
    assert mask_text(text) == text


def test_two_neighbours_are_both_found():
    assert mask_text("13812345678,13912345678 13712345678") == "***,*** ***"


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing_more(text):
    once = mask_text(text)
    assert mask_text(once) == once
    found = find_identifiers(once)
    assert found == []


def test_a_code_in_an_identifiers_place_is_none():
    (masked,) = scrub_column("campaign", pa.array(["加微信号：kongming_1234，或微信abc_1234"]), KEYS).to_pylist()
    assert "kongming" not in masked
    assert count_kinds(masked) == {}


def test_order_ids_of_the_platforms_are_never_touched():
    draw = random.Random(3)  # noqa: S311 - no secret
    digits = ["".join(draw.choices("0123456789", k=40)) for _ in range(20_000)]
    ids = [made for d in digits for made in (f"2{d[:18]}", f"69{d[:17]}", f"3{d[:11]}", f"E20240301{d[:13]}")]
    assert scrub_column("order_id", pa.array(ids), KEYS).to_pylist() == ids
    assert scrub_column("product", pa.array(ids), KEYS).to_pylist() == ids


def test_an_order_id_that_is_a_phone_is_keyed_the_same_in_every_file_and_keeps_its_prefix():
    first = scrub_column("order_id", pa.array(["13812345678", "C13812345678", "13912345678"]), KEYS).to_pylist()
    again = scrub_column("order_id", pa.array(["13812345678"]), KEYS).to_pylist()
    assert first[0] == again[0]
    assert first[1] == f"C{first[0]}"
    assert len(set(first)) == 3
    assert not any("1381234" in cell for cell in first)


def test_two_groups_told_apart_by_a_number_stay_two():
    groups = scrub_column("group", pa.array(["13812345678群", "13912345678群", "二群"]), KEYS).to_pylist()
    assert len(set(groups)) == 3
    assert groups[2] == "二群"


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_every_kind_of_text_column_is_searched(kind):
    assert scrub_column("product", pa.array(["x 13812345678"], kind), KEYS).to_pylist() == ["x ***"]


def test_every_text_of_a_canonical_table_that_is_not_keyed_is_searched():
    for table in CANONICAL_TABLES.values():
        for column in table.columns:
            if column.type == "string" and column.personal == "never":
                (cell,) = scrub_column(column.name, pa.array(["x 13812345678 y"]), KEYS).to_pylist()
                assert "1381234" not in cell, (table.name, column.name)


def test_cells_are_counted_by_kind_as_often_as_they_stand_there():
    cells = pa.array(["电话13812345678", "电话13812345678", None, "a@b.cn 13812345678", "无"])
    assert count_column("words", cells) == {"mobile": 3, "email": 1}
    assert count_column("words", pa.array(["好", None])) == {}


def test_a_row_of_data_in_the_place_of_a_header_is_told():
    assert is_headless(["张三", "13812345678", "100"])
    assert not is_headless(["姓名", "手机号", "金额"])
