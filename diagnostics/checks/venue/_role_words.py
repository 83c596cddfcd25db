"""What the question on the map of venues says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="从公域到私域，各个场各担什么角色，人和订单怎么交接，各自排了哪些玩法？",
    en="From public platforms to the private domain: which part does each venue play, how are people handed on, and "
    "which activities are planned on each?",
)
DEFINITION = Text(
    zh="场 = 渠道，有直播来源的订单单独成场。波动 = 每天订单数超出偶然的变异系数（0 为均匀，≥ {uneven} "
    "算集中在少数日子）；回头单 = 客户首购日之后的订单 ÷ 有身份的订单，与其他场之差用 Newcombe 区间并按场数校正。"
    "角色：波动大的适合做活动（短时变现），回头单明显多且均匀的适合做长尾（长期转化与复购），回头单明显少的是入口，"
    "其余为常销。交接 = 本期先在该渠道买、后成为好友的人，与先是好友、后在该渠道首购的人；是先后，不是因果。有序订单 "
    "= 由店铺、小程序或收银直接成单；来源写着电话、私聊、接龙或经企业微信手工登记的为无序。组合按“要素是否齐、"
    "承担多少销售额”选，规则见表。销售额只算卖出的行，另行登记的退货行不减，因此可能高于净 GMV。"
    "玩法依需求表的营销节点，按渠道和活动类型数次数，没写渠道的归“全部渠道”；两个平台的活动类型完全相同，记为同一套；"
    "主要销售渠道里一次都没排的列为空白。次数是计划，不是效果。",
    en="A venue is a channel; orders whose source is a live show are a venue of their own. Bursts = variation of daily "
    "orders beyond chance (0 is even; {uneven} and more means few days carry it). Repeat orders = orders after a "
    "customer's first day over orders with a known customer, against the other venues (Newcombe, corrected for their "
    "number). Parts: bursts suit events, many repeat orders sold evenly suit the long tail, few repeat orders make an "
    "entrance, the rest sells steadily. Handed on = people who bought there first and were added after, and people "
    "who were contacts first and then bought there for the first time: an order in time, no effect. Structured orders "
    "are taken by a shop, mini-program or till; those whose source says phone, chat or hand-work are not. "
    "The combination is chosen by whether its parts are there and how much of sales they carry. Sales are those of "
    "selling lines: returns booked on lines of their own are not taken off, so they may exceed GMV net of refunds. "
    "Activities come from the sheet's calendar, counted by channel and kind, those without a channel for all; two "
    "platforms with just the same kinds play the same, sales channels without any are blank. Counts are plans, no "
    "effects.",
)
NO_SALES = Text(zh="本期没有成交金额", en="nothing was earned in the period")
ANSWER = Text(
    zh="公域平台占销售额 {public}、带来 {first} 的首购，私域承担 {private} 的销售额；{role}{structured}。",
    en="Public platforms hold {public} of sales and bring {first} of first orders, the private domain carries "
    "{private} of sales; {role}{structured}.",
)
ANSWER_UNPLACED = Text(
    zh="{n} 个场里{role}{structured}；渠道名看不出属于公域还是自有。",
    en="Of {n} venues {role}{structured}; names don't tell which are public and which are the client's own.",
)
ROLE_BEST = Text(zh="最像长尾复购场的是{name}", en="the best for the long tail is {name}")
ROLE_EVENT = Text(zh="最像活动场的是{name}", en="the best for events is {name}")
ROLE_BOTH = Text(zh="长尾靠{tail}，活动靠{event}", en="{tail} is for the long tail, {event} for events")
ROLE_NONE = Text(zh="各场的角色没有明显分工", en="venues don't differ clearly in their part")
STRUCTURED = Text(zh="；有序订单占 {share}", en="; {share} of orders are structured (taken by a shop or till)")
COMBINATION = Text(
    zh="建议组合：{name}（要素齐，承担 {share} 的销售额）。",
    en="Recommended combination: {name} (all parts there, {share} of sales).",
)
INCOMPLETE = Text(
    zh="建议组合：{name}，还差{lacking}。",
    en="Recommended combination: {name}; still missing: {lacking}.",
)
NO_RULE = Text(
    zh="需求表没有私域归因规则，私域的销售额按渠道名归类，只作参照。",
    en="The sheet has no rule for what counts as private; private sales are told by channel names only.",
)
NO_CONTACTS = Text(
    zh="没有能与客户对上的联系人名单，交接人数空着；企业微信客户列表可补。",
    en="No contact list that can be matched to customers: who is handed on can't be told; the WeCom list would show "
    "it.",
)
ROLES = {
    "long_tail": Text(zh="长尾：长期转化与复购", en="Long tail: converts and sells again"),
    "event": Text(zh="活动：短时间变现", en="Events: sells in bursts"),
    "event_entrance": Text(zh="活动入口：集中拉新", en="Events that bring new customers"),
    "entrance": Text(zh="入口：拉新为主", en="Entrance: mostly new customers"),
    "steady": Text(zh="常销", en="Sells steadily"),
    "few": Text(zh="单量太少，不判", en="Too few orders to tell"),
}
LIVE = Text(zh="{channel}（直播）", en="{channel}, live")
PARTS = {
    "live": Text(zh="直播", en="live selling"),
    "group": Text(zh="社群", en="groups"),
    "mini": Text(zh="小程序或自有商城", en="mini-program or own shop"),
    "contact": Text(zh="企业微信好友", en="WeCom contacts"),
    "store": Text(zh="门店", en="stores"),
    "content": Text(zh="内容平台", en="content platforms"),
}
COMBINATIONS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "all": (
        Text(zh="直播 + 社群 + 小程序 + 私域好友", en="Live + groups + mini-program + contacts"),
        ("live", "group", "mini", "contact"),
    ),
    "store": (
        Text(zh="门店 + 企业微信 + 社群 + 小程序", en="Stores + WeCom + groups + mini-program"),
        ("store", "contact", "group", "mini"),
    ),
    "content": (
        Text(zh="内容种草 + 企业微信 + 小程序", en="Content + WeCom + mini-program"),
        ("content", "contact", "mini"),
    ),
    "plain": (Text(zh="社群 + 小程序", en="Groups + mini-program"), ("group", "mini")),
}
READY = Text(zh="齐", en="there")
RULE = Text(
    zh="选法：先看要素齐不齐；齐的里面取各要素渠道合计 GMV 占比最高的，相同取要素多的；都不齐时取缺得最少的。"
    "占比含重叠，不可相加。",
    en="Rule: combinations whose parts are all there come first, of these the one whose channels carry most GMV, then "
    "the one with more parts; if none is whole, the one that lacks least. Shares overlap and are not to be added.",
)
VISITORS_NOTE = Text(
    zh="访客按平台口径相加，会重复；没有流量报表的域空着。",
    en="Visitors are added as platforms state them and repeat; domains without a traffic report stay empty.",
)
AXIS = Text(zh="回头单占比（后为波动系数）", en="Share of repeat orders (then bursts of daily orders)")
BURST = Text(zh="{share}  波动 {burst}", en="{share}  bursts {burst}")
