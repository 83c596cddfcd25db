"""Words of the section on roles and their indicators."""

from __future__ import annotations

from typing import Literal

from diagnostics.model.wording import Text

Gap = Literal["", "nobody", "no_indicator", "weights"]

QUESTION = Text(
    zh="私域需要的岗位都有人、都有考核吗，这个阶段该考核什么？",
    en="Is every role that is needed filled and assessed, and what should be assessed at this stage?",
)
DEFINITION = Text(
    zh="依需求表判断。需要的岗位由现状推出：有企业微信就要有人一对一，有社群就要社群运营，有会员体系就要会员运营，"
    "有门店就要导购，有直播就要直播岗，三个及以上渠道要有人出数。极简模式只要求负责人与社群运营，代运营只要求负责人。"
    "缺口 = 没有人，或写了考核却没有这一岗的指标，或该岗权重合计不是 100%（允许相差 1 个百分点）。"
    "阶段按私域启动至今的月数：启动期、成长期、成熟期，分界可改；各期主指标取自公开的运营模板（人人都是产品经理等），“已在考核”按字面比对。"
    "岗位卡与各期的指标、权重是范例，由顾问与客户定。人效 = 私域 GMV（按归因规则标记的订单，一年）÷ 总部人数；"
    "人力费用率 = 全队年人力成本 ÷ 年 GMV；盈亏平衡 = 人力成本 ÷ 毛利率，即至少要带来的 GMV。",
    en="Judged from the sheet. Needed roles follow from what there is: WeCom needs somebody for one-to-one service, "
    "groups a community role, a membership a member role, stores guides, live sessions a live role, three channels and "
    "more somebody for figures. The minimal mode asks only for a lead and a community role, an agency only for a lead. "
    "A gap = nobody, or indicators are stated but none for this role, or its weights don't sum to 100% (one point "
    "aside). The stage goes by months since the private domain began: start, growth, mature; the borders can be "
    "changed. Its main indicators follow published templates of operators; “assessed already” compares words. "
    "Indicators and weights, on role cards and by stage, are examples to be set with the client. GMV per head = "
    "private GMV (orders marked by the attribution rule, a year) over heads without store guides; labour share = the "
    "team's cost a year over annual GMV; break-even = labour cost over gross margin, the GMV that it must bring at "
    "least.",
)
ALL_THERE = Text(
    zh="需要的 {n} 个岗位都有人{kpis}，合计 {fte} 人、每月 {cost}。",
    en="All roles needed ({n}) are filled{kpis}: {fte} full-time equivalents, {cost} a month.",
)
WITH_KPIS = Text(zh="、都有考核", en=" and have indicators")
SOME_LACK = Text(
    zh="需要的 {n} 个岗位里 {gaps} 个有缺口：{list}；全队 {fte} 人、每月 {cost}。",
    en="Roles needed: {n}; with a gap: {gaps} ({list}). The team is {fte} full-time equivalents, {cost} a month.",
)
NO_KPIS = Text(
    zh="需求表没有写现有考核，是否有指标未作判断。",
    en="The sheet states no current indicators, so whether roles have any was not judged.",
)
GAPS: dict[Gap, Text] = {
    "nobody": Text(zh="没有人", en="nobody holds the role"),
    "no_indicator": Text(zh="没有指标", en="the role has no indicators"),
    "weights": Text(zh="权重合计 {weight}", en="weights sum to {weight}"),
}
ITEM = Text(zh="{role}{gap}", en="{role}: {gap}")
TITLE = Text(zh="{role}岗{gap}", en="{role}: {gap}")
CAUSE = Text(
    zh="需要这一岗的原因：{reason}；现有 {fte} 人，考核指标 {kpis} 项（需求表）。",
    en="Needed because {reason}; filled by {fte} full-time equivalents with {kpis} indicators (sheet).",
)
ACTION_NOBODY = Text(
    zh="先指定一位兼任者并写进日程（每周不少于一天），职责：{duty}；试行指标：{kpis}。三个月后按工作量决定是否专设。",
    en="Name somebody part-time first, a day a week at least, for {duty}; try the indicators {kpis}. Decide on a post "
    "of "
    "its own after three months, by the work there is.",
)
ACTION_KPI = Text(
    zh="给这一岗定三到五项能从数据取数的指标，权重合计 100%，可从这里改起：{kpis}。",
    en="Give the role three to five indicators that data can tell, with weights that sum to 100%; begin from: {kpis}.",
)
STOP = Text(
    zh="三个月后这一岗的指标没有一项能按月取数，或工作量不足每周一天，则并入相邻岗位。",
    en="Merge the role with its neighbour if after three months none of its indicators can be read monthly, or there "
    "is "
    "less than a day's work a week.",
)
NO_MONEY = Text(
    zh="缺岗的损失要看它管的那一段，已在相应问题里计算", en="what an empty role costs shows in what it would look after"
)
REASONS: dict[str, Text] = {
    "manager": Text(zh="私域要有人对结果负责", en="somebody must answer for the result"),
    "account": Text(zh="有企业微信或个人号好友", en="there are WeCom or personal accounts"),
    "group": Text(zh="有社群", en="there are groups"),
    "member": Text(zh="有会员体系", en="there is a membership"),
    "store_guide": Text(zh="有门店渠道", en="there are stores"),
    "live": Text(zh="做直播", en="there are live sessions"),
    "data": Text(zh="有三个及以上渠道要出数", en="three channels and more need figures"),
    "service": Text(zh="企微与店铺都要接待", en="contacts and shops are to be received"),
}
