"""What the question on who speaks in groups says."""

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="群里是谁在说话，主播自己带的群更活跃、场次卖得更好吗？",
    en="Who speaks in the groups, are groups that anchors keep livelier, and do those anchors sell better?",
)
DEFINITION = Text(
    zh="企业消息占比 = 企业成员发的消息 ÷ 全部消息（最近 {window} 天，95% 区间按周聚类）。"
    "话痨占比 = 群里说得最多的一位客户占客户消息的比例：用单数周找出是谁，用双数周量他的占比，避免把偶然当成话痨；"
    "需要按发言人的计数（会话存档）。没有按发言人的计数时，看有客户发言的日子里有多少天只有一个人说话。"
    "公开观察：67 个企业群 51 万条消息里企业占 70%。主播与群主是同一员工编号即算主播带群；活跃 = 发言成员 ÷ 群成员"
    "（逐日相加，按群主算一个比例，再取平均），两组群主各不少于 {least} 位才比较（Welch 95%）；小时成交 = 成交金额 ÷ "
    "直播小时，样本是主播，只列不判。主播带群不是随机的，是相关。",
    en="Company share = messages of staff over all messages (last {window} days, 95% intervals by weeks). Talker "
    "share = what the customer who says most says of all customers' messages: found in odd weeks and measured in even "
    "weeks, so that chance is not taken for a talker; it needs counts by speaker (chat archive). Without them: of the "
    "days on which customers spoke, those with a single speaker. Public observation: 70% company messages in 67 "
    "company groups. An anchor keeps a group where both are the same staff code; active = members who spoke over "
    "members (days added up, one share an owner, then the mean), compared where both sides have {least} owners "
    "(Welch, 95%); sales an hour = sales over hours on air, listed for anchors and not judged. Who keeps groups is "
    "not drawn by lot: an association.",
)
NEITHER = Text(
    zh="群统计没有区分企业消息与客户消息，也没有按发言人的计数；主播是否自己带群也看不出",
    en="the group statistics tell neither company from customer messages nor messages by speaker, nor can anchors be "
    "matched with owners of groups",
)
UNLOCKED_BY = Text(
    zh="会话存档按群、发言人、日的计数（不含聊天内容）；按群主的群聊统计与带主播编号的直播场次",
    en="counts of the chat archive by group, speaker and day, without words; group statistics by owner and live "
    "sessions with the anchor",
)
NOT_TOLD = Text(
    zh="群统计没有区分企业消息与客户消息，也没有按发言人的计数，看不出是谁在说话；"
    "会话存档按群、发言人、日的计数（不含聊天内容）可补。",
    en="The group statistics tell neither company from customer messages nor messages by speaker, so who speaks can't "
    "be seen; counts of the chat archive by group, speaker and day, without words, bring it.",
)
ANSWER = Text(
    zh="群里 {share} 的消息来自企业（95% 区间 {low} 至 {high}，{groups} 个群）",
    en="{share} of the messages in groups come from the company (95% interval {low} to {high}; {groups} groups)",
)
MONOLOGUES = Text(zh="；{n} 个群几乎只有企业在说：{names}", en="; in {n} hardly anybody else speaks ({names})")
TALKERS = Text(zh="；{n} 个群只靠一位客户撑着：{names}", en="; {n} live on one customer ({names})")
ANSWER_TALK = Text(zh="{groups} 个群有客户发言", en="Customers speak in {groups} groups")
STOP_MARK = Text(zh="。", en=".")
TITLE_POOL = Text(
    zh="群里 {share} 的消息来自企业，客户几乎不说话",
    en="{share} of all group messages come from the company; customers hardly speak",
)
TITLE_UNIT = Text(
    zh="{who}里 {share} 的消息来自企业，其他群中位数为 {middle}",
    en="{who}: {share} of the messages come from the company, the median of the others is {middle}",
)
CAUSE = Text(
    zh="最近 {window} 天 {n} 条消息，95% 区间 {low} 至 "
    "{high}。常见原因：只有群发和商品链接，没有可回应的栏目；提问无人接话。",
    en="{n} messages in the last {window} days, 95% interval {low} to {high}. Usual reasons: only mass messages and "
    "links, no "
    "feature that asks for an answer, and questions that nobody takes up.",
)
ACTION = Text(
    zh="把商品推送压到每天一条，每周固定两个需要回答的栏目（晒单、投票、答疑），群主 10 "
    "分钟内接住每一句客户发言；先在一半群做四周。",
    en="Cut product messages to one a day, run two features a week that ask for an answer (show, vote, ask), and "
    "have the "
    "owner take up every customer's word within ten minutes; in half of the groups for four weeks.",
)
STOP = Text(
    zh="四周后试点群的客户消息占比仍未高出对照 5 个百分点，则停掉栏目，合并或解散。",
    en="If after four weeks customers' share is not 5 points above the other half, stop the features and merge or "
    "close.",
)
TITLE_TALKER = Text(
    zh="{who}的客户消息有 {share} 来自同一个人", en="{who}: {share} of the customers' messages come from one person"
)
CAUSE_TALKER = Text(
    zh="双数周量得 {share}（95% 区间下限 {low}）；去掉这一位，有客户发言的 {days} 天只剩 "
    "{rest} 天。看着热闹，其实只有一个人；"
    "他离开，群就死了。",
    en="Measured in even weeks: {share} (95% interval from {low}). Without that person {rest} of {days} days with a "
    "customer's word are left. It looks alive and hangs on one member; with them it dies.",
)
TITLE_LONE = Text(
    zh="{who}有客户发言的 {days} 天里 {lone} 天只有一个人说话",
    en="{who}: on {lone} of {days} days with a customer's word a single person spoke",
)
CAUSE_LONE = Text(
    zh="日统计不能确认每天是否同一个人；按发言人的存档计数可以确认。",
    en="Daily statistics can't tell whether it was the same person each day; counts by speaker would.",
)
ACTION_TALKER = Text(
    zh="先判断这位成员是热心客户还是广告或同行：前者聘为群助理并请他带话题，后者移出；同时一对一邀请 10 "
    "位近期购买者参与一次话题。",
    en="See first whether the member is a friend of the brand or an advertiser or rival: make the former an "
    "assistant who "
    "brings topics, remove the latter; and invite ten recent buyers in person to one topic.",
)
STOP_TALKER = Text(
    zh="四周后仍少于 5 位客户发言，则合并该群。",
    en="If fewer than 5 customers speak after four weeks, merge the group.",
)
NO_MONEY = Text(zh="谁在说话与成交没有对应，不折算金额", en="who speaks is not tied to orders, so no money is stated")
SOURCE_VOICES = Text(zh="数据来源：会话存档按发言人的计数。", en="Source: counts of the chat archive by speaker.")
SOURCE_DAYS = Text(
    zh="数据来源：按群（或群主）的日统计，不能区分是哪位成员。",
    en="Source: daily statistics by group (or owner); single members can't be told apart.",
)
