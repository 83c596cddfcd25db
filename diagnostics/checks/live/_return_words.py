"""What is said of viewers who come back to the next live session."""

from __future__ import annotations

from diagnostics.model.wording import Text

NOT_TOLD = Text(
    zh="没有一个渠道有 {least} 场可识别的观众（现有 {n} 场），看不出下一场还来不来、进不进群；"
    "带客户编号（external_userid）和日期的直播观看明细可补。",
    en="No channel has {least} sessions with known viewers ({n} so far), so it can't be seen whether they come back or "
    "join a group; viewer lists of live sessions with customer ids and days bring it.",
)
UNKNOWN = Text(zh="未写渠道", en="Channel not given")
ANSWER = Text(
    zh="{channel}：看过一场的人有 {next} 下一场再来（{low} 至 {high}），{soon} 在后三场内再来（{sessions} 场，"
    "{viewers} 人次）{joined}{second}。",
    en="{channel}: {next} of a session's viewers come to the next (interval {low} to {high}), {soon} to one of the "
    "next three ({sessions} sessions, {viewers} viewings){joined}{second}.",
)
JOINED = Text(zh="；不在群的观众 14 天内进群 {share}", en="; of those in no group {share} join one within 14 days")
NO_GROUPS = Text(zh="；没有群成员名单，不知进群多少", en="; without member lists joins are not known")
SECOND = Text(
    zh="；{channel}：{next} 下一场再来（{low} 至 {high}）{joined}",
    en="; {channel}: {next} come to the next (interval {low} to {high}){joined}",
)
SECOND_JOINED = Text(zh="，{share} 进群", en=", {share} join a group")
TITLE = Text(
    zh="{channel}直播看完就散：只有 {next} 的观众下一场再来{against}",
    en="{channel} live: only {next} of viewers come to the next session{against}",
)
AGAINST = Text(zh="，自己的其他渠道为 {others}", en=", where the client's other channels keep {others}")
CAUSE = Text(
    zh="{sessions} 场、{viewers} 人次的可识别观众，下一场再来 {next}（区间 {low} 至 {high}），后三场内 {soon}；"
    "{joined}。"
    "每场几乎都在重新找观众：没有下播前预告与预约，也没有把观众接进群。",
    en="{sessions} sessions with {viewers} known viewings: {next} come to the next (interval {low} to {high}), "
    "{soon} to "
    "one of the next three; {joined}. Nearly every audience is won afresh: nothing books viewers for the next session "
    "or takes them into a group.",
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
    "send a group code and a coupon to those who watched five minutes, and remind them an hour before the next start. "
    "Try four sessions, half of the viewers without a reminder for comparison.",
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
