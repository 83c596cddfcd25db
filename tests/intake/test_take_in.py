from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from diagnostics.intake.account_json import account_from_json, account_to_json
from diagnostics.intake.vault import arrow_schema
from diagnostics.model.brief import Brief
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.tables import CANONICAL_TABLES
from tests.intake.clients import export_csv, read, table, take

PHONE = "13812345678"


def tmall_order(number: str, **cells: str) -> dict[str, str]:
    return {
        "订单编号": f'="{number}"',
        "买家会员名": "tb001",
        "总金额": "120.00",
        "买家实际支付金额": "100.00",
        "订单状态": "交易成功",
        "联系手机": f"'{PHONE}",
        "收货人姓名": "张三",
        "收货地址": "浙江省 杭州市 西湖区 文三路1号",
        "订单创建时间": "2024-03-01 10:00:00",
        "订单付款时间": "2024-03-01 10:05:00",
        "宝贝标题": "精华，面霜",
        "宝贝总数量": "3",
        "店铺名称": "青颜旗舰店",
        "退款金额": "0.00",
        **cells,
    }


def tmall_item(line: str, order: str, **cells: str) -> dict[str, str]:
    return {
        "子订单编号": f'="{line}"',
        "主订单编号": f'="{order}"',
        "标题": "精华",
        "价格": "40.00",
        "购买数量": "2",
        "商家编码": "QY-1",
        "订单状态": "交易成功",
        "退款金额": "无退款申请",
        "订单创建时间": "2024-03-01 10:00:00",
        "订单付款时间": "2024-03-01 10:05:00",
        **cells,
    }


def test_orders_and_items_are_tied_and_the_order_is_counted_once(tmp_path):
    orders = export_csv("tb_order_2022", [tmall_order("11", 退款金额="10.01")])
    items = export_csv(
        "tb_item_new",
        [tmall_item("21", "11"), tmall_item("22", "11", 标题="面霜", 商家编码="QY-2", 价格="40", 购买数量="1")],
    )
    take(tmp_path, {"a.csv": orders.encode("gb18030"), "b.csv": items.encode("gb18030")})
    lines = sorted(read(tmp_path, "order_lines"), key=lambda line: str(line["line_id"]))
    assert [(line["product_id"], line["quantity"], line["paid_amount"]) for line in lines] == [
        ("QY-1", 2.0, Decimal("66.67")),
        ("QY-2", 1.0, Decimal("33.33")),
    ]
    assert sum(line["refund_amount"] for line in lines) == Decimal("10.01")
    assert {line["shop"] for line in lines} == {"青颜旗舰店"}
    assert {line["region"] for line in lines} == {"浙江"}
    assert len({line["customer"] for line in lines}) == 1


def test_either_tmall_file_alone_works(tmp_path):
    take(tmp_path / "orders", {"a.csv": export_csv("tb_order_2022", [tmall_order("11")])})
    (line,) = read(tmp_path / "orders", "order_lines")
    assert (line["order_id"], line["paid_amount"], line["quantity"]) == ("11", Decimal("100.00"), 3.0)
    assert line["ordered_at"] == datetime(2024, 3, 1, 10, 5)  # noqa: DTZ001 - local time
    take(tmp_path / "items", {"b.csv": export_csv("tb_item_new", [tmall_item("21", "11", 买家实际支付金额="66")])})
    (line,) = read(tmp_path / "items", "order_lines")
    assert (line["product"], line["paid_amount"], line["list_amount"]) == ("精华", Decimal(66), Decimal(80))


def test_an_unpaid_order_is_rejected_with_its_items(tmp_path):
    unpaid = {"订单状态": "等待买家付款", "订单付款时间": "null", "买家实际支付金额": "0.00"}
    closed = {"订单状态": "交易关闭", "订单付款时间": "null", "买家实际支付金额": "0.00"}
    orders = export_csv("tb_order_2022", [tmall_order("11", **unpaid), tmall_order("12", **closed), tmall_order("13")])
    items = export_csv("tb_item_new", [tmall_item("21", "11"), tmall_item("22", "12"), tmall_item("23", "13")])
    account = take(tmp_path, {"a.csv": orders, "b.csv": items})
    assert [file.rejected for file in account.files] == [{"unpaid": 2}, {"unpaid": 2}]
    assert [line["line_id"] for line in read(tmp_path, "order_lines")] == ["tmall:23"]


def test_an_order_paid_and_given_back_whole_is_kept_with_its_refund(tmp_path):
    closed = tmall_order("11", 订单状态="交易关闭", 订单关闭原因="买家申请退款", 退款金额="null")
    take(tmp_path, {"a.csv": export_csv("tb_order_2022", [closed])})
    (line,) = read(tmp_path, "order_lines")
    assert (line["paid_amount"], line["refund_amount"]) == (Decimal(100), Decimal(100))


def test_overlapping_files_count_once_and_the_later_state_holds(tmp_path):
    old = export_csv("tb_order_2022", [tmall_order("11"), tmall_order("12")])
    new = export_csv("tb_order_2022", [tmall_order("12", 退款金额="5.00"), tmall_order("13")])
    account = take(tmp_path, {"2024-03.csv": old, "2024-04.csv": new})
    assert [file.rejected for file in account.files] == [{"duplicate": 1}, {}]
    assert sum(line["refund_amount"] for line in read(tmp_path, "order_lines")) == Decimal(5)


def test_jd_amounts_repeated_on_each_product_count_once(tmp_path):
    row = {
        "订单号": "302",
        "下单帐号": "jd_1",
        "下单时间": "2024-03-01 10:00:00",
        "付款确认时间": "2024-03-01 10:01:00",
        "应付金额": "100.00",
        "商家应收": "90.00（系统计算中，该值仅供参考）",
        "订单状态": "完成",
        "客户地址": "上海****",
        "联系电话": "1******6198",
    }
    rows = [
        {**row, "货号": "A", "订购数量": "1", "京东价": "80"},
        {**row, "货号": "B", "订购数量": "2", "京东价": "20"},
    ]
    take(tmp_path, {"jd.csv": export_csv("jd_order_2026", rows).encode("gb18030")})
    lines = read(tmp_path, "order_lines")
    assert [line["paid_amount"] for line in lines] == [Decimal("66.67"), Decimal("33.33")]
    assert {line["region"] for line in lines} == {"上海"}


def test_a_whole_douyin_refund_is_what_was_paid(tmp_path):
    row = {
        "主订单编号": "\t69",
        "订单提交时间": "\t2024-03-01 10:00:00",
        "支付完成时间": "\t2024-03-01 10:01:00",
        "订单应付金额": "50.00",
        "订单状态": "已完成",
        "商品数量": "1",
        "商家编码": "A",
        "商家优惠": "店铺劵-5.00",
    }
    rows = [
        {**row, "子订单编号": "\t70", "售后状态": "退款成功"},
        {**row, "子订单编号": "\t71", "售后状态": "-", "商家优惠": "5.00"},
        {**row, "子订单编号": "\t72", "订单状态": "已关闭", "支付完成时间": "-"},
    ]
    account = take(
        tmp_path,
        {"d.csv": export_csv("douyin_order_75", [{**row, "买家ID": "\tb1"} for row in rows], extra=("买家ID",))},
    )
    lines = read(tmp_path, "order_lines")
    assert [(line["line_id"], line["refund_amount"], line["used_coupon"]) for line in lines] == [
        ("douyin:70", Decimal(50), True),
        ("douyin:71", Decimal(0), False),
    ]
    assert account.files[0].rejected == {"unpaid": 1}
    assert lines[0]["customer"] is not None


def test_a_refunded_payment_in_a_store_takes_back(tmp_path):
    row = {
        "交易时间": "`2024-03-01 10:00:00",
        "微信订单号": "`42",
        "用户标识": "`oX1",
        "交易状态": "`SUCCESS",
        "总金额": "`88.00",
        "门店ID": "`S1",
    }
    back = {**row, "交易状态": "`REFUND", "交易时间": "`2024-03-01 12:00:00"}
    take(tmp_path, {"bill.csv": export_csv("wxpay_bill", [row, back])})
    sale, refund = sorted(read(tmp_path, "order_lines"), key=lambda line: bool(line["is_return"]))
    assert (sale["paid_amount"], sale["refund_amount"], sale["is_return"]) == (Decimal(88), Decimal(0), False)
    assert (refund["paid_amount"], refund["refund_amount"], refund["is_return"], refund["quantity"]) == (
        Decimal(0),
        Decimal(88),
        True,
        0.0,
    )


YOUZAN = {
    "订单号": "E1",
    "订单状态": "交易完成",
    "订单创建时间": "2024-03-01 10:00:00",
    "买家付款时间": "2024-03-01 10:01:00",
    "订单实付金额": "90.00",
    "订单已退款金额": "0",
    "买家手机号": PHONE,
    "买家是否会员": "是",
    "全部商品名称": "精华;面霜",
    "专属导购": "王芳",
}


def test_one_person_on_youzan_tmall_and_wecom_is_one_customer_and_no_phone_is_stored(tmp_path):
    contacts = (
        "external_userid,name,userid,createtime,remark_mobiles,add_way,state,type,gender,unionid,remark,description,tags,oper_userid\n"
        f"wm1,张三,wangfang,1709265605,{PHONE},1,store_S1,1,0,,,,,wangfang\n"
    )
    take(
        tmp_path,
        {
            "y.csv": export_csv("youzan_order_2026", [YOUZAN]),
            "t.csv": export_csv("tb_order_2022", [tmall_order("11")]),
            "w.csv": contacts,
        },
    )
    lines, (contact,) = read(tmp_path, "order_lines"), read(tmp_path, "contacts")
    assert {line["customer"] for line in lines} == {contact["customer"]}
    assert (contact["way"], contact["store"]) == ("扫码", "S1")
    stored = b"".join(path.read_bytes() for path in (tmp_path / "vault").iterdir())
    words = " ".join(str(row) for name in ("order_lines", "contacts", "rejected") for row in read(tmp_path, name))
    for secret in (PHONE, "张三", "文三路", "王芳", "tb001"):
        assert secret.encode() not in stored
        assert secret not in words


def test_a_youzan_order_of_several_products_is_split_by_the_item_master(tmp_path):
    products = "编码,名称,类目,吊牌价\nA,精华,护肤,100\nB,面霜,护肤,50\n"
    mapping = {
        "file": "products.csv",
        "table": "products",
        "columns": {"product_id": "编码", "product": "名称", "category": "类目", "list_price": "吊牌价"},
    }
    account = take(
        tmp_path,
        {"y.csv": export_csv("youzan_order_2026", [YOUZAN]), "products.csv": products},
        [mapping],
        Brief(answers={"attribution_rule": "member_flag"}),
    )
    lines = read(tmp_path, "order_lines")
    assert [(line["product_id"], line["category"], line["paid_amount"]) for line in lines] == [
        ("A", "护肤", Decimal(60)),
        ("B", "护肤", Decimal(30)),
    ]
    assert all(line["is_private"] for line in lines)
    assert {file.layout for file in account.files} == {"youzan_order_2026", "mapped"}


def test_sycm_counts_first_level_sources_and_ties_out_by_month(tmp_path):
    text = "生意参谋\n" + export_csv(
        "sycm_flow",
        [
            {"流量来源": "手淘搜索", "来源明细": "汇总", "访客数": "1,200", "支付金额": "101.00"},
            {"流量来源": "手淘搜索", "来源明细": "词", "访客数": "900", "支付金额": "90"},
        ],
    )
    account = take(
        tmp_path,
        {"流量_2024-03-01_2024-03-31.csv": text, "t.csv": export_csv("tb_order_2022", [tmall_order("11")])},
        brief=Brief(answers={"annual_gmv": 2400.0}),
    )
    (visit,) = read(tmp_path, "traffic")
    assert (visit["visitors"], str(visit["starts_on"]), str(visit["ends_on"])) == (1200, "2024-03-01", "2024-04-01")
    assert account.files[1].rejected == {"detail_of_total": 1}
    (month,) = [line for line in account.reconciliation if line.month]
    assert (month.ours, month.theirs, month.cause.en) == (100.0, 101.0, "ties out")


RETAIL = {
    "file": "*.csv",
    "table": "order_lines",
    "columns": {
        "order_id": "InvoiceNo",
        "product_id": "StockCode",
        "quantity": "Quantity",
        "ordered_at": "InvoiceDate",
        "unit_price": "UnitPrice",
        "customer": "CustomerID",
        "channel": "Country",
    },
    "returns": {"order_id_prefix": "C"},
    "reject": [{"column": "StockCode", "pattern": "^POST$", "reason": "not_a_product"}],
}


def test_a_mapped_file_prices_lines_and_takes_back_cancellations(tmp_path):
    text = (
        "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "1,A,3,2010-01-01 08:00:00,1.335,17850,France\n"
        "C2,A,-1,2010-01-02,2.00,17850,France\n"
        "3,POST,1,2010-01-02,2,17850,France\n"
        "4,A,-5,2010-01-02,1,,France\n"
        "5,A,5,2010-01-02,0,,France\n"
        "1,A,3,2010-01-01 08:00:00,1.335,17850,France\n"
    )
    account = take(tmp_path, {"retail.csv": text}, [RETAIL])
    lines = read(tmp_path, "order_lines")
    assert [(line["paid_amount"], line["refund_amount"], line["is_return"]) for line in lines] == [
        (Decimal("4.01"), 0, False),
        (0, Decimal(2), True),
        (Decimal("4.01"), 0, False),
    ]
    assert account.files[0].rejected == {"no_price": 1, "not_a_product": 1, "stock_adjustment": 1}
    assert {line["channel"] for line in lines} == {"France"}
    assert "CustomerID" in account.files[0].dropped_personal


def test_targets_in_columns_become_rows_and_a_contact_borrows_its_platform_account(tmp_path):
    mappings = [
        {
            "file": "目标.csv",
            "table": "store_months",
            "columns": {"month": "月份", "store": "门店"},
            "unpivot": {"metric": {"销售目标": "sales", "加粉目标": "adds"}, "value": "target"},
        },
        {
            "file": "对应.csv",
            "table": "contacts",
            "columns": {"contact": "企微客户ID", "customer": "平台账号"},
            "channel_column": "平台",
        },
    ]
    contacts = (
        "external_userid,name,userid,createtime,add_way,state,type,gender,unionid,remark,remark_mobiles\n"
        "wm1,x,g1,1709265605,1,,1,0,,,\n"
    )
    files = {
        "目标.csv": "门店,月份,销售目标,加粉目标\nS1,2024-03,1万,30\n",
        "对应.csv": "企微客户ID,平台,平台账号\nwm1,天猫,tb001\n",
        "客户.csv": contacts,
        "t.csv": export_csv("tb_order_2022", [tmall_order("11", 联系手机="138****5678")]),
    }
    take(tmp_path, files, mappings)
    assert [(row["metric"], row["target"]) for row in read(tmp_path, "store_months")] == [
        ("sales", 10000.0),
        ("adds", 30.0),
    ]
    (contact,) = read(tmp_path, "contacts")
    assert contact["customer"] == read(tmp_path, "order_lines")[0]["customer"]
    assert contact["staff"].startswith("S-")


def test_what_cannot_be_used_is_accounted_for_and_stops_nothing(tmp_path):
    files = {
        "t.csv": export_csv(
            "tb_order_2022",
            [
                tmall_order("11"),
                tmall_order("6.9E+17"),
                {"订单编号": "合计", "总金额": "1"},
                tmall_order("12", 订单付款时间="", 订单创建时间="昨天"),
            ],
        ),
        "unknown.csv": "甲列,乙列\n1,13812345678\n",
        "settle.csv": export_csv("xhs_settle", [{"订单号": "1"}]),
        "broken.xlsx": b"PK\x03\x04" + b"[Content_Types].xml" + b"\x00" * 50,
        "locked.xlsx": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "picture.csv": b"\x89PNG....",
        "empty.csv": b"",
        "~$t.xlsx": b"x",
        ".DS_Store": b"x",
    }
    account = take(tmp_path, files)
    by_path = {file.path: file for file in account.files}
    assert by_path["t.csv"].rejected == {"damaged_id": 1, "no_date": 1, "total_row": 1}
    assert by_path["unknown.csv"].rejected == {"unknown_layout": 1}
    assert by_path["unknown.csv"].columns == ("甲列", "乙列")
    assert "mappings:" in by_path["unknown.csv"].suggestion
    assert PHONE not in by_path["unknown.csv"].suggestion
    assert (by_path["settle.csv"].layout, by_path["settle.csv"].rejected) == ("xhs_settle", {})
    assert by_path["broken.xlsx"].rejected == {"damaged_workbook": 0}
    assert by_path["locked.xlsx"].rejected == {"password": 0}
    assert by_path["picture.csv"].rejected == {"unsupported_format": 0}
    assert by_path["empty.csv"].rejected == {"empty_file": 0}
    assert by_path["~$t.xlsx"].rejected == {"office_lock_file": 0}
    assert by_path[".DS_Store"].rejected == {"hidden_file": 0}
    assert {(row["file"], row["row"], row["reason"]) for row in read(tmp_path, "rejected")} >= {
        ("t.csv", 3, "damaged_id"),
        ("t.csv", 4, "total_row"),
        ("t.csv", 5, "no_date"),
    }
    assert account_from_json(json.loads(json.dumps(account_to_json(account)))) == account
    assert json.loads((tmp_path / "vault" / "account.json").read_text(encoding="utf-8")) == account_to_json(account)
    assert {missing.table for missing in account.missing} == set(CANONICAL_TABLES) - {"order_lines", "settlements"}


def test_the_vault_has_the_canonical_schema_and_is_swapped_in_whole(tmp_path):
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "stale.parquet").write_bytes(b"old")
    take(tmp_path, {"t.csv": export_csv("tb_order_2022", [tmall_order("11")])})
    assert table(tmp_path, "order_lines").schema.equals(arrow_schema(CANONICAL_TABLES["order_lines"]))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports", "vault"]
    assert not (tmp_path / "vault" / "stale.parquet").exists()


def test_nothing_usable_needs_a_person_and_leaves_the_old_vault(tmp_path):
    (tmp_path / "vault").mkdir()
    with pytest.raises(PersonError) as caught:
        take(tmp_path, {"unknown.csv": "甲,乙\n1,2\n", "empty.xlsx": b""})
    assert caught.value.exit_code is ExitCode.INPUT_NEEDS_PERSON
    assert {fault.file for fault in caught.value.faults} == {"unknown.csv", "empty.xlsx"}
    assert (tmp_path / "vault").exists()


CELLS = st.one_of(
    st.sampled_from(["", "-", "null", "合计", "12", "2024-03-01", "交易关闭", '="11"', "6E+17", "，"]),
    st.text(max_size=6),
)


@settings(max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.fixed_dictionaries(
            dict.fromkeys(("订单编号", "买家实际支付金额", "订单状态", "订单付款时间", "宝贝标题", "退款金额"), CELLS)
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_row_read_is_kept_or_rejected_whatever_it_holds(rows):
    text = export_csv("tb_order_2022", [*[tmall_order("1", **row) for row in rows], tmall_order("ok")])
    with TemporaryDirectory() as folder:
        account = take(Path(folder), {"t.csv": text.encode("utf-8", "replace")})
        kept = account.files[0].rows_kept
        assert account.tables["order_lines"].rows == kept
        assert read(Path(folder), "rejected").__len__() == account.files[0].rows_rejected


def link_kinds(folder: Path) -> set[object]:
    return {row["kind"] for row in read(folder, "links")}


@pytest.mark.parametrize("kinds", [("name", "address", "platform_id"), ("platform_id",)])
def test_addresses_are_evidence_only_where_the_sheet_lists_them(tmp_path, kinds):
    shop = {"订单状态": "交易完成", "订单实付金额": "9", "买家付款时间": "2024-03-01 10:01:00"}
    shop |= {"收货人/提货人": "张三", "详细收货地址/提货地址": "浙江省杭州市西湖区文三路1号"}
    files = {
        "y.csv": export_csv("youzan_order_2026", [{**shop, "订单号": "E1", "买家手机号": PHONE}]),
        "t.csv": export_csv("tb_order_2022", [tmall_order("11", 联系手机="138****5678")]),
    }
    take(tmp_path, files, brief=Brief(answers={"pi_categories": kinds}))
    customers = {line["customer"] for line in read(tmp_path, "order_lines")}
    if "address" in kinds:
        assert (link_kinds(tmp_path), len(customers)) == ({"address"}, 1)
    else:
        assert (link_kinds(tmp_path), len(customers)) == (set(), 2)
