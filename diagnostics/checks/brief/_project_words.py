"""What the project page says, and the names of the answers that it shows."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="这是怎样的一个项目、怎样的一家企业？", en="What project is this, and what kind of business is it about?"
)
DEFINITION = Text(
    zh="依需求表整理，商品档案与订单只用来补充件数与标价。复杂度 = 品牌、销售渠道、店铺、门店、门店归属、组织层级、"
    "企业微信主体、会员体系八个维度里“不止一个”的个数，只数已知的维度；它决定打通的难度，不是好坏。私域价差 = 私域价 "
    "÷ 公域价 − 1，取需求表的价格体系。",
    en="From the requirement sheet; item master and orders add counts and list prices only. Complexity = how many of "
    "eight dimensions (brands, sales channels, shops, stores, kinds of ownership, levels of organisation, WeCom "
    "entities, memberships) hold more than one, of those known; it tells how hard bridging is and is neither good nor "
    "bad. Price gap = private-domain price over public price, less 1, from the sheet's price system.",
)
ANSWER = Text(
    zh="{industry}，{stage}；{rhythm}，{delivery}。",
    en="{industry}, {stage}; {rhythm}; {delivery}.",
)
COMPLEX = Text(
    zh="复杂度 {held}/{known}：{names}不止一个。", en="Complexity {held} of {known}: more than one of {names}."
)
SIMPLE = Text(zh="复杂度 0/{known}：已知的维度都只有一个。", en="Complexity 0 of {known}: one of each dimension known.")
SAME_PRICE = Text(
    zh="{n} 个主要系列的私域价都不低于公域价：把人留在私域的只能是权益和服务，不是价格。",
    en="None of the {n} main series costs less in the private domain: benefits and service must keep people there, "
    "not price.",
)
LOWER_PRICE = Text(
    zh="{n} 个主要系列里 {lower} 个私域价低于公域价，中位价差 {gap}。",
    en="Of {n} main series {lower} cost less in the private domain, by {gap} at the median.",
)
OPEN = Text(zh="项目页还没有填写：{fields}。", en="The project page still lacks: {fields}.")
ENTITIES = Text(zh="企业微信主体没有填写，按未知处理。", en="WeCom entities are not stated and count as not known.")
NOT_STATED = Text(zh="未填写", en="not stated")
NAMED = Text(zh="已填写（人名不进报告）", en="stated (no names in the report)")
DUE = Text(zh="报告 {day} 交付", en="the report is due {day}")
UNDATED = Text(zh="交付日未定", en="the report's day is not set")

RHYTHMS: dict[str, Text] = {
    "weekly": Text(zh="每周对接一次", en="meeting every week"),
    "biweekly": Text(zh="每两周对接一次", en="meeting every two weeks"),
    "on_milestone": Text(zh="按里程碑对接", en="meeting at milestones"),
    "ad_hoc": Text(zh="按需对接", en="meeting when needed"),
}
TYPES: dict[str, Text] = {
    "diagnosis": Text(zh="诊断", en="diagnosis"),
    "strategy": Text(zh="策略", en="strategy"),
    "review": Text(zh="复盘", en="review of a past campaign"),
    "pre_campaign": Text(zh="投前检查", en="check before a campaign"),
}
SESSIONS: dict[str, Text] = {
    "onsite": Text(zh="线下", en="in person"),
    "tencent_meeting": Text(zh="腾讯会议", en="Tencent Meeting"),
    "other": Text(zh="其他", en="other"),
}
STAGES: dict[str, Text] = {
    "startup": Text(zh="初创期", en="start-up"),
    "growth": Text(zh="成长期", en="growing"),
    "mature": Text(zh="成熟期", en="mature"),
    "turnaround": Text(zh="转型期", en="in a turnaround"),
}
INDUSTRIES: dict[str, Text] = {
    "beauty": Text(zh="美妆护肤", en="Beauty and skin care"),
    "food_health": Text(zh="食品大健康", en="Food and health"),
    "mother_baby": Text(zh="母婴", en="Mother and baby"),
    "auto": Text(zh="汽车", en="Cars"),
    "finance": Text(zh="金融", en="Finance"),
    "chain_retail": Text(zh="连锁商超", en="Chain retail"),
    "apparel": Text(zh="服装", en="Apparel"),
    "appliance": Text(zh="家电", en="Home appliances"),
    "catering": Text(zh="餐饮", en="Restaurants"),
    "petrol": Text(zh="加油站", en="Petrol stations"),
    "shopping_mall": Text(zh="商业综合体", en="Shopping malls"),
    "medical": Text(zh="医疗", en="Medical care"),
    "home_decor": Text(zh="家装", en="Home decoration"),
    "toy": Text(zh="潮玩", en="Collectible toys"),
    "other": Text(zh="其他行业", en="Other trade"),
}
ITEMS: dict[str, Text] = {
    "project_type": Text(zh="项目类型", en="Kind of project"),
    "owner_client": Text(zh="品牌方负责人", en="Client's project owner"),
    "owner_consultant": Text(zh="顾问负责人", en="Lead consultant"),
    "meeting_rhythm": Text(zh="对接节奏", en="Meeting rhythm"),
    "kickoff_date": Text(zh="启动日期", en="Kick-off"),
    "delivery_date": Text(zh="交付日期", en="Report due"),
    "session_mode": Text(zh="两小时咨询", en="Two-hour session"),
    "approvers": Text(zh="报告确认人", en="Report approved by"),
    "tasks": Text(zh="要做的事", en="What is asked"),
    "constraints": Text(zh="限制条件", en="Constraints"),
}
DIMENSIONS: dict[str, Text] = {
    "brands": Text(zh="品牌", en="brands"),
    "channels": Text(zh="销售渠道", en="sales channels"),
    "shops": Text(zh="店铺", en="shops"),
    "stores": Text(zh="门店", en="stores"),
    "ownership": Text(zh="门店归属", en="kinds of ownership"),
    "levels": Text(zh="组织层级", en="levels of organisation"),
    "entities": Text(zh="企业微信主体", en="WeCom entities"),
    "memberships": Text(zh="会员体系", en="memberships"),
}
MEANS: dict[str, Text] = {
    "brands": Text(zh="要看跨品牌购买与品牌各自的会员", en="look at buying across brands and each brand's members"),
    "channels": Text(
        zh="同一个人在几个渠道买，要先能认出来", en="people buying in several channels must be recognised"
    ),
    "shops": Text(zh="同一渠道内的店铺也会互相替代", en="shops of one channel replace each other, too"),
    "stores": Text(zh="结果取决于门店执行，要按店比较", en="results hang on stores: compare store by store"),
    "ownership": Text(
        zh="客户归谁、利益怎么分要先谈定", en="whose customers they are and who gains must be settled first"
    ),
    "levels": Text(zh="目标与榜单按层级汇总", en="targets and rankings are added up by level"),
    "entities": Text(zh="好友不能跨主体合并", en="contacts can't be merged across entities"),
    "memberships": Text(zh="权益与积分要先统一", en="benefits and points must be made one first"),
}
