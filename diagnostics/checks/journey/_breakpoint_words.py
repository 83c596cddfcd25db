"""What is asked and said of steps at which the journey breaks."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="用户从知道到复购走哪些步骤，谁负责，顺序对吗，在哪里断了？",
    en="Which steps lead from knowing to buying again, who owns them, is the order right, and where does it break?",
)
DEFINITION = Text(
    zh="步骤取自需求表，入口码取自触点清单。自动 = 负责人或下一步写明由系统、机器人或 SOP 执行。顺序：是否按购买前、"
    "中、后排列，预约或到店是否排在付款之前（先预约后付款的人容易爽约，应做先付定金的对照试验）。断点有两种。一是结构断点："
    "步骤没有下一步（全程最后一步除外）、没有负责人，或触点没有入口码。二是流失断点：行为日志里进入一步的客户 14 "
    "天内没有走到下一步的比例，远高于自己的其他渠道（同几周）或此前各周；以周为抽样单位，Bonferroni 收紧，最近 14 "
    "天尚未观察完的不计。机会点 = 全部断点，按金额、再按离购买的远近排序。",
    en="Steps come from the requirement sheet, entry codes from its list of touchpoints. Automatic: the owner or the "
    "next step is a system, bot or procedure. Order: do steps follow before, during and after, and does booking or "
    "visiting come before paying (who books without paying often stays away: test a deposit first). Breaks are of two "
    "kinds. Structural: a step without a next step (but for the last of all), without an owner, or whose touchpoint "
    "has no entry code. Loss: of the customers who enter a step in the behaviour log, the share that does not reach "
    "the next within 14 days lies far above that of the client's other channels (same weeks) or of the weeks before; "
    "weeks are the draws, Bonferroni over all comparisons, the last 14 days are still open. Opportunities are all "
    "breakpoints, by money, then by nearness to the purchase.",
)
NOTHING_KNOWN = Text(
    zh="需求表没有旅程步骤，也没有能认出客户的浏览、加购、预约事件",
    en="the sheet lists no journey steps, and no events of known customers (views, carts, bookings) were delivered",
)
UNLOCKED_BY = Text(
    zh="需求表「旅程步骤」，或小程序、商城的行为日志（带客户编号）",
    en="the sheet's journey steps, or behaviour logs of the mini-program or shop with customer ids",
)
STRUCTURE = Text(zh="{broken} 步有断点（{gaps}）{late}。", en="Broken steps: {broken} ({gaps}){late}.")
WHOLE = Text(zh="没有结构断点{late}。", en="No step is broken{late}.")
GAP = Text(zh="缺{what} {n} 处", en="no {what}: {n}")
LOSSES = Text(zh="行为数据：{rates}{lost}。", en="Behaviour: {rates}{lost}.")
RATE = Text(zh="{step} {rate}", en="{step} {rate}")
LOST = Text(zh="；流失明显偏高的有 {n} 处", en="; clearly too many are lost at {n}")
TITLE = Text(zh="旅程断点「{step}」：缺{what}", en="The journey breaks at “{step}”: no {what}")
CAUSE = Text(
    zh="{phase}的「{step}」（触点：{touchpoint}）没有{what}：走到这里的人没有被带往下一步，流失也没有人看见。",
    en="“{step}” ({phase}, touchpoint: {touchpoint}) has no {what}: nobody leads people on from here, and nobody "
    "sees them leave.",
)
ACTION = Text(
    zh="两周内补齐「{step}」的{what}：{how}；补齐后每周记录进入与走出的人数。",
    en="Within two weeks give “{step}” its {what}: {how}; then record weekly how many come in and go on.",
)
HOW = {
    "next_step": Text(
        zh="写明做完之后引向哪里、由谁在多久内触发", en="say where it leads, who triggers it and how soon"
    ),
    "owner": Text(zh="指定一个岗位，写进考核", en="name one role and put it into its indicators"),
    "entry_code": Text(zh="做一个带渠道参数的活码，放到触点上", en="make a code with its own source and put it there"),
}
STOP = Text(
    zh="补齐四周后走到下一步的人数没有增加，则合并或取消这一步。",
    en="If no more people go on four weeks later, merge the step with another or drop it.",
)
NO_MONEY = Text(
    zh="没有这一步进出人数的数据，无法计价",
    en="how many come in and go on at this step is not recorded, so it has no price",
)
NO_PRICE = Text(zh="没有订单金额，无法计价", en="no order amounts are known, so it has no price")
LOSS_TITLE = Text(
    zh="{where}：{step}只有 {rate}，{against} {others}", en="{where}: {step} is only {rate}, {against} {others}"
)
RECENT = Text(zh="{channel}最近 8 周", en="{channel}, last 8 weeks")
THAN_BEFORE = Text(zh="此前为", en="before it was")
THAN_OTHERS = Text(zh="其他渠道为", en="other channels have")
LOSS_CAUSE = Text(
    zh="{weeks} 周、{people} 人次进入，14 天内走到下一步的 {rate}（区间 {low} 至 {high}）；照比较对象每年少走 "
    "{missed} 人次，按每单 {ticket} 计。",
    en="{people} entries in {weeks} weeks, {rate} go on within 14 days (interval {low} to {high}); at the rate "
    "compared with, {missed} more a year would, counted at {ticket} an order.",
)
LOSS_ACTION = Text(
    zh="走一遍这一步的真实页面与话术：价格、库存、运费、登录与支付是否卡住；对 1 天、3 "
    "天后仍未走到下一步的人自动提醒一次，留一半作对照。",
    en="Walk through the real pages and scripts of the step: price, stock, postage, login, payment; remind those who "
    "have not gone on after one and three days, half of them for comparison.",
)
UNKNOWN_CHANNEL = Text(zh="全部渠道", en="All channels")
EMPTY = Text(zh="未写", en="not given")
