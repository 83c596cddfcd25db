"""What the question on the league, the split of targets and escalation says."""

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="目标该怎样拆到门店，谁连续落后、该由谁去督促？",
    en="How should the target be split over stores, who keeps falling behind, and who should follow up?",
)
DEFINITION = Text(
    zh="拆解方法：全部门店的目标总额按各店上一可比期的{base}占比拆分，单店不低于平均值的 "
    "{floor}、不高于平均值的 {cap}，"
    "多出与不足按占比摊给其他店，用最大余数法取整，合计与总额完全相等。"
    "与现行目标之差列出，差得多说明现行目标没有按规模拆。"
    "榜单：最近 3 个有目标的月与之前 3 个月的名次，名次变化即升降。督促：末月起连续低于目标 {below} "
    "的月数，1 个月由店长、"
    "2 个月由城市负责人、3 个月及以上由大区负责人跟进。",
    en="Split: the target of all stores in proportion to each store's {base} in the comparison period, none below "
    "{floor} or "
    "above {cap} of an even share, what that gives or takes spread over the others in proportion, rounded by largest "
    "remainder so that it sums exactly. The difference to the present target is shown; large ones mean that targets do "
    "not follow size. League: places in the last 3 months with a target and in the 3 before. Follow-up: months in a "
    "row, "
    "up to the last, below {below} of target: one is the manager's, two the city lead's, three and more the region's.",
)
BASE = Text(zh="销售额", en="sales")
NO_TARGETS = Text(zh="本期没有带实际值的门店{metric}目标", en="no store target of the period has a known actual")
UNLOCKED_BY = Text(zh="门店目标分解表与带门店编码的订单", en="the store target sheet and orders with store codes")
ANSWER = Text(
    zh="{stores} 家门店里 {behind} 家末月低于目标的 {below}，其中连续 3 个月以上的 {long} 家",
    en="{behind} of {stores} stores were below {below} of target in the last month, {long} of them for 3 months or "
    "more",
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
