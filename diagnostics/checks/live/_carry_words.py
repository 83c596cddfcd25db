"""What is asked of viewers of live sessions: who brings them, do they buy and come back, and what do they like."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="谁把观众带进直播间、带来的人买不买，看过一场的人下一场还来吗、进群吗，不同标签的客户又各爱买什么？",
    en="Who brings viewers into the live room, do they buy, do they come to the next session or join a group, and what "
    "do people of each tag like to buy there?",
)
DEFINITION = Text(
    zh="扩散 = 员工转发后，观看明细记在该员工名下的观众（一人一场计一次）。转发率 = 已转发的任务 ÷ 分到的任务。"
    "门店取员工所在门店。不足 {few} 人不给比率。"
    "下单 = 观众当天或次日的订单与金额，每笔只算给到下单当天为止看过的最近一场，"
    "只在能与客户对应的观众中计算；是相关，不是邀请或直播的增量。"
    "回流率 = 一场的可识别观众中，下一场（以及后三场内）又出现的比例，按渠道汇总，区间把每一场当作一次抽样。"
    "最后一场（后三场口径为最后三场）尚未观察完，不计；没有编号的观众不能跨场对应，不计入。"
    "进群率 = 当时不在群的观众中 14 天内入群的比例。爱买什么只看本期在直播间买过、又带标签的客户，一人买多次算一次："
    "提升 = 带该标签的人里买这件商品的比例 ÷ 不带该标签的人里的比例，双方各不少于 {least} 人；"
    "差额的区间对全部标签与商品的组合同时成立（Newcombe，Bonferroni），区间不含 0 才算偏好。"
    "标签由人打，偏好可能正是打标签的原因，因此用来选品，不用来解释。",
    en="Spread = viewers whom the viewer list books under the member of staff who shared (once a session). Sharing "
    "rate = tasks shared over tasks given. The store is the member's. No rate from fewer than {few} people. Buying = "
    "orders of a viewer on the day or the next and what they come to, each given once, to the latest session watched "
    "up to that day, among viewers known as customers: an association, not the effect of inviting or of watching. "
    "Carry-over = of the known viewers of a session, the share seen again in the next one (and in one of the next "
    "three), by channel; intervals take each session as one draw. The last session (the last three) is still open and "
    "left out; viewers without an id can't be found again and are left out too. Joining = of viewers in no group, the "
    "share that joins one within 14 days. Tastes are those of customers who bought in a live session of the period "
    "and carry a tag, who buys often counts once: lift = the share of a tag's carriers who bought the product over "
    "the share among the others, at least {least} people on both sides; intervals of the difference hold for all "
    "pairs at once (Newcombe, Bonferroni), and a taste is one that does not hold 0. People set tags, and the taste "
    "may be why: it serves to pick goods, not to explain.",
)
NOTHING_TOLD = Text(
    zh="没有带邀请员工的直播观看明细，没有一个渠道有 {sessions} 场可识别的观众（现有 {n} 场），"
    "也没有能与标签对上的直播订单（一个标签两边各 {least} 人）",
    en="no viewer list names who invited, no channel has {sessions} sessions with known viewers ({n} so far), and no "
    "live orders can be matched with tags ({least} people on both sides of one)",
)
UNLOCKED_BY = Text(
    zh="带日期、客户编号（external_userid）与邀请员工（invitor_userid）的直播观看明细；"
    "带客户编号的直播订单明细与带标签的企微客户列表",
    en="viewer lists of live sessions with days, customer ids and the inviting member of staff; live orders with a "
    "customer id and the WeCom contact list with tags",
)
