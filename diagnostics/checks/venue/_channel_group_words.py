"""What the question on the loop says of the groups of each channel."""

from __future__ import annotations

from diagnostics.model.section import Field
from diagnostics.model.wording import Text

ANSWER = Text(
    zh="{groups} 个群分布在 {channels} 个渠道{apart}{gaps}。",
    en="{groups} groups state which channel they serve (channels: {channels}){apart}{gaps}.",
)
APART = Text(zh="，另有 {n} 个群没写渠道", en="; {n} more state none")
GAPS = Text(
    zh="；{names}既没打通会员也没有社群，先建群承接", en="; neither bridged nor with a group, so start one: {names}"
)
NO_GAPS = Text(zh="；没有“既没打通又没社群”的渠道", en="; no channel lacks both a bridge and a group")
KINDS: dict[str, Text] = {
    "welfare": Text(zh="福利", en="Offers"),
    "fan": Text(zh="兴趣", en="Interest"),
    "vip": Text(zh="高价值", en="High value"),
    "flash": Text(zh="快闪", en="Flash sale"),
    "service": Text(zh="服务", en="Service"),
    "member": Text(zh="会员", en="Members"),
    "store": Text(zh="门店", en="Store"),
    "influencer": Text(zh="达人", en="Influencers"),
}
BRIDGES: dict[str, Text] = {
    "live": Text(zh="已打通", en="bridged"),
    "planned": Text(zh="计划中", en="planned"),
    "none": Text(zh="未打通", en="not bridged"),
}
UNKNOWN = Text(zh="未写明", en="not stated")
# Whether members are bridged, and whether the channel has groups.
ROUTES: dict[tuple[bool, bool], Text] = {
    (True, True): Text(zh="会员承接，社群做活动与服务", en="members carry on; groups for events and service"),
    (True, False): Text(zh="会员承接", en="members carry on"),
    (False, True): Text(zh="打通前由现有社群承接", en="its groups serve until the bridge is there"),
    (False, False): Text(zh="先建一个服务群承接", en="start a service group"),
}
KIND = Text(zh="{kind} {n}", en="{kind} {n}")
FIELDS = (
    Field(name="channel", label=Text(zh="渠道", en="Channel")),
    Field(name="groups", label=Text(zh="社群", en="Groups"), unit="count"),
    Field(name="kinds", label=Text(zh="类型", en="Kinds")),
    Field(name="members", label=Text(zh="群成员（会重复）", en="Members (overlapping)"), unit="count"),
    Field(name="bridge", label=Text(zh="会员打通", en="Bridge of members")),
    Field(name="route", label=Text(zh="承接方式", en="Served by")),
)
TITLE = Text(zh="渠道与社群", en="Channels and their groups")
AXIS = Text(zh="社群数", en="Groups")
