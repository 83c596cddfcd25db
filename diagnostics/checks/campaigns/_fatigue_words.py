"""What the question on touches says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(zh="触达越多，回应越少、拉黑越多吗？", en="Do more touches bring fewer answers and more losses?")
DEFINITION = Text(
    zh="密度 = 这次触达之前 30 天内同一客户已被触达的次数。比较同一客户、同一季度里密度低（此前至多 1 次）与密度高（"
    "此前至少 4 次）的触达，因此不爱回应的人被多推不会冒充疲劳（Mantel–Haenszel 差，按客户分组刀切，按触达类型数"
    "校正）。流失 = 触达后 14 天内删除或拉黑，与同月份密度低的触达比较；联系人名单有流失时间才能算。数据最初 30 "
    "天只作历史。",
    en="Load = how often the same customer was touched in the 30 days before a touch. The same customer's touches of "
    "one quarter are compared, light (at most one before) with heavy (four and more before), so that people who never "
    "answer and are pushed more do not pass for fatigue (Mantel–Haenszel difference, jackknife over customers, "
    "corrected for the number of kinds). Loss = deleted or blocked within 14 days, against light touches of the same "
    "months; needs contacts with the time lost. The first 30 days serve as history only.",
)
TOO_FEW = Text(
    zh="没有 {n} 位客户在同一季度里既被轻触达又被密集触达，无法在同一人身上比较",
    en="fewer than {n} customers were touched both lightly and heavily within a quarter, so nobody can be compared "
    "with himself",
)
ANSWER = Text(
    zh="同一客户密度高时回应率 {heavy}，密度低时 {light}（{name}，差距区间 {range}）：{verdict}。",
    en="The same customers answer {heavy} of heavy touches and {light} of light ones ({name}, difference {range}): "
    "{verdict}.",
)
TIRED = Text(zh="推得越多，回应越少", en="more touches, fewer answers")
STEADY = Text(zh="看不出疲劳", en="no fatigue shows")
LOSSES = Text(
    zh="触达后 14 天流失：密度高 {heavy}，密度低 {light}。",
    en="Lost within 14 days: {heavy} when heavy, {light} when light.",
)
NO_LOSSES = Text(
    zh="联系人名单没有流失时间，只能看回应，看不到拉黑；请补充企微客户流失记录。",
    en="The contact list has no time of loss: answers are seen, blocks are not; the WeCom loss records bring them.",
)
TITLE = Text(
    zh="{name}推送过密：同一客户回应率由 {light} 降到 {heavy}{lost}",
    en="Too many pushes ({name}): the same customers answer {heavy} instead of {light}{lost}",
)
LOST = Text(zh="，流失由 {light} 升到 {heavy}", en=", and {heavy} leave instead of {light}")
CAUSE = Text(
    zh="{n} 组“同一客户、同一季度”里，密度高时回应率低 {fall} 个百分点（区间内至少 {low}）。",
    en="In {n} pairs of the same customer and quarter the share answered is {fall} points lower when touches are "
    "heavy (at least {low} within the interval).",
)
CAUSE_LOST = Text(
    zh="触达后 14 天内的流失高 {gap} 个百分点（区间内至少 {low}）。",
    en="Losses within 14 days are {gap} points higher (at least {low} within the interval).",
)
ACTION = Text(
    zh="把同一客户 30 天内的触达封顶在 4 次，各部门共用一个额度；促销改为按人群轮换，服务与权益提醒不占额度；先在一半"
    "人身上试四周。",
    en="Cap touches at four in 30 days a customer, one allowance for all departments; rotate promotions by segment and "
    "leave service messages out of the cap; try it on half of the customers for four weeks.",
)
STOP = Text(
    zh="四周后封顶组的回应率没有高于未封顶组，或成交额更低，则取消封顶。",
    en="Lift the cap if after four weeks the capped half answers no more, or buys less.",
)
NO_MONEY = Text(
    zh="少回应与拉黑的代价取决于这些客户日后的消费，触达记录里看不到",
    en="what fewer answers and blocks cost shows in later purchases, which touch logs do not hold",
)
UNNAMED = Text(zh="全部触达", en="all touches")
AXIS = Text(
    zh="回应率，按此前 30 天内的触达次数（线段为 95% 区间）",
    en="Answered, by touches in the 30 days before (line: 95%)",
)
LOADS = (
    Text(zh="此前 0 次", en="None before"),
    Text(zh="此前 1 次", en="1 before"),
    Text(zh="此前 2–3 次", en="2–3 before"),
    Text(zh="此前 4–7 次", en="4–7 before"),
    Text(zh="此前 8 次及以上", en="8 and more"),
)
LIMIT = Text(
    zh="回应率的降幅下限超过低密度时的五分之一才提出：新鲜感减退本会带来小幅下降",
    en="raised only if even the lower end exceeds a fifth of the light share: some novelty always wears off",
)
