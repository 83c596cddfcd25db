"""What the question on personas says, and the rules that an account is held against."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="这些账号看起来像同一个品牌的同一种人吗？", en="Do the accounts look like one kind of person of one brand?"
)
DEFINITION = Text(
    zh="依需求表的账号矩阵、IP 人设与企业微信主体判断，只看写明的事实，没有写的按未知处理，不算不合格。规则：命名含品牌"
    "名（或写明“品牌+名字”）；全部账号用同一命名规则；同一级别只用一个称呼；标准与高级账号的称呼不同，VIP 才看得出"
    "区别；头像是真人；签名不超过 {longest} 个字，好记；有人设故事；有欢迎语；每个品牌有自己的企业微信主体。"
    "签名是否传递正能量、照片好不好看，由顾问评分，不在这里打分。",
    en="Judged from the sheet's accounts, personas and WeCom entities by stated facts alone; what is not stated counts "
    "as not known, not as failed. Rules: the name holds the brand (or the rule says “brand plus name”); all accounts "
    "follow one naming rule; a level has one service name; standard and premium accounts have different ones, so that "
    "VIPs see a difference; the picture is a person; the signature has at most {longest} characters and can be "
    "remembered; there is a story; there is a welcome message; each brand has a WeCom entity of its own. Whether a "
    "signature is cheerful or a picture good is rated by the consultant, not here.",
)
ANSWER = Text(
    zh="{accounts} 个账号用 {names} 个称呼，有负责岗位的占 {owned}；写明的 {known} 条规则里守住 {held} 条{broken}"
    "{open}。",
    en="Accounts: {accounts}; service names: {names}; with an owner: {owned}. Of {known} rules that can be told "
    "{held} are kept{broken}{open}.",
)
BROKEN = Text(zh="，没守住的是{names}", en="; not kept: {names}")
OPEN = Text(zh="；{names}未写明", en="; not stated: {names}")
NO_ROWS = Text(zh="账号矩阵里没有账号", en="the account matrix names no account")
ASKED = Text(zh="个人号/员工号矩阵", en="account matrix")

RULES: dict[str, Text] = {
    "brand": Text(zh="命名含品牌", en="brand in the name"),
    "one_rule": Text(zh="命名规则统一", en="one naming rule"),
    "one_name": Text(zh="同级别称呼统一", en="one service name a level"),
    "levels": Text(zh="级别称呼有别", en="levels told apart"),
    "avatar": Text(zh="真人头像", en="a person in the picture"),
    "signature": Text(zh="签名简短好记", en="a short signature"),
    "story": Text(zh="人设故事", en="a story"),
    "welcome": Text(zh="欢迎语", en="a welcome message"),
    "entity": Text(zh="品牌各有企微主体", en="a WeCom entity a brand"),
}
MEANS: dict[str, Text] = {
    "brand": Text(zh="用户一眼看不出是谁家的人", en="customers can't tell whose account it is"),
    "one_rule": Text(zh="换个员工就像换了一家", en="another employee looks like another company"),
    "one_name": Text(zh="用户叫不出服务的名字", en="customers have no name to ask for"),
    "levels": Text(
        zh="VIP 与普通用户面对同一种账号，感觉不到专属",
        en="VIPs meet the same account as everybody and feel no privilege",
    ),
    "avatar": Text(zh="看不到人，难建立信任", en="nobody to be seen, so little trust"),
    "signature": Text(zh="签名说不清能帮什么", en="the signature doesn't say what one gets"),
    "story": Text(zh="人设没有内容可讲", en="the persona has nothing to tell"),
    "welcome": Text(zh="加好友后第一句话全凭个人发挥", en="the first words depend on the employee"),
    "entity": Text(zh="几个品牌的好友混在一个主体里", en="contacts of several brands sit in one entity"),
}
SEEN_OF = Text(zh="{n}/{all} 个账号", en="{n} of {all} accounts")
SEEN_NAMES = Text(zh="{n} 个：{names}", en="{n}: {names}")
SEEN_LEVELS = Text(zh="标准：{standard}；高级：{premium}", en="standard: {standard}; premium: {premium}")
ONE_LEVEL = Text(zh="只有一个级别", en="one level only")
SEEN_BRANDS = Text(zh="{n}/{all} 个品牌", en="{n} of {all} brands")
LEVELS: dict[str, Text] = {
    "standard": Text(zh="标准", en="standard"),
    "premium": Text(zh="高级", en="premium"),
    "": Text(zh="未写明", en="not stated"),
}
AXIS = Text(zh="符合的账号占比（n 为写明的账号）", en="Accounts that keep the rule (n: accounts that state it)")
AXIS_NAMES = Text(zh="好友数", en="Contacts")
