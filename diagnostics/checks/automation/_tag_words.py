"""What is asked of tags, and why it can't be told."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="标签用得起来吗：规划的人群分得出来吗，各买什么，谁会响应触达，线索有没有人跟？",
    en="Do tags work: can the planned segments be told apart, what does each of them buy, whose tags answer to "
    "touches, and are leads followed up?",
)
DEFINITION = Text(
    zh="覆盖 = 带某标签（含取值，如 肤质:干皮）的人 ÷ 联系人与会员表里的全部人，同一人合并。"
    "规划标签取自需求表的标签体系，按渠道、行为、喜好、营销参与四个维度。名称或规则本身就指少数人的标签（VIP、流失、"
    "黑名单等）不判断。人均消费取本期订单，以全体为 100%，不说明标签的因果。"
    "人群按标签里的字眼识别（女性各分支与发烧友），一人可属几类。"
    "渗透 = 该人群本期买家里买过该品类的占比（95% 区间）；契合度 = 该渗透 ÷ 全部有标签买家的渗透，"
    "区间不跨 1 才说偏好或回避。不足 30 位买家的人群不判断。"
    "按标签的响应：本期触达中，带该标签的人收到的次数、响应率（触达日志写明是否响应的）与 7 天内下单率，95% 区间；"
    "最近 7 天的触达还看不到结果，不计；差别是相关，不是标签的效果。"
    "线索跟进：线索员工统计里的跟进人次、添加客户、转化率与退回率。",
    en="Coverage = people with a tag (alone or with a value, skin:dry) over everybody in the contact and member "
    "lists, each person once. Planned tags come from the sheet's dictionary, in four dimensions: channel, behaviour, "
    "preference, participation. Tags that mean few people (VIP, lapsed, blacklist …) are not judged. Spend a head is "
    "of the current period with everybody at 100%; it says nothing of cause. Audiences are told by words in tags "
    "(branches of women, and enthusiasts); one person may be in several. Penetration = share of the audience's buyers "
    "who bought the category (95% interval); fit = that over the penetration among all tagged buyers; a liking is "
    "stated only where the interval excludes the others' share. Audiences of fewer than 30 buyers are not judged. "
    "Response by tag: touches of the period to carriers, share answered (of touches that say so) and share ordered "
    "within 7 days, 95% intervals; touches of the last 7 days are left out; differences are associations, no effect of "
    "tags. Leads: follow-ups, contacts added, shares converted and handed back from the lead statistics.",
)
NEITHER = Text(
    zh="联系人与会员表里没有标签，也没有线索统计，人群、响应与跟进都看不到",
    en="neither the contact nor the member list carries tags, and there are no lead statistics, so segments, response "
    "and follow-up can't be seen",
)
UNLOCKED_BY = Text(
    zh="带标签的企业微信客户导出或会员导出；SCRM 的线索员工统计",
    en="the WeCom contact export or the member export with tags; lead statistics of the SCRM",
)
NO_TAGS = Text(
    zh="联系人与会员表里没有标签，人群与响应看不到：请补带标签的企业微信客户导出或会员导出。",
    en="Neither the contact nor the member list carries tags, so segments and their response can't be seen: deliver "
    "the WeCom contact export or the member export with tags.",
)
