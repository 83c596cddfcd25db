"""The canonical tables: every column with its type, unit, meaning and whether it may hold personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.model.canonical import MONEY_TYPE, CanonicalTable, Column, Type, describe_column
from diagnostics.model.care_tables import CARE_TABLES
from diagnostics.model.money_tables import MONEY_TABLES
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

    from diagnostics.model.engagement import Engagement
    from diagnostics.model.section import NotComputable

__all__ = ["CANONICAL_TABLES", "MONEY_TYPE", "Answers", "CanonicalTable", "Column", "Tables", "Type"]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What came back for a check's queries, one frame each, and what a reader must know of how it came."""

    frames: Mapping[str, pd.DataFrame]
    caveats: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The canonical tables of one client on an engine.

    `available` names, per table, the columns that hold at least one value; `fetch` runs an expression.
    `share` marks an expression that several queries build on: an engine may work it out once and keep it;
    where SQL is only printed it stays what it is. `keep` does the same for all processes and later runs, for the few
    expressions that several wings build on; without `share_on_disk` it is `share`.
    `close` gives back what the engine holds; nothing can be asked then.
    `answer` stands in for `fetch` where a check's queries were run elsewhere: it is told the check and its queries.
    A missing table can't be asked for: checks state what they need, and are not run without it.
    """

    by_name: Mapping[str, ir.Table]
    available: Mapping[str, frozenset[str]]
    engagement: Engagement
    fetch: Callable[[ir.Table], pd.DataFrame]
    share: Callable[[ir.Table], ir.Table] = lambda expression: expression
    share_on_disk: Callable[[ir.Table], ir.Table] | None = None
    close: Callable[[], None] = lambda: None
    answer: Callable[[str, Mapping[str, ir.Table]], Answers | NotComputable] | None = None

    def __getitem__(self, name: str) -> ir.Table:
        return self.by_name[name]

    def keep(self, expression: ir.Table) -> ir.Table:
        """An expression that several wings build on, worked out once for a vault where the engine can."""
        return (self.share_on_disk or self.share)(expression)

    def has(self, table: str, *columns: str) -> bool:
        """Whether the table is there and every named column holds a value."""
        return table in self.by_name and set(columns) <= self.available.get(table, frozenset())


ORDER_LINES = CanonicalTable(
    name="order_lines",
    title=Text(zh="订单明细", en="Order lines"),
    grain=Text(
        zh="一行是一个订单里的一件商品；未付款的订单不进表", en="one product of one order; unpaid orders are left out"
    ),
    brought_by=Text(zh="各平台订单报表与宝贝（商品明细）报表", en="order and item reports of each platform"),
    columns=(
        describe_column("line_id", "string", "行号，唯一", "line id, unique", required=True),
        describe_column("order_id", "string", "主订单号", "order id", required=True),
        describe_column("channel", "string", "销售渠道", "sales channel", required=True),
        describe_column("shop", "string", "店铺", "shop"),
        describe_column("customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed"),
        describe_column(
            "ordered_at", "timestamp", "付款时间，缺失时用下单时间", "time paid, else time created", required=True
        ),
        describe_column("product_id", "string", "商品编码", "product code"),
        describe_column("product", "string", "商品名称", "product name"),
        describe_column("category", "string", "品类", "category"),
        describe_column("quantity", "float", "件数；退货行为 0", "units; 0 on a return line", "unit", required=True),
        describe_column("list_amount", "money", "优惠前金额", "amount before discounts", "currency"),
        describe_column(
            "paid_amount",
            "money",
            "买家实付；退货行为 0",
            "paid by the buyer; 0 on a return line",
            "currency",
            required=True,
        ),
        describe_column("refund_amount", "money", "已退款金额", "amount refunded", "currency", required=True),
        describe_column("is_return", "bool", "只退不买的行（取消单）", "a line that only takes back", required=True),
        describe_column("used_coupon", "bool", "是否用券", "whether a coupon was used"),
        describe_column("is_member", "bool", "下单时是否会员", "whether a member when ordering"),
        describe_column(
            "is_private",
            "bool",
            "是否私域成交（按需求表归因规则）",
            "whether sold in the private domain, by the sheet's rule",
        ),
        describe_column("source", "string", "流量来源", "traffic source"),
        describe_column(
            "promoter",
            "string",
            "带货者：达人或分销员（键控代号）",
            "influencer or reseller, a keyed code",
            personal="keyed",
        ),
        describe_column("staff", "string", "导购（键控代号）", "staff, a keyed code", personal="keyed"),
        describe_column("store", "string", "门店", "store"),
        describe_column("region", "string", "省份或地区", "province or region"),
    ),
)

CUSTOMERS = CanonicalTable(
    name="customers",
    title=Text(zh="客户与会员", en="Customers and members"),
    grain=Text(zh="一行是一个渠道里的一位客户", en="one customer in one channel"),
    brought_by=Text(zh="会员/客户导出（有赞客户、CRM 会员表）", en="member or customer exports"),
    columns=(
        describe_column(
            "customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed", required=True
        ),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("became_customer_on", "date", "成为客户日", "day of becoming a customer"),
        describe_column("joined_on", "date", "入会日", "day of joining as a member"),
        describe_column("is_member", "bool", "是否会员", "whether a member"),
        describe_column("tier", "string", "等级", "tier"),
        describe_column("is_contact", "bool", "是否企微好友", "whether a WeCom contact"),
        describe_column("source", "string", "来源渠道", "where the customer came from"),
        describe_column("region", "string", "地区", "region"),
        describe_column("tags", "string", "标签", "tags"),
        describe_column(
            "staff", "string", "所属导购（键控代号）", "staff bound to the customer, a keyed code", personal="keyed"
        ),
        describe_column("store", "string", "入会门店", "store of joining"),
        describe_column("points", "float", "积分余额", "points held", "point"),
        describe_column("stored_value", "money", "储值余额", "stored value held", "currency"),
    ),
)

PRODUCTS = CanonicalTable(
    name="products",
    title=Text(zh="商品与成本", en="Products and cost"),
    grain=Text(zh="一行是一个商品编码", en="one product code"),
    brought_by=Text(zh="商品档案（含成本、吊牌价、品类）", en="the item master with cost, list price and category"),
    columns=(
        describe_column("product_id", "string", "商品编码", "product code", required=True),
        describe_column("product", "string", "商品名称", "product name"),
        describe_column("category", "string", "品类", "category"),
        describe_column("brand", "string", "品牌", "brand"),
        describe_column("list_price", "money", "吊牌价", "list price", "currency"),
        describe_column("unit_cost", "money", "单件成本", "cost of one unit", "currency"),
        describe_column("launched_on", "date", "上市日", "day of launch"),
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
        describe_column("starts_on", "date", "起始日（含）", "first day", required=True),
        describe_column("ends_on", "date", "结束日（不含）", "day after the last", required=True),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("shop", "string", "店铺", "shop"),
        describe_column("source", "string", "一级来源", "first-level source"),
        describe_column("product_id", "string", "商品编码；全店为空", "product code; empty for the whole shop"),
        describe_column("visitors", "int", "期内去重访客", "distinct visitors in the period", "person", required=True),
        describe_column("views", "int", "浏览量", "page views", "view"),
        describe_column("new_visitors", "int", "新访客数", "visitors who came for the first time", "person"),
        describe_column("saved", "int", "收藏人数", "people who saved a product", "person"),
        describe_column("carted", "int", "加购人数", "people who put a product into the cart", "person"),
        describe_column("buyers", "int", "支付买家数", "buyers", "person"),
        describe_column("paid_amount", "money", "支付金额", "paid amount", "currency"),
        describe_column("new_buyers", "int", "新买家数", "new buyers", "person"),
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
        describe_column(
            "contact", "string", "联系人（键控假名）", "contact, a keyed pseudonym", personal="keyed", required=True
        ),
        describe_column(
            "customer", "string", "对应客户（键控假名）", "the customer it is, a keyed pseudonym", personal="keyed"
        ),
        describe_column("staff", "string", "员工（键控代号）", "staff, a keyed code", personal="keyed"),
        describe_column("added_at", "timestamp", "添加时间", "time added"),
        describe_column("lost_at", "timestamp", "流失时间", "time lost"),
        describe_column("way", "string", "添加方式", "way of adding"),
        describe_column("source", "string", "渠道码（state）", "source code (state)"),
        describe_column("store", "string", "门店", "store"),
        describe_column("tags", "string", "标签", "tags"),
    ),
)

GROUPS = CanonicalTable(
    name="groups",
    title=Text(zh="社群", en="Groups"),
    grain=Text(zh="一行是一个群", en="one group"),
    brought_by=Text(zh="企业微信客户群列表", en="the WeCom group list"),
    columns=(
        describe_column("group", "string", "群代号", "group code", required=True),
        describe_column("owner", "string", "群主（键控代号）", "owner, a keyed code", personal="keyed"),
        describe_column("kind", "string", "群类型", "kind of group"),
        describe_column("store", "string", "门店", "store"),
        describe_column("created_on", "date", "建群日", "day of creation"),
        describe_column("members", "int", "成员数", "members", "person"),
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
        describe_column("day", "date", "日期", "day", required=True),
        describe_column("group", "string", "群代号；汇总为空", "group code; empty for all"),
        describe_column("owner", "string", "群主（键控代号）", "owner, a keyed code", personal="keyed"),
        describe_column("groups_total", "int", "群总数", "groups", "group"),
        describe_column("groups_active", "int", "有消息的群", "groups with a message", "group"),
        describe_column("groups_new", "int", "新增群", "groups opened", "group"),
        describe_column("groups_closed", "int", "解散群", "groups closed", "group"),
        describe_column("members_total", "int", "群成员总数", "members", "person"),
        describe_column("members_active", "int", "发过言的成员", "members who spoke", "person"),
        describe_column("members_joined", "int", "入群人数", "members who joined", "person"),
        describe_column("members_left", "int", "退群人数", "members who left", "person"),
        describe_column("messages", "int", "消息数", "messages", "message"),
        describe_column("staff_messages", "int", "企业消息数", "messages by the company", "message"),
    ),
)

STAFF_DAYS = CanonicalTable(
    name="staff_days",
    title=Text(zh="员工日统计", en="Staff statistics by day"),
    grain=Text(
        zh="一行是一位员工的一天；没有员工的行是全公司的一天",
        en="one day of one staff account; a row without staff is a day of the whole company",
    ),
    brought_by=Text(zh="企业微信联系客户统计", en="the WeCom behaviour statistics"),
    columns=(
        describe_column("day", "date", "日期", "day", required=True),
        describe_column("staff", "string", "员工（键控代号）", "staff, a keyed code", personal="keyed"),
        describe_column("store", "string", "门店", "store"),
        describe_column("applied", "int", "发起申请数", "requests sent", "person"),
        describe_column("added", "int", "新增客户数", "contacts added", "person"),
        describe_column("contacts_total", "int", "客户总数", "contacts held", "person"),
        describe_column("chats", "int", "单聊数", "chats", "chat"),
        describe_column("messages", "int", "发送消息数", "messages sent", "message"),
        describe_column("reply_share", "float", "当日回复占比", "share of chats answered the same day", "share"),
        describe_column("reply_minutes", "float", "平均首次回复分钟", "minutes to the first reply", "minute"),
        describe_column("blocked", "int", "被删除/拉黑数", "customers who deleted or blocked", "person"),
    ),
)

STORES = CanonicalTable(
    name="stores",
    title=Text(zh="门店", en="Stores"),
    grain=Text(zh="一行是一家门店", en="one store"),
    brought_by=Text(zh="门店档案", en="the store master"),
    columns=(
        describe_column("store", "string", "门店编码", "store code", required=True),
        describe_column("city", "string", "城市", "city"),
        describe_column("region", "string", "大区", "region"),
        describe_column("ownership", "string", "归属（直营/加盟/经销）", "ownership"),
        describe_column("staff_count", "int", "员工数", "number of staff", "person"),
    ),
)

STORE_MONTHS = CanonicalTable(
    name="store_months",
    title=Text(zh="门店月目标", en="Store targets by month"),
    grain=Text(zh="一行是一家门店一个月的一项目标", en="one target of one store in one month"),
    brought_by=Text(zh="门店目标分解表", en="the store target sheet"),
    columns=(
        describe_column("month", "date", "月份（当月 1 日）", "month, its first day", required=True),
        describe_column("store", "string", "门店编码", "store code", required=True),
        describe_column("metric", "string", "目标项：sales 或 adds", "what is targeted: sales or adds", required=True),
        describe_column("target", "float", "目标值", "target", required=True),
        describe_column(
            "actual", "float", "实际值；空则由订单或加粉计算", "actual; if empty, computed from orders or adds"
        ),
    ),
)

ENTRY_DAYS = CanonicalTable(
    name="entry_days",
    title=Text(zh="私域入口日统计", en="Entrances to the private domain by day"),
    grain=Text(
        zh="一行是一个入口（门店、活码、裂变任务）的一天；同一位客户可能出现在几类入口",
        en="one day of one entrance (store, code, referral task); kinds of entrance overlap",
    ),
    brought_by=Text(
        zh="门店导购、门店群、活码扫码与裂变统计",
        en="store guide, store group, code and referral statistics of the SCRM",
    ),
    columns=(
        describe_column("day", "date", "日期", "day", required=True),
        describe_column("entrance", "string", "入口", "entrance", required=True),
        describe_column(
            "kind",
            "string",
            "入口类型：guide 导购、group 群、code 活码、referral 裂变",
            "kind: guide, group, code or referral",
        ),
        describe_column("store", "string", "门店编码", "store code"),
        describe_column("region", "string", "地区", "region"),
        describe_column("scans", "int", "扫码/点击人次", "scans or clicks", "scan"),
        describe_column("visits", "int", "短链访问次数", "visits by short link", "visit"),
        describe_column("referrers", "int", "完成裂变任务的老客", "customers who completed a referral task", "person"),
        describe_column("added", "int", "新增好友", "contacts added", "person"),
        describe_column("group_joined", "int", "入群", "joined a group", "person"),
        describe_column("group_left", "int", "退群", "left a group", "person"),
        describe_column("lost", "int", "流失好友", "contacts lost", "person"),
    ),
)

LIVE_SESSIONS = CanonicalTable(
    name="live_sessions",
    title=Text(zh="直播场次", en="Live sessions"),
    grain=Text(zh="一行是一场直播", en="one live session"),
    brought_by=Text(zh="抖音罗盘、淘宝直播分场次", en="session reports of Douyin Compass or Taobao Live"),
    columns=(
        describe_column("session", "string", "场次", "session", required=True),
        describe_column("channel", "string", "渠道", "channel", required=True),
        describe_column("anchor", "string", "主播（键控代号）", "anchor, a keyed code", personal="keyed"),
        describe_column("starts_at", "timestamp", "开播时间", "start", required=True),
        describe_column("title", "string", "直播标题", "title"),
        describe_column("department", "string", "部门", "department"),
        describe_column("minutes", "float", "直播时长", "length", "minute"),
        describe_column("exposed", "int", "曝光人数", "people exposed", "person"),
        describe_column("viewers", "int", "观看人数", "viewers", "person"),
        describe_column("views", "int", "观看次数", "views", "view"),
        describe_column("product_exposed", "int", "商品曝光人数", "people shown a product", "person"),
        describe_column("product_clicked", "int", "商品点击人数", "people who clicked a product", "person"),
        describe_column("product_added", "int", "商品加购人数", "people who put a product into the cart", "person"),
        describe_column("buyers", "int", "成交人数", "buyers", "person"),
        describe_column("orders", "int", "成交笔数", "orders", "order"),
        describe_column("units", "int", "成交件数", "units", "unit"),
        describe_column("paid_amount", "money", "成交金额", "paid amount", "currency"),
        describe_column("new_fans", "int", "新增粉丝", "new fans", "person"),
    ),
)

CAMPAIGNS = CanonicalTable(
    name="campaigns",
    title=Text(zh="活动与投放", en="Campaigns and spend"),
    grain=Text(zh="一行是一场活动在一个渠道的投入", en="one campaign in one channel"),
    brought_by=Text(zh="营销日历与投放费用表", en="the campaign calendar with its cost"),
    columns=(
        describe_column("campaign", "string", "活动", "campaign", required=True),
        describe_column("channel", "string", "渠道", "channel"),
        describe_column("kind", "string", "类型", "kind"),
        describe_column("starts_on", "date", "起始日（含）", "first day", required=True),
        describe_column("ends_on", "date", "结束日（不含）", "day after the last", required=True),
        describe_column("cost", "money", "费用", "cost", "currency"),
    ),
)

TOUCHES = CanonicalTable(
    name="touches",
    title=Text(zh="触达", en="Touches"),
    grain=Text(zh="一行是一次对一位客户的触达", en="one touch of one customer"),
    brought_by=Text(zh="群发/短信/自动化触达记录", en="logs of mass sends, SMS or automation"),
    columns=(
        describe_column(
            "customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed", required=True
        ),
        describe_column("touched_at", "timestamp", "触达时间", "time of the touch", required=True),
        describe_column("kind", "string", "触达类型", "kind of touch"),
        describe_column("campaign", "string", "活动", "campaign"),
        describe_column("answered", "bool", "是否响应", "whether it was answered"),
    ),
)

REFERRALS = CanonicalTable(
    name="referrals",
    title=Text(zh="裂变与转介绍", en="Referrals"),
    grain=Text(
        zh="一行是一位老客在一场裂变中的结果；导出没有编号的老客不编造假名",
        en="one referrer's result in one campaign; a referrer without an id has no pseudonym",
    ),
    brought_by=Text(zh="任务裂变导出", en="the referral task export"),
    columns=(
        describe_column("campaign", "string", "活动", "campaign"),
        describe_column("referrer", "string", "老客（键控假名）", "referrer, a keyed pseudonym", personal="keyed"),
        describe_column(
            "staff", "string", "发送员工（键控代号）", "staff who sent the task, a keyed code", personal="keyed"
        ),
        describe_column("completed", "bool", "是否完成任务", "whether the task was completed"),
        describe_column("day", "date", "日期", "day"),
        describe_column("invited", "int", "邀请人数", "people invited", "person"),
        describe_column("joined", "int", "裂变新客数", "new people who came", "person"),
        describe_column("reward_cost", "money", "奖励成本", "cost of rewards", "currency"),
    ),
)

EVENTS = CanonicalTable(
    name="events",
    title=Text(zh="行为事件", en="Events"),
    grain=Text(
        zh="一行是一位客户的一个行为；导出没有客户编号时客户为空",
        en="one action of one customer; the customer is empty if the export has no id",
    ),
    brought_by=Text(
        zh="小程序/商城行为日志（浏览、加购、预约）、朋友圈互动明细",
        en="behaviour logs of the mini-program or shop, reactions to moments",
    ),
    columns=(
        describe_column("customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed"),
        describe_column("happened_at", "timestamp", "发生时间", "time", required=True),
        describe_column("kind", "string", "行为", "kind of action", required=True),
        describe_column("product_id", "string", "商品编码", "product code"),
        describe_column("channel", "string", "渠道", "channel"),
        describe_column("staff", "string", "对应员工（键控代号）", "staff concerned, a keyed code", personal="keyed"),
    ),
)

FEEDBACK = CanonicalTable(
    name="feedback",
    title=Text(zh="评价与调研", en="Feedback"),
    grain=Text(zh="一行是一条评价或答卷", en="one review or answer"),
    brought_by=Text(zh="评价导出、表单答卷", en="review exports and survey answers"),
    columns=(
        describe_column("day", "date", "日期", "day"),
        describe_column("channel", "string", "渠道", "channel"),
        describe_column("customer", "string", "客户（键控假名）", "customer, a keyed pseudonym", personal="keyed"),
        describe_column("is_contact", "bool", "是否企业客户", "whether a contact of the company"),
        describe_column("source", "string", "投放渠道", "where it was asked"),
        describe_column("question", "string", "问题", "question"),
        describe_column("product_id", "string", "商品编码", "product code"),
        describe_column("score", "float", "评分", "score"),
        describe_column("words", "string", "内容（已去除个人信息）", "words, personal data removed"),
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
        *MONEY_TABLES,
        *CARE_TABLES,
    )
}
