"""What is asked and said of viewers who come back to the next live session."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="看过一场直播的人，下一场还来吗？进群了吗？",
    en="Do viewers of one live session come to the next, or join a group?",
)
DEFINITION = Text(
    zh="回流率 = 一场的可识别观众中，下一场（以及后三场内）又出现的比例，按渠道汇总，区间把每一场当作一次抽样。"
    "最后一场（后三场口径为最后三场）尚未观察完，不计。进群率 = 当时不在群的观众中 14 天内入群的比例。"
    "观众下单 = 当天或次日下单的金额，是相关而非直播的增量。没有编号的观众不能跨场对应，不计入。",
    en="Carry-over = of the known viewers of a session, the share seen again in the next one (and in one of the next "
    "three), by channel; intervals take each session as one draw. The last session (the last three) is still open and "
    "left out. Joining = of viewers in no group, the share that joins one within 14 days. Sales to viewers are "
    "orders of "
    "the day and the next: an association with watching, not its effect. Viewers without an id can't be found again "
    "and "
    "are left out.",
)
TOO_FEW = Text(
    zh="可识别观众的场次不足 {least} 场（现有 {n} 场），看不出回流",
    en="fewer than {least} sessions with known viewers ({n} so far): no carry-over can be seen",
)
UNLOCKED_BY = Text(
    zh="带客户编号（external_userid）和日期的直播观看明细",
    en="viewer lists of live sessions with customer ids and days",
)
ANSWER = Text(
    zh="{channel}：看过一场的人有 {next} 下一场再来（{low} 至 {high}），{soon} 在后三场内再来（{sessions} 场，"
    "{viewers} 人次）",
    en="{channel}: {next} of a session's viewers come to the next (interval {low} to {high}), {soon} to one of the "
    "next "
    "three ({sessions} sessions, {viewers} viewings)",
)
JOINED = Text(zh="；不在群的观众 14 天内进群 {share}。", en="; of those in no group {share} join one within 14 days.")
NO_GROUPS = Text(zh="；没有群成员名单，不知进群多少。", en="; without member lists joins are not known.")
TITLE = Text(
    zh="{channel}直播看完就散：只有 {next} 的观众下一场再来",
    en="{channel} live: only {next} of viewers come to the next session",
)
AGAINST = Text(zh="，自己的其他渠道为 {others}", en=", where the client's other channels keep {others}")
CAUSE = Text(
    zh="{sessions} 场、{viewers} 人次的可识别观众，下一场再来 {next}（区间 {low} 至 {high}），后三场内 {soon}；"
    "{joined}。"
    "每场几乎都在重新找观众：没有下播前预告与预约，也没有把观众接进群。",
    en="{sessions} sessions with {viewers} known viewings: {next} come to the next (interval {low} to {high}), "
    "{soon} to "
    "one of the next three; {joined}. Nearly every audience is won afresh: nothing books viewers for the next "
    "session or "
    "takes them into a group.",
)
JOIN_SHARE = Text(zh="{share} 在 14 天内进群", en="{share} join a group within 14 days")
JOIN_UNKNOWN = Text(zh="进群情况没有数据", en="joins are not known")
SIZED = Text(
    zh="金额 = 若回流达到 {aim}，多出的观看人次 × 观众人均下单 {each}。",
    en="Money = the viewings more if carry-over reached {aim}, times {each} that a viewer buys.",
)
NO_MONEY = Text(
    zh="没有能与订单对应的观众，也没有该渠道的直播成交额，无法为少来的人次定价",
    en="neither orders of viewers nor sales of the channel's sessions are known, so a viewing can't be valued",
)
ACTION = Text(
    zh="下播前 10 分钟预告下一场的三款商品并让观众预约；当天给看满 5 分钟的观众发入群码与专属券，"
    "开播前一小时在群里提醒。"
    "先做 4 场，留一半观众不提醒作对照。",
    en="Ten minutes before the end show three products of the next session and let viewers book it; the same day "
    "send a "
    "group code and a coupon to those who watched five minutes, and remind them an hour before the next start. Try "
    "four "
    "sessions, half of the viewers without a reminder for comparison.",
)
STOP = Text(
    zh="4 场后被提醒的观众再来率不高于对照，则停止提醒，改查选品与开播时间。",
    en="Stop if after four sessions those reminded come back no more often; look at products and starting time "
    "instead.",
)
PART = Text(
    zh="{share} 的观众有编号可跨场对应，其余不计；回流率只代表这部分人。",
    en="{share} of viewers have an id and can be found again; the rates are theirs alone.",
)
