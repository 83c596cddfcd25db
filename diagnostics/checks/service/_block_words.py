"""What is said of customers who delete or block the staff."""

from diagnostics.model.wording import Text

NOT_TOLD = Text(
    zh="员工统计不足 {days} 天，或没有删除/拉黑数，看不出删除、拉黑是否变多；"
    "企业微信「联系客户统计」近 180 天（按成员按日）可补。",
    en="The staff statistics cover under {days} days or tell no blocks, so these can't be held against before; WeCom "
    "behaviour statistics of 180 days by member and day bring it.",
)
ANSWER = Text(
    zh="最近 {window} 天有 {now} 位客户删除或拉黑员工，按之前应为 {expected} 位（{change}，95% 区间 {low} 至 {high}）",
    en="In the last {window} days {now} customers deleted or blocked the staff, {expected} were to be expected "
    "({change}, 95% interval {low} to {high})",
)
SURGED = Text(zh="；异常增多的有 {n} 个：{names}。", en="; clear surges: {n} ({names}).")
STEADY = Text(zh="；没有人异常增多。", en="; nobody stands out.")
TITLE = Text(
    zh="{who}最近 {window} 天被 {now} 位客户删除或拉黑，预期为 {expected} 位",
    en="{who}: {now} customers deleted or blocked in {window} days, {expected} were to be expected",
)
TITLE_WHOLE = Text(
    zh="最近 {window} 天有 {now} 位客户删除或拉黑员工，预期为 {expected} 位",
    en="{now} customers deleted or blocked the staff in the last {window} days, {expected} were to be expected",
)
WORTH = Text(zh="，一年约值 {money}", en="; worth about {money} a year")
CAUSE = Text(
    zh="是预期的 {ratio} 倍（95% 区间 {low} 至 {high}），同期新增客户由 {before} 变为 {added}。先查这段时间的群发条数与"
    "内容、是否换人接手、加粉来源是否变化。",
    en="{ratio} times the expected (95% interval {low} to {high}); contacts added went from {before} to {added}. Look "
    "first at how many messages were sent out and what they said, at accounts that changed hands, and at where the "
    "newcomers came from.",
)
ACTION = Text(
    zh="一周内把群发降到每周一次以内，停发与客户来源不符的内容；抽看 20 "
    "位流失客户的最后一条消息，按来源与标签分组后再发，"
    "并留一成不发的对照组。",
    en="Within a week send at most one mass message a week and stop what does not fit where the customers came from; "
    "read the last message before 20 of the losses, send by source and tag, and keep a tenth unsent as comparison.",
)
STOP = Text(
    zh="四周后降频组的删除率与对照组无差别，则恢复频率，改查话术与产品问题。",
    en="If after four weeks those sent less do not delete less than the rest, go back and look at wording and product.",
)
