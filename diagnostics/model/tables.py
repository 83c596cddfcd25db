"""The canonical tables: every column with its type, unit, meaning and whether it may hold personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diagnostics.model.wording import Text

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

    from diagnostics.model.engagement import Engagement

Type = Literal["string", "bool", "int", "float", "money", "date", "timestamp"]
Personal = Literal["never", "keyed"]

MONEY_TYPE = "decimal(18,2)"
IBIS_TYPES: dict[Type, str] = {
    "string": "string",
    "bool": "boolean",
    "int": "int64",
    "float": "float64",
    "money": MONEY_TYPE,
    "date": "date",
    "timestamp": "timestamp(6)",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a canonical table.

    `personal` is `keyed` where the source holds personal data: only a keyed hash may be stored.
    `required` columns are filled on every row that intake keeps.
    """

    name: str
    type: Type
    meaning: Text
    unit: str = ""
    personal: Personal = "never"
    required: bool = False

    @property
    def ibis_type(self) -> str:
        """The type in the engine's words."""
        return IBIS_TYPES[self.type]


@dataclass(frozen=True, kw_only=True)
class CanonicalTable:
    """One canonical table: its grain, its columns, and which export brings it."""

    name: str
    title: Text
    grain: Text
    brought_by: Text
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; `KeyError` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def schema(self) -> dict[str, str]:
        """Column names and engine types, in order."""
        return {column.name: column.ibis_type for column in self.columns}


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The canonical tables of one client on an engine.

    `available` names, per table, the columns that hold at least one value; `fetch` runs an expression.
    `share` marks an expression that several queries build on: an engine may work it out once and keep it;
    where SQL is only printed it stays what it is.
    A missing table can't be asked for: checks state what they need, and are not run without it.
    """

    by_name: Mapping[str, ir.Table]
    available: Mapping[str, frozenset[str]]
    engagement: Engagement
    fetch: Callable[[ir.Table], pd.DataFrame]
    share: Callable[[ir.Table], ir.Table] = lambda expression: expression

    def __getitem__(self, name: str) -> ir.Table:
        return self.by_name[name]

    def has(self, table: str, *columns: str) -> bool:
        """Whether the table is there and every named column holds a value."""
        return table in self.by_name and set(columns) <= self.available.get(table, frozenset())


def _column(
    name: str,
    kind: Type,
    zh: str,
    en: str,
    unit: str = "",
    *,
    personal: Personal = "never",
    required: bool = False,
) -> Column:
    return Column(name=name, type=kind, meaning=Text(zh=zh, en=en), unit=unit, personal=personal, required=required)


ORDER_LINES = CanonicalTable(
    name="order_lines",
    title=Text(zh="订单明细", en="Order lines"),
    grain=Text(
        zh="一行是一个订单里的一件商品；未付款的订单不进表", en="one product of one order; unpaid orders are left out"
    ),
    brought_by=Text(zh="各平台订单报表与宝贝（商品明细）报表", en="order and item reports of each platform"),
    columns=(
        _column("line_id", "string", "行号，唯一", "line id, unique", required=True),
        _column("order_id", "string", "主订单号", "order id", required=True),
        _column("channel", "string", "销售渠道", "sales channel", required=True),
        _column("shop", "string", "店铺", "shop"),
        _column("customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed"),
        _column("ordered_at", "timestamp", "付款时间，缺失时用下单时间", "time paid, else time created", required=True),
        _column("product_id", "string", "商品编码", "product code"),
        _column("product", "string", "商品名称", "product name"),
        _column("category", "string", "品类", "category"),
        _column("quantity", "float", "件数；退货行为 0", "units; 0 on a return line", "unit", required=True),
        _column("list_amount", "money", "优惠前金额", "amount before discounts", "currency"),
        _column(
            "paid_amount",
            "money",
            "买家实付；退货行为 0",
            "paid by the buyer; 0 on a return line",
            "currency",
            required=True,
        ),
        _column("refund_amount", "money", "已退款金额", "amount refunded", "currency", required=True),
        _column("is_return", "bool", "只退不买的行（取消单）", "a line that only takes back", required=True),
        _column("used_coupon", "bool", "是否用券", "whether a coupon was used"),
        _column("is_member", "bool", "下单时是否会员", "whether a member when ordering"),
        _column(
            "is_private",
            "bool",
            "是否私域成交（按需求表归因规则）",
            "whether sold in the private domain, by the sheet's rule",
        ),
        _column("source", "string", "流量来源", "traffic source"),
        _column("staff", "string", "导购（键控代号）", "staff, a keyed code", personal="keyed"),
        _column("store", "string", "门店", "store"),
        _column("region", "string", "省份或地区", "province or region"),
    ),
)

CUSTOMERS = CanonicalTable(
    name="customers",
    title=Text(zh="客户与会员", en="Customers and members"),
    grain=Text(zh="一行是一个渠道里的一位客户", en="one customer in one channel"),
    brought_by=Text(zh="会员/客户导出（有赞客户、CRM 会员表）", en="member or customer exports"),
    columns=(
        _column(
            "customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed", required=True
        ),
        _column("channel", "string", "渠道", "channel", required=True),
        _column("became_customer_on", "date", "成为客户日", "day of becoming a customer"),
        _column("joined_on", "date", "入会日", "day of joining as a member"),
        _column("is_member", "bool", "是否会员", "whether a member"),
        _column("tier", "string", "等级", "tier"),
        _column("is_contact", "bool", "是否企微好友", "whether a WeCom contact"),
        _column("source", "string", "来源渠道", "where the customer came from"),
        _column("region", "string", "地区", "region"),
        _column("tags", "string", "标签", "tags"),
    ),
)

PRODUCTS = CanonicalTable(
    name="products",
    title=Text(zh="商品与成本", en="Products and cost"),
    grain=Text(zh="一行是一个商品编码", en="one product code"),
    brought_by=Text(zh="商品档案（含成本、吊牌价、品类）", en="the item master with cost, list price and category"),
    columns=(
        _column("product_id", "string", "商品编码", "product code", required=True),
        _column("product", "string", "商品名称", "product name"),
        _column("category", "string", "品类", "category"),
        _column("brand", "string", "品牌", "brand"),
        _column("list_price", "money", "吊牌价", "list price", "currency"),
        _column("unit_cost", "money", "单件成本", "cost of one unit", "currency"),
        _column("launched_on", "date", "上市日", "day of launch"),
    ),
)

TRAFFIC = CanonicalTable(
    name="traffic",
    title=Text(zh="流量", en="Traffic"),
    grain=Text(
        zh="一行是一个渠道在一段时间、一个来源（或商品）的访客；不同来源的访客会重复",
        en="visitors of one channel in one period by one source (or product); visitors of sources overlap",
    ),
    brought_by=Text(
        zh="生意参谋流量来源（按月下载）、小程序访问趋势", en="Sycm traffic sources by month, mini-program visits"
    ),
    columns=(
        _column("starts_on", "date", "起始日（含）", "first day", required=True),
        _column("ends_on", "date", "结束日（不含）", "day after the last", required=True),
        _column("channel", "string", "渠道", "channel", required=True),
        _column("shop", "string", "店铺", "shop"),
        _column("source", "string", "一级来源", "first-level source"),
        _column("product_id", "string", "商品编码；全店为空", "product code; empty for the whole shop"),
        _column("visitors", "int", "期内去重访客", "distinct visitors in the period", "person", required=True),
        _column("views", "int", "浏览量", "page views", "view"),
        _column("buyers", "int", "支付买家数", "buyers", "person"),
        _column("paid_amount", "money", "支付金额", "paid amount", "currency"),
        _column("new_buyers", "int", "新买家数", "new buyers", "person"),
    ),
)

CONTACTS = CanonicalTable(
    name="contacts",
    title=Text(zh="私域联系人", en="Private-domain contacts"),
    grain=Text(zh="一行是一位员工加的一位客户", en="one customer added by one staff account"),
    brought_by=Text(
        zh="企业微信客户导出（含 unionid 或手机备注）", en="the WeCom contact export with unionid or phone remark"
    ),
    columns=(
        _column(
            "contact", "string", "联系人（键控假名）", "contact, a keyed pseudonym", personal="keyed", required=True
        ),
        _column(
            "customer", "string", "对应客户（键控假名）", "the customer it is, a keyed pseudonym", personal="keyed"
        ),
        _column("staff", "string", "员工（键控代号）", "staff, a keyed code", personal="keyed"),
        _column("added_at", "timestamp", "添加时间", "time added"),
        _column("lost_at", "timestamp", "流失时间", "time lost"),
        _column("way", "string", "添加方式", "way of adding"),
        _column("source", "string", "渠道码（state）", "source code (state)"),
        _column("store", "string", "门店", "store"),
        _column("tags", "string", "标签", "tags"),
    ),
)

GROUPS = CanonicalTable(
    name="groups",
    title=Text(zh="社群", en="Groups"),
    grain=Text(zh="一行是一个群", en="one group"),
    brought_by=Text(zh="企业微信客户群列表", en="the WeCom group list"),
    columns=(
        _column("group", "string", "群代号", "group code", required=True),
        _column("owner", "string", "群主（键控代号）", "owner, a keyed code", personal="keyed"),
        _column("kind", "string", "群类型", "kind of group"),
        _column("store", "string", "门店", "store"),
        _column("created_on", "date", "建群日", "day of creation"),
        _column("members", "int", "成员数", "members", "person"),
    ),
)

GROUP_DAYS = CanonicalTable(
    name="group_days",
    title=Text(zh="社群日统计", en="Group statistics by day"),
    grain=Text(
        zh="一行是一天（全部群、一位群主或一个群）的统计",
        en="one day of all groups, of one owner's or of one group",
    ),
    brought_by=Text(zh="企业微信群聊统计", en="the WeCom group statistics"),
    columns=(
        _column("day", "date", "日期", "day", required=True),
        _column("group", "string", "群代号；汇总为空", "group code; empty for all"),
        _column("owner", "string", "群主（键控代号）", "owner, a keyed code", personal="keyed"),
        _column("groups_total", "int", "群总数", "groups", "group"),
        _column("groups_active", "int", "有消息的群", "groups with a message", "group"),
        _column("members_total", "int", "群成员总数", "members", "person"),
        _column("members_active", "int", "发过言的成员", "members who spoke", "person"),
        _column("members_joined", "int", "入群人数", "members who joined", "person"),
        _column("members_left", "int", "退群人数", "members who left", "person"),
        _column("messages", "int", "消息数", "messages", "message"),
        _column("staff_messages", "int", "企业消息数", "messages by the company", "message"),
    ),
)

STAFF_DAYS = CanonicalTable(
    name="staff_days",
    title=Text(zh="员工日统计", en="Staff statistics by day"),
    grain=Text(zh="一行是一位员工的一天", en="one day of one staff account"),
    brought_by=Text(zh="企业微信联系客户统计", en="the WeCom behaviour statistics"),
    columns=(
        _column("day", "date", "日期", "day", required=True),
        _column("staff", "string", "员工（键控代号）", "staff, a keyed code", personal="keyed"),
        _column("store", "string", "门店", "store"),
        _column("applied", "int", "发起申请数", "requests sent", "person"),
        _column("added", "int", "新增客户数", "contacts added", "person"),
        _column("chats", "int", "单聊数", "chats", "chat"),
        _column("messages", "int", "发送消息数", "messages sent", "message"),
        _column("reply_share", "float", "当日回复占比", "share of chats answered the same day", "share"),
        _column("reply_minutes", "float", "平均首次回复分钟", "minutes to the first reply", "minute"),
        _column("blocked", "int", "被删除/拉黑数", "customers who deleted or blocked", "person"),
    ),
)

STORES = CanonicalTable(
    name="stores",
    title=Text(zh="门店", en="Stores"),
    grain=Text(zh="一行是一家门店", en="one store"),
    brought_by=Text(zh="门店档案", en="the store master"),
    columns=(
        _column("store", "string", "门店编码", "store code", required=True),
        _column("city", "string", "城市", "city"),
        _column("region", "string", "大区", "region"),
        _column("ownership", "string", "归属（直营/加盟/经销）", "ownership"),
        _column("staff_count", "int", "员工数", "number of staff", "person"),
    ),
)

STORE_MONTHS = CanonicalTable(
    name="store_months",
    title=Text(zh="门店月目标", en="Store targets by month"),
    grain=Text(zh="一行是一家门店一个月的一项目标", en="one target of one store in one month"),
    brought_by=Text(zh="门店目标分解表", en="the store target sheet"),
    columns=(
        _column("month", "date", "月份（当月 1 日）", "month, its first day", required=True),
        _column("store", "string", "门店编码", "store code", required=True),
        _column("metric", "string", "目标项：sales 或 adds", "what is targeted: sales or adds", required=True),
        _column("target", "float", "目标值", "target", required=True),
        _column("actual", "float", "实际值；空则由订单或加粉计算", "actual; if empty, computed from orders or adds"),
    ),
)

ENTRY_DAYS = CanonicalTable(
    name="entry_days",
    title=Text(zh="私域入口日统计", en="Entrances to the private domain by day"),
    grain=Text(zh="一行是一个入口（门店、活码、渠道）的一天", en="one day of one entrance (store, code, channel)"),
    brought_by=Text(zh="门店导购、门店群、活码扫码统计", en="store guide, store group and code statistics of the SCRM"),
    columns=(
        _column("day", "date", "日期", "day", required=True),
        _column("entrance", "string", "入口", "entrance", required=True),
        _column("store", "string", "门店编码", "store code"),
        _column("region", "string", "地区", "region"),
        _column("scans", "int", "扫码/点击人次", "scans or clicks", "scan"),
        _column("added", "int", "新增好友", "contacts added", "person"),
        _column("group_joined", "int", "入群", "joined a group", "person"),
        _column("group_left", "int", "退群", "left a group", "person"),
        _column("lost", "int", "流失好友", "contacts lost", "person"),
    ),
)

LIVE_SESSIONS = CanonicalTable(
    name="live_sessions",
    title=Text(zh="直播场次", en="Live sessions"),
    grain=Text(zh="一行是一场直播", en="one live session"),
    brought_by=Text(zh="抖音罗盘、淘宝直播分场次", en="session reports of Douyin Compass or Taobao Live"),
    columns=(
        _column("session", "string", "场次", "session", required=True),
        _column("channel", "string", "渠道", "channel", required=True),
        _column("anchor", "string", "主播（键控代号）", "anchor, a keyed code", personal="keyed"),
        _column("starts_at", "timestamp", "开播时间", "start", required=True),
        _column("minutes", "float", "直播时长", "length", "minute"),
        _column("exposed", "int", "曝光人数", "people exposed", "person"),
        _column("viewers", "int", "观看人数", "viewers", "person"),
        _column("views", "int", "观看次数", "views", "view"),
        _column("product_exposed", "int", "商品曝光人数", "people shown a product", "person"),
        _column("product_clicked", "int", "商品点击人数", "people who clicked a product", "person"),
        _column("buyers", "int", "成交人数", "buyers", "person"),
        _column("paid_amount", "money", "成交金额", "paid amount", "currency"),
        _column("new_fans", "int", "新增粉丝", "new fans", "person"),
    ),
)

CAMPAIGNS = CanonicalTable(
    name="campaigns",
    title=Text(zh="活动与投放", en="Campaigns and spend"),
    grain=Text(zh="一行是一场活动在一个渠道的投入", en="one campaign in one channel"),
    brought_by=Text(zh="营销日历与投放费用表", en="the campaign calendar with its cost"),
    columns=(
        _column("campaign", "string", "活动", "campaign", required=True),
        _column("channel", "string", "渠道", "channel"),
        _column("kind", "string", "类型", "kind"),
        _column("starts_on", "date", "起始日（含）", "first day", required=True),
        _column("ends_on", "date", "结束日（不含）", "day after the last", required=True),
        _column("cost", "money", "费用", "cost", "currency"),
    ),
)

TOUCHES = CanonicalTable(
    name="touches",
    title=Text(zh="触达", en="Touches"),
    grain=Text(zh="一行是一次对一位客户的触达", en="one touch of one customer"),
    brought_by=Text(zh="群发/短信/自动化触达记录", en="logs of mass sends, SMS or automation"),
    columns=(
        _column(
            "customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed", required=True
        ),
        _column("touched_at", "timestamp", "触达时间", "time of the touch", required=True),
        _column("kind", "string", "触达类型", "kind of touch"),
        _column("campaign", "string", "活动", "campaign"),
        _column("answered", "bool", "是否响应", "whether it was answered"),
    ),
)

REFERRALS = CanonicalTable(
    name="referrals",
    title=Text(zh="裂变与转介绍", en="Referrals"),
    grain=Text(zh="一行是一位老客在一场裂变中的结果", en="one referrer's result in one campaign"),
    brought_by=Text(zh="任务裂变导出", en="the referral task export"),
    columns=(
        _column("campaign", "string", "活动", "campaign"),
        _column("referrer", "string", "老客（键控假名）", "referrer, a keyed pseudonym", personal="keyed"),
        _column("day", "date", "日期", "day"),
        _column("invited", "int", "邀请人数", "people invited", "person"),
        _column("joined", "int", "裂变新客数", "new people who came", "person"),
        _column("reward_cost", "money", "奖励成本", "cost of rewards", "currency"),
    ),
)

EVENTS = CanonicalTable(
    name="events",
    title=Text(zh="行为事件", en="Events"),
    grain=Text(zh="一行是一位客户的一个行为", en="one action of one customer"),
    brought_by=Text(zh="小程序/商城行为日志（浏览、加购、预约）", en="behaviour logs of the mini-program or shop"),
    columns=(
        _column(
            "customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed", required=True
        ),
        _column("happened_at", "timestamp", "发生时间", "time", required=True),
        _column("kind", "string", "行为", "kind of action", required=True),
        _column("product_id", "string", "商品编码", "product code"),
        _column("channel", "string", "渠道", "channel"),
    ),
)

FEEDBACK = CanonicalTable(
    name="feedback",
    title=Text(zh="评价与调研", en="Feedback"),
    grain=Text(zh="一行是一条评价或答卷", en="one review or answer"),
    brought_by=Text(zh="评价导出、表单答卷", en="review exports and survey answers"),
    columns=(
        _column("day", "date", "日期", "day"),
        _column("channel", "string", "渠道", "channel"),
        _column("product_id", "string", "商品编码", "product code"),
        _column("score", "float", "评分", "score"),
        _column("words", "string", "内容（已去除个人信息）", "words, personal data removed"),
    ),
)

CANONICAL_TABLES: dict[str, CanonicalTable] = {
    table.name: table
    for table in (
        ORDER_LINES,
        CUSTOMERS,
        PRODUCTS,
        TRAFFIC,
        CONTACTS,
        GROUPS,
        GROUP_DAYS,
        STAFF_DAYS,
        STORES,
        STORE_MONTHS,
        ENTRY_DAYS,
        LIVE_SESSIONS,
        CAMPAIGNS,
        TOUCHES,
        REFERRALS,
        EVENTS,
        FEEDBACK,
    )
}
