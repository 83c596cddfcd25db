"""Canonical tables of what happens to money after the order: settlement, after-sales, coupons, live orders."""

from __future__ import annotations

from diagnostics.model.canonical import CanonicalTable, describe_column
from diagnostics.model.wording import Text

SETTLEMENTS = CanonicalTable(
    name="settlements",
    title=Text(zh="结算账单", en="Settlements"),
    grain=Text(
        zh="一行是一笔结算；同一订单的退款另成一行，金额为负",
        en="one settlement; a refund of the same order is a line of its own, below zero",
    ),
    brought_by=Text(zh="抖店结算账单、小红书商品结算明细", en="Douyin settlement bills, Xiaohongshu settlement lists"),
    columns=(
        describe_column("order_id", "string", "主订单号", "order id", required=True),
        describe_column("line_id", "string", "子订单号", "sub-order id"),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("settled_at", "timestamp", "结算时间", "time settled"),
        describe_column("ordered_at", "timestamp", "下单时间", "time ordered"),
        describe_column("kind", "string", "结算单类型或交易类型", "kind of settlement"),
        describe_column("product_id", "string", "商品编码", "product code"),
        describe_column("product", "string", "商品名称", "product name"),
        describe_column("quantity", "float", "件数", "units", "unit"),
        describe_column(
            "paid_amount", "money", "用户实付；退款为负", "paid by the buyer; below zero if given back", "currency"
        ),
        describe_column("refund_amount", "money", "结算前已退款", "refunded before settling", "currency"),
        describe_column(
            "subsidy", "money", "平台、达人与支付补贴", "subsidies of platform, influencer and payment", "currency"
        ),
        describe_column("income", "money", "收入合计", "income", "currency"),
        describe_column("fees", "money", "支出合计（正数为支出）", "all fees, as costs above zero", "currency"),
        describe_column("platform_fee", "money", "平台服务费", "platform fee", "currency"),
        describe_column("commission", "money", "达人佣金", "commission of influencers", "currency"),
        describe_column("channel_fee", "money", "渠道分成与招商服务费", "fees of channels and agencies", "currency"),
        describe_column("promotion_fee", "money", "站外推广费", "fee of promotion elsewhere", "currency"),
        describe_column("other_fee", "money", "其他分成", "other fees", "currency"),
        describe_column("settled_amount", "money", "结算到账金额", "paid out to the merchant", "currency"),
    ),
)

AFTER_SALES = CanonicalTable(
    name="after_sales",
    title=Text(zh="售后单", en="After-sales cases"),
    grain=Text(zh="一行是一张售后单", en="one after-sales case"),
    brought_by=Text(zh="抖店售后单导出", en="the after-sales export of Douyin"),
    columns=(
        describe_column("case_id", "string", "售后单号", "case id", required=True),
        describe_column("order_id", "string", "主订单号", "order id"),
        describe_column("line_id", "string", "子订单号（商品单号）", "sub-order id"),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("store", "string", "门店", "store"),
        describe_column("product_id", "string", "商品编码", "product code"),
        describe_column("product", "string", "商品名称", "product name"),
        describe_column("kind", "string", "售后类型", "kind of case"),
        describe_column("dispatch", "string", "发货状态", "whether the goods had left"),
        describe_column("status", "string", "售后状态原文", "status as the platform words it"),
        describe_column(
            "outcome",
            "string",
            "结果：refunded 已退款、exchanged 已换货、closed 已关闭、open 处理中",
            "outcome: refunded, exchanged, closed or open",
        ),
        describe_column("reason", "string", "售后原因", "reason"),
        describe_column("reason_tag", "string", "原因标签", "tag of the reason"),
        describe_column("paid_amount", "money", "商品应付金额", "due for the goods", "currency"),
        describe_column("requested_amount", "money", "申请退款金额", "refund requested", "currency"),
        describe_column(
            "refund_amount", "money", "已退款金额；未退成为空", "refunded; empty unless refunded", "currency"
        ),
        describe_column("applied_at", "timestamp", "申请时间", "time applied"),
        describe_column("agreed_at", "timestamp", "同意时间", "time agreed"),
        describe_column("refunded_at", "timestamp", "退款时间", "time refunded"),
        describe_column("finished_at", "timestamp", "完结或关闭时间", "time finished or closed"),
        describe_column("is_fast_refund", "bool", "是否极速退款", "whether refunded without review"),
        describe_column("arbitration", "string", "仲裁状态", "state of arbitration"),
        describe_column("liable", "string", "纠纷责任方", "who was found liable"),
    ),
)

COUPONS = CanonicalTable(
    name="coupons",
    title=Text(zh="优惠券效果", en="Coupons"),
    grain=Text(
        zh="一行是一张券（导出未写券名时为空）在一段时间的领用",
        en="one coupon (unnamed if the export has no name) in one period",
    ),
    brought_by=Text(zh="生意参谋店铺券、商品券效果", en="coupon results of Sycm"),
    columns=(
        describe_column("starts_on", "date", "起始日（含）", "first day", required=True),
        describe_column("ends_on", "date", "结束日（不含）", "day after the last", required=True),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("coupon", "string", "券名称或编号", "name or number of the coupon"),
        describe_column("kind", "string", "券类型", "kind of coupon"),
        describe_column("face_value", "money", "面额", "face value", "currency"),
        describe_column("issued", "int", "领取张数", "coupons taken", "coupon"),
        describe_column("used", "int", "使用张数", "coupons used", "coupon"),
        describe_column("buyers", "int", "支付买家数", "buyers", "person"),
        describe_column("units", "int", "支付件数", "units", "unit"),
        describe_column("paid_amount", "money", "用券订单支付金额", "paid in orders with the coupon", "currency"),
    ),
)

LIVE_ORDERS = CanonicalTable(
    name="live_orders",
    title=Text(zh="直播订单明细", en="Orders of live sessions"),
    grain=Text(
        zh="一行是一场直播里成交的一个子订单；与订单明细是同一批订单，不可相加",
        en="one sub-order sold in a live session; the same orders as the order lines, never to be added to them",
    ),
    brought_by=Text(zh="淘宝直播订单明细", en="the order list of Taobao Live"),
    columns=(
        describe_column("session", "string", "场次", "session", required=True),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("title", "string", "直播标题", "title of the session"),
        describe_column("starts_at", "timestamp", "开播时间", "start of the session"),
        describe_column("order_id", "string", "主订单号", "order id", required=True),
        describe_column("line_id", "string", "子订单号", "sub-order id"),
        describe_column("customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed"),
        describe_column("anchor", "string", "主播（键控代号）", "anchor, a keyed code", personal="keyed"),
        describe_column("fan_level", "string", "直播间粉丝层级", "level of the fan"),
        describe_column("product_id", "string", "商品编码", "product code"),
        describe_column("product", "string", "商品名称", "product name"),
        describe_column("category", "string", "品类", "category"),
        describe_column("ordered_at", "timestamp", "下单时间", "time ordered"),
        describe_column("paid_at", "timestamp", "支付时间；未支付为空", "time paid; empty if unpaid"),
        describe_column("paid_amount", "money", "支付金额", "paid amount", "currency"),
        describe_column("confirmed_at", "timestamp", "确认收货时间", "time the receipt was confirmed"),
        describe_column("confirmed_amount", "money", "确认收货金额", "amount kept at the receipt", "currency"),
    ),
)

MONEY_TABLES = (SETTLEMENTS, AFTER_SALES, COUPONS, LIVE_ORDERS)
