"""What scenarios of automatic follow-up are called, and what is said of them."""

from __future__ import annotations

from diagnostics.model.wording import Text

KNOWN_ONLY = Text(
    zh="“添加好友后未买”只数能与客户对上的好友；对不上的好友买没买过无从知道，不在其中。",
    en="“Added, never bought” counts contacts matched to a customer; whether the others ever bought is not known.",
)
SCENARIOS: dict[str, Text] = {
    "intent_no_order": Text(zh="加购未下单", en="Cart without order"),
    "long_cycle": Text(zh="咨询或预约后未下单", en="Asked or booked, no order"),
    "welcome": Text(zh="添加好友后未买", en="Added, never bought"),
    "second_purchase": Text(zh="首购后到期未二购", en="Second purchase due"),
    "lapse": Text(zh="老客过流失线", en="Past the lapse line"),
    "big_event": Text(zh="大型活动", en="Large event"),
    "birthday": Text(zh="生日", en="Birthday"),
}
RULES: dict[str, Text] = {
    "intent_no_order": Text(
        zh="加购或收藏，次日仍未下单，30 天内", en="put into the cart or saved, no order by the next day, up to 30 days"
    ),
    "long_cycle": Text(
        zh="咨询或预约，次日仍未下单，30 天内", en="asked or booked, no order by the next day, up to 30 days"
    ),
    "welcome": Text(
        zh="从未购买、添加 7 天后仍未买，30 天内", en="never bought, nor within 7 days of being added, up to 30 days"
    ),
    "second_purchase": Text(
        zh="首购后超过自然复购中位天数、未到流失线", en="one purchase, beyond the median gap and before the lapse line"
    ),
    "lapse": Text(
        zh="买过两次以上，沉默超过流失线、未到两倍", en="two purchases or more, silent for one to two lapse lines"
    ),
    "big_event": Text(zh="只看需求表是否上线", en="only whether the sheet has it live"),
    "birthday": Text(zh="生日属个人信息，不入库，只看需求表", en="birthdays are not kept: only what the sheet says"),
}
CADENCE: dict[str, Text] = {
    "intent_no_order": Text(zh="当天、1 天、3 天各一次", en="same day, day 1, day 3"),
    "long_cycle": Text(
        zh="当天、1 天、3 天，之后每周由导购跟进", en="same day, day 1, day 3, then weekly by the adviser"
    ),
    "welcome": Text(zh="即时欢迎，第 1、3、7 天", en="at once, days 1, 3 and 7"),
    "second_purchase": Text(
        zh="中位日前 7 天、当天、流失线前", en="7 days before the median, on it, before the lapse line"
    ),
    "lapse": Text(zh="过线当天、7 天、30 天", en="on the day, after 7 and 30 days"),
}
QUESTION = Text(
    zh="今天有多少客户正等着自动跟进，跟进了能值多少，自动化的四个模块各走到哪一步？",
    en="How many customers wait for an automatic follow-up today, what is it worth, and how far do the four modules "
    "of automation stand?",
)
DEFINITION = Text(
    zh="每个场景先定义“开始等待”的时点，等到下一次下单或过期为止。今天人数 = 截止日仍在等待的客户；一年进入 = 本期开始"
    "等待的次数折算到一年。自回率 = 开始等待后 30 天内自己回来的比例（未满 30 天的不计），预计消费 = 今天人数 × 自回率"
    " × 回来当天的消费，不是自动化的增量。触达覆盖 = 有触达日志以来，开始等待后 3 天内收到任何触达的比例。增量 = 一年"
    "未被触达的次数 × 自回率 × 提升幅度 × 当天消费，提升幅度要靠留对照组来验证。四个模块：用户准备（标签、画像、筛"
    "选）、用户旅程（流程、策略、连环）、自动触达（渠道、规模、个性）、优化提升（剖析、转化、监测），各看三件能核对的"
    "事，需求表写明或数据里看得到才算有。自动化清单逐条三问：长效（已上线）、可重复（写明触发条件）、易操作（写明由系"
    "统执行的渠道）。",
    en="Each scenario has a moment at which the wait begins and lasts until the next order or its end. Audience = "
    "customers waiting on the last day; a year's entries = waits begun in the current period, scaled. Return = share "
    "that comes back alone within 30 days (younger waits left out); expected sales = audience x return x what is "
    "spent on that day, which is no gain of automation. Reached = waits with any touch within 3 days, since the first "
    "touch known. Gain = a year's waits not reached x return x lift x that day's spend; only a comparison group tells "
    "the lift. Four modules: preparing users (tags, profile, selection), journeys (flows, strategy, chains), "
    "automatic touches (channels, scale, fit) and improving (analysis, conversion, watching); each has three facts "
    "that can be checked, and counts only what the sheet states or the data show. Each automation passes three tests: "
    "lasting (it is live), repeatable (its trigger is written), easy (a channel by which a system sends is named).",
)
NEITHER = Text(
    zh="没有能对应到客户的订单、好友或行为事件，看不出谁在等待；需求表也没有回答「自动化能力」",
    en="no orders, contacts or events that name customers, so nobody can be seen waiting, and the requirement sheet "
    "leaves “Automation in use” open",
)
UNLOCKED_BY = Text(
    zh="带客户标识的订单与小程序/商城行为日志；需求表：自动化能力",
    en="orders with a customer key and behaviour logs; the requirement sheet: Automation in use",
)
NO_WAITS = Text(
    zh="没有能对应到客户的订单、好友或行为事件，看不出谁在等待：请补带客户标识的订单与小程序/商城行为日志。",
    en="No orders, contacts or events name customers, so nobody can be seen waiting: deliver orders with a customer "
    "key and behaviour logs.",
)
ANSWER = Text(zh="今天等待跟进的客户：{audiences}{largest}。", en="Waiting today: {audiences}{largest}.")
AUDIENCE = Text(zh="{scenario} {n} 人", en="{scenario} {n}")
LARGEST = Text(
    zh="；其中{scenario}预计 30 天内自行消费 {money}，若触达使回来的人多一成，一年约多 {gain}",
    en="; of these “{scenario}” will spend {money} by themselves in 30 days, and a tenth more of them back would be "
    "about {gain} a year",
)
MISSED = Text(zh="没有自动跟进的场景：{names}。", en="Without a follow-up: {names}.")
COVERED = Text(zh="没有发现被漏掉的场景。", en="No scenario is found missed.")
NOT_JUDGED = Text(
    zh="没有触达日志，需求表也没有写自动化清单，是否有跟进无从判断。",
    en="Without a log of touches or a list of automations in the sheet, nobody can tell whether they are followed up.",
)
TITLE = Text(
    zh="「{scenario}」没有自动跟进：一年 {a_year} 次，今天 {audience} 人在等",
    en="“{scenario}” has no automatic follow-up: {a_year} times a year, {audience} people today",
)
BY_LOG = Text(
    zh="{logged} 次等待中只有 {share} 在 3 天内收到触达（区间上限 {high}）",
    en="of {logged} waits only {share} got a touch within 3 days (upper end {high})",
)
BY_SHEET = Text(
    zh="需求表的自动化清单里没有上线这个场景，也没有触达日志可以反证",
    en="the sheet's list of automations has it not live, and no log of touches shows otherwise",
)
BY_SILENCE = Text(
    zh="需求表没有列出任何自动化，也没有交来触达日志",
    en="the sheet lists no automation and no log of touches was delivered",
)
CAUSE = Text(
    zh="{evidence}。自己回来的有 {back}，当天消费 {each}。金额从 0 起：中值按回来的人多 {lift}，上限按多 {high}（公开"
    "案例自述增幅，无对照组）。",
    en="{evidence}. {back} come back alone and spend {each} that day. Money starts at 0: the middle takes {lift} more "
    "of them back, the high end {high} (a public case's own claim, without a comparison group).",
)
ACTION = Text(
    zh="上线场景「{scenario}」：触发 = {rule}；节奏 = {cadence}；下单即退出；随机留 20% 不触达作对照。",
    en="Put “{scenario}” live: trigger = {rule}; cadence = {cadence}; leave on ordering; keep a random 20% untouched.",
)
STOP = Text(
    zh="两个月后触达组 30 天回来率不高于对照组，或拉黑率上升三成，停止该场景。",
    en="Stop if after two months those touched come back no more often than the rest, or blocks rise by 30%.",
)
NO_MONEY = Text(
    zh="等待满 30 天的不足 30 次，回来率与消费还看不清",
    en="fewer than 30 waits are 30 days old: return and spend can't be seen yet",
)
LIVE = Text(zh="已上线", en="live")
NOT_LIVE = Text(zh="未上线", en="not live")
NOT_STATED = Text(zh="未填", en="not stated")
CADENCE_SAID = Text(
    zh="表达意向的 {n} 次中，当天触达 {same}，第 1 天 {first}，第 2–3 天 {third}。",
    en="Of {n} intents {same} got a touch the same day, {first} on day 1, {third} on days 2 to 3.",
)
