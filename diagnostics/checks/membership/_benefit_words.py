"""Words on what channels offer members, and on reasons to join the private domain."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_RULES = Text(
    zh="需求表没有回答「会员体系」或没有写等级、权益与积分规则，看不出是不是一套、进来有没有理由："
    "请按渠道填写这三张表。",
    en="The requirement sheet leaves “Member system” open or states no tiers, benefits or points rules, so whether "
    "they are one system and a reason to join can't be told: fill in these three by channel.",
)
ANSWER = Text(
    zh="{channels} 个渠道写了会员规则，{conflicts}；私域专享权益 {private} 项{prices}{reason}。",
    en="Channels with stated rules: {channels}; {conflicts}; private-only benefits: {private}{prices}{reason}.",
)
NONE_CHEAPER = Text(zh="，{items} 个商品没有一个私域价更低", en="; of {items} items none is cheaper in private")
DIFFERENT = Text(zh="发现 {n} 处不一致", en="differences found: {n}")
ALIKE = Text(zh="没有发现不一致", en="no differences found")
PRICES = Text(zh="，{items} 个商品里 {cheaper} 个私域价更低", en="; of {items} items {cheaper} are cheaper in private")
NO_REASON = Text(
    zh="；进私域没有任何专享，用户没有理由来",
    en="; nothing is reserved for the private domain: there is no reason to join",
)
KINDS: dict[str, Text] = {
    "tier": Text(zh="等级规则", en="Tier rule"),
    "benefit": Text(zh="权益", en="Benefit"),
    "earn": Text(zh="积分获取", en="Points earned"),
    "burn": Text(zh="积分消耗", en="Points burned"),
    "expiry": Text(zh="积分有效期", en="Points expire"),
}
ONLY = Text(zh="只在{channels}有", en="only in {channels}")
