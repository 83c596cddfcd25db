"""The branches of the audience as tags name them, and what is said of what they buy and how they answer."""

from __future__ import annotations

from diagnostics.model.wording import Text

# By the words of practitioners' articles; a tag that holds one of them puts its carrier into the branch.
BRANCHES: dict[str, tuple[Text, str]] = {
    "office": (Text(zh="年轻白领", en="Young office workers"), r"白领|上班|职场|office"),
    "mother": (Text(zh="宝妈、孕妇", en="Mothers"), r"宝妈|妈妈|孕|母婴|mother|mum"),
    "student": (Text(zh="大学生", en="Students"), r"学生|大学|校园|student"),
    "parent": (Text(zh="儿童家长", en="Parents"), r"家长|儿童|小学|亲子|parent"),
    "mature": (Text(zh="成熟女性", en="Mature women"), r"熟龄|成熟女|轻熟|抗老|mature"),
    "homemaker": (Text(zh="家庭主妇", en="Homemakers"), r"主妇|家庭用户|全职太太|homemaker"),
    "fan": (Text(zh="发烧友、爱好者", en="Enthusiasts"), r"发烧|爱好|粉丝|玩家|enthusiast|fan"),
}
NO_BUYERS = Text(
    zh="带标签的人对不上订单里的客户，各类人群买什么看不到：请补带客户编号和标签的企微客户或会员导出，以及带客户编号的订单。",
    en="Tagged people can't be matched with customers in orders, so what audiences buy can't be seen: deliver contacts "
    "or members with tags and the customer's key, and orders with it.",
)
NO_BRANCH = Text(
    zh="标签里没有买家够数的人群（白领、宝妈、学生、家长等），各类人群买什么算不了：请补带人群标签的企微客户或会员导出，"
    "或随客户编号交付的问卷人群题。",
    en="No tag names an audience (office workers, mothers, students, parents …) with enough buyers, so what audiences "
    "buy can't be told: deliver contacts or members with tags that name their audience, or a survey answer on it with "
    "the customer's key.",
)
BRANCH_ANSWER = Text(
    zh="能识别的人群有 {n} 类：{parts}{liking}。", en="Audiences that can be told: {n} ({parts}){liking}."
)
BRANCH_PART = Text(zh="{name} {n} 位买家", en="{name}, {n} buyers")
LIKES = Text(
    zh="；最明显的偏好是{name}买{category}（{share}，全部 {whole}）",
    en="; the clearest liking: {name} for {category} ({share}, all {whole})",
)
NO_LIKING = Text(zh="；没有超出抽样误差的偏好", en="; no liking stands out from chance")
RESPONSE_QUESTION = Text(
    zh="线索和触达有没有人跟，哪类标签的人会响应？", en="Are leads and touches followed up, and whose tags answer?"
)
RESPONSE_DEFINITION = Text(
    zh="按标签的响应：本期触达中，带该标签的人收到的次数、响应率（触达日志写明是否响应的）与 7 天内下单率，95% 区间；"
    "最近 7 天的触达还看不到结果，不计。差别是相关，不是标签的效果。线索跟进：线索员工统计里的跟进人次、添加客户、转"
    "化率与退回率。",
    en="Response by tag: touches of the period to carriers, share answered (of touches that say so) and share ordered "
    "within 7 days, 95% intervals; touches of the last 7 days are left out. Differences are associations, no effect of "
    "tags. Leads: follow-ups, contacts added, shares converted and handed back from the lead statistics.",
)
NO_TOUCHES = Text(
    zh="没有触达日志，也没有线索统计，跟进与响应都看不到",
    en="neither a log of touches nor lead statistics were delivered, so follow-up and response can't be seen",
)
RESPONSE_UNLOCK = Text(
    zh="企微群发、短信或自动化触达记录（到人），带标签的客户导出；SCRM 的线索员工统计",
    en="logs of mass sends, SMS or automation by person, contacts with tags; lead statistics of the SCRM",
)
RESPONSE_ANSWER = Text(
    zh="本期触达有标签的人 {n} 次，{ordered} 在 7 天内下单{best}。",
    en="Tagged people got {n} touches, {ordered} ordered within 7 days{best}.",
)
BEST = Text(zh="；最高的是“{tag}”（{share}）", en="; highest: “{tag}” ({share})")
LEADS = Text(
    zh="线索由 {staff} 人跟进 {followed} 次，添加 {added} 位客户。",
    en="Leads: {staff} people followed up {followed} times and added {added} contacts.",
)
NO_TAGGED = Text(
    zh="没有能对应到标签的触达，按标签的响应算不了。", en="No touches meet tags, so response by tag can't be told."
)
NO_LEADS = Text(zh="没有线索统计，线索跟进看不到。", en="Without lead statistics follow-up of leads can't be seen.")
