"""What the question on new contacts left alone says."""

from diagnostics.model.wording import Text

QUESTION = Text(zh="加了客户之后，有人跟进吗？", en="Does anybody speak to a contact once added?")
DEFINITION = Text(
    zh="未跟进 = 添加后 7 天内没有任何触达记录的客户 ÷ 触达记录覆盖期内添加、且有 7 天可观察的客户（末 7 天新加的不计；"
    "对不上客户编号的联系人无从跟踪，不计）。另列 1 小时、24 小时内的首次触达。95% "
    "区间按周聚类；员工、门店与同类中位数比，"
    "错误发现率 5%。没有触达记录时，只能给出下限：员工当天与次日单聊数均为 0 时所加的客户，必然没有人跟进。"
    "金额：按添加方式和添加前是否买过分组，被跟进者与未跟进者在添加后第 8 至 97 天的消费差（相关而非因果）。",
    en="Unattended = contacts without any logged touch in 7 days after being added, over contacts added while touches "
    "were logged and with 7 days to follow (the last week is left out, as are contacts who can't be matched to a "
    "customer). First touches within an hour and a day are shown as well. 95% intervals by weeks; staff and stores are "
    "held against the median of their like at a false discovery rate of 5%. Without a log of touches only a lower "
    "bound is told: contacts added on days when the staff had no chat, nor on the next. Money: the difference of spend "
    "from day 8 to day 97 between those spoken to and those not, within ways of adding and previous buyers (an "
    "association, not an effect).",
)
NOTHING = Text(
    zh="没有能与联系人对应的触达记录，员工统计也没有同时给出新增客户与单聊数",
    en="no touches that can be matched to contacts, and no staff statistics with both contacts added and chats",
)
UNLOCKED_BY = Text(
    zh="群发/单聊/自动化触达记录（客户、时间），或企业微信「联系客户统计」（按成员按日）",
    en="the log of touches by customer and time, or WeCom behaviour statistics by member and day",
)
ANSWER = Text(
    zh="新加的 {n} 位客户里 {share} 在 7 天内没有人跟进（95% 区间 {low} 至 {high}），24 小时内有触达的占 {day}",
    en="Of {n} new contacts {share} were spoken to by nobody in 7 days (95% interval {low} to {high}); {day} were "
    "within a "
    "day",
)
ANSWER_BOUND = Text(
    zh="至少 {share} 的新加客户（{n} 位中的）在头一天必然没有人跟进（下限，真实值可能更高）",
    en="At least {share} of {n} new contacts were certainly spoken to by nobody in the first day (a lower bound)",
)
WORST = Text(zh="；明显更差的有 {n} 个：{names}。", en="; clearly worse than their like: {n} ({names}).")
ALIKE = Text(zh="；没有人明显比同事差。", en="; nobody is clearly worse than the rest.")
ANSWER_NONE = Text(
    zh="{n} 位新加客户里，没有一位可以断定头一天无人跟进（员工当天都有单聊）；是否逐位跟进，要有触达记录才知道",
    en="None of {n} new contacts can be said to have been left alone on the first day (staff had chats on every such "
    "day); whether each was spoken to takes a log of touches",
)
TITLE = Text(
    zh="{who}新加的 {n} 位客户里 {share} 没有人跟进，同类中位数为 {middle}",
    en="{who}: {share} of {n} new contacts are spoken to by nobody, the median of all is {middle}",
)
TITLE_WHOLE = Text(
    zh="新加的 {n} 位客户里 {share} 没有人跟进", en="{share} of {n} new contacts are spoken to by nobody"
)
WORTH = Text(zh="，一年约值 {money}", en="; worth about {money} a year")
CAUSE = Text(
    zh="95% 区间 {low} 至 {high}，按年计约 {missed} "
    "位。先查欢迎语是否配置、活码是否挂在不在岗的账号上、加粉任务是否只考核数量。",
    en="95% interval {low} to {high}, about {missed} contacts a year. Look first at whether a welcome message is "
    "set up, "
    "whether codes lead to accounts that nobody watches, and whether adding is paid by number only.",
)
SIZED = Text(
    zh="同样的添加方式和购买经历下，被跟进者在随后 90 天多花 {gap}（95% 区间 {low} 至 {high}，{n} 位未跟进者）；"
    "低值按其下限的四分之一、中值按一半计。愿意理人的客户本就更愿意买，因此这是相关。",
    en="Within the same way of adding and earlier buying, those spoken to spend {gap} more in the 90 days after (95% "
    "interval {low} to {high}; {n} left alone); low counts a quarter of its lower end, mid half of it. Customers who "
    "answer may be those who buy anyway, so this is an association.",
)
ACTION = Text(
    zh="当天配好欢迎语与次日跟进任务（自我介绍、需求一问、入群或首单权益），活码只挂在岗账号；考核由加粉数改为 7 "
    "天内有来有回的"
    "客户数。先在一半活码上做四周，与另一半比首单率。",
    en="Set up a welcome message and a task for the next day (who we are, one question, a benefit for the first order) "
    "at once, put codes only on accounts that are watched, and pay for contacts who answered within 7 days instead of "
    "contacts added. Run it on half of the codes for four weeks and compare first orders.",
)
STOP = Text(
    zh="四周后跟进组的 30 天首单率不高于对照组，则停止加码跟进，改查加粉来源的质量。",
    en="If after four weeks first orders within 30 days are no higher than in the other half, stop and look at "
    "where the "
    "contacts come from.",
)
NO_MONEY = Text(
    zh="没有逐客户的触达记录，未跟进客户少买多少无法测量",
    en="touches are not logged by customer, so what those left alone buy less is not measured",
)
NO_GAP = Text(
    zh="被跟进者与未跟进者的消费差别没有超出误差，不折算金额",
    en="the difference of spend between those spoken to and those not lies within its error, so no money is stated",
)
BOUND = Text(
    zh="没有逐客户的触达记录，这里给的是下限：员工当天有任何单聊即算可能跟进过。",
    en="Touches are not logged by customer: this is a lower bound, for a staff member with any chat on the day may "
    "have "
    "spoken to the newcomer.",
)
