"""Every known export arrives in the right columns and units: a row as the platform writes it, and what it becomes."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from diagnostics.intake.feed import OWN_KEY, PHONE_KEY, feed
from diagnostics.intake.gather import gather
from diagnostics.intake.ledger import Ledger
from diagnostics.intake.orders.order_rows import settle_orders
from diagnostics.intake.people.pseudonyms import Pseudonyms
from diagnostics.intake.reading.grid import make_grid
from diagnostics.intake.reading.records import read_records
from diagnostics.intake.recognition.frame import open_frame
from diagnostics.intake.recognition.header import normalise
from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.vault import shape
from diagnostics.intake.working import column, put
from diagnostics.model.tables import CANONICAL_TABLES
from tests.intake.clients import KEY, layout_columns

LAYOUTS = {layout.id: layout for layout in load_layouts()}
KEYS = Pseudonyms(key=KEY)
PHONE = "13812345678"
KEYED = "a key"
PERSONS = ("customer", "referrer")


def moment(text):
    return datetime.fromisoformat(text)


def read(layout_id, *rows, path="export.xlsx", extra=()):
    """The canonical rows of raw rows of a layout, and the ledger."""
    headers = [*layout_columns(layout_id), *extra]
    known = [{normalise(name): cell for name, cell in row.items()} for row in rows]
    cells = [[row.get(normalise(name), "") for name in headers] for row in known]
    frame = open_frame(make_grid([headers, *cells]), path, tuple(LAYOUTS.values()), ())
    assert frame.layout is not None
    assert frame.layout.id == layout_id
    recipe = frame.recipe
    table = feed(frame, recipe, KEYS, 0)
    assert PHONE not in str(table.to_pydict())
    ledger = Ledger()
    if recipe.table == "order_lines":
        return settle_orders(table, frame, recipe), ledger
    for name in PERSONS:
        if name in CANONICAL_TABLES[recipe.table].schema:
            table = put(table, name, pa.array(column(table, OWN_KEY)))
    return shape(recipe.table, gather(recipe.table, [table], ledger)), ledger


def assert_reads(found, wanted):
    for name, value in wanted.items():
        cell = found[name]
        expected = pytest.approx(value) if isinstance(value, float) else value
        assert cell is not None if value is KEYED else cell == expected, (name, cell, value)


TMALL = {"订单状态": "交易成功", "订单创建时间": "2024-03-01 10:00:00", "订单付款时间": "2024-03-01 10:05:00"}
TMALL_ORDER = {
    **TMALL,
    "订单编号": '="2101"',
    "买家会员名": "tb001",
    "总金额": "120.00",
    "买家实际支付金额": "100.00",
    "收货地址": "浙江省 杭州市 西湖区",
    "联系手机": f"'{PHONE}",
    "宝贝总数量": "2",
    "宝贝标题": "精华，面霜",
}
TMALL_READ = {
    "order_id": "2101",
    "channel": "tmall",
    "order_paid": 100.0,
    "list_amount": 120.0,
    "quantity": 2.0,
    "region": "浙江",
    "ordered_at": moment("2024-03-01 10:05"),
    "is_return": False,
    OWN_KEY: KEYED,
    PHONE_KEY: KEYED,
}
DOUYIN = {
    "主订单编号": "\t69",
    "子订单编号": "\t70",
    "选购商品": "精华",
    "商品数量": "2",
    "商家编码": "QY-1",
    "订单应付金额": "66.50",
    "订单提交时间": "\t2024-03-01 10:00:00",
    "支付完成时间": "\t2024-03-01 10:01:00",
    "订单状态": "已完成",
    "售后状态": "-",
    "流量体裁": "数据将于第二天更新",
    "流量来源": "直播",
    "商家优惠": "店铺券-5.00",
    "达人ID": "\t71234567890",
    "收件人": "##cipher",
    "省": "广东省",
}
DOUYIN_READ = {
    "order_id": "69",
    "line_id": "70",
    "paid_amount": 66.5,
    "product_id": "QY-1",
    "source": "直播",
    "region": "广东",
    "used_coupon": True,
    "promoter": KEYED,
}
JD = {
    "订单号": "302",
    "下单帐号": "jd_1",
    "付款确认时间": "2024-03-01 10:01:00",
    "订购数量": "1",
    "京东价": "80",
    "应付金额": "100.00",
    "订单状态": "完成",
    "货号": "A",
    "客户地址": "上海****",
    "联系电话": "1******6198",
}
JD_READ = {"order_id": "302", "order_paid": 100.0, "unit_price": 80.0, "region": "上海", OWN_KEY: KEYED}
YOUZAN = {
    "订单号": "E2024",
    "订单状态": "交易完成",
    "买家付款时间": "2024-03-01 10:05:00",
    "商品金额合计": "120",
    "订单实付金额": "100",
    "订单已退款金额": "20",
    "全部商品名称": "精华",
    "买家手机号": PHONE,
    "买家是否会员": "是",
    "销售导购": "小王",
    "分销员": "阿强",
    "店铺优惠方式": "优惠券",
    "收货人省份": "浙江省",
}
YOUZAN_READ = {
    "order_id": "E2024",
    "order_paid": 100.0,
    "order_refund": 20.0,
    "is_member": True,
    "used_coupon": True,
    "staff": KEYED,
    "promoter": KEYED,
    PHONE_KEY: KEYED,
}

CASES = {
    "tb_order_2022": (
        TMALL_ORDER | {"退款金额": "null", "打款商家金额": "88.00元"},
        TMALL_READ | {"order_refund": None},
    ),
    "tb_order_legacy": (TMALL_ORDER, TMALL_READ),
    "tb_item_old": (
        {
            "订单编号": '="2101"',
            "标题": "精华",
            "价格": "40",
            "购买数量": "2",
            "商家编码": "QY-1",
            "订单状态": "交易成功",
        },
        {"order_id": "2101", "product_id": "QY-1", "paid_amount": 80.0, "quantity": 2.0},
    ),
    "tb_item_new": (
        TMALL
        | {"子订单编号": '="21"', "主订单编号": '="2101"', "标题": "精华", "价格": "40", "购买数量": "2"}
        | {"买家实际支付金额": "66", "退款金额": "无退款申请"},
        {"order_id": "2101", "line_id": "21", "paid_amount": 66.0, "refund_amount": None},
    ),
    "tmall_custom8": (
        {
            "订单编号": "2101",
            "总金额": "100",
            "订单状态": "交易成功",
            "收货地址": f"张三，86-{PHONE}，浙江省 杭州市 西湖区 文三路1号",
            "订单创建时间": "2024-03-01 10:00:00",
            "商品标题": "精华",
        },
        {"order_paid": 100.0, "region": "浙江", "product": "精华", PHONE_KEY: KEYED},
    ),
    "douyin_order_73": (DOUYIN, DOUYIN_READ),
    "douyin_order_75": (DOUYIN, DOUYIN_READ),
    "jd_order_2016": (JD, JD_READ),
    "jd_order_2026": (JD | {"商家应收": "99.00（系统计算中，该值仅供参考）"}, JD_READ),
    "youzan_order_2025": (YOUZAN, YOUZAN_READ),
    "youzan_order_2026": (YOUZAN, YOUZAN_READ),
    "pdd_order": (
        {
            "订单成交时间": "2024-03-01 10:00:00",
            "商品": "精华",
            "订单号": "240301-1",
            "订单状态": "已收货",
            "商品总价(元)": "60",
            "店铺优惠折扣(元)": "5",
            "用户实付金额(元)": "55",
            "商品数量(件)": "1",
            "商家编码-商品维度": "QY-1",
        },
        {"order_id": "240301-1", "order_paid": 55.0, "used_coupon": True, "product_id": "QY-1"},
    ),
    "wxshop_order": (
        {
            "订单号": "37",
            "支付时间": "2024-03-01 10:00:00",
            "订单状态": "已完成",
            "收件人手机": PHONE,
            "订单实际支付金额": "100",
            "商品名称": "精华",
            "商品编码(自定义)": "QY-1",
            "商品价格(单件)": "50",
            "商品数量": "2",
            "企微工号": "staff01",
            "带货ID": "sph1",
            "省": "浙江省",
        },
        {"order_paid": 100.0, "staff": KEYED, "promoter": KEYED, "region": "浙江", "product_id": "QY-1"},
    ),
    "wxpay_bill": (
        {
            "交易时间": "`2024-03-01 10:00:00",
            "微信订单号": "`42",
            "用户标识": "`oABC",
            "交易状态": "`SUCCESS",
            "总金额": "`18.50",
            "代金券金额": "`0.00",
            "门店ID": "`S01",
            "收银员ID": "`c1",
        },
        {
            "order_id": "42",
            "channel": "store",
            "order_paid": 18.5,
            "store": "S01",
            "used_coupon": False,
            "staff": KEYED,
        },
    ),
    "weimob_order_detail_2016": (
        {
            "Id": "1",
            "OpenId": "oXYZ",
            "OrderId": "W1",
            "ProductId": "9",
            "ItemName": "精华",
            "Qty": "2",
            "Price": "50",
            "Amount": "100",
            "RealAmount": "90",
            "CreateTime": "2016-05-01 10:00:00",
            "IsDelete": "0",
        },
        {"line_id": "1", "order_id": "W1", "paid_amount": 90.0, "quantity": 2.0, "_fate": None, OWN_KEY: KEYED},
    ),
    "youzan_customer": (
        {
            "客户手机号": PHONE,
            "是否会员": "是",
            "免费等级": "金卡",
            "客户积分": "1,200",
            "客户储值余额": "50.00",
            "导购员": "小王",
            "企微好友": "是",
            "成为会员时间": "2024-01-02 10:00:00",
            "成为会员店铺": "一店",
        },
        None,
    ),
    "sycm_flow": (
        {
            "流量来源": "淘内免费",
            "来源明细": "汇总",
            "访客数": "1,200",
            "加购人数": "90",
            "支付买家数": "30",
            "支付金额": "3,000.5",
        },
        {
            "starts_on": date(2024, 3, 1),
            "ends_on": date(2024, 4, 1),
            "visitors": 1200,
            "carted": 90,
            "paid_amount": Decimal("3000.50"),
        },
    ),
    "sycm_item": (
        {
            "统计日期": "2024-03-02",
            "商品id": "61",
            "货号": "-",
            "商品访客数": "1,200",
            "支付金额": "-",
            "商品收藏人数": "7",
        },
        {
            "starts_on": date(2024, 3, 2),
            "ends_on": date(2024, 3, 3),
            "product_id": "61",
            "visitors": 1200,
            "saved": 7,
            "paid_amount": None,
        },
    ),
    "miniprogram_visit": (
        {"ref_date": "20240301", "visit_pv": "300", "visit_uv": "100", "visit_uv_new": "20"},
        {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 3, 2), "visitors": 100, "new_visitors": 20},
    ),
    "douyin_live_session": (
        {
            "主播昵称": "小青",
            "直播开始时间": "2024-03-01 19:00",
            "直播时长": "3小时25分",
            "直播间曝光人数": "1.2万",
            "直播间成交人数": "/",
            "直播间用户支付金额": "8,800.50",
        },
        {
            "anchor": KEYED,
            "session": KEYED,
            "minutes": 205.0,
            "exposed": 12000,
            "buyers": None,
            "paid_amount": Decimal("8800.50"),
        },
    ),
    "tb_live_session": (
        {
            "直播标题": "上新",
            "场次id": "99",
            "开播时间": "2024-03-01 19:00:00",
            "成交笔数": "12",
            "成交件数": "20",
            "商品加购人数": "40",
        },
        {"session": "99", "title": "上新", "orders": 12, "units": 20, "product_added": 40},
    ),
    "linkwechat_live": (
        {
            "直播成员": "小王",
            "直播标题": "会员日",
            "所属部门": "一部",
            "直播状态": "已结束",
            "预约持续时间": "3600",
            "创建时间": "2024-03-01 18:55:00",
        },
        {
            "channel": "wecom",
            "title": "会员日",
            "minutes": 60.0,
            "starts_at": moment("2024-03-01 18:55"),
            "anchor": KEYED,
        },
    ),
    "tb_live_order": (
        {
            "直播标题": "上新",
            "开播时间": "2024-03-01 19:00:00",
            "场次id": "99",
            "代播主播名称": "小青",
            "会员名": "tb001",
            "父订单": "2101",
            "子订单": "21",
            "支付时间": "2024-03-01 19:10:00",
            "支付金额": "66.00",
            "确认收货金额": "60.00",
        },
        {
            "session": "99",
            "order_id": "2101",
            "line_id": "21",
            "customer": KEYED,
            "anchor": KEYED,
            "paid_amount": Decimal(66),
            "confirmed_amount": Decimal(60),
        },
    ),
    "live_roster": (
        {
            "日期": "2024-03-01",
            "上播时间": "22:00",
            "下播时间": "1:30",
            "主播姓名": "小青",
            "场控姓名": "阿强",
            "时段消耗": "1,200元",
        },
        {
            "starts_at": moment("2024-03-01 22:00"),
            "ends_at": moment("2024-03-02 01:30"),
            "anchor": KEYED,
            "operator": KEYED,
            "cost": Decimal(1200),
        },
    ),
    "linkwechat_live_viewer": (
        {
            "成员名称": "小红",
            "性别": "女",
            "所属": "@微信",
            "是否为企业客户": "是",
            "观看时长": "90",
            "是否评论": "否",
            "是否连麦发言": "否",
        },
        {"day": date(2024, 3, 31), "is_contact": True, "minutes": 1.5, "commented": False, "contact": None},
    ),
    "douyin_settlement": (
        {
            "结算时间": "2024-03-10 00:00:00",
            "订单号": "'69",
            "子订单号": "'70",
            "结算金额": "60.10",
            "结算单类型": "已结算",
            "用户实付": "66.50",
            "平台补贴": "1.00",
            "达人补贴": "0.50",
            "收入合计": "68.00",
            "平台服务费": "-3.40",
            "佣金": "-4.50",
            "渠道分成": "-",
            "招商服务费": "0.00",
            "支出合计": "-7.90",
        },
        {
            "order_id": "69",
            "line_id": "70",
            "settled_amount": Decimal("60.10"),
            "subsidy": Decimal("1.50"),
            "platform_fee": Decimal("3.40"),
            "commission": Decimal("4.50"),
            "channel_fee": Decimal(0),
            "other_fee": None,
            "fees": Decimal("7.90"),
        },
    ),
    "xhs_settle": (
        {
            "订单号": "P1",
            "交易类型": "退款",
            "商品数量": "1",
            "商品实付/实退": "30.00",
            "佣金总额": "3.00",
            "商品名称": "精华",
        },
        {"order_id": "P1", "kind": "退款", "paid_amount": Decimal(-30), "commission": Decimal(3), "settled_at": None},
    ),
    "douyin_aftersale": (
        {
            "售后单号": "\t7001",
            "订单号": "\t69",
            "商品单号": "\t70",
            "售后类型": "退货退款",
            "应付金额（元）": "66.50",
            "退商品金额（元）": "60.00",
            "退运费金额（元）": "6.00",
            "售后状态": "同意退款，退款成功",
            "售后申请时间": "2024-03-03 09:00:00",
            "售后完结时间": "2024-03-05 09:00:00",
            "售后原因": "质量问题",
            "是否极速退款": "否",
        },
        {
            "case_id": "7001",
            "line_id": "70",
            "outcome": "refunded",
            "requested_amount": Decimal(66),
            "refund_amount": Decimal(66),
            "reason": "质量问题",
            "is_fast_refund": False,
            "finished_at": moment("2024-03-05 09:00"),
        },
    ),
    "tb_coupon": (
        {
            "领取张数": "1,000",
            "使用张数": "120",
            "支付金额": "9,600.00",
            "支付买家数": "110",
            "支付件数": "180",
            "统计日期": "2024-03-02",
        },
        {
            "starts_on": date(2024, 3, 2),
            "ends_on": date(2024, 3, 3),
            "issued": 1000,
            "used": 120,
            "paid_amount": Decimal(9600),
            "coupon": None,
        },
    ),
    "wecom_contact": (
        {
            "external_userid": "wmABC",
            "unionid": "u1",
            "userid": "staff01",
            "createtime": "1709258400",
            "add_way": "16",
            "remark_mobiles": PHONE,
            "state": "store_S01",
        },
        {"contact": KEYED, "customer": KEYED, "staff": KEYED, "way": "获客链接", "store": "S01"},
    ),
    "linkwechat_customer": (
        {
            "客户姓名": "小红",
            "userid": "wmABC",
            "unionid": "u1",
            "跟进员工": "小王",
            "添加方式": "1",
            "添加时间": "2024-03-01 10:00:00",
            "企业标签": "敏感肌",
            "手机号": PHONE,
        },
        {"contact": KEYED, "customer": KEYED, "staff": KEYED, "way": "扫码", "tags": "敏感肌"},
    ),
    "wecom_group_stat": (
        {
            "stat_time": "1709222400",
            "chat_total": "30",
            "chat_has_msg": "12",
            "new_member_cnt": "40",
            "member_total": "3000",
        },
        {"day": date(2024, 3, 1), "groups_total": 30, "groups_active": 12, "members_joined": 40, "members_total": 3000},
    ),
    "linkwechat_group_chat": (
        {"日期": "2024-03-01", "群聊总数": "30", "群聊消息数": "400", "发送消息群成员数": "90"},
        {"groups_total": 30, "messages": 400, "members_active": 90},
    ),
    "linkwechat_group_stat": (
        {"日期": "2024-03-01", "客群总数": "30", "新增客群数": "2", "解散客群数": "1"},
        {"day": date(2024, 3, 1), "groups_total": 30, "groups_new": 2, "groups_closed": 1},
    ),
    "linkwechat_member_stat": (
        {"日期": "2024-03-01", "客群成员总数": "3000", "新增客群成员数": "40", "流失客群成员数": "15"},
        {"members_total": 3000, "members_joined": 40, "members_left": 15},
    ),
    "wecom_group_detail": (
        {
            "chat_id": "wr1",
            "name": "福利群1",
            "owner": "staff01",
            "create_time": "1704067200",
            "member_list.userid": "wmABC",
            "member_list.type": "2",
            "member_list.unionid": "u1",
            "member_list.join_time": "1709258400",
            "member_list.join_scene": "3",
            "member_list.name": "小红",
        },
        {
            "group": "wr1",
            "contact": KEYED,
            "customer": KEYED,
            "staff": None,
            "is_staff": False,
            "way": "扫群二维码",
            "joined_at": moment("2024-03-01 10:00"),
            "seen_on": date(2024, 3, 31),
            "owner": KEYED,
        },
    ),
    "wecom_behavior": (
        {
            "stat_time": "1709222400",
            "chat_cnt": "8",
            "reply_percentage": "80.5",
            "avg_reply_time": "12",
            "new_contact_cnt": "3",
        },
        {"day": date(2024, 3, 1), "chats": 8, "reply_share": 0.805, "reply_minutes": 12.0, "added": 3},
    ),
    "linkwechat_single_chat": (
        {
            "日期": "2024-03-01",
            "单聊总数": "8",
            "发送消息数": "90",
            "回复单聊占比": "80.5%",
            "平均首次回复时长": "12分钟",
        },
        {"chats": 8, "reply_share": 0.805, "reply_minutes": 12.0},
    ),
    "linkwechat_customer_stat": (
        {
            "日期": "2024-03-01",
            "客户总数": "5000",
            "新增客户数": "30",
            "流失客户数": "4",
            "净增客户数": "26",
            "发送申请数": "50",
        },
        {"contacts_total": 5000, "added": 30, "blocked": 4, "applied": 50},
    ),
    "wecom_kf_corp": (
        {
            "stat_time": "1709222400",
            "session_cnt": "50",
            "customer_cnt": "40",
            "customer_msg_cnt": "300",
            "upgrade_service_customer_cnt": "5",
        },
        {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 3, 2), "sessions": 50, "customers": 40, "upgraded": 5},
    ),
    "wecom_kf_servicer": (
        {
            "stat_time": "1709222400",
            "servicer_userid": "staff01",
            "session_cnt": "50",
            "first_reply_average_sec": "90",
            "reply_rate": "",
        },
        {"staff": KEYED, "sessions": 50, "reply_minutes": 1.5, "reply_share": None, "satisfied_share": None},
    ),
    "linkwechat_kf": (
        {
            "日期": "2024-03-01",
            "咨询客户总数": "40",
            "回复客户总数": "38",
            "回复聊天占比": "95%",
            "平均咨询响应时长": "1m30s",
            "平均咨询时长": "1h0m0s",
        },
        {"customers": 40, "customers_answered": 38, "reply_share": 0.95, "reply_minutes": 1.5, "session_minutes": 60.0},
    ),
    "linkwechat_qc": (
        {
            "成员名称": "小王",
            "所属部门": "一部",
            "超时次数": "6",
            "超时率": "12.5%",
            "客户会话超时率": "10%",
            "客群会话超时率": "-",
        },
        {
            "starts_on": date(2024, 3, 1),
            "ends_on": date(2024, 4, 1),
            "staff": KEYED,
            "timeouts": 6,
            "timeout_share": 0.125,
            "group_timeout_share": None,
        },
    ),
    "linkwechat_leads": (
        {
            "员工名称": "小王",
            "所属部门": "一部",
            "线索转化率": "20%",
            "线索退回率": "5%",
            "线索跟进人次": "50",
            "添加客户数": "10",
        },
        {"starts_on": date(2024, 3, 1), "staff": KEYED, "converted_share": 0.2, "followed": 50, "added": 10},
    ),
    "linkwechat_moments": (
        {"客户名称": "小红", "对应成员": "小王", "互动类型": "点赞", "互动时间": "2024-03-01 12:00:00"},
        {"kind": "朋友圈点赞", "customer": None, "staff": KEYED, "happened_at": moment("2024-03-01 12:00")},
    ),
    "linkwechat_moments_exec": (
        {"执行人名称": "小王", "执行人所属部门": "一部", "执行状态": "未执行", "提醒执行次数": "2"},
        {"day": date(2024, 3, 31), "kind": "朋友圈", "staff": KEYED, "done": False, "reminders": 2},
    ),
    "linkwechat_fission": (
        {"老客": "小红", "发送员工": "小王", "裂变状态": "已完成", "裂变新客数": "3"},
        {"referrer": None, "staff": KEYED, "completed": True, "joined": 3, "day": date(2024, 3, 31)},
    ),
    "linkwechat_fission_stat": (
        {
            "日期": "2024-03-01",
            "完成任务老客总数": "90",
            "裂变新客总数": "200",
            "今日完成任务老客数": "5",
            "今日裂变新客数": "12",
        },
        {"day": date(2024, 3, 1), "entrance": "任务裂变", "kind": "referral", "referrers": 5, "added": 12},
    ),
    "linkwechat_qrcode": (
        {"日期": "2024-03-01", "累计扫码总数": "900", "今日扫码数": "30", "短链今日访问总数": "12"},
        {"kind": "code", "scans": 30, "visits": 12},
    ),
    "linkwechat_store_group": (
        {
            "日期": "2024-03-01",
            "所属地区": "浙江省",
            "门店名称": "一店",
            "今日点击/扫码总次数": "30",
            "今日进群客户数": "9",
            "今日退群客户数": "1",
        },
        {"store": "一店", "kind": "group", "scans": 30, "group_joined": 9, "group_left": 1},
    ),
    "linkwechat_store_guide": (
        {
            "日期": "2024-03-01",
            "所属地区": "浙江省",
            "门店名称": "一店",
            "今日点击/扫码总次数": "30",
            "今日新增客户数": "9",
        },
        {"store": "一店", "kind": "guide", "scans": 30, "added": 9},
    ),
    "linkwechat_survey": (
        {
            "日期": "2024-03-01",
            "用户姓名": "张三",
            "渠道": "朋友圈",
            "用户手机号": PHONE,
            "微信unionID": "u1",
            "是否是企业用户": "是",
        },
        {"day": date(2024, 3, 1), "source": "朋友圈", "is_contact": True, "customer": KEYED, "question": None},
    ),
    "mp_user_summary": (
        {"ref_date": "2024-03-01", "user_source": "30", "new_user": "12", "cancel_user": "3"},
        {"channel": "official_account", "source": "扫描二维码", "joined": 12, "left": 3, "total": None},
    ),
    "mp_article_total_legacy": (
        {
            "ref_date": "2024-03-01",
            "msgid": "1001_1",
            "title": "三月上新",
            "stat_date": "2024-03-03",
            "target_user": "9000",
            "int_page_read_user": "800",
            "share_user": "20",
            "int_page_from_feed_read_user": "90",
        },
        {
            "post": "1001_1",
            "published_on": date(2024, 3, 1),
            "day": date(2024, 3, 3),
            "reached": 9000,
            "readers": 800,
            "sharers": 20,
            "readers_feed": 90,
        },
    ),
}
CUSTOMER_WITHOUT_PERSON = {"is_member", "staff", "points"}


def test_every_layout_feeds_a_table_and_has_a_row_here():
    assert [layout.id for layout in LAYOUTS.values() if layout.recipe is None] == []
    assert set(CASES) == set(LAYOUTS)


@pytest.mark.parametrize("layout_id", [name for name in CASES if name != "youzan_customer"])
def test_a_row_arrives_in_the_right_columns_and_units(layout_id):
    cells, wanted = CASES[layout_id]
    table, _ = read(layout_id, cells, path="导出_2024-03-01_2024-03-31.xlsx")
    assert table.num_rows == 1
    assert_reads(table.to_pylist()[0], wanted)


def test_a_customer_of_youzan_keeps_the_guide_and_what_is_on_the_account():
    cells, _ = CASES["youzan_customer"]
    headers = layout_columns("youzan_customer")
    frame = open_frame(
        make_grid([headers, [cells.get(name, "") for name in headers]]), "c.csv", tuple(LAYOUTS.values()), ()
    )
    (row,) = feed(frame, frame.recipe, KEYS, 0).to_pylist()
    assert_reads(row, {PHONE_KEY: KEYED, "staff": KEYED, "points": 1200.0, "stored_value": 50.0, "tier": "金卡"})
    assert_reads(row, {"store": "一店", "is_contact": True, "is_member": True, "joined_on": moment("2024-01-02 10:00")})


@pytest.mark.parametrize("layout_id", CASES)
def test_nothing_personal_stays_as_it_was_written(layout_id):
    """Cells of personal columns hold a mark; no table may hold it."""
    layout = LAYOUTS[layout_id]
    cells = dict(CASES[layout_id][0])
    marked = {name: cells.get(name) or "姓名标记" for name in layout_columns(layout_id) if name in set(layout.personal)}
    shown = {name: f"标记{at}" for at, name in enumerate(marked)}
    table, _ = read(layout_id, cells | shown, path="导出_2024-03-01_2024-03-31.xlsx")
    assert not any(word in str(table.to_pydict()) for word in shown.values())


def test_the_row_that_explains_the_columns_of_a_settlement_is_left_out():
    explained = {"结算时间": "货款结算到账的时间", "订单号": "主订单的编号", "结算金额": "收入合计减去支出合计"}
    table, ledger = read("douyin_settlement", explained, CASES["douyin_settlement"][0])
    assert table.num_rows == 1
    assert ledger.counts()[0] == {"description_row": 1}


@pytest.mark.parametrize(
    ("status", "outcome", "refunded"),
    [
        ("同意退款，退款成功", "refunded", Decimal(66)),
        ("售后关闭", "closed", None),
        ("换货成功", "exchanged", None),
        ("售后处理中", "open", None),
        ("平台介入", None, None),
    ],
)
def test_only_a_case_that_was_refunded_gave_money_back(status, outcome, refunded):
    table, _ = read("douyin_aftersale", CASES["douyin_aftersale"][0] | {"售后状态": status})
    (row,) = table.to_pylist()
    assert (row["outcome"], row["refund_amount"], row["requested_amount"]) == (outcome, refunded, Decimal(66))


def test_a_session_that_was_not_held_is_left_out():
    held = CASES["linkwechat_live"][0]
    table, ledger = read("linkwechat_live", held, held | {"直播状态": "已取消", "创建时间": "2024-03-02 18:55:00"})
    assert table.num_rows == 1
    assert ledger.counts()[0] == {"not_held": 1}


def test_staff_in_a_group_are_codes_and_customers_are_keys():
    member = CASES["wecom_group_detail"][0]
    staff = member | {"member_list.userid": "staff02", "member_list.type": "1", "member_list.unionid": ""}
    table, _ = read("wecom_group_detail", member, staff)
    assert [(row["is_staff"], row["contact"] is None, row["staff"] is None) for row in table.to_pylist()] == [
        (False, False, True),
        (True, True, False),
    ]


def test_the_answers_of_a_form_become_rows_and_lose_what_is_personal():
    cells = CASES["linkwechat_survey"][0]
    answers = {
        "肤质": "敏感肌",
        "您的微信号": "abc_123456",
        "建议": f"想要小样，加我微信abc_123456或{PHONE}，我叫张小明",
    }
    table, _ = read("linkwechat_survey", cells | answers, cells, extra=tuple(answers))
    told = [(row["question"], row["words"]) for row in table.to_pylist()]
    assert told == [("肤质", "敏感肌"), ("建议", "想要小样，加我微信***或***，我叫***"), (None, None)]


def test_a_date_that_only_labels_the_file_does_not_shorten_its_period():
    cells = CASES["sycm_item"][0]
    path = "商品_全部_2024-03-01_2024-03-31.xls"
    labelled, _ = read("sycm_item", cells | {"统计日期": "2024-03-01"}, path=path)
    spelled, _ = read("sycm_item", cells | {"统计日期": "2024-03-01 ~ 2024-03-15"}, path=path)
    daily, _ = read("sycm_item", cells, cells | {"统计日期": "2024-03-03"}, path=path)
    assert labelled["ends_on"].to_pylist() == [date(2024, 4, 1)]
    assert spelled["ends_on"].to_pylist() == [date(2024, 3, 16)]
    assert daily["ends_on"].to_pylist() == [date(2024, 3, 3), date(2024, 3, 4)]


def test_a_day_written_once_for_several_shifts_counts_for_all():
    first = CASES["live_roster"][0]
    table, _ = read("live_roster", first, first | {"日期": "", "上播时间": "0.5", "下播时间": "14:00"})
    assert [str(at) for at in table["starts_at"].to_pylist()] == ["2024-03-01 22:00:00", "2024-03-01 12:00:00"]


def test_rows_that_two_files_share_count_once_and_rows_that_one_file_repeats_stay():
    sold = CASES["xhs_settle"][0]
    frames = []
    for file, rows in enumerate(([sold, sold], [sold, sold | {"订单号": "P2"}])):
        headers = layout_columns("xhs_settle")
        grid = make_grid([headers, *([row.get(name, "") for name in headers] for row in rows)])
        frame = open_frame(grid, "s.xlsx", tuple(LAYOUTS.values()), ())
        frames.append(feed(frame, frame.recipe, KEYS, file))
    ledger = Ledger()
    table = gather("settlements", frames, ledger)
    assert table["order_id"].to_pylist() == ["P1", "P1", "P2"]
    assert ledger.counts() == {1: {"duplicate": 1}}


def feed_answer(answer, path="2024-03-31.json"):
    """The rows that an interface's answer feeds, as it came."""
    frame = open_frame(read_records(json.dumps(answer).encode()), path, tuple(LAYOUTS.values()), ())
    return gather(frame.recipe.table, [feed(frame, frame.recipe, KEYS, 0)], Ledger()).to_pylist()


def test_an_answer_with_the_members_of_a_group_makes_a_row_of_each():
    members = [
        {"userid": "staff01", "type": 1, "join_time": 1704067200, "join_scene": 1, "name": "小王"},
        {"userid": "wmABC", "type": 2, "unionid": "u1", "join_time": 1709258400, "join_scene": 3, "name": "小红"}
        | {"invitor": {"userid": "staff01"}, "group_nickname": "红", "state": "s1"},
    ]
    chat = {"chat_id": "wr1", "name": "福利群", "owner": "staff01", "create_time": 1704067200, "notice": "进群有礼"}
    chat |= {"member_list": members, "admin_list": [{"userid": "staff01"}], "member_version": "v1"}
    staff, customer = feed_answer({"errcode": 0, "errmsg": "ok", "group_chat": chat})
    assert (staff["is_staff"], customer["is_staff"]) == (True, False)
    assert staff["staff"] == customer["inviter"] == customer["owner"]
    assert customer["contact"] is not None
    assert "小红" not in str([staff, customer])


def test_an_answer_with_the_days_of_an_article_makes_a_row_of_each():
    days = [
        dict.fromkeys(layout_columns("mp_article_total_legacy")[4:], 1) | {"stat_date": f"2024-03-0{day}"}
        for day in (2, 3)
    ]
    article = {"ref_date": "2024-03-01", "msgid": "1001_1", "title": "上新", "details": days}
    rows = feed_answer({"list": [article]})
    assert [(row["post"], str(row["day"])[:10], row["readers"]) for row in rows] == [
        ("1001_1", "2024-03-02", 1.0),
        ("1001_1", "2024-03-03", 1.0),
    ]


def test_of_a_day_told_of_all_staff_and_by_person_only_the_contacts_are_taken_from_the_total():
    parts = []
    for file, name in enumerate(("wecom_behavior", "linkwechat_customer_stat", "linkwechat_single_chat")):
        cells = CASES[name][0] | ({"userid": "staff01"} if name == "wecom_behavior" else {})
        headers = list(dict.fromkeys((*layout_columns(name), *cells)))
        grid = make_grid([headers, [cells.get(header, "") for header in headers]])
        frame = open_frame(grid, "s.xlsx", tuple(LAYOUTS.values()), ())
        parts.append(feed(frame, frame.recipe, KEYS, file))
    ledger = Ledger()
    rows = gather("staff_days", parts, ledger).to_pylist()
    assert [(row["added"], row["chats"], row["contacts_total"]) for row in rows] == [
        (3.0, 8.0, None),
        (None, None, 5000.0),
    ]
    assert ledger.counts() == {2: {"total_of_staff": 1}}
