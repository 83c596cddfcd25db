"""What the question on connected systems says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="系统之间通不通、认得出同一个人吗，撑得起精细化运营吗，卡在哪里、由谁去解？",
    en="Are the systems connected and is one person known across them, can they carry fine operation, and who removes "
    "what blocks it?",
)
DEFINITION = Text(
    zh="依需求表判断，数据里看得到的一并核对。对接分四档：无、文件、接口、实时；孤立 = 无对接。孤岛指数 = 没有共同可比"
    "对身份（手机号、unionid、哈希）的数据对 ÷ 全部数据对，掩码或覆盖不足一半的身份不算。三层打通：电商平台、线下门店、"
    "官方商城与微信；用平台用户号“打通”的只在本平台内有效。标签四个维度：渠道、行为、喜好、营销参与，缺哪个维度就做不了"
    "哪种分群。客户数据平台六项功能：采集、识别、画像、分群、触发、度量，写明或看得到才算有。消费数据回流：订单要能走到"
    "导购和社群用的系统里，逐段核对。并入率 = 能对应到客户的企微好友 ÷ 全部好友（95% 区间）。卡点分内部（系统无对接或"
    "只靠文件）和外部（平台会员未打通，或只在平台内打通），各写负责岗位。工具的降本增效要看前后对比，这里只摆出费用与"
    "承担的事，不推断效果。",
    en="Judged from the sheet, and held against data where they show it. Four grades of connection: none, files, API, "
    "real time; isolated = none. Silo index = pairs of data sets without a comparable identity in common (phone, "
    "unionid, hash) over all pairs; an identity that is masked or covers less than half does not count. Three layers: "
    "platforms, stores, own shop and WeChat; a bridge by the platform's own user id holds within that platform only. "
    "Tags have four dimensions: channel, behaviour, preference, participation; without one its segments can't be made. "
    "A customer data platform has six functions: collect, identify, profile, segment, trigger, measure; only what is "
    "stated or seen counts. Feedback loop: orders must reach the system that guides and groups work with, link by "
    "link. Bridge rate = WeCom contacts known as customers over all contacts (95% interval). Blockers are internal "
    "(systems without interface, or by files) or external (platforms' members not bridged, or within the platform "
    "only), each with an owner. Whether tools save work takes a before and after; only their cost and functions are "
    "laid out, no effect is guessed at.",
)
NO_SYSTEMS = Text(zh="需求表没有列出系统", en="the requirement sheet lists no system")
ANSWER = Text(
    zh="{n} 个系统里{isolated}、{files} 个靠文件；孤岛指数 {silo}{layers}{tags}。",
    en="Of {n} systems {isolated} and {files} exchange files; the silo index is {silo}{layers}{tags}.",
)
ISOLATED = Text(zh=" {n} 个没有对接", en="{n} are isolated")
NONE_ISOLATED = Text(zh="没有一个完全孤立", en="none is isolated")
LAYERS_SAID = Text(
    zh="，三层打通里真正能跨渠道认人的有{layers}",
    en=", and of the three layers these recognise people across channels: {layers}",
)
LAYERS_NONE = Text(
    zh="，三层打通里没有一层能跨渠道认人", en=", and none of the three layers recognises people across channels"
)
TAGS_LACK = Text(zh="；标签缺{dimensions}维度", en="; tags lack the dimensions {dimensions}")
LINKS: dict[str, Text] = {
    "none": Text(zh="无", en="none"),
    "file": Text(zh="文件", en="files"),
    "api": Text(zh="接口", en="API"),
    "realtime": Text(zh="实时", en="real time"),
}
LAYERS: dict[str, tuple[Text, frozenset[str]]] = {
    "platforms": (
        Text(zh="电商平台", en="platforms"),
        frozenset({"tmall", "taobao", "jd", "douyin", "kuaishou", "pdd", "xiaohongshu", "vip"}),
    ),
    "stores": (Text(zh="线下门店", en="stores"), frozenset({"store", "dealer", "delivery_platform"})),
    "own": (
        Text(zh="官方商城与微信", en="own shop and WeChat"),
        frozenset({"youzan", "weimob", "miniprogram", "wechat_shop", "own_app", "website", "official_account"}),
    ),
}
DIMENSIONS: dict[str, Text] = {
    "channel": Text(zh="渠道", en="channel"),
    "behaviour": Text(zh="行为", en="behaviour"),
    "preference": Text(zh="喜好", en="preference"),
    "participation": Text(zh="营销参与", en="participation"),
}
STATES: dict[str, Text] = {
    "crosses": Text(zh="已打通，可跨渠道认人", en="bridged, known across channels"),
    "inside": Text(zh="已打通，但只在本平台内有效", en="bridged, within the platform only"),
    "planned": Text(zh="计划中", en="planned"),
    "none": Text(zh="未打通", en="not bridged"),
}
BLOCKED = Text(zh="跨渠道的复购、会员价值与重合", en="repeat buying, member value and overlap across channels")
