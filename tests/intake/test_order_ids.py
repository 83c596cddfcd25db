from __future__ import annotations

from decimal import Decimal

import pytest

from diagnostics.intake.recognition.mapping import read_mappings
from diagnostics.model.errors import PersonError
from tests.intake.clients import read, take

MAPPING = {
    "file": "*.csv",
    "table": "order_lines",
    "channel": "taobao",
    "columns": {"customer": "买家昵称", "ordered_at": "付款日期", "paid_amount": "实付金额", "quantity": "购买数量"},
    "order_id_from": ["customer", "ordered_at"],
    "status": [{"column": "订单状态", "refunded": ["付款以后用户退款成功，交易自动关闭"]}],
}
HEADER = "品牌名称,买家昵称,付款日期,订单状态,实付金额,邮费,省份,城市,购买数量\n"
ROWS = (
    "某某,甲甲,2019-01-01 00:17:59.000,交易成功,186,6,上海,上海市,1",
    "某某,乙乙,2019-01-01 09:15:49.000,付款以后用户退款成功，交易自动关闭,84,0,江苏省,镇江市,1",
    "某某,甲甲,2019-02-01 10:00:00.000,交易成功,50,0,上海,上海市,2",
    "某某,甲甲,2019-02-01 10:00:00.000,交易成功,70,0,上海,上海市,1",
    "某某,,,交易成功,9,0,上海,上海市,1",
)


def write(*rows):
    return (HEADER + "\n".join(rows) + "\n").encode("gb18030")


def test_rows_of_one_customer_at_one_time_are_one_order(tmp_path):
    account = take(tmp_path, {"a.csv": write(*ROWS)}, [MAPPING])
    lines = read(tmp_path, "order_lines")
    assert account.files[0].rejected == {"no_order_id": 1}
    assert len(lines) == 4
    assert len({line["line_id"] for line in lines}) == 4
    assert len({line["order_id"] for line in lines}) == 3
    assert len({line["customer"] for line in lines}) == 2
    assert sum(line["paid_amount"] for line in lines) == Decimal(390)


def test_a_payment_given_back_whole_is_kept_with_its_refund(tmp_path):
    take(tmp_path, {"a.csv": write(*ROWS)}, [MAPPING])
    refunds = [line["refund_amount"] for line in read(tmp_path, "order_lines") if line["refund_amount"]]
    assert refunds == [Decimal(84)]


def test_overlapping_files_without_ids_count_each_row_once(tmp_path):
    take(tmp_path, {"a.csv": write(*ROWS[:4]), "b.csv": write(*ROWS[1:4])}, [MAPPING])
    assert sum(line["paid_amount"] for line in read(tmp_path, "order_lines")) == Decimal(390)


def test_no_name_of_a_buyer_is_in_an_order_id(tmp_path):
    take(tmp_path, {"a.csv": write(*ROWS)}, [MAPPING])
    assert all(line["order_id"].isascii() for line in read(tmp_path, "order_lines"))


def test_what_an_order_id_is_built_from_must_be_a_column_of_the_table():
    with pytest.raises(PersonError) as caught:
        read_mappings([{**MAPPING, "order_id_from": ["buyer"]}])
    assert "buyer" in caught.value.faults[0].expected
