"""What the question on training says."""

from diagnostics.model.wording import Text

QUESTION = Text(zh="培训有没有带来结果？", en="Does training bring results?")
DEFINITION = Text(
    zh="培训效果 = 受训门店（培训日起 {window} 天 ÷ 此前 {window} 天）÷ "
    "未受训门店的同一比值 − 1，即双重差分；结果取门店销售，没有则取"
    "门店加粉。只比前后两个窗口都有结果的门店（数据覆盖再前一个窗口的，那个窗口也要有），"
    "新开或已关的门店两边都不计。"
    "95% 区间按门店间差异（刀切法）。只有区间上限低于有用的最小效果时，才说“没有效果”；区间宽则说“看不出”。"
    "受训门店不是随机选的，另列培训前一个窗口的同样差异作对照（应接近 0）。受训名单来自需求表「培训情况」。",
    en="Effect = trained stores' ({window} days from the training on over the {window} before) over the same ratio of "
    "the untrained, less 1: a difference of differences, on store sales, else on contacts added. Only stores with "
    "results in both windows are compared (and in the window before these, where the data cover it), so new stores "
    "and those already closed count on neither side. 95% interval from the spread between stores (jackknife). It is "
    "called without effect only where the interval's upper end lies below the least useful effect; a wide interval "
    "says nothing. Stores are not trained at random: the same difference one window earlier is shown beside it and "
    "should be near 0. Who was trained comes from the requirement sheet.",
)
NO_LOG = Text(
    zh="需求表「培训情况」没有填写带日期和受训门店编码的培训",
    en="the sheet lists no training with a date and the codes of the stores trained",
)
UNLOCKED_BY = Text(
    zh="需求表「培训情况」：主题、日期、受训门店编码",
    en="the sheet's training table: topic, date, codes of the stores trained",
)
NOT_FOLLOWED = Text(
    zh="培训前后各 {window} 天的门店销售或加粉没有到齐，或前后都有结果的受训、未受训门店不足 {least} 家",
    en="sales or adds of stores do not cover {window} days on both sides, or under {least} stores, trained or "
    "untrained, have results on both",
)
RESULTS = Text(
    zh="带门店编码的门店订单或门店入口日统计", en="store orders with store codes, or entrance statistics by store"
)
ANSWER = Text(
    zh="「{topic}」：受训门店{metric}相对未受训门店 {effect}（95% 区间 {low} 至 "
    "{high}；{trained} 家对 {untrained} 家）{verdict}",
    en="“{topic}”: trained stores' {metric} moved by {effect} beside the untrained (95% interval {low} to {high}; "
    "{trained} "
    "against {untrained} stores){verdict}",
)
NO_EFFECT = Text(zh="，没有带来有用的效果。", en=": no useful effect.")
WORKS = Text(zh="，有效果。", en=": it works.")
UNCLEAR = Text(zh="，还看不出。", en=": not to be told yet.")
METRICS = {"sales": Text(zh="销售", en="sales"), "adds": Text(zh="加粉", en="contacts added")}
TITLE = Text(
    zh="「{topic}」培训后，受训门店的{metric}并不比未受训门店好（{effect}，至多 {high}）",
    en="After “{topic}” trained stores do no better on {metric} than untrained ones ({effect}, at most {high})",
)
CAUSE = Text(
    zh="受训 {trained} 家变动 {mine}，未受训 {untrained} 家变动 {others}。{earlier}常见原因：听课不练、"
    "回店没有任务和检查、培训内容与考核无关。",
    en="{trained} trained stores moved by {mine}, {untrained} untrained by {others}. {earlier}Usual reasons: listening "
    "without practice, no task and no check back in the store, and a topic that no indicator asks for.",
)
ACTION = Text(
    zh="把下一期改为“练一遍、带一周、查一次”：当堂对练，回店后每天一个动作并由店长检查；"
    "先在随机抽取的一半门店做，另一半晚一个月，"
    "用同样的口径比较。",
    en="Turn the next round into practise, a week with a task a day, and a check by the manager; draw half of the "
    "stores at "
    "random to go first and the rest a month later, and compare in the same way.",
)
STOP = Text(
    zh="下一期随机先后仍看不到 {useful} 以上的差别，则停办该主题。",
    en="If the next round, with stores drawn at random, shows no difference of {useful} either, drop the topic.",
)
NO_MONEY = Text(
    zh="没有培训费用，且“没有效果”损失的是培训投入而非销售",
    en="the cost of training is not known; without effect it is the training that is lost, not sales",
)
NOT_RANDOM = Text(
    zh="受训门店不是随机选取，差异不能全归于培训。",
    en="Stores were not chosen at random, so not all of a difference is the training's.",
)
COVERAGE = Text(zh="受训门店 {trained} / {stores} 家。", en="{trained} of {stores} stores were trained at least once.")
LEFT_OUT = Text(
    zh="新开、已关或某个窗口没有结果的门店没有计入比较：{dropped}。",
    en="Stores that are new, closed or without results in a window are left out of the comparison: {dropped}.",
)
DROPPED = Text(zh="「{topic}」{stores} 家", en="{stores} for “{topic}”")
EARLIER = Text(zh="培训前一个窗口两者之差为 {earlier}。", en="One window earlier they differed by {earlier}. ")
