"""What the question on the closed loop says, and what platforms allow each container."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="资产放在哪些容器里、够得着吗，每个渠道有自己的社群承接吗，从引流到付款、履约、数据回流闭上环了吗？",
    en="In which containers do the assets lie, does every channel have groups of its own to catch its customers, and "
    "does the loop close from traffic to data?",
)
DEFINITION = Text(
    zh="依需求表判断。容器之间的用户会重复，不相加，只与最大的容器比。闭环五段各按一条事实判断：流量 = 有公域来源，"
    "且触点的入口码齐；商品 = 有自己的成交场；支付 = 钱在自己的场里收（自有商城、小程序、门店）；履约 = "
    "写明了履约方式；数据 = 企微或会员类系统以接口或实时对接。段内只满足一半的记“半通”，需求表没答的记“未知”，"
    "不当作断。触达定义的三问（任何时间、任意频次、不付费）按平台公开的规则判断：没有一个容器三样全有，"
    "能做到两样的才算自有触达。社群：写了渠道的群归该渠道，只写"
    "门店的归线下门店，都没写的单列，不猜；会员未打通、又没有自己社群的渠道是缺口，打通之前先建群承接。同一个人"
    "可能在多个群里，人数不跨渠道相加。",
    en="Judged from the sheet. Containers share users, so they are not added but held against the largest. Five parts "
    "of the loop, each by a fact: traffic = public pools are stated and touchpoints have entry codes; product = there "
    "is an own place to sell; payment = money is taken there (own shop, mini-program, store); delivery = the way of "
    "delivery is stated; data = a WeCom or membership system is connected by API or in real time. A part with half of "
    "it is half open; what the sheet leaves open is unknown and not broken. The test of reach (any time, any "
    "frequency, free) goes by the platforms' public rules: no container passes all three, one that passes two counts "
    "as reach of one's own. Groups go to the channel they state, or to the stores if they state a store only; others "
    "stay apart and are not guessed. A channel whose members are not bridged and that has no group is a gap: start a "
    "group until the bridge is there. People may be in several groups, so members do not add up over channels.",
)
NO_CONTAINERS = Text(
    zh="需求表没有写私域容器，资产在哪、闭环通不通无从判断：请填私域容器。",
    en="The sheet lists no private-domain container, so where assets lie and whether the loop closes is open: fill in "
    "the containers.",
)
NO_GROUPS = Text(
    zh="需求表没有写社群清单，看不出各渠道有没有自己的社群：请填社群清单与会员打通情况。",
    en="The sheet lists no groups, so which channels have their own is open: fill in the group list and the state of "
    "bridging.",
)
NOTHING_STATED = Text(
    zh="需求表没有回答「私域容器」和「社群清单」",
    en="the requirement sheet leaves “Private-domain containers” and “Group list” open",
)
UNLOCKED_BY = Text(zh="需求表：私域容器、社群清单", en="the requirement sheet: private-domain containers or group list")
ANSWER = Text(
    zh="私域资产放在 {n} 类容器里，最大的是{first}（{users} 人）；其中 {own} 类算得上自有触达。闭环五段里 {closed} "
    "段通{rest}。",
    en="Assets lie in {n} kinds of container, the largest is {first} ({users} users); {own} of them count as reach of "
    "one's own. Of five parts of the loop {closed} are closed{rest}.",
)
REST = Text(zh="，还差{names}", en="; still open: {names}")
UNKNOWN_PARTS = Text(zh="，未知的有{names}", en="; unknown: {names}")
RISK = Text(
    zh="个人微信里的好友属于员工个人，离职即流失，不能算企业资产；先迁到企业微信。",
    en="Contacts on personal WeChat belong to the employee and leave with them: move them to WeCom first.",
)
CONTAINERS = {
    "wecom": Text(zh="企业微信", en="WeCom"),
    "personal_wechat": Text(zh="个人微信", en="Personal WeChat"),
    "group": Text(zh="社群", en="Groups"),
    "official_account": Text(zh="公众号", en="Official account"),
    "miniprogram": Text(zh="小程序", en="Mini-program"),
    "channels": Text(zh="视频号", en="WeChat Channels"),
    "app": Text(zh="自有 APP", en="Own app"),
    "sms": Text(zh="短信", en="SMS"),
}
TOOLS = {
    "wecom": Text(zh="客户资产：好友归企业，离职可继承", en="Asset: contacts belong to the company"),
    "personal_wechat": Text(zh="熟人关系：亲近，但归个人", en="Acquaintance: close, but personal property"),
    "group": Text(zh="熟络与活跃：多对多互动", en="Acquaintance in numbers: many to many"),
    "official_account": Text(zh="品牌发声：内容与服务通知", en="The brand's voice: content and notices"),
    "miniprogram": Text(zh="成交与服务：下单、会员、售后", en="Deal and service: orders, membership, after-sales"),
    "channels": Text(zh="直播与会面：集中变现、拉新", en="Live meeting: sells in bursts, brings new people"),
    "app": Text(zh="最深的容器：自有数据，拉新贵", en="The deepest container: own data, dear to fill"),
    "sms": Text(zh="唤醒：覆盖广，按条付费", en="Wake-up call: wide, paid by the message"),
}
# Any time, how often, whether free; True, False or None where it depends on a person.
REACH: dict[str, tuple[bool, bool, bool, Text]] = {
    "wecom": (
        True,
        False,
        True,
        Text(
            zh="单聊不限；群发须员工确认，每位客户每月至多当月天数条（企业微信开发文档，2025-11）",
            en="chats without limit; mass messages are confirmed by staff, at most as many a month as it has days "
            "(WeCom developer documents, 2025-11)",
        ),
    ),
    "personal_wechat": (
        True,
        False,
        True,
        Text(
            zh="无公开上限，但批量营销会被限制账号", en="no stated limit, but accounts that mass-market are restricted"
        ),
    ),
    "group": (
        True,
        False,
        True,
        Text(
            zh="群内发言不限；群发每群每月至多当月天数条（企业微信开发文档，2025-11）",
            en="talk without limit; mass messages at most as many a month as it has days (WeCom developer documents, "
            "2025-11)",
        ),
    ),
    "official_account": (
        False,
        False,
        True,
        Text(
            zh="订阅号每天群发 1 次，服务号的用户每月至多收 4 条（微信公众平台文档）",
            en="subscription accounts send once a day, users of service accounts receive 4 a month (WeChat documents)",
        ),
    ),
    "miniprogram": (
        False,
        False,
        True,
        Text(zh="订阅消息：用户授权一次发一条", en="one subscribed message for each consent of the user"),
    ),
    "channels": (
        False,
        False,
        True,
        Text(zh="预约提醒与推荐，主动权在平台", en="reminders and recommendation; the platform decides"),
    ),
    "app": (True, True, True, Text(zh="推送需用户开启通知", en="push needs the user's consent")),
    "sms": (True, False, False, Text(zh="按条付费，须可退订", en="paid by the message, with a way out")),
}
PARTS = {
    "traffic": Text(zh="流量", en="traffic"),
    "product": Text(zh="商品", en="product"),
    "payment": Text(zh="支付", en="payment"),
    "delivery": Text(zh="履约", en="delivery"),
    "data": Text(zh="数据回流", en="data"),
}
VERDICTS = {
    "closed": Text(zh="通", en="closed"),
    "half": Text(zh="半通", en="half open"),
    "open": Text(zh="断", en="open"),
    "unknown": Text(zh="未知", en="unknown"),
}
FACTS = {
    "traffic": Text(
        zh="公域来源 {pools} 个；触点 {points} 个，有入口码 {coded} 个",
        en="{pools} public pools; {coded} of {points} touchpoints have an entry code",
    ),
    "product": Text(zh="自己的成交场：{names}", en="own places to sell: {names}"),
    "payment": Text(zh="在自己的场里收款：{names}", en="money taken at: {names}"),
    "delivery": Text(zh="履约方式：{names}", en="ways of delivery: {names}"),
    "data": Text(
        zh="系统 {systems} 个，接口或实时对接 {live} 个",
        en="{live} of {systems} systems connected by API or in real time",
    ),
}
NONE = Text(zh="没有", en="none")
NOT_STATED = Text(zh="需求表没有写", en="the sheet does not state it")
FULFILMENT = {
    "express": Text(zh="快递", en="express"),
    "self_delivery": Text(zh="自配送", en="own delivery"),
    "third_party_delivery": Text(zh="第三方配送", en="delivery platform"),
    "pickup": Text(zh="到店自提", en="pick-up in store"),
    "onsite": Text(zh="上门服务", en="in person"),
}
POLICIES = {
    "single_channel": Text(zh="单一渠道", en="one channel only"),
    "all_channel_neutral": Text(zh="全渠道中立", en="the same link for all channels"),
    "by_group": Text(zh="按人群区分", en="by customer group"),
}
POLICY_NOTE = Text(
    zh="全渠道中立：内容和评论区同时给出各渠道官方链接，由客户选习惯的地方买。本表列触点的下一步通到哪里，供核对。"
    "需求表写的策略：{policy}。",
    en="Neutral: content and comments carry the official links of all channels, and customers buy where they like. The "
    "table lists where each touchpoint leads, to be checked. The sheet's policy: {policy}.",
)
YES, NO = Text(zh="能", en="yes"), Text(zh="不能", en="no")
OWN, BORROWED = Text(zh="自有触达", en="own reach"), Text(zh="借来的触达", en="borrowed reach")
IN_USE, MISSING = Text(zh="在用", en="in use"), Text(zh="没有用", en="not used")
AXIS = Text(zh="用户数（各容器会重复）", en="Users (containers share them)")
