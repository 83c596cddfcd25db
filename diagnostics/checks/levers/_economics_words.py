"""What the page on the private domain's return and on platform fees is called, and what is said of the return."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="私域养得起这支团队吗，老客转到自有场能省多少平台费用？",
    en="Does the private domain carry its team, and what would be saved in platform fees where regulars buy in own "
    "shops?",
)
DEFINITION = Text(
    zh="私域毛利 = 按归因规则算作私域的净销售额 × 毛利率，折成一年；毛利率取商品成本（覆盖不足一半时用需求表）。成本 = "
    "需求表的团队月成本 × 12 + 激励 + 系统年费用，没有写的不猜。投入产出比 = 私域毛利 ÷ 成本。归因不等于增量：打平增"
    "量占比 = 成本 ÷ 私域毛利，即至少有多少私域成交是“没有私域就不会发生”的，才算不亏。打平人效 = 一线（个人号、社群、"
    "客服）每人年成本 ÷ 每位好友年毛利；需求表写了门店导购时，导购名下的好友不算在一线头上。"
    "区间来自 50 组客户的刀切法，只反映抽样，不含归因误差。"
    "平台费率 = 结算账单的全部费用 ÷ 用户实付（退款为负，已抵扣），取本期结算。可省 = 公域渠道里“好友的复购成交额” ×"
    "（该渠道费率 − 自有场费率）：这些人企业已经够得着，转场才不必再买流量；自有场费率取自有渠道的账单，没有则假设为 "
    "{own}。这是全部转走时的上限，未扣转场的优惠与履约成本，也不主张强行转场：客户习惯在哪里买就在哪里买。",
    en="Private margin = net sales that the attribution rule calls private, by margin, scaled to a year; margin from "
    "unit costs (from the sheet where they cover less than half). Cost = the team's monthly cost x 12, incentives and "
    "systems as the sheet states them; what it does not state is not guessed. Return = private margin over cost. "
    "Attributed is not incremental: the break-even share = cost over private margin is how much of the private sales "
    "must be sales that would not have happened otherwise. Break-even load = cost a year of one front-line person "
    "(accounts, groups, service) over the margin of one contact; contacts of store guides, where the sheet lists "
    "guides, are not the front line's. Intervals by jackknife over 50 groups of customers: sampling only, not "
    "attribution. "
    "Rate of fees = all fees of the settlement bills over what buyers paid (refunds stand below zero), of the bills of "
    "the period. Could be saved = repeat sales of contacts on public platforms × (the platform's rate less the own "
    "shop's): these people can be reached without buying traffic. The own rate comes from the bills of own channels, "
    "else it is taken to be {own}. It is the upper end if all of it moved, before incentives and delivery, and no call "
    "to force anybody: customers buy where they like.",
)
NO_RULE = Text(
    zh="订单没有按归因规则标明哪些是私域成交",
    en="orders don't say which sales are private, for want of a rule of attribution",
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
NO_RETURN = Text(
    zh="看不出私域养不养得起团队：{reason}。可补：{sources}。",
    en="Whether the private domain carries its team can't be told: {reason}. What would show it: {sources}.",
)
NEITHER = Text(
    zh="{reason}；本期也没有写明实付金额的结算账单",
    en="{reason}; no settlement bill of the period states an amount paid either",
)
UNLOCK_BOTH = Text(
    zh="{sources}；带实付金额与费用的结算账单", en="{sources}; settlement bills with the amount paid and the fees"
)
ANSWER = Text(
    zh="私域一年毛利 {margin}（{low} 至 {high}），团队、激励与系统 {cost}，投入产出比 {ratio}（{ratio_low} 至 "
    "{ratio_high}{front}），{even}。",
    en="The private domain earns {margin} a year ({low} to {high}) and costs {cost} for team, incentives and systems: "
    "{ratio} for each 1 spent ({ratio_low} to {ratio_high}{front}); {even}.",
)
FRONT_ONLY = Text(zh="；只算一线人员为 {ratio}", en="; {ratio} on front-line people alone")
BREAK_EVEN = Text(
    zh="只要私域成交里有 {share} 是真正的增量就打平",
    en="it breaks even if {share} of its sales are truly additional",
)
LOSES = Text(
    zh="即使私域成交全部是增量也不够付成本", en="even if all of its sales were additional it would not pay its cost"
)
LOAD = Text(
    zh="一线每人年成本 {each}，要带 {need}（{low} 至 {high}）位好友才打平，现在带 {have} 位{lent}。",
    en="A front-line person costs {each} a year and breaks even with {need} contacts ({low} to {high}); today each has "
    "{have}{lent}.",
)
LENT = Text(zh="（门店导购名下的 {n} 位不计）", en=" (the {n} of store guides not counted)")
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
    zh="两群人本来不同，差别不是私域的效果。区间：Wilson 95%。",
    en="Two kinds of people, so the gap is no effect of the private domain. Intervals: Wilson, 95%.",
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
