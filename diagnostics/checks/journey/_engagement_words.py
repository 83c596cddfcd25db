"""What the question on time and money says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="用户在我们这里花时间也花钱吗，玩互动的人是否来得更勤、买得更多？",
    en="Do customers give us time as well as money, and do those who play come and buy more?",
)
DEFINITION = Text(
    zh="时间 = 近一期有行为记录的天数（行为日志没有停留时长，天数是最接近的量）；常来 = 两天及以上。金钱 = 同期消费；"
    "花得多 = 不低于中间那位买家。四格：常来且花得多、只花时间、只花钱、都不多。互动用户 = 有过游戏、抽奖、签到、"
    "打卡等行为的人，与其他有行为的人比，分此前买过与没买过两组，以免老客冒充互动的效果；仍是相关，"
    "爱来的人本就更愿意玩。区间 95%，每组不足 {least} 人不比。",
    en="Time = days with an action in the current period (logs hold no dwell, days come closest); often = two days and "
    "more. Money = spend of the same period; much = no less than the middle buyer. Four cells: both, time only, money "
    "only, neither. Players = people with a game, draw, check-in or the like, against others with an action, apart "
    "for those who had bought before and those who had not, so that old customers do not pass for an effect; still an "
    "association, for who likes to come also likes to play. Intervals 95%, none from groups under {least}.",
)
TOO_FEW = Text(zh="近一期有行为记录的客户不足 {n} 人", en="under {n} known customers acted in the current period")
UNLOCK = Text(
    zh="带客户编号的小程序或商城行为日志（含互动、游戏、签到）",
    en="behaviour logs of the mini-program or shop with customer ids, including games and check-ins",
)
ANSWER = Text(
    zh="{n} 位客户里，{both} 常来且花得多，贡献销售额的 {gmv}；{time} 只花时间，{money} 只花钱不来互动。",
    en="Of {n} customers {both} come often and spend much, with {gmv} of sales; {time} give time only, {money} money "
    "only.",
)
PLAYERS = Text(
    zh="互动用户下单 {yes}，其他 {no}（{who}，差距 {range}）：{verdict}。",
    en="Players order {yes}, others {no} ({who}, difference {range}): {verdict}.",
)
VISITS = Text(zh="互动用户平均来 {yes} 天，其他 {no} 天。", en="Players come on {yes} days, others on {no}.")
NO_PLAYERS = Text(
    zh="日志里没有游戏、抽奖、签到这类互动，互动效果无从比较。",
    en="The log holds no games, draws or check-ins, so playing can't be compared.",
)
MORE, LESS, SAME = (
    Text(zh="互动的人买得更多", en="players buy more"),
    Text(zh="互动的人买得更少", en="players buy less"),
    Text(zh="看不出差别", en="no difference shows"),
)
CELLS: dict[tuple[bool, bool], Text] = {
    (True, True): Text(zh="常来且花得多", en="Time and money"),
    (True, False): Text(zh="只花时间", en="Time only"),
    (False, True): Text(zh="只花钱", en="Money only"),
    (False, False): Text(zh="都不多", en="Neither"),
}
PLANS: dict[tuple[bool, bool], Text] = {
    (True, True): Text(zh="专属权益与共创，请他们带新", en="benefits of their own, ask them to bring friends"),
    (True, False): Text(zh="用首单或小单权益试一次成交", en="try a first small order with a benefit"),
    (False, True): Text(
        zh="给一个再来的理由：服务、会员日、内容", en="give a reason to come: service, member days, content"
    ),
    (False, False): Text(zh="低频提醒，不占推送额度", en="remind seldom"),
}
GROUPS = {0: Text(zh="此前没买过", en="never bought before"), 1: Text(zh="此前买过", en="bought before")}
AXIS = Text(zh="客户数", en="Customers")
