"""What the question on viewers of live sessions says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="直播间的观众是谁带来的、带来的人买不买，带不同标签的客户又各爱买什么？",
    en="Who brings viewers into the live room, do they buy, and what do people of each tag like to buy there?",
)
DEFINITION = Text(
    zh="扩散 = 员工转发后，观看明细记在该员工名下的观众（一人一场计一次）。下单 = 当天或次日有订单的观众，"
    "只在能与客户对应的观众中计算；是相关而非邀请的增量。转发率 = 已转发的任务 ÷ 分到的任务。门店取员工所在门店。"
    "不足 {few} 人不给比率。爱买什么只看本期在直播间买过、又带标签的客户，一人买多次算一次：提升 = "
    "带该标签的人里买这件商品的比例 ÷ 不带该标签的人里的比例，双方各不少于 {least} 人；差额的区间对全部标签与商品的"
    "组合同时成立（Newcombe，Bonferroni），区间不含 0 才算偏好。标签由人打，偏好可能正是打标签的原因，"
    "因此用来选品，不用来解释。",
    en="Spread = viewers whom the viewer list books under the member of staff who shared (once a session). Buying = "
    "an order on the day or the next, among viewers known as customers: an association, not the effect of inviting. "
    "Sharing rate = tasks shared over tasks given. The store is the member's. No rate from fewer than {few} people. "
    "Tastes are those of customers who bought in a live session of the period and carry a tag, who buys often counts "
    "once: lift = the share of a tag's carriers who bought the product over the share among the others, at least "
    "{least} people on both sides; intervals of the difference hold for all pairs at once (Newcombe, Bonferroni), and "
    "a taste is one that does not hold 0. People set tags, and the taste may be why: it serves to pick goods, not to "
    "explain.",
)
NEITHER = Text(
    zh="没有带邀请员工的直播观看明细，也没有能与标签对上的直播订单（一个标签两边各 {least} 人）",
    en="no viewer list names who invited, and no live orders can be matched with tags ({least} people on both sides "
    "of one)",
)
UNLOCKED_BY = Text(
    zh="带邀请员工（invitor_userid）的直播观看明细；带客户编号的直播订单明细与带标签的企微客户列表",
    en="viewer lists of live sessions with the inviting member of staff; live orders with a customer id and the WeCom "
    "contact list with tags",
)
NOT_TOLD = Text(
    zh="没有带邀请员工的直播观看明细，不知道观众是谁带来的；带 invitor_userid 的观看明细可补。",
    en="No viewer list names who invited, so nobody knows who brought whom; viewer lists with the inviting member of "
    "staff bring it.",
)
ANSWER = Text(
    zh="{share} 的可识别观众由员工带来，共 {staff} 人参与；带得最多的一成员工带来了其中的 {top}{forward}。",
    en="Staff brought {share} of known viewers; {staff} took part, and the busiest tenth of them brought {top} of "
    "these{forward}.",
)
FORWARD = Text(zh="；转发任务完成 {share}", en="; sharing tasks are done to {share}")
BUY = Text(
    zh="被邀请的观众当天或次日下单 {invited}，其他观众 {others}（相差 {low}）。",
    en="Of those invited {invited} order on the day or the next, of the others {others} (difference {low}).",
)
