"""The words of a comparison of two runs."""

from __future__ import annotations

from diagnostics.model.wording import Text

TITLE = Text(zh="{client}：两次诊断对比", en="{client}: two diagnoses compared")
SUBTITLE = Text(
    zh="之前：{before_id}（本期 {before}）· 之后：{after_id}（本期 {after}）",
    en="Before: {before_id} (current period {before}) · after: {after_id} (current period {after})",
)
SUMMARY = Text(
    zh="发现：关闭 {closed} 项，仍在 {open} 项，新增 {new} 项；另有 {unclear} 项无法比较。",
    en="Findings: {closed} closed, {open} still open, {new} new; {unclear} can't be compared.",
)
SUMMARY_METRICS = Text(
    zh="验证指标：可比 {n} 项，其中 {moved} 项的变化超出随机波动（{better} 项朝期望方向，{worse} 项相反）。",
    en="Validation metrics: {n} can be compared; {moved} moved by more than chance ({better} as wished, {worse} the "
    "other way).",
)
NO_METRICS = Text(zh="没有可比的验证指标。", en="No validation metric can be compared.")

NO_CONTROL = Text(
    zh="这是前后对比，没有对照组：指标变化可能来自动作，也可能来自季节、市场或其他变化，不能证明因果。",
    en="This is a before and after without a control group: a change may come from what was done, but also from the "
    "season, the market or anything else. It proves no cause.",
)
CHANCE = Text(
    zh="“超出随机波动”指差值的区间不含 0；区间已按 {n} 项指标同时比较放宽（Bonferroni，合计 95%）。两期视为独立样本。",
    en="“More than chance” means that the interval of the difference leaves out 0. The intervals are widened for {n} "
    "metrics looked at together (Bonferroni, 95% for all). The two periods are taken as independent.",
)
OVERLAP = Text(
    zh="两次的本期有 {days}重叠（占较短一期的 {share}）：同一批订单算在两边，真实变化会被冲淡，区间偏宽。",
    en="The two current periods share {days} ({share} of the shorter one): the same orders count on both sides, which "
    "waters down a real change and makes the intervals wider than need be.",
)
SAME_DAYS = Text(
    zh="两次的本期完全相同：差异不来自时间，而来自文件、口径或程序版本。",
    en="Both current periods are the same days: differences do not come from time, but from files, definitions or "
    "versions.",
)
SEASON = Text(
    zh="两期不是同样的月份（{before} 与 {after}），促销和季节不同，变化里含季节因素。",
    en="The periods are not the same months of the year ({before} and {after}): promotions and season differ, and are "
    "part of every change.",
)
LENGTH = Text(
    zh="两期长度不同（{before} 与 {after}）：金额、人均消费和人数不作比较。",
    en="The periods differ in length ({before} and {after}): amounts, spend per buyer and counts are not compared.",
)
OTHER_CLIENT = Text(
    zh="两次运行的客户名不同（{before}、{after}），请确认是同一家。",
    en="The two runs name different clients ({before}, {after}): make sure that it is the same business.",
)
OTHER_MONEY = Text(
    zh="币种或 GMV 口径不同（{before}、{after}）：金额类指标不比较。",
    en="Currency or GMV basis differ ({before}, {after}): metrics in money are not compared.",
)
OTHER_LIMITS = Text(
    zh="判断阈值有改动（{checks}）：这些章节的发现出现或消失可能只因阈值变化。",
    en="Thresholds were changed ({checks}): findings of these sections may come or go for that reason alone.",
)
OTHER_VERSION = Text(
    zh="程序版本不同（{before} → {after}）：算法或章节可能有变。",
    en="The program's version differs ({before} to {after}): methods or sections may have changed.",
)
OTHER_NOTES = Text(
    zh="顾问批注不同：删除 {before} → {after} 项，补充 {added_before} → {added_after} 项。",
    en="The consultant's notes differ: dropped {before} to {after}, added {added_before} to {added_after}.",
)
SAME_FILES = Text(
    zh="两次读取的客户文件完全相同。",
    en="Both runs read the very same files of the client.",
)
NO_READINGS = Text(
    zh="运行 {run} 没有保存指标值（没有可读的章节，或由旧版本生成）：用 report 重新生成不能补上，需重新 run。",
    en="The run {run} kept no metrics (no section could read any, or an earlier version made it): only a new `run` "
    "would bring them.",
)

FINDINGS = Text(zh="发现的变化", en="What became of the findings")
METRICS = Text(zh="验证指标的变化", en="What the validation metrics did")
STATES = {
    "closed": Text(zh="已关闭", en="closed"),
    "open": Text(zh="仍在", en="still open"),
    "new": Text(zh="新增", en="new"),
    "left_out": Text(zh="仍在，但被顾问删除", en="still there, dropped by the consultant"),
    "not_examined": Text(zh="无法判断：后一次未检查", en="can't be told: not examined afterwards"),
    "newly_examined": Text(zh="首次检查到", en="found, but not examined before"),
    "newly_shown": Text(zh="仍在，之前被顾问删除", en="still there, dropped by the consultant before"),
}
VERDICTS = {
    "moved": Text(zh="超出随机波动", en="more than chance"),
    "moved_alone": Text(zh="单看超出，合并比较不超出", en="more than chance by itself only"),
    "within_chance": Text(zh="在随机波动内", en="within chance"),
    "not_told": Text(zh="无区间或样本太少，不判断", en="no interval or too few, not judged"),
    "other_length": Text(zh="两期长度不同，不比较", en="periods of different length, not compared"),
    "same_days": Text(zh="同一时段，不判断", en="the same days, not judged"),
}
BETTER, WORSE = Text(zh="，朝期望方向", en=", as wished"), Text(zh="，与期望相反", en=", the other way")
CLOSED_BY_CHANCE = Text(
    zh="已关闭，但验证指标在随机波动内：可能只是刚好低于阈值",
    en="closed, yet its metric moved within chance: it may just have come to lie under the threshold",
)
RANGE = Text(zh="{low} 至 {high}", en="{low} to {high}")
COUNTED = Text(zh="{before} / {after}", en="{before} / {after}")
EVERYTHING = Text(zh="整体", en="the whole")
COLUMNS = {
    "finding": Text(zh="发现", en="Finding"),
    "state": Text(zh="变化", en="What became of it"),
    "severity": Text(zh="严重程度", en="Severity"),
    "money": Text(zh="一年金额", en="Money a year"),
    "metric": Text(zh="验证指标", en="Validation metric"),
    "scope": Text(zh="范围", en="Scope"),
    "before": Text(zh="之前", en="Before"),
    "after": Text(zh="之后", en="After"),
    "difference": Text(zh="差值", en="Difference"),
    "range": Text(zh="差值区间", en="Range of the difference"),
    "verdict": Text(zh="判断", en="Verdict"),
    "n": Text(zh="样本量（前/后）", en="Observations (before / after)"),
}
