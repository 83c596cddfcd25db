"""Whether a touchpoint is a whole plan for bringing customers in: a platform, a tool, a scene and a hook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.acquisition._scenes import Scene, find_scene
from diagnostics.checks.venue import _touchpoint_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence

HOOKS = ("券", "礼", "积分", "福利", "返现", "红包", "小样", "试用", "抽奖", "折扣", "特价", "会员价", "gift", "coupon")
HOOKS_EN = ("points", "cash", "sample", "trial", "discount", "prize")
LONGEST, MOST_ROWS = 18, 15


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """One entrance: its name, scene if told, platforms, code, and the words that promise something."""

    name: str
    scene: Scene | None
    platforms: tuple[str, ...]
    tool: str
    hook: str

    @property
    def lacking(self) -> tuple[str, ...]:
        """The parts that are not there."""
        has_platform = self.scene is not None and (bool(self.platforms) or not self.scene.channels)
        held = {"platform": has_platform, "tool": bool(self.tool), "scene": self.scene, "hook": self.hook}
        return tuple(part for part in words.PARTS if not held[part])


def read_entrance(name: str, code: str, step: str, sold: Sequence[str]) -> Entrance:
    """The four parts of a touchpoint by its name, code and next step; `sold` are the channels of the brand's sales."""
    scene = find_scene(name) or find_scene(code)
    said = f"{name} {step}".lower()
    return Entrance(
        name=name,
        scene=scene,
        platforms=tuple(channel for channel in sold if scene is not None and channel in scene.channels),
        tool=code,
        hook=step if any(word in said for word in (*HOOKS, *HOOKS_EN)) else "",
    )


def count_lacking(entrances: Sequence[Entrance], part: str) -> int:
    """How many lack a part."""
    return sum(part in one.lacking for one in entrances)


def tell_entrances(entrances: Sequence[Entrance]) -> Text:
    """How many have all four parts, and what lacks most."""
    whole = sum(not one.lacking for one in entrances)
    if whole == len(entrances):
        return words.ALL_PLANNED
    lacking = {part: count_lacking(entrances, part) for part in words.PARTS}
    part = max(lacking, key=lambda name: lacking[name])
    return words.ENTRANCES.fill(whole=word_number(whole), part=words.PARTS[part], lacking=word_number(lacking[part]))


def tabulate_entrances(entrances: Sequence[Entrance]) -> Exhibit:
    """The entrances with their four parts."""
    rows = [
        {
            "name": name_verbatim(shorten(one.name, LONGEST)),
            "platform": join_texts(name_channel(channel) for channel in one.platforms) if one.platforms else NOTHING,
            "tool": name_verbatim(shorten(one.tool, LONGEST)) if one.tool else NOTHING,
            "scene": one.scene.name if one.scene else NOTHING,
            "hook": name_verbatim(shorten(one.hook, LONGEST)) if one.hook else words.NO_HOOK,
            "lacking": join_texts(words.PARTS[part] for part in one.lacking) if one.lacking else NOTHING,
        }
        for one in entrances[:MOST_ROWS]
    ]
    fields = (
        Field(name="name", label=Text(zh="入口", en="Entrance")),
        Field(name="platform", label=Text(zh="平台", en="Platform")),
        Field(name="tool", label=Text(zh="工具（入口码）", en="Tool, an entry code")),
        Field(name="scene", label=Text(zh="场景", en="Scene")),
        Field(name="hook", label=Text(zh="钩子", en="Hook")),
        Field(name="lacking", label=Text(zh="还缺", en="Missing")),
    )
    title = Text(zh="引流入口四要素", en="The four parts of each entrance")
    return Exhibit(name="plan", title=title, fields=fields, frame=pd.DataFrame(rows))
