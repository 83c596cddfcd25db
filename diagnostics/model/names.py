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
    "official_account": Text(zh="公众号", en="Official account"),
    "own_app": Text(zh="自有 APP", en="Own app"),
    "website": Text(zh="官网", en="Website"),
    "store": Text(zh="线下门店", en="Stores"),
    "dealer": Text(zh="经销商", en="Dealers"),
    "delivery_platform": Text(zh="外卖平台", en="Delivery platforms"),
    "other": Text(zh="其他渠道", en="Other channels"),
}

# In the order in which the report tells them.
WINGS: dict[str, Text] = {
    "brief": Text(zh="项目背景", en="Brief"),
    "goals": Text(zh="目标", en="Goals"),
    "data": Text(zh="数据体检", en="Data health"),
    "fit": Text(zh="私域适配度", en="Fit for a private domain"),
    "people": Text(zh="人", en="People"),
    "audit": Text(zh="客户群审计", en="Customer-base audit"),
    "goods": Text(zh="货", en="Goods"),
    "venue": Text(zh="场", en="Venue"),
    "stores": Text(zh="门店与导购", en="Stores"),
    "live": Text(zh="直播", en="Live selling"),
    "levers": Text(zh="GMV 杠杆", en="GMV levers"),
    "membership": Text(zh="会员", en="Membership"),
    "retention": Text(zh="复购与留存", en="Repeat buying"),
    "community": Text(zh="社群", en="Community"),
    "service": Text(zh="客户服务", en="Service"),
    "journey": Text(zh="用户旅程", en="Customer journey"),
    "research": Text(zh="调研与口碑", en="Research"),
    "acquisition": Text(zh="引流", en="Acquisition"),
    "campaigns": Text(zh="活动与触达", en="Campaigns and touches"),
    "referral": Text(zh="裂变与转介绍", en="Referral"),
    "content": Text(zh="内容与人设", en="Content and personas"),
    "resources": Text(zh="资源", en="Resources"),
    "organisation": Text(zh="组织与考核", en="Organisation and indicators"),
    "systems": Text(zh="系统与数据", en="Systems and data"),
    "automation": Text(zh="自动化与标签", en="Automation and tags"),
    "risk": Text(zh="风险与合规", en="Risk and compliance"),
}


def name_channel(channel: str) -> Text:
    """The name of a channel; a client's own venue keeps its own word, a pair is joined by a plus.

    >>> name_channel("douyin+tmall").en
    'Douyin + Tmall'
    """
    pair = channel.split("+")
    if len(pair) > 1 and set(pair) <= set(CHANNELS):
        return Text(zh=" + ".join(CHANNELS[one].zh for one in pair), en=" + ".join(CHANNELS[one].en for one in pair))
    return CHANNELS.get(channel) or name_verbatim(shorten(channel))


# Kinds of identity that the requirement sheet may name.
ID_TYPES: dict[str, Text] = {
    "phone": Text(zh="手机号", en="phone"),
    "phone_hash": Text(zh="手机号哈希", en="hashed phone"),
    "unionid": name_verbatim("unionid"),
    "openid": name_verbatim("openid"),
    "ouid": name_verbatim("ouid"),
    "platform_id": Text(zh="平台用户号", en="the platform's user id"),
    "none": Text(zh="没有", en="none"),
}
# Those that tell a person in other channels, too.
MEETING_IDS = frozenset({"phone", "phone_hash", "unionid"})

# What GMV is made of; which of them a channel has depends on what is known of its visitors and customers.
LEVERS: dict[str, Text] = {
    "users": Text(zh="访客数", en="Visitors"),
    "conversion": Text(zh="转化率", en="Conversion"),
    "buyers": Text(zh="购买人数", en="Buyers"),
    "orders": Text(zh="订单数（客户未知）", en="Orders, customers unknown"),
    "frequency": Text(zh="人均订单数", en="Orders per buyer"),
    "basket": Text(zh="笔单价", en="Spend per order"),
    "items": Text(zh="每单件数", en="Items per order"),
    "list_price": Text(zh="件均标价", en="List price per item"),
    "price": Text(zh="件均实付价", en="Paid price per item"),
    "discount": Text(zh="折扣（实付 ÷ 标价）", en="Discount (paid over list)"),
    "kept": Text(zh="退款后留存比例", en="Share kept after refunds"),
    "unknown": Text(zh="无身份客户的销售", en="Sales without a known customer"),
    "entered": Text(zh="新增渠道", en="Channels that entered"),
    "left": Text(zh="停止的渠道", en="Channels that left"),
}
