"""What is said of an hour of each anchor and department."""

from __future__ import annotations

from diagnostics.model.wording import Text

NOT_TOLD = Text(
    zh="没有播满 {least} 场、并有时长和成交额的主播，看不出播一小时值多少；带主播、时长和成交额的直播分场次数据可补。",
    en="No anchor has {least} sessions with length and sales, so an hour has no worth; session reports with anchor, "
    "length and sales bring it.",
)
ANSWER = Text(
    zh="{count} 位主播一小时成交 {low} 至 {high}；与同月同时段的其他主播相比，",
    en="{count} anchors bring {low} to {high} an hour; against the others in the same months and hours,",
)
SAME = Text(zh="分不出高低", en="no difference can be told")
APART = Text(
    zh="明显高的有 {above} 位，明显低的有 {below} 位；最高者为其他主播的 {top}，最低者为 {bottom}",
    en="clearly above: {above}, clearly below: {below}; the best reaches {top} of the others, the last {bottom}",
)
SPEND = Text(zh="；排班消耗占成交 {share}", en="; shift spend is {share} of sales")
WHY = Text(
    zh="排班不是随机的：好主播常排在好时段、好选品。同月同时段比较只去掉一部分差别，换班试播才能下结论。",
    en="Rosters are not drawn by lot: good anchors get good hours and products. Months and hours are held alike, the "
    "rest "
    "only a swap of shifts can tell.",
)
