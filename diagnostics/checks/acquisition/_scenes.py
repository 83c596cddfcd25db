"""The scenes in which people are added, and how a way, a code or a person's words tell which one it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from diagnostics.model.wording import Text

Place = Literal["in", "out"]
Medium = Literal["offline", "online"]
PLACES: dict[Place, Text] = {"in": Text(zh="店内", en="In the store"), "out": Text(zh="店外", en="Outside it")}
MEDIA: dict[Medium, Text] = {"offline": Text(zh="线下", en="Offline"), "online": Text(zh="线上", en="Online")}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One scene: where people stand, by which medium they enter, its words, and the channels whose buyers pass it."""

    id: str
    name: Text
    place: Place
    medium: Medium
    words: tuple[str, ...] = ()
    tokens: frozenset[str] = frozenset()
    channels: tuple[str, ...] = ()


def _scene(key: str, names: tuple[str, str], spot: tuple[Place, Medium], words: str, *channels: str) -> Scene:
    parts = words.split()
    return Scene(
        id=key,
        name=Text(zh=names[0], en=names[1]),
        place=spot[0],
        medium=spot[1],
        words=tuple(word for word in parts if not word.isascii()),
        tokens=frozenset(word for word in parts if word.isascii()),
        channels=channels,
    )


# The narrower scene comes first: an advertisement for a store is an advertisement.
SCENES: tuple[Scene, ...] = (
    _scene("ad", ("广告投放", "Advertising"), ("out", "online"), "广告 投放 信息流 ad ads cpc feed"),
    _scene("partner", ("异业合作", "Partner businesses"), ("out", "offline"), "异业 联名 合作方 商圈 partner mall"),
    _scene(
        "ground", ("地推与快闪", "Ground promotion"), ("out", "offline"), "地推 摆摊 展台 路演 快闪 stall booth fair"
    ),
    _scene(
        "referral",
        ("老客转介绍", "Referral"),
        ("out", "online"),
        "裂变 转介绍 老带新 邀请 referral invite fission",
    ),
    _scene(
        "delivery",
        ("外卖订单", "Delivery orders"),
        ("out", "online"),
        "外卖 美团 饿了么 delivery meituan eleme",
        "delivery_platform",
    ),
    _scene("local", ("本地生活平台", "Local platforms"), ("out", "online"), "点评 团购 本地 dianping local groupon"),
    _scene(
        "live", ("直播与视频号", "Live and video"), ("out", "online"), "直播 视频号 抖音 快手 live video", "kuaishou"
    ),
    _scene("content", ("内容种草", "Content"), ("out", "online"), "小红书 笔记 种草 公众号 xhs note article oa"),
    _scene("store_group", ("门店社群与好友分享", "Store groups and shares"), ("in", "online"), ""),
    _scene(
        "counter",
        ("门店现场扫码", "Codes in the store"),
        ("in", "offline"),
        "门店 台卡 收银 柜台 线下 store till pos",
        "store",
    ),
    _scene(
        "own_shop",
        ("自有商城与小程序", "Own shop and mini-program"),
        ("out", "online"),
        "商城 小程序 会员中心 有赞 miniprogram youzan yz shop member",
        "youzan",
        "weimob",
        "miniprogram",
        "wechat_shop",
        "own_app",
        "website",
    ),
    _scene(
        "parcel",
        ("电商包裹与订单", "E-commerce parcels and orders"),
        ("out", "online"),
        "包裹 订单 短信 电商 天猫 淘宝 京东 拼多多 parcel pkg package order card sms",
        "tmall",
        "taobao",
        "jd",
        "pdd",
        "vip",
        "douyin",
        "xiaohongshu",
    ),
    _scene("group", ("社群内添加", "From groups"), ("out", "online"), "社群 group"),
)
BY_ID = {scene.id: scene for scene in SCENES}
OTHER = Scene(id="other", name=Text(zh="没有写明来源", en="No source stated"), place="out", medium="online")
# What WeCom says of a contact whose code tells nothing: the ways that name a scene by themselves.
SCENE_OF_WAY = {"群聊": "group", "名片分享": "referral", "视频号": "live"}
IN_PERSON = "扫码"


def find_scene(said: str) -> Scene | None:
    """The scene of which a code or a person's words speak.

    >>> [find_scene(said).id for said in ("order_card", "store_SH-03", "传统电商", "微信广告")]
    ['parcel', 'counter', 'parcel', 'ad']
    """
    tokens = set(re.findall(r"[a-z]+", said.lower()))
    return next((scene for scene in SCENES if tokens & scene.tokens or any(word in said for word in scene.words)), None)


def place_entry(way: str, source: str, *, in_store: bool) -> Scene:
    """The scene of a contact: by its code; else by the store it is bound to; else by the way of adding.

    >>> place_entry("扫码", "", in_store=True).id, place_entry("群聊", "", in_store=True).id
    ('counter', 'store_group')
    >>> place_entry("群聊", "", in_store=False).id, place_entry("扫码", "x9", in_store=False).id
    ('group', 'other')
    """
    found = find_scene(source)
    if found is not None and (found.id != "counter" or way in {IN_PERSON, ""}):
        return found
    if in_store or found is not None:
        return BY_ID["counter"] if way in {IN_PERSON, ""} else BY_ID["store_group"]
    return BY_ID.get(SCENE_OF_WAY.get(way, ""), OTHER)
