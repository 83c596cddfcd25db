"""Words of the section on the private domain as a club, and on its rules."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="私域是不是高价值会员的俱乐部，积分和生日礼用起来了吗，各渠道的会员规则是不是一套，进来有没有理由？",
    en="Is the private domain a club of the best members with points and gifts put to use, are tiers, benefits and "
    "points one system, and is there a reason to join?",
)
DEFINITION = Text(
    zh="高价值 = 本期消费最高的五分之一有身份买家；私域 = 未流失的联系人。若私域不设门槛、谁都一样容易进，私域里的高价"
    "值占比应在 20% 上下；95% 区间（Wilson）。积分看余额：持有人数、余额，以及按需求表的消耗规则折成的金额（规则写成"
    "“若干分抵若干元”才折）。品牌打通、会员规则与入会理由依需求表判断：一格为一个品牌在一个渠道的状态；不一致 = 同名等"
    "级在不同渠道升级规则不同、同一权益只在部分渠道有、积分的获取或消耗或有效期不同，只比较填了该表的渠道，字面不同即"
    "列出，由顾问确认是否真冲突；入会理由 = 标为私域专享的权益，加上私域价低于公域价的商品，两者都没有，进私域与不进没"
    "有差别。",
    en="Top = the fifth of the known buyers of the current period who spend most; private domain = contacts not lost. "
    "Were it open to all alike, about 20% of it would be top customers; interval 95% (Wilson). Points are balances: "
    "holders, points, and their worth by the burning rule of the sheet (where it reads “so many points for so much "
    "money”). Bridges, rules and reasons to join are judged from the sheet: one brand in one channel a row of "
    "bridges; a difference = a tier of one name with other rules, a benefit that only some channels have, points "
    "earned, burned or expiring differently, where only channels that filled in the table are compared and any other "
    "wording is listed, for the consultant to confirm; a reason to join = benefits marked private only, and items "
    "whose private price is below the public one: with neither it makes no difference to join.",
)
ANSWER = Text(
    zh="私域里的买家有 {share} 是高价值客户（{reached_top} / {reached}，不设门槛时约 20%），高价值客户有 {cover} 进了"
    "私域：{verdict}。",
    en="{share} of the buyers in the private domain are top customers ({reached_top} of {reached}; about 20% without "
    "a threshold), and {cover} of the top customers are in it: {verdict}.",
)
VERDICTS: dict[str, Text] = {
    "reserved": Text(zh="私域确实更集中高价值客户", en="it does gather the best customers"),
    "open": Text(
        zh="与不设门槛没有差别，还不是高价值会员的俱乐部", en="no different from an open door, so it is no club yet"
    ),
    "diluted": Text(
        zh="高价值客户反而偏少，先把高价值会员请进来", en="top customers are even rarer there, so invite them first"
    ),
}
POINTS = Text(
    zh="{holders} 人手里有 {points} 积分未用{worth}。", en="{holders} people hold {points} points unused{worth}."
)
WORTH = Text(zh="，按规则约值 {money}", en=", worth about {money} by the rule")
NEITHER = Text(
    zh="本期在私域里的有身份买家不足 {n} 位，需求表也没有回答「会员体系」或没有写等级、权益与积分规则",
    en="fewer than {n} known buyers of the period are contacts, and the requirement sheet leaves “Member system” open "
    "or states no tiers, benefits or points rules",
)
UNLOCK = Text(
    zh="带客户标识的订单与企业微信客户列表；需求表：会员体系、会员等级、会员权益、积分规则",
    en="orders with a customer key and the WeCom contact list; the requirement sheet: Member system, Tiers, Benefits, "
    "Points rules",
)
TOO_FEW = Text(
    zh="本期在私域里的有身份买家不足 {n} 位，看不出私域里是谁、积分与权益给了谁：请补带客户标识的订单与企业微信客户列"
    "表。",
    en="Fewer than {n} known buyers of the period are contacts, so who is in the private domain and holds its points "
    "can't be told: deliver orders with a customer key and the WeCom contact list.",
)
NO_LEDGER = Text(
    zh="积分的核销率、沉没率与效果要看积分流水（客户、日期、获得或消耗、数量、事由）；余额看不出用了多少。",
    en="How much is burned or lapses, and what it does, takes the ledger of points (customer, day, earned or burned, "
    "amount, reason); balances don't tell.",
)
NO_USE = Text(
    zh="生日礼、额外积分等权益的领取与效果要看权益使用明细（客户、权益、领取日、使用日）；目前只有需求表写的规则与单人"
    "成本。",
    en="Take-up and effect of birthday gifts and extra points take the log of benefits used (customer, benefit, days "
    "given and used); so far there are only the sheet's rules and costs.",
)
KINDS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "birthday": (Text(zh="生日礼", en="Birthday gift"), ("生日", "birthday")),
    "points": (Text(zh="额外积分", en="Extra points"), ("积分", "points")),
    "other": (Text(zh="其他权益", en="Other benefit"), ()),
}
STATUS: dict[str, Text] = {
    "live": Text(zh="已打通", en="bridged"),
    "planned": Text(zh="计划中", en="planned"),
    "none": Text(zh="未打通", en="not bridged"),
}
PRIVATE, ALL = Text(zh="私域专享", en="private only"), Text(zh="都有", en="for all")
RULE = Text(zh="客户自己的高价值定义：{rule}。", en="The client's own rule for top customers: {rule}.")
NOT_STATED = Text(zh="未写明", en="not stated")
