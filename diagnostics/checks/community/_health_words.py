"""What the question on living and dead groups says."""

from diagnostics.model.wording import Text, word_number

# Days over which a group is observed.
WINDOW = 14
QUESTION = Text(zh="哪些社群已经死了，私域池还有多少活力？", en="Which groups are dead, and how alive is the pool?")
DEFINITION = Text(
    zh="死群 = 最近 {window} 天没有任何客户发言（企业发言已扣除；统计未区分企业发言时，任何消息都算）。"
    "新建不足 {window} 天、"
    "或统计不足七成天数的群不判断。只有按群主的统计时，给出「必然无消息」的下限：各日有消息群数之和仍小于群数，"
    "差额即必死；"
    "该口径把企业消息也算作活跃，因此偏宽。群主之间比死群占比，二项检验，错误发现率 5%。寿命曲线：建群满 N "
    "个月的群里当月"
    "仍有客户发言的占比（只计有 20 天以上统计的月）。",
    en="Dead = no customer spoke in the last {window} days (messages of the company are taken off; where the "
    "statistics do "
    "not tell them apart, any message counts). Groups younger than {window} days or with under 70% of the days told "
    "are "
    "not judged. Statistics by owner give a lower bound only: if the groups with a message, added over the days, are "
    "fewer than the groups, the rest certainly had none; as company messages count as activity there, it is lenient. "
    "Owners are compared by the share of dead groups (binomial, false discovery rate 5%). Life curve: of groups at an "
    "age of N months, those in which a customer still spoke in that month (months with 20 days told).",
)
NOTHING = Text(
    zh="群统计既没有按群，也没有按群主的有消息群数",
    en="the group statistics tell active groups neither by group nor by owner",
)
UNLOCKED_BY = Text(
    zh="按群的日消息数（会话存档或 SCRM 群明细），或企业微信群聊统计（按群主）",
    en="messages by group and day (chat archive or SCRM group details), or WeCom group statistics by owner",
)
ANSWER = Text(
    zh="{groups} 个可判断的群里 {dead} 个最近 {window} 天没有客户发言（{share}，95% 区间 {low} 至 {high}）。",
    en="In {dead} of {groups} groups that can be judged no customer spoke in the last {window} days ({share}, 95% "
    "interval "
    "{low} to {high}).",
)
ANSWER_OWNERS = Text(
    zh="{owners} 位群主共 {groups} 个群，最近 {window} 天每天有消息的群占 {active}；必然整段无消息的群至少 {dead} 个。",
    en="{owners} owners hold {groups} groups; on a day {active} of them have a message (last {window} days), and at "
    "least "
    "{dead} certainly had none in all that time.",
)
ANSWER_ALIVE = Text(
    zh="{owners} 位群主共 {groups} 个群，最近 {window} 天每天有消息的群占 {active}；没有一个群能断定整段无消息。",
    en="{owners} owners hold {groups} groups; on a day {active} of them have a message (last {window} days), and none "
    "can be said to have had no message in all that time.",
)
ANSWER_WHOLE = Text(
    zh="全部群每天有消息的占 {active}；统计没有按群或群主，无法指出是哪些群。",
    en="On a day {active} of all groups have a message; the statistics name neither groups nor owners.",
)
TITLE_POOL = Text(
    zh="{groups} 个群里 {dead} 个（{share}）最近 {window} 天没有客户发言",
    en="In {dead} of {groups} groups ({share}) no customer spoke in the last {window} days",
)
TITLE_OWNER = Text(
    zh="{who}的 {groups} 个群里 {dead} 个没有客户发言，其他群主只有 {others}",
    en="{who}: {dead} of {groups} groups without a word of a customer, other owners have {others}",
)
TITLE_GROUP = Text(
    zh="{who}已 {days} 天没有客户发言（{members} 位成员）",
    en="{who}: no customer spoke for {days} days ({members} members)",
)
TITLE_BOUND = Text(
    zh="{who}的 {groups} 个群里至少 {dead} 个整整 {window} 天没有任何消息",
    en="{who}: at least {dead} of {groups} groups had no message at all in {window} days",
)
CAUSE = Text(
    zh="涉及约 {members} 位群成员。{names}{age}先看群主是否还在岗、欢迎与固定栏目是否停了、群里是否只剩广告。",
    en="About {members} members are in them. {names}{age}Look first at whether the owner is still there, whether the "
    "welcome and the regular features stopped, and whether only advertising is left.",
)
NAMES = Text(zh="群：{names}。", en="Groups: {names}. ")
AGE = Text(
    zh="建群 {age} 个月的群里仍有 {share} 有客户发言。",
    en="At an age of {age} months customers speak in {share} of the groups. ",
)
ACTION = Text(
    zh="分三类处理：仍有高价值成员的群换群主、定主题重启两周；低价值的群合并到活跃群，先一对一告知；"
    "确无人应的群解散并把成员转到"
    "一对一名单。重启群与未重启群对照。",
    en="Three ways: where high-value members sit, change the owner and restart with a theme for two weeks; merge "
    "low-value "
    "groups into lively ones after a personal word; close those where nobody answers and move the members to the "
    "one-to-one list. Compare restarted groups with those left as they are.",
)
STOP = Text(
    zh="重启两周后仍没有 5 位以上客户发言，则停止运营该群并合并。",
    en="If after two weeks of restart fewer than 5 customers spoke, stop and merge the group.",
)
NO_MONEY = Text(
    zh="群内发言与成交没有对应，死群值多少钱无法从现有数据算出",
    en="talk in groups is not tied to orders, so the worth of a living group is not measured",
)
SOURCE = {
    "group": Text(
        zh="数据来源：按群的日统计（会话存档或 SCRM）。", en="Source: daily statistics by group (archive or SCRM)."
    ),
    "owner": Text(
        zh="数据来源：企业微信群聊统计（按群主按日），不能指出具体是哪个群，企业消息也算活跃。",
        en="Source: WeCom group statistics by owner and day; single groups can't be named, company messages count.",
    ),
    "whole": Text(
        zh="数据来源：全部群的日统计（如 LinkWeChat 导出），不能区分群与群主。",
        en="Source: statistics of all groups by day (such as LinkWeChat's); groups and owners can't be told apart.",
    ),
}
RULES = {
    "none": Text(zh="需求表：没有群规。", en="Sheet: there are no group rules."),
    "written": Text(zh="需求表：群规写了但未执行。", en="Sheet: group rules are written and not enforced."),
    "enforced": Text(zh="需求表：群规已执行。", en="Sheet: group rules are enforced."),
}
BANDS = (
    Text(zh="30 天内", en="within 30 days"),
    Text(zh="31 至 90 天", en="31 to 90 days"),
    Text(zh="91 至 180 天", en="91 to 180 days"),
    Text(zh="181 至 365 天", en="181 to 365 days"),
    Text(zh="一年以上或从未", en="over a year or never"),
)
STATES = {
    "alive": Text(zh="活跃", en="alive"),
    "dead": Text(zh="死群", en="dead"),
    "young": Text(zh="新群", en="too young"),
    "untold": Text(zh="统计不足", en="not told"),
}


def word_groups(groups: float, dead: float) -> dict[str, Text]:
    """The parts that tell how many groups are dead, over which days."""
    return {"groups": word_number(groups), "dead": word_number(dead), "window": word_number(WINDOW)}
