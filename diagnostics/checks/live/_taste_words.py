"""What is said of what people of each tag buy in live sessions."""

from __future__ import annotations

from diagnostics.model.wording import Text

NOT_TOLD = Text(
    zh="本期直播买家里没有一个标签两边各有 {least} 人，看不出不同客户各爱买什么；"
    "带客户编号的直播订单明细，与带标签的企微客户列表可补。",
    en="No tag has {least} live buyers of the period with and without it, so tastes can't be told; live orders with a "
    "customer id and the WeCom contact list with tags bring it.",
)
ANSWER = Text(zh="看了 {n} 个标签与商品的组合，", en="Of {n} pairs of tag and product, ")
CLEAR = Text(zh="{count} 个有明确偏好，最明显的是{names}。", en="{count} show a clear taste, clearest of all {names}.")
NONE = Text(zh="没有一个分得出偏好，选品不必按标签区分。", en="none shows a taste: goods need not differ by tag.")
PAIR = Text(zh="“{tag}”买{product}（{share}，其他人 {other}）", en="“{tag}” buying {product} ({share}, others {other})")
AXIS = Text(zh="带标签的人里买的比例（后为其他人）", en="Share of carriers who bought (then of the others)")
BESIDE = Text(zh="{share}，其他人 {other}", en="{share}, others {other}")
