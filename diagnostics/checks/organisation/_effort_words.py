"""Words of the section on effort and result."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="人手投下去是越做越顺还是卡住了，省一步值多少，常做的事写成流程了吗、部门配合吗？",
    en="Does the work done by hand flow or get stuck, what is a step saved worth, and are routine jobs written down "
    "and departments working together?",
)
DEFINITION = Text(
    zh="人手：本期与上期（同样的月份；统计不足时比最近两个 90 天）对比企微员工账号的三件事：投入 = 每个账号有动作的一"
    "天发出的消息；连续 = 有单聊或消息的账号日 ÷ 全部账号日；效果 = 每千条消息换来的新增好友与私域 GMV（按归因规则标记"
    "的订单）。三件都往坏处走，才说是“人工怪圈”；每件都要变动超过 {step} 才算。省一步 = 有统计的日子折成一年的动作次数"
    " × 1 分钟，按总部人均月成本 ÷ {hours} 小时（21.75 个计薪日 × 8 小时）折钱：是每省 1 分钟的单价，不是已经省下的钱。"
    "流程与配合依需求表判断：流程清单按字面归到 {n} 类私域常做的任务；有流程、且最近 {months} 个月更新过才算覆盖，更"
    "久没更新的为过期，清单没提到的记为未写，不当作没有；自动 = 已上线的自动化场景接手了这类任务。部门配合度为 1 至 5 "
    "分，1 为不配合，5 为共享数据和目标；不做加权。",
    en="Work: the current period against the same months before (or the last two windows of 90 days), over staff "
    "accounts: effort = messages per active account day; continuity = account days with a chat or message over all; "
    "effect = contacts added and private GMV (orders marked by the attribution rule) per thousand messages. Only if "
    "all three worsen is it called the trap of manual work, and each counts from a change of {step}. A step saved = "
    "actions on the days told, scaled to a year, × 1 minute, at the monthly cost of a head over {hours} hours (21.75 "
    "paid days of 8 hours): the price of a minute, no saving made yet. Procedures and cooperation are judged from the "
    "sheet: its procedures are put under {n} kinds of recurring task by their words; a kind is covered if one was "
    "changed within {months} months, overdue if it is older or undated, and not stated (rather than lacking) if the "
    "list is silent; automated = a live scenario takes the task over. Cooperation is scored from 1 (none) to 5 "
    "(shares data and targets), without weights.",
)
ANSWER = Text(
    zh="{accounts} 个账号本期发出 {messages} 条消息，有动作的日子占 {active}，每千条消息换来 {added} 位新好友；"
    "{turn}。",
    en="{accounts} accounts sent {messages} messages, were active on {active} of their days and added {added} "
    "contacts per thousand messages; {turn}.",
)
TRAP = Text(
    zh="{then}投入更大、更不连续、效果更差：这就是人工怪圈，先减动作再加人",
    en="{then} there is more effort, less continuity and less effect: the trap of manual work, so cut actions before "
    "adding people",
)
WORSE = Text(
    zh="{then}变差的是{names}，其余没有变差，还谈不上人工怪圈",
    en="{then} these got worse: {names}; the others did not, so it is no trap of manual work",
)
STEADY = Text(zh="{then}三件事都没有变差", en="{then} none of effort, continuity and effect got worse")
THEN_YEAR = Text(zh="与上期比，", en="against the period before,")
THEN_RECENT = Text(zh="近 {days} 天与再往前 {days} 天比，", en="in the last {days} days against the {days} before,")
NO_BEFORE = Text(zh="没有可比的上期，走势待补", en="there is no period to compare with yet")
OTHER_SEASON = Text(
    zh="员工统计不足以与上一年同月对比，改比最近两个 90 天窗口：季节与大促不同，只作提示。",
    en="Staff statistics do not reach back a year, so the last two windows of 90 days are compared: season and "
    "promotions differ, take it as a hint.",
)
MINUTE = Text(
    zh="接待动作最多的是{name}：每次省 1 分钟，一年省 {hours} 小时{money}。",
    en="Most frequent is {name}: a minute less each time is {hours} hours a year{money}.",
)
WORTH = Text(zh="（约{money}）", en=" (about {money})")
NEITHER = Text(
    zh="本期没有员工账号的统计，需求表也没有回答「SOP清单」",
    en="no statistics of staff accounts in the current period, and the requirement sheet leaves “SOP list” open",
)
UNLOCK = Text(
    zh="企业微信联系客户统计（按员工、按日）；需求表：SOP清单",
    en="the WeCom behaviour statistics by staff and day; the requirement sheet: SOP list",
)
NO_WORK = Text(
    zh="本期没有员工账号的统计，投入、连续与效果算不出：请导出企业微信联系客户统计（按员工、按日）。",
    en="There are no statistics of staff accounts in the current period, so effort, continuity and effect can't be "
    "told: export the WeCom behaviour statistics by staff and day.",
)
NO_LOG = Text(
    zh="流程前后各用多少分钟、培训花了多少钱，导出里没有：补一周的任务用时记录（任务、优化前分钟、优化后分钟）和培训费"
    "用，才能算真实节省。",
    en="No export tells minutes before and after, nor what training cost: a week's time log (task, minutes before, "
    "minutes after) and the cost of training would show what is really saved.",
)
MEASURES: dict[str, Text] = {
    "effort": Text(zh="投入：每个有动作的账号日发出的消息", en="Effort: messages per active account day"),
    "continuity": Text(zh="连续：有动作的账号日占比", en="Continuity: share of account days active"),
    "adds": Text(zh="效果：每千条消息新增好友", en="Effect: contacts added per thousand messages"),
    "money": Text(zh="效果：每千条消息私域 GMV", en="Effect: private GMV per thousand messages"),
}
SHORT: dict[str, Text] = {
    "effort": Text(zh="投入", en="effort"),
    "continuity": Text(zh="连续性", en="continuity"),
    "effect": Text(zh="效果", en="effect"),
}
ACTIONS: dict[str, Text] = {
    "chats": Text(zh="单聊接待", en="one-to-one chats"),
    "added": Text(zh="新好友欢迎", en="welcoming contacts"),
    "messages": Text(zh="发送消息", en="messages sent"),
}
STEP_REASON = Text(
    zh="半成以内的变动常是季节与大促的差别；本工具的设定，可改",
    en="changes within a twentieth are often season and promotions; a setting, can be changed",
)
BETTER, GOT_WORSE, SAME = (
    Text(zh="变好", en="better"),
    Text(zh="变差", en="worse"),
    Text(zh="持平", en="about the same"),
)
