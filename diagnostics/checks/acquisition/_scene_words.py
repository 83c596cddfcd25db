"""What the question on scenes of adding says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="好友从哪些场景加进来，一个要花多少钱，哪个场景还没用起来？",
    en="In which scenes are contacts added, what does one cost, and which scene is still unused?",
)
DEFINITION = Text(
    zh="场景先看渠道码里的字，其次看是否绑定门店，再看企业微信的添加方式；店内/店外按客户当时所在，线上/线下按他看到码"
    "的地方。每百单加粉 = 本期该场景新增好友 ÷ 该场景渠道的订单 × 100（两边不是同一批人，只看量级）。还不是好友 = 本期"
    "在这些渠道买过、期末仍不是好友的有身份客户。7 天内流失只算已满 7 天的好友。加入后 90 天消费按能与订单对上的好友计"
    "，是相关，不是加好友带来的；不足 30 人不写。单个好友成本只用客户填写的费用或投放表，不估。",
    en="The scene is told by the words of the source code, then by whether a store is bound, then by WeCom's way of "
    "adding; in or outside the store is where the customer stood, offline or online where the code was met. Adds per "
    "100 orders = contacts added in the scene over orders of its channels (not the same people: an order of size). Not "
    "yet a contact = known buyers of these channels in the period who are no contact at its end. Leaving within 7 days "
    "is told of contacts who are 7 days old. Spend in the 90 days after is that of contacts matched to orders, an "
    "association and no effect of adding; under 30 people it is left out. Costs are those stated, never estimated.",
)
NO_ADDS = Text(zh="本期没有带日期的新增好友", en="no contact was added in the period")
UNLOCK = Text(
    zh="企业微信客户列表：添加时间、添加方式、渠道码",
    en="the WeCom contact list with time, way and source code",
)
ANSWER = Text(
    zh="本期新增 {adds} 位好友，来自 {used} 类场景，最多的是{first}（{share}）；店内占 {inside}，店外占 {outside}。",
    en="{adds} contacts were added in {used} kinds of scene, most of all {first} ({share}); {inside} in stores, "
    "{outside} outside.",
)
NOT_TOLD = Text(zh="另有 {share} 没有写明来源。", en="{share} name no source.")
CHEAPEST = Text(
    zh="有费用可算的 {n} 项里，单个好友最便宜的是{name}（{each}）。",
    en="Of {n} items with a cost the cheapest contact is by {name} ({each}).",
)
NO_COST = Text(
    zh="没有一项能算单个好友成本：补公域来源的月费用或投放表。",
    en="No cost per contact can be told: state the monthly cost of the pools, or deliver the spend by campaign.",
)
GAP = Text(
    zh="最大的缺口在{name}：本期 {buyers} 位买家里 {missing} 位还不是好友。",
    en="The largest gap lies in {name}: of {buyers} buyers {missing} are no contact yet.",
)
TREND = Text(
    zh="客户说“规模上不去”：新增好友比上一期 {change}，{reading}。",
    en="The client says that the pool does not grow: adds changed by {change} over the period before; {reading}.",
)
STEADY = Text(
    zh="加粉没有明显变化，先查流失和上面的缺口", en="adding is as before, so look at who leaves and at the gap"
)
GROWS = Text(zh="加粉在加快，先查流失", en="adding has sped up, so look at who leaves")
SLOWS = Text(zh="加粉在放慢，先补上面的缺口场景", en="adding has slowed, so begin with the gap above")
NO_LOST = Text(
    zh="联系人名单没有流失时间，看不出各场景加进来的人留了多久；补企业微信的删除记录。",
    en="The contact list has no time of leaving, so how long people of each scene stay can't be told; WeCom's records "
    "of deletion would show it.",
)
NO_PARTNER = Text(zh="需求表没有写异业合作，渠道码里也没有", en="no partner is named in the sheet or in a code")
UNUSED = Text(zh="没有用", en="unused")
IN_USE = Text(zh="在用", en="in use")
STATED = Text(zh="只见于需求表", en="stated only")
SHEET_POOL = Text(zh="需求表：公域来源", en="sheet: public pools")
SHEET_PARTNER = Text(zh="需求表：异业合作", en="sheet: partners")
SHEET_REWARD = Text(zh="需求表：员工激励", en="sheet: rewards of staff")
SPEND_LOG = Text(zh="投放费用表", en="spend by campaign")
REFERRALS = Text(zh="裂变任务导出", en="referral export")
STAFF_REWARD = Text(zh="员工加粉奖励", en="Reward of staff per add")
PARTNER = Text(zh="异业：{name}", en="Partner: {name}")
CAMPAIGNS = Text(zh="投放费用（全部）", en="Paid campaigns, all")
REWARDS = Text(zh="邀请奖励", en="Rewards of referrers")
NOTE_COSTS = Text(
    zh="各行口径不同、有重叠（员工奖励同时落在各场景上），不可相加。回本 = 加入后 90 天消费 × 毛利率 ÷ 单个好友成本。",
    en="The rows overlap (rewards of staff fall on every scene) and are not to be added. Earned back = spend in 90 "
    "days × gross margin over the cost of a contact.",
)
NOTE_SPREAD = Text(
    zh="只数客户之间传开的：名片、群聊、视频号；扫码与获客链接不算传播。",
    en="Only what spreads from person to person: cards, group chats, video; scans and links are no spreading.",
)
WAYS = {
    "名片分享": Text(zh="名片分享（个人号）", en="Card shared (personal account)"),
    "群聊": Text(zh="群聊（社群）", en="Group chat"),
    "视频号": Text(zh="视频号", en="WeChat Channels"),
}
MINI_PROGRAM = Text(zh="小程序与公众号码", en="Codes of mini-program and official account")
AXIS = Text(zh="本期新增好友（后为每百单加粉）", en="Contacts added in the period (then per 100 orders)")
PER_100 = Text(zh="{adds}（{rate}/百单）", en="{adds} ({rate} per 100)")
