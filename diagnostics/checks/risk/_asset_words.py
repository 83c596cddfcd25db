"""What the page on whose hands customers are in is called, and what is said on it."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="客户握在谁手里：绑定了导购、无主，还是人一走就带走？",
    en="In whose hands are the customers: bound to a guide, nobody's, or lost when a person leaves?",
)
DEFINITION = Text(
    zh="绑定率 = 本期在门店购买、且是某位员工未流失好友的有身份客户 ÷ 本期门店的有身份买家，按客户最常去的门店计；区间 "
    "Wilson 95%。无主客户 = 没有绑定，或只绑定在最近 {window} 天没有任何动作的员工名下。本地会员 = "
    "会员所在地区包含门店所在城市名。"
    "会随人走的有三处：①用个人微信承接的客户，公司看不到也交接不了；②没有登记进系统的资产（通讯录、个微、线下名单），"
    "需求表写了人数而没有名单交来；③企业微信里只被一个员工号持有的客户，离职可以继承，但客户可以拒绝或删除。金额 = "
    "只被一人持有的买家本期成交折成一年，从 0（全部顺利交接）到全部（一个都没交接到）；"
    "单个员工的金额看得出集中在谁手里。个人微信的金额按已添加买家比未添加者多出的复购消费计，口径与各渠道私域触达率一节相同；"
    "没有可对应的名单时不折算。",
    en="Binding = known buyers of stores in the period who are contacts, not lost, of a named member of staff, over "
    "all known buyers of stores, each at the store of most orders; interval 95% (Wilson). Orphans have no guide, or "
    "only staff who did nothing in the last {window} days. Local members live in a region that names the city of a "
    "store. "
    "Three kinds leave with a person: customers on personal WeChat, whom the company neither sees nor can hand over; "
    "assets that no system records (address books, personal accounts, paper lists): the sheet states people but no "
    "list was handed over; and WeCom customers whom one staff account alone holds: they can be passed on when the "
    "person leaves, but may refuse or delete. Money = sales of the period to buyers whom one account alone holds, "
    "scaled to a year, from 0 (all handed over) to all (none). Personal WeChat is valued by what buyers who are "
    "contacts spend more on repeat purchases than others; without matched contacts it is not valued.",
)
NOTHING_KNOWN = Text(
    zh="需求表没有写容器与个人微信使用情况，没有企微好友名单，也看不出门店客户绑定了谁",
    en="the sheet tells of no containers or personal WeChat, no WeCom contacts were delivered, and whom customers of "
    "stores are bound to can't be told",
)
NO_ASSETS = Text(
    zh="看不出有多少客户会随人走：需求表没有写容器与个人微信使用情况，也没有企微好友名单；填写需求表的私域容器与是否仍用个人"
    "微信，或补企业微信客户导出（含员工）即可。",
    en="What would leave with persons can't be told: the sheet tells of no containers or personal WeChat, and no WeCom "
    "contacts were delivered; the sheet's containers and use of personal WeChat, or the WeCom contact export with "
    "staff, would show it.",
)
UNLOCK = Text(
    zh="需求表：私域容器、是否仍用个人微信、员工号矩阵；企业微信客户导出（含员工）；带门店与客户身份的订单",
    en="the sheet's containers, use of personal WeChat and accounts; the WeCom contact export with staff; orders with "
    "store and customer",
)
HELD = Text(
    zh="企业微信里 {sole} 位客户只被一个员工号持有，一年成交 {gmv}；前 {n} 个号占 {share}，任一人离职最多牵动 {most}。",
    en="In WeCom {sole} customers are held by one staff account alone, with sales of {gmv} a year; the first {n} "
    "accounts hold {share} of that, and one person leaving moves up to {most}.",
)
STATED = Text(zh="{use}{personal}{records}。", en="{use}{personal}{records}.")
USES: dict[str, Text] = {
    "no": Text(zh="不再用个人微信承接客户", en="Personal WeChat is no longer used for customers"),
    "partly": Text(zh="部分客户仍在员工个人微信上", en="Some customers are still on staff's personal WeChat"),
    "mainly": Text(zh="客户主要在员工个人微信上", en="Most customers are on staff's personal WeChat"),
}
USE_UNKNOWN = Text(zh="是否还用个人微信没有填写", en="Whether personal WeChat is used is not stated")
PERSONAL = Text(
    zh="；个人微信上约 {n} 人{money}，公司看不到也交接不了",
    en="; about {n} people are on it{money}, whom the company neither sees nor can hand over",
)
WORTH = Text(zh="，一年值 {low} 至 {high}", en=", worth {low} to {high} a year")
UNRECORDED = Text(zh="；没有名单可核的资产：{names}", en="; assets that no list bears out: {names}")
ALL_RECORDED = Text(
    zh="；填写的容器都有名单或统计可核", en="; every container stated is borne out by a list or statistics"
)
NO_HANDOVER = Text(
    zh="在职继承与离职继承由企业微信后台操作；本表看不到交接是否做过。",
    en="Handing over is done in the WeCom console; whether it was done can't be seen here.",
)
CONTAINERS: dict[str, tuple[Text, Text]] = {
    "wecom": (
        Text(zh="企业微信", en="WeCom"),
        Text(zh="公司：离职可继承，客户可拒绝", en="company: can be passed on, customers may refuse"),
    ),
    "personal_wechat": (
        Text(zh="个人微信", en="Personal WeChat"),
        Text(zh="个人：公司拿不到名单", en="the person: no list for the company"),
    ),
    "group": (
        Text(zh="社群", en="Groups"),
        Text(zh="公司，群主离职须转让", en="company; a leaving owner must pass it on"),
    ),
    "official_account": (Text(zh="公众号", en="Official account"), Text(zh="公司主体", en="company")),
    "miniprogram": (Text(zh="小程序", en="Mini-program"), Text(zh="公司主体", en="company")),
    "channels": (Text(zh="视频号", en="WeChat Channels"), Text(zh="看认证主体", en="whoever is certified")),
    "app": (Text(zh="自有应用", en="Own app"), Text(zh="公司主体", en="company")),
    "sms": (Text(zh="短信号码", en="Phone numbers for SMS"), Text(zh="公司，须有授权", en="company, with consent")),
}
STEPS: dict[str, Text] = {
    "wecom": Text(zh="每月导出客户名单存档", en="export and file the contact list monthly"),
    "personal_wechat": Text(
        zh="列出账号与人数，90 天内用权益迁到企业微信",
        en="list accounts and people; move them to WeCom in 90 days by a benefit",
    ),
    "group": Text(zh="群主改为公司持有的账号", en="let company-held accounts own the groups"),
    "official_account": Text(zh="导出用户增减与图文数据", en="export followers and articles"),
    "miniprogram": Text(zh="导出会员与访问数据", en="export members and visits"),
    "channels": Text(zh="核对认证主体与管理员", en="check certification and administrators"),
    "app": Text(zh="导出注册用户与活跃", en="export users and activity"),
    "sms": Text(zh="核对授权并登记入库", en="check consent and record them"),
}
