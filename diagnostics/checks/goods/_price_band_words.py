"""What the question on roles says of price bands."""

from __future__ import annotations

from diagnostics.model.wording import Text

LACKING = Text(
    zh="本期没有带件数与实付的商品销售，分不了价格带；带件数与实付金额的订单明细导出可补。",
    en="No sale of the period has units and a price, so there are no price bands; an order export with units and paid "
    "amounts brings them.",
)
ANSWER = Text(
    zh="GMV 最多的价格带是 {band}：{share}{change}{entry}。",
    en="The band with most GMV is {band}: {share}{change}{entry}.",
)
CHANGE = Text(zh="（上一期 {before}）", en=" ({before} before)")
ENTRY = Text(
    zh="；新客更常从 {band} 进来（占首单商品行的比例是其他订单的 {index} 倍）",
    en="; newcomers' first orders hold the band “{band}” more often than other orders do ({index} times)",
)
NO_ENTRY = Text(zh="；没有一个价格带明显更吸引新客", en="; no band draws newcomers more than others")
STATED = Text(
    zh="需求表所填占比与数据相差最大的是 {band}：填 {stated}，数据 {share}（{gap}）。",
    en="The sheet's share differs most for {band}: {stated} stated, {share} in the data ({gap}).",
)
BETWEEN = Text(zh="{low} 至 {high}", en="{low} to {high}")
BELOW = Text(zh="{high} 以下", en="under {high}")
ABOVE = Text(zh="{low} 及以上", en="{low} and more")
AXIS = Text(zh="占 GMV（竖线为上一期）", en="Share of GMV (tick: before)")
