"""What the question on the purchases ahead says."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(
    zh="历史不足 {days}，或在较早的截点上不足 {customers} 位客户、{repeats} 次再购，无法检验预测",
    en="less than {days} of history, or fewer than {customers} customers and {repeats} repeat purchases at an earlier "
    "cut: a forecast could not be tested",
)
ANSWER = Text(
    zh="现有 {n} 位客户在未来 {days}内预计再购 {mean} 次（80% 区间 {low} 至 {high}），"
    "约 {buyers} 人至少买一次（{buyers_low} 至 {buyers_high}）。同样的方法在此前 {cuts} 个截点上平均偏差 {error}。",
    en="Today's {n} customers are expected to buy {mean} times in the next {days} (80% range {low} to {high}), and "
    "about {buyers} of them at least once ({buyers_low} to {buyers_high}). At {cuts} earlier cuts the same way was off "
    "by {error} on average.",
)
NO_SEASON = Text(
    zh="历史还不够看出季节（需在一年前同一时段之前另有半年）：留出检验覆盖 {start} 至 {end}，"
    "下一窗口若遇到其中没有的旺季或淡季，实际会落在区间之外。",
    en="History is too short to tell a season (half a year before the same weeks a year ago is wanted): the holdouts "
    "cover {start} to {end}; a first peak or lull that they do not hold will fall outside the range.",
)
SEASON = Text(
    zh="季节系数 {factor}：一年前同一时段（{start} 起）按当时的数据预测 {foretold} 次，实际 {came} 次，取其一半；"
    "只有一年可比，大促日期若有移动会偏离。",
    en="Season factor {factor}: for the same weeks a year before (from {start}), {foretold} purchases were foretold "
    "with what was known then and {came} came; half of that is taken. It rests on one year: promotions on other days "
    "will miss it.",
)
ONE_SIDED = Text(
    zh="四个截点中的偏差都在同一方向（{error}），预测可能整体{way}。",
    en="All cuts were missed to the same side ({error}): the forecast may be too {way}.",
)
HIGH, LOW = Text(zh="偏高", en="high"), Text(zh="偏低", en="low")
BANDS = {
    "gone": Text(zh="多半已流失（概率低于 10%）", en="Probably gone (below 10%)"),
    "doubtful": Text(zh="存疑（10%–50%）", en="Doubtful (10% to 50%)"),
    "likely": Text(zh="可能活跃（50%–90%）", en="Likely active (50% to 90%)"),
    "active": Text(zh="几乎肯定活跃（90% 以上）", en="Almost surely active (90% and more)"),
}
