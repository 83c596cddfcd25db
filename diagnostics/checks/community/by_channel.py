"""Which channels have groups of which kind, and where groups must stand in for a missing bridge of members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.section import Asked, Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.brief import Row
    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="每个渠道都有自己的社群吗？会员没打通的渠道靠什么承接？",
    en="Does every channel have groups of its own, and what serves channels whose members are not bridged?",
)
DEFINITION = Text(
    zh="依需求表的社群清单与会员打通情况。写了渠道的群归该渠道；只写门店的群归线下门店；都没写的单列，不猜。会员未打"
    "通、又没有"
    "自己社群的渠道是缺口：打通之前先建群承接。群成员可能在多个群里，人数不可跨渠道相加。",
    en="Judged from the sheet's lists of groups and bridges. A group goes to the channel it states, one that states "
    "a "
    "store only to the stores, others stay apart and are not guessed. A channel whose members are not bridged and "
    "that "
    "has no group is a gap: start a group until the bridge is there. People may be in several groups, so members do "
    "not "
    "add up over channels.",
)
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
ROUTES: dict[tuple[bool, bool], Text] = {
    (True, True): Text(zh="会员承接，社群做活动与服务", en="members carry on; groups for events and service"),
    (True, False): Text(zh="会员承接", en="members carry on"),
    (False, True): Text(zh="打通前由现有社群承接", en="its groups serve until the bridge is there"),
    (False, False): Text(zh="先建一个服务群承接", en="start a service group"),
}
STORE, NOWHERE = "store", ""


@dataclass(frozen=True, kw_only=True)
class Served:
    """One channel: its groups by kind, the members stated and whether its members are bridged (empty: untold)."""

    channel: str
    kinds: Mapping[str, int]
    members: int
    bridge: str

    @property
    def groups(self) -> int:
        """How many groups it has."""
        return sum(self.kinds.values())

    @property
    def is_gap(self) -> bool:
        """Known not to be bridged, and without a group."""
        return self.bridge in {"none", "planned"} and not self.groups


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    return {}


def measure(replies: Replies) -> tuple[Served, ...]:
    """Put groups and bridges together by channel, gaps first, then most groups."""
    brief = replies.engagement.brief
    groups = brief.rows("groups_list")
    bridges = {str(row.get("channel") or ""): str(row.get("status") or "") for row in brief.rows("bridge_status")}
    named = [str(row.get("channel")) for row in brief.rows("main_channels") if row.get("channel")]
    channels = dict.fromkeys([*named, *bridges, *(_place(row) for row in groups)])
    served = []
    for channel in channels:
        mine = [row for row in groups if _place(row) == channel]
        kinds = [str(row.get("type") or "") for row in mine]
        sizes = [size for row in mine if isinstance(size := row.get("members"), int)]
        counted = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
        served.append(Served(channel=channel, kinds=counted, members=sum(sizes), bridge=bridges.get(channel, "")))
    return tuple(sorted(served, key=lambda one: (not one.is_gap, -one.groups, one.channel)))


def _place(row: Row) -> str:
    return str(row.get("channel") or "") or (STORE if row.get("store") else NOWHERE)


def judge(_measured: tuple[Served, ...], _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: whether a channel needs groups is settled with its plan."""
    return ()


def _name(channel: str) -> Text:
    return name_channel(channel) if channel else UNKNOWN


def tell(measured: tuple[Served, ...]) -> Text:
    """How many groups where, and which channel has neither."""
    placed = [one for one in measured if one.channel and one.groups]
    apart = sum(one.groups for one in measured if not one.channel)
    gaps = [one for one in measured if one.is_gap]
    return ANSWER.fill(
        groups=word_number(sum(one.groups for one in placed)),
        channels=word_number(len(placed)),
        apart=APART.fill(n=word_number(apart)) if apart else NOTHING,
        gaps=GAPS.fill(names=join_texts(_name(one.channel) for one in gaps)) if gaps else NO_GAPS,
    )


def tabulate(measured: tuple[Served, ...]) -> tuple[Exhibit, ...]:
    """A channel a row: groups by kind, bridge and the way its customers are served."""
    piece = Text(zh="{kind} {n}", en="{kind} {n}")
    rows = [
        {
            "channel": _name(one.channel),
            "groups": one.groups,
            "kinds": join_texts(
                piece.fill(kind=KINDS.get(kind, UNKNOWN), n=word_number(n)) for kind, n in one.kinds.items()
            ),
            "members": one.members or None,
            "bridge": BRIDGES.get(one.bridge, UNKNOWN) if one.channel else NOTHING,
            "route": ROUTES[one.bridge == "live", one.groups > 0] if one.channel and one.bridge else NOTHING,
        }
        for one in measured
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="groups", label=Text(zh="社群", en="Groups"), unit="count"),
        Field(name="kinds", label=Text(zh="类型", en="Kinds")),
        Field(name="members", label=Text(zh="群成员（会重复）", en="Members (overlapping)"), unit="count"),
        Field(name="bridge", label=Text(zh="会员打通", en="Bridge of members")),
        Field(name="route", label=Text(zh="承接方式", en="Served by")),
    )
    title = Text(zh="渠道与社群", en="Channels and their groups")
    return (Exhibit(name="channels", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object)),)


def draw(measured: tuple[Served, ...], language: Language) -> Figure:
    """Groups by channel; channels with neither group nor bridge stand out."""
    return draw_bars(
        [_name(one.channel).word(language) for one in measured],
        [float(one.groups) for one in measured],
        [word_number(one.groups).word(language) for one in measured],
        axis_label=Text(zh="社群数", en="Groups").word(language),
        marked=[place for place, one in enumerate(measured) if one.is_gap],
    )


# Two groups of Tmall and one of a store; JD is not bridged and has none; one group states nothing.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-23", "002-53"),
    finds=(),
    needs=(),
    asks=(Asked(key="groups_list", label=Text(zh="社群清单", en="Group list")),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="3 个群分布在 2 个渠道，另有 1 个群没写渠道；京东既没打通会员也没有社群，先建群承接",
        brief=Brief(
            answers={
                "groups_list": (
                    {"group_code": "g1", "type": "welfare", "channel": "tmall", "members": 80},
                    {"group_code": "g2", "type": "vip", "channel": "tmall", "members": 50},
                    {"group_code": "g3", "type": "store", "store": "A", "members": 60},
                    {"group_code": "g4", "type": "fan"},
                ),
                "bridge_status": (
                    {"channel": "tmall", "status": "live"},
                    {"channel": "jd", "status": "none"},
                ),
            }
        ),
    ),
    place=40,
)
