"""What is said of the systems as a capability."""

from __future__ import annotations

from diagnostics.model.wording import Text

FUNCTIONS: dict[str, Text] = {
    "collect": Text(zh="采集", en="collect"),
    "identify": Text(zh="识别", en="identify"),
    "profile": Text(zh="画像", en="profile"),
    "segment": Text(zh="分群", en="segment"),
    "trigger": Text(zh="触发", en="trigger"),
    "measure": Text(zh="度量", en="measure"),
}
TESTS: dict[str, Text] = {
    "collect": Text(zh="三类以上数据能交付", en="three kinds of data or more can be handed over"),
    "identify": Text(zh="半数以上好友能对应客户", en="half of the contacts are known as customers"),
    "profile": Text(zh="三成以上好友有标签", en="30% of the contacts carry tags"),
    "segment": Text(zh="标签有两个以上维度", en="tags of two dimensions or more"),
    "trigger": Text(zh="有场景自动触发", en="a scenario is triggered automatically"),
    "measure": Text(zh="触达记录了响应", en="touches record their answers"),
}
LOOP: dict[str, Text] = {
    "tool": Text(zh="有 SCRM 承接好友与社群", en="an SCRM holds contacts and groups"),
    "tool_link": Text(zh="SCRM 有接口", en="the SCRM has an interface"),
    "order_link": Text(zh="订单系统有接口", en="the order system has an interface"),
    "known": Text(zh="半数以上好友能对应客户", en="half of the contacts are known as customers"),
    "tagged": Text(zh="好友身上有标签", en="contacts carry tags"),
}
ANSWER = Text(
    zh="数据平台六项功能成立 {held}/{known}{lacks}；消费数据回流走通 {loop} 段{broken}{bridge}。",
    en="Of six functions of a data platform {held} of {known} are there{lacks}; the loop of purchases back to the "
    "SCRM holds on {loop} links{broken}{bridge}.",
)
LACKS = Text(zh="，缺{names}", en=", missing: {names}")
BROKEN = Text(zh="，第一处断在“{name}”", en=", first broken at “{name}”")
BRIDGE = Text(
    zh="；{n} 位企微好友里 {share}（{low} 至 {high}）能并入客户档案",
    en="; of {n} WeCom contacts {share} ({low} to {high}) are in the customer file",
)
BLOCKED = Text(
    zh="卡点 {inside} 个在内部{owners}、{outside} 个在外部平台{cost}。",
    en="Blockers: {inside} inside{owners}, {outside} at platforms outside{cost}.",
)
OWNERS = Text(zh="（先找{names}）", en=" (start with {names})")
COST = Text(zh="；工具一年 {cost}，折每位好友 {each}", en="; the tools cost {cost} a year, {each} per contact")
COST_ONLY = Text(zh="；工具一年 {cost}", en="; the tools cost {cost} a year")
NO_COST = Text(
    zh="系统清单没有写年费用，工具的投入产出还看不了。",
    en="The list of systems states no cost, so that the worth of tools can't be seen.",
)
NO_CONTACTS = Text(
    zh="没有企微好友名单：并入率与画像功能算不了，补交企微客户导出即可。",
    en="Without WeCom contacts the bridge rate and profiles can't be told; the WeCom contact export would bring them.",
)
INSIDE = Text(zh="内部", en="inside")
OUTSIDE = Text(zh="外部平台", en="platform outside")
CAUSES: dict[str, Text] = {
    "none": Text(zh="系统没有对接", en="no connection"),
    "file": Text(zh="只靠文件，不能实时", en="by files only"),
    "open": Text(zh="会员未打通", en="members not bridged"),
    "planned": Text(zh="会员打通在计划中", en="bridging is planned"),
    "within": Text(zh="只在平台内打通，跨渠道认不出", en="bridged within the platform only"),
}
REMOVALS: dict[str, Text] = {
    "none": Text(
        zh="先定要传的三个字段，改为每日文件，再谈接口", en="agree on three fields, send daily files, then an interface"
    ),
    "file": Text(zh="改为接口，先传订单与退款", en="move to an interface, orders and refunds first"),
    "open": Text(zh="申请平台会员通，先打通手机号", en="apply for the platform's member bridge, phone first"),
    "planned": Text(zh="定上线日期与验收口径", en="set the day and what counts as done"),
    "within": Text(
        zh="用入会页或包裹卡补采手机号或 unionid", en="collect phone or unionid by joining page or parcel card"
    ),
}
NOBODY = Text(zh="未指定，先由私域负责人认领", en="nobody named: the private-domain lead takes it")
PLATFORM_OWNER = Text(zh="{channel}渠道运营", en="operations of {channel}")
CONTAINERS: dict[str, Text] = {
    "wecom": Text(zh="企业微信", en="WeCom"),
    "personal_wechat": Text(zh="个人微信", en="Personal WeChat"),
    "group": Text(zh="社群", en="Groups"),
    "official_account": Text(zh="公众号", en="Official account"),
    "miniprogram": Text(zh="小程序", en="Mini-program"),
    "channels": Text(zh="视频号", en="WeChat Channels"),
    "app": Text(zh="自有应用", en="Own app"),
    "sms": Text(zh="短信", en="SMS"),
}
