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
NO_TAGS = Text(
    zh="联系人与会员都没有标签，分不出人群", en="neither contacts nor members carry tags, so no audience can be told"
)
NO_BRANCH = Text(
    zh="标签里没有人群（白领、宝妈、学生、家长等），也没有性别与年龄",
    en="no tag names an audience (office workers, mothers, students, parents …), nor do sex and age",
)
BRANCH_UNLOCK = Text(
    zh="带人群标签的企微客户或会员导出；或问卷里的人群一题，随客户编号交付",
    en="contacts or members with tags that name their audience; or a survey answer on it, with the customer's key",
)
BRANCH_QUESTION = Text(zh="哪类人群买哪些品类？", en="Which audiences buy which categories?")
BRANCH_DEFINITION = Text(
    zh="人群按标签里的字眼识别（女性各分支与发烧友），一人可属几类。渗透 = 该人群本期买家里买过该品类的占比"
    "（95% "
    "区间）；契合度 = 该渗透 ÷ 全部有标签买家的渗透，区间不跨 1 才说偏好或回避。不足 30 位买家的人群不判断。",
    en="Audiences are told by words in tags (branches of women, and enthusiasts); one person may be in several. "
    "Penetration = "
    "share of the audience's buyers who bought the category (95% interval); fit = that over the penetration among all "
    "tagged buyers; a liking is stated only where the interval excludes the others' share. Audiences of fewer than 30 "
    "buyers are not judged.",
)
BRANCH_ANSWER = Text(zh="能识别的人群有 {n} 类：{parts}。", en="Audiences that can be told: {n} ({parts}).")
BRANCH_PART = Text(zh="{name} {n} 位买家", en="{name}, {n} buyers")
LIKES = Text(
    zh="最明显的偏好是{name}买{category}（{share}，全部 {whole}）。",
    en="The clearest liking: {name} for {category} ({share}, all {whole}).",
)
NO_LIKING = Text(zh="没有超出抽样误差的偏好。", en="No liking stands out from chance.")
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
