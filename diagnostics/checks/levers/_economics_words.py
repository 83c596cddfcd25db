"""What the page on the private domain's return is called, and what is said on it."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="私域养得起这支团队吗，一个人要带多少好友才打平？",
    en="Does the private domain pay for its team, and how many contacts must one person serve to break even?",
)
DEFINITION = Text(
    zh="私域毛利 = 按归因规则算作私域的净销售额 × 毛利率，折成一年；毛利率取商品成本（覆盖不足一半时用需求表）。成本 = "
    "需求表的团队月成本 × 12 + 激励 + 系统年费用，没有写的不猜。投入产出比 = 私域毛利 ÷ 成本。归因不等于增量：打平增"
    "量占比 "
    "= 成本 ÷ 私域毛利，即至少有多少私域成交是“没有私域就不会发生”的，才算不亏。打平人效 = 一线每人年成本 ÷ 每位好友"
    "年毛利；需求表写了门店导购时，导购名下的好友不算在一线头上。区间来自 50 组客户的刀切法，只反映抽样，"
    "不含归因误差。忠诚度 = 两天以上购买的客户占比：在私域买过的人与"
    "其余"
    "买家（Wilson 区间）；两组人本来就不同，差别不是私域的效果。",
    en="Private margin = net sales that the attribution rule calls private, by margin, scaled to a year; margin from "
    "unit costs (from the sheet where they cover less than half). Cost = the team's monthly cost x 12, incentives and "
    "systems as the sheet states them; what it does not state is not guessed. Return = private margin over cost. "
    "Attributed is not incremental: the break-even share = cost over private margin is how much of the private sales "
    "must be sales that would not have happened otherwise. Break-even load = cost a year of one front-line person over "
    "the margin of one contact; contacts of store guides, where the sheet lists guides, are not the front line's. "
    "Intervals by jackknife over 50 groups of customers: sampling only, not attribution. "
    "Loyalty = customers who bought on two days, those who bought in the private domain beside other buyers (Wilson); "
    "the two differ to begin with, so the gap is no effect.",
)
NO_TEAM = Text(zh="需求表没有写团队的人数与月成本", en="the sheet states no headcount with its monthly cost")
NO_PRIVATE = Text(
    zh="本期没有一笔成交按归因规则算作私域", en="no sale of the period is private by the attribution rule"
)
NO_MARGIN = Text(zh="没有商品成本，需求表也没有毛利率", en="neither unit costs nor a stated margin are known")
UNLOCK = Text(
    zh="需求表的团队人数（含月成本）、毛利率与归因规则；商品档案的单件成本",
    en="the sheet's headcount with monthly cost, margin and attribution rule; unit costs in the item master",
)
ANSWER = Text(
    zh="私域一年毛利 {margin}（{low} 至 {high}），团队、激励与系统 {cost}，投入产出比 {ratio}（{ratio_low} 至 "
    "{ratio_high}）。",
    en="The private domain earns {margin} a year ({low} to {high}) and costs {cost} for team, incentives and systems: "
    "{ratio} for each 1 spent ({ratio_low} to {ratio_high}).",
)
BREAK_EVEN = Text(
    zh="只要私域成交里有 {share} 是真正的增量就打平。",
    en="It breaks even if {share} of its sales are truly additional.",
)
LOSES = Text(
    zh="即使私域成交全部是增量也不够付成本。", en="Even if all of its sales were additional it would not pay its cost."
)
LOAD = Text(
    zh="一线每人年成本 {each}，要带 {need}（{low} 至 {high}）位好友才打平，现在带 {have} 位{lent}。",
    en="A front-line person costs {each} a year and breaks even with {need} contacts ({low} to {high}); today each has "
    "{have}{lent}.",
)
LENT = Text(zh="（门店导购名下的 {n} 位不计）", en=" (the {n} of store guides not counted)")
FRONT_ONLY = Text(
    zh="只算一线（个人号、社群、客服）人员，投入产出比是 {ratio}。",
    en="On front-line people alone (accounts, groups, service) it returns {ratio} for each 1.",
)
SHARED = Text(
    zh="需求表的团队与系统（收银、ERP 等）若同时服务公域渠道，成本应按投入分摊，投入产出比会更高；一线口径是上限的参"
    "照。",
    en="Where the stated team and systems (till, ERP) also serve public channels, cost should be shared out and the "
    "return is higher; front-line people alone mark the other end.",
)
NO_LOAD = Text(
    zh="没有可用的好友数，打平人效算不了；补交企微客户导出即可。",
    en="Without contacts the break-even load can't be told; the WeCom contact export would bring it.",
)
LOYALTY = Text(
    zh="在私域买过的客户里 {share} 有两天以上购买，其余买家为 {other}（两群人本来不同，差别不是私域的效果）。",
    en="Of customers who bought in the private domain {share} bought on two days, of other buyers {other}: two kinds "
    "of people, so the gap is no effect.",
)
STATED_MARGIN = Text(
    zh="毛利率用需求表填写的 {margin}，没有单品成本可核对。",
    en="The margin of {margin} is the sheet's; no unit costs bear it out.",
)
UNSTATED = Text(
    zh="成本里没有：{parts}（需求表未写）。", en="Not in the cost, as the sheet does not state it: {parts}."
)
PARTS: dict[str, Text] = {
    "team": Text(zh="团队", en="team"),
    "incentives": Text(zh="激励", en="incentives"),
    "systems": Text(zh="系统", en="systems"),
}
