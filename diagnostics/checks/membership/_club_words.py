"""Words of the section on the member club in the private domain."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="私域是不是高价值会员的俱乐部？积分和生日礼用起来了吗？",
    en="Is the private domain a club of the best members, and are points and birthday gifts put to use?",
)
DEFINITION = Text(
    zh="高价值 = 本期消费最高的五分之一有身份买家；私域 = 未流失的联系人。若私域不设门槛、谁都一样容易进，私域"
    "里的"
    "高价值占比应在 20% 上下；95% 区间（Wilson）。积分看余额：持有人数、余额，以及按需求表的消耗规则折成的金额"
    "（规则写成“若干分抵若干元”才折）。品牌打通依需求表，一格为一个品牌在一个渠道的状态。",
    en="Top = the fifth of the known buyers of the current period who spend most; private domain = contacts not "
    "lost. Were it "
    "open to all alike, about 20% of it would be top customers; interval 95% (Wilson). Points are balances: holders, "
    "points, and their worth by the burning rule of the sheet (where it reads “so many points for so much money”). "
    "Bridges between brands are the sheet's, one brand in one channel a row.",
)
ANSWER = Text(
    zh="私域里的买家有 {share} 是高价值客户（{reached_top} / {reached}，不设门槛时约 20%）；高价值客户有 {cover} 进"
    "了私域。",
    en="{share} of the buyers in the private domain are top customers ({reached_top} of {reached}; about 20% "
    "without a "
    "threshold), and {cover} of the top customers are in it.",
)
VERDICTS: dict[str, Text] = {
    "reserved": Text(zh="私域确实更集中高价值客户。", en="It does gather the best customers."),
    "open": Text(
        zh="与不设门槛没有差别：还不是高价值会员的俱乐部。",
        en="That is no different from an open door: it is no club yet.",
    ),
    "diluted": Text(
        zh="高价值客户反而偏少：先把高价值会员请进来。", en="Top customers are even rarer there: invite them first."
    ),
}
POINTS = Text(
    zh="{holders} 人手里有 {points} 积分未用{worth}。", en="{holders} people hold {points} points unused{worth}."
)
WORTH = Text(zh="，按规则约值 {money}", en=", worth about {money} by the rule")
TOO_FEW = Text(zh="本期在私域里的有身份买家不足 {n} 位", en="fewer than {n} known buyers of the period are contacts")
NO_LEDGER = Text(
    zh="积分的核销率、沉没率与效果要看积分流水（客户、日期、获得或消耗、数量、事由）；余额看不出用了多少。",
    en="How much is burned or lapses, and what it does, takes the ledger of points (customer, day, earned or burned, "
    "amount, reason); balances don't tell.",
)
NO_USE = Text(
    zh="生日礼、额外积分等权益的领取与效果要看权益使用明细（客户、权益、领取日、使用日）；目前只有需求表写的规则与单"
    "人成本。",
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
