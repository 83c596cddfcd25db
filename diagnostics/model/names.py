"""Names of channels and other fixed words of the trade, in both languages."""

from __future__ import annotations

from diagnostics.model.wording import Text, name_verbatim, shorten

CHANNELS: dict[str, Text] = {
    "tmall": Text(zh="天猫", en="Tmall"),
    "taobao": Text(zh="淘宝", en="Taobao"),
    "jd": Text(zh="京东", en="JD"),
    "douyin": Text(zh="抖音", en="Douyin"),
    "kuaishou": Text(zh="快手", en="Kuaishou"),
    "pdd": Text(zh="拼多多", en="Pinduoduo"),
    "xiaohongshu": Text(zh="小红书", en="Xiaohongshu"),
    "vip": Text(zh="唯品会", en="Vipshop"),
    "youzan": Text(zh="有赞商城", en="Youzan shop"),
    "weimob": Text(zh="微盟", en="Weimob"),
    "miniprogram": Text(zh="小程序", en="Mini-program"),
    "wechat_shop": Text(zh="微信小店", en="WeChat shop"),
    "wecom": Text(zh="企业微信", en="WeCom"),
    "own_app": Text(zh="自有 APP", en="Own app"),
    "website": Text(zh="官网", en="Website"),
    "store": Text(zh="线下门店", en="Stores"),
    "dealer": Text(zh="经销商", en="Dealers"),
    "delivery_platform": Text(zh="外卖平台", en="Delivery platforms"),
    "other": Text(zh="其他渠道", en="Other channels"),
}

WINGS: dict[str, Text] = {
    "data": Text(zh="数据体检", en="Data health"),
    "people": Text(zh="人", en="People"),
    "goods": Text(zh="货", en="Goods"),
    "venue": Text(zh="场", en="Venue"),
    "levers": Text(zh="GMV 杠杆", en="GMV levers"),
    "retention": Text(zh="复购与留存", en="Repeat buying"),
}


def name_channel(channel: str) -> Text:
    """The name of a channel; a client's own venue keeps its own word."""
    return CHANNELS.get(channel) or name_verbatim(shorten(channel))
