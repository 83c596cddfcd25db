"""What the question on store targets asks, and what it says of the split, the league and the follow-up."""

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="哪些门店、哪些城市没完成目标，目标该怎样拆，谁连续落后、该由谁督促？",
    en="Which stores and cities miss their target, how should it be split, who keeps falling behind, and who should "
    "follow up?",
)
DEFINITION = Text(
    zh="达成率 = 本期有目标的各月实际之和 ÷ 目标之和；实际值取目标表所填，"
    "未填则销售用门店订单实付金额、加粉用入口日统计。"
    "城市 = 其门店之和。区间按门店间差异用刀切法计算，全部城市合计 95%（Bonferroni）；"
    "门店少于 3 家的城市不给区间、不作判断。"
    "金额 = 有目标且实际可查的各月与其他城市中位数的差额，按 12 ÷ 月数（各店平均）折成一年："
    "低值、中值取可追回的部分，高值为区间下端的全部差额。"
    "拆解（销售）：目标总额按各店上一可比期的销售额占比拆分，单店不低于平均值的 {floor}、不高于平均值的 {cap}，"
    "多出与不足按占比摊给其他店，用最大余数法取整，合计与总额完全相等；与现行目标差得多，说明现行目标没有按规模拆。"
    "榜单：最近 3 个有目标的月与之前 3 个月的名次。督促：末月起连续低于目标 {below} 的月数，1 个月由店长、"
    "2 个月由城市负责人、3 个月及以上由大区负责人跟进。",
    en="Achieved = actual over target, summed over the months of the period that have a target; actuals as the target "
    "sheet states them, else paid amount of the store's orders (sales) or contacts added (adds). A city is the sum of "
    "its stores. Intervals from the spread between stores (jackknife), 95% for all cities together (Bonferroni); "
    "cities of fewer than 3 stores get none and are not judged. Money = what lacks to the other cities' median in the "
    "months with a target and a known actual, times 12 over these months (mean of the stores): low and mid count the "
    "part that can be won back, high all that lacks at the interval's low end. Split (sales): all stores' target in "
    "proportion to each one's sales in the comparison period, none below {floor} or above {cap} of an even share, "
    "what that gives or takes spread over the others in proportion, rounded by largest remainder so that it sums "
    "exactly; a large difference means that present targets do not follow size. League: places in the last 3 months "
    "with a target and in the 3 before. Follow-up: months in a row, up to the last, below {below} of target: one is "
    "the manager's, two the city lead's, three and more the region's.",
)
NO_LEAGUE = Text(
    zh="本期没有带实际值的门店销售目标，榜单、拆解与督促无从谈起；门店目标分解表与带门店编码的订单可补。",
    en="No store's sales target of the period has a known actual, so league, split and follow-up can't be told; the "
    "target sheet and orders with store codes would show them.",
)
BEHIND = Text(
    zh="按月看，{stores} 家门店中 {behind} 家末月销售低于目标的 {below}，其中连续 3 个月以上的 {long} 家{split}",
    en="Month by month {behind} of {stores} stores ended below {below} of their sales target, {long} of them for 3 "
    "months or more{split}",
)
SPLIT = Text(
    zh="；按规模拆解，{off} 家的现行目标与方法值相差两成以上。",
    en="; by the method {off} targets would differ by a fifth or more.",
)
NO_SPLIT = Text(
    zh="；上一可比期没有门店销售，无法按规模拆解。",
    en="; without store sales in the comparison period no split is shown.",
)
LEVELS = {
    1: Text(zh="店长", en="store manager"),
    2: Text(zh="城市负责人", en="city lead"),
    3: Text(zh="大区负责人", en="regional lead"),
}
SHORT_YEAR = Text(
    zh="名次受门店规模与开业时间影响，榜单与目标一起看。",
    en="Places depend on size and age of stores; read them beside the targets.",
)
