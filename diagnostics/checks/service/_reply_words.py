"""What the question on replies says."""

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="客户要等多久、在谁那里久等，删除或拉黑员工的人在变多吗？",
    en="How long do customers wait and with whom, and do more of them delete or block the staff?",
)
DEFINITION = Text(
    zh="口径按平台：回复占比 = 客户主动发起的单聊中当日（自然日）得到回复的占比；首次回复时长 = "
    "客户发起到员工首次回复的平均分钟数；均不含群聊。企业微信不给出客户发起的会话数，各日按员工单聊数加权，为近似。"
    "取统计表最近 {days} 天，95% 区间按周聚类；员工、门店与全体中位数比，先扣除同类之间本来的差异，不足 4 周者不判断。"
    "客服（微信客服）另表，其口径为秒，已换算成分钟。删除/拉黑 = 当日删除或拉黑员工的客户数，最近 {window} 天与之前 "
    "{window} 天比；预期 = 之前的数 × 有统计的员工日数之比与新增客户数之比中较大者（促销带来的新客本就更易流失），"
    "对员工和门店再乘其他人的涨幅；周与周之间的聚集用拟泊松系数放大误差。"
    "两者逐个比较都按错误发现率 5%（Benjamini-Hochberg）判断。",
    en="As the platform defines it: reply share = chats opened by customers that were answered the same natural day; "
    "first reply = average minutes until staff first answer; group chats excluded. WeCom does not tell how many "
    "chats customers opened, so days are weighted by the chats of the staff, an approximation. The last {days} days of "
    "the statistics, 95% intervals by weeks; staff and stores are held against the median of all, allowing for how "
    "far like units lie apart anyway, under 4 weeks nothing is judged. The service desk has its own table; its "
    "seconds are turned into minutes. Deleted or blocked = customers who did so on the day, the last {window} days "
    "against the {window} before; expected = the count before times the larger of two ratios, of staff days told and "
    "of contacts added (newcomers of a promotion leave soon anyway), and for staff and stores also the rise of all "
    "others; clustering by weeks widens the error (quasi-Poisson). Comparisons of both kinds are held to a false "
    "discovery rate of 5% (Benjamini-Hochberg).",
)
NEITHER = Text(
    zh="员工统计里没有回复占比、首次回复时长，也没有 {days} 天的删除/拉黑数",
    en="the staff statistics tell no reply share, no time to reply, and no {days} days of blocks",
)
UNLOCKED_BY = Text(
    zh="企业微信「联系客户统计」近 180 天（按成员按日）", en="WeCom behaviour statistics of 180 days by member and day"
)
NOT_TOLD = Text(
    zh="员工统计里没有回复占比或首次回复时长，看不出客户等多久；企业微信「联系客户统计」（按成员按日）可补。",
    en="The staff statistics tell neither a reply share nor a time to reply, so waiting can't be seen; WeCom behaviour "
    "statistics by member and day bring it.",
)
ANSWER_MINUTES = Text(
    zh="首次回复平均 {minutes} 分钟（{units} 位员工）", en="First replies take {minutes} minutes ({units} staff)"
)
ANSWER_SHARE = Text(zh="，当日回复占比 {share}", en="; {share} are answered on the day")
SLOWEST = Text(zh="；明显慢于同事的有 {n} 个：{names}。", en="; clearly slower than their like: {n} ({names}).")
NOBODY = Text(zh="；没有人明显慢于同事。", en="; nobody is clearly slower than the rest.")
NOT_JUDGED = Text(zh="；员工不足 5 人或不足 4 周，未作比较。", en="; with under 5 staff or 4 weeks nobody is compared.")
TITLE_MINUTES = Text(
    zh="{who}首次回复要 {value} 分钟，同类中位数为 {middle} 分钟",
    en="{who}: a first reply takes {value} minutes, the median of all is {middle}",
)
TITLE_SHARE = Text(
    zh="{who}只有 {value} 的客户会话当日得到回复，同类中位数为 {middle}",
    en="{who}: only {value} of customer chats are answered on the day, the median of all is {middle}",
)
TITLE_WHOLE_MINUTES = Text(
    zh="{who}的首次回复平均要 {value} 分钟", en="Across {who} a first reply takes {value} minutes"
)
TITLE_WHOLE_SHARE = Text(
    zh="{who}只有 {value} 的客户会话当日得到回复",
    en="Across {who} only {value} of customer chats are answered on the day",
)
CAUSE = Text(
    zh="最近 {days} 天、约 {chats} 次单聊的加权平均，95% 区间 {low} 至 "
    "{high}。{also}先看在岗时段与客户来询时段是否错开、"
    "是否一人身兼收银与回复、消息提醒是否开启。",
    en="Weighted over the last {days} days and about {chats} chats, 95% interval {low} to {high}. {also}Look first at "
    "hours on duty against hours when customers write, at staff who serve the till and the chat at once, and at "
    "whether notifications are on.",
)
ALSO = Text(zh="同一员工的当日回复占比为 {share}。", en="The same unit answers {share} on the day. ")
ACTION = Text(
    zh="把来询高峰排进班次，设首次回复 30 分钟的内部时限与超时转接；常见问题做成快捷回复；"
    "下班时段用自动回复说明几点回。"
    "先在最慢的人或店试两周，其余作对照。",
    en="Put the peak hours of questions into the roster, set an internal limit of 30 minutes with a hand-over "
    "beyond it, "
    "make quick replies of common questions, and let an automatic line after hours say when an answer comes. Try it "
    "with the slowest first for two weeks, the rest as comparison.",
)
STOP = Text(
    zh="两周后首次回复时长仍未缩短三分之一，则停止督促个人，改查排班与人手。",
    en="If first replies are not a third faster after two weeks, stop pressing people and look at rosters and "
    "headcount.",
)
NO_MONEY = Text(
    zh="统计表没有逐客户的回复与成交，回复快慢值多少钱无法从现有数据算出",
    en="the statistics do not tell replies and orders customer by customer, so the worth of a fast reply is not "
    "measured",
)
SOURCE_STAFF = Text(
    zh="数据来源：企业微信联系客户统计（按成员按日）。", en="Source: WeCom behaviour statistics by member and day."
)
SOURCE_WHOLE = Text(
    zh="数据来源：全公司按日的单聊统计，不能区分员工，因此不比较个人。",
    en="Source: chat statistics of the whole company by day; staff can't be told apart, so nobody is compared.",
)
HOURS = Text(
    zh="客户给出的服务时段为 {hours}；时段外来询会拉长平均时长。",
    en="The stated service hours are {hours}; questions outside them lengthen the average.",
)
