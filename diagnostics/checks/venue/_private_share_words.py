"""What is said of the private domain's share of GMV."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_RULE = Text(
    zh="订单没有按归因规则分出私域与公域，私域占 GMV 的比重算不出；在需求表写明归因规则即可补上。",
    en="Orders are not told into private and public, so the private domain's share of GMV can't be computed; a rule of "
    "attribution in the requirement sheet would show it.",
)
ANSWER = Text(
    zh="私域占 GMV 的 {share}{change}，{against}。",
    en="The private domain holds {share} of GMV{change}; {against}.",
)
WAS = Text(zh="（上期 {before}）", en=" ({before} before)")
RANGE = Text(zh="{least} 至 {most}", en="{least} to {most}")
AGAINST_CAP = Text(zh="客户设定的上限为 {bound}", en="the client's cap is {bound}")
AGAINST_TARGET = Text(zh="客户设定的目标或上限为 {bound}", en="the client's target or cap is {bound}")
UNBOUND = Text(
    zh="需求表没有设定范围，是否合适无从判断",
    en="the sheet sets no range, so whether it is right can't be judged",
)
RULE = Text(
    zh="私域占比取决于归因规则；换一条规则，占比会不同。",
    en="The private domain's share depends on the attribution rule; by another rule it is another share.",
)
UNDECIDED = Text(
    zh="归因规则未能判定 {share} 的 GMV，因此私域占比只给出范围。",
    en="The attribution rule does not decide on {share} of GMV, so the private share is a range.",
)
ABOVE = Text(
    zh="私域占比 {share}，超过设定的 {bound}", en="The private domain holds {share} of GMV, above the {bound} set"
)
BELOW = Text(
    zh="私域占比 {share}，不到设定值 {bound} 的一半",
    en="The private domain holds {share} of GMV, less than half of the {bound} set",
)
CAUSE_ABOVE = Text(
    zh="本期 {share} 的 GMV 记在私域（区间下限 {edge}），客户写的是 {bound}。私域增长若来自公域老客的转移，"
    "会影响平台流量与公域定价。",
    en="{share} of current GMV counts as private (lower end {edge}); the client states {bound}. If it grows by moving "
    "the public channels' customers, platform traffic and public prices suffer.",
)
CAUSE_BELOW = Text(
    zh="本期最多只有 {share} 的 GMV 记在私域（区间上限 {edge}），客户写的目标是 {bound}。",
    en="At most {share} of current GMV counts as private (upper end {edge}); the client aims at {bound}.",
)
ACTION_ABOVE = Text(
    zh="先与客户确认这是上限还是目标；若是上限，把私域专享价限于会员与老客，暂停公域订单内的加私域利益点，"
    "按月复核新增私域成交中有多少来自近 90 天的公域买家。",
    en="Ask the client first whether this is a cap or an aim. If a cap: keep private prices to members and returning "
    "customers, pause the offers that pull public buyers over, and see each month how much of new private GMV comes "
    "from public buyers of the last 90 days.",
)
ACTION_BELOW = Text(
    zh="核对归因规则是否漏计（员工分享、渠道码），再按「下单 → 加好友 → 入群 → 首次私域成交」逐环定位最短的一环，"
    "为它设季度目标。",
    en="Check first whether the rule misses orders (staff shares, source codes); then find the narrowest step from "
    "order to contact, group and first private order, and set a quarterly goal for it.",
)
STOP_ABOVE = Text(
    zh="占比回到范围内且公域新客数连续两月不降，即恢复原做法。",
    en="Go back once the share lies inside and new public customers have held for two months.",
)
STOP_BELOW = Text(
    zh="一个季度后占比未升 2 个百分点，则停止加投，重设目标。",
    en="Stop adding spend and set the target anew if the share is not 2 points higher after a quarter.",
)
NO_LOSS = Text(
    zh="占比是结构问题而非已发生的损失，不折算金额",
    en="a share is a matter of structure and no loss so far, so no money is stated",
)
