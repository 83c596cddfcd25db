"""The branches of the audience as tags name them, and what is said of what they buy."""

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
