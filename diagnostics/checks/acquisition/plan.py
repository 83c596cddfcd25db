"""Whether each entrance of the sheet is a whole plan: a platform, a tool, a scene and a hook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.acquisition._scenes import Scene, find_scene
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="每个引流入口的平台、工具、场景、钩子都想清楚了吗？",
    en="Is each entrance a whole plan: a platform, a tool, a scene and a hook?",
)
DEFINITION = Text(
    zh="依需求表判断。入口取自触点清单，四样各按一条事实看：场景 = 触点或入口码里的字认得出；平台 = "
    "品牌在该场景的渠道里卖货（没有销售渠道的场景按场景本身）；工具 = 写了入口码；钩子 = "
    "触点或下一步里写着客户得到什么（券、礼、积分、福利、返现、小样等）。没写钩子不等于没有，只说明计划里看不见。",
    en="Judged from the sheet. Entrances are the list of touchpoints, and each of four parts goes by a fact: scene = "
    "told by the words of touchpoint or code; platform = a channel of the scene in which the brand sells (the scene "
    "itself where it has no sales channel); tool = an entry code is stated; hook = touchpoint or next step say what "
    "customers get (coupon, gift, points, cash, sample). A hook that is not written down may exist; the plan doesn't "
    "show it.",
)
FIELD = Asked(key="touchpoints", label=Text(zh="触点清单", en="Touchpoints"))
NO_POINTS = Text(zh="触点清单没有一行写了触点", en="no row of the list names a touchpoint")
ANSWER = Text(
    zh="{n} 个入口里四样齐的有 {whole} 个；缺得最多的是{part}（{lacking} 个）。",
    en="{whole} of {n} entrances have all four; what lacks most is the {part} ({lacking}).",
)
ALL_WHOLE = Text(zh="{n} 个入口四样都齐。", en="All {n} entrances have all four.")
NO_HOOK = Text(zh="没写", en="not stated")
PARTS = {
    "platform": Text(zh="平台", en="platform"),
    "tool": Text(zh="工具", en="tool"),
    "scene": Text(zh="场景", en="scene"),
    "hook": Text(zh="钩子", en="hook"),
}
HOOKS = ("券", "礼", "积分", "福利", "返现", "红包", "小样", "试用", "抽奖", "折扣", "特价", "会员价", "gift", "coupon")
HOOKS_EN = ("points", "cash", "sample", "trial", "discount", "prize")
CODE = "entry_code/state"
AXIS = Text(zh="缺这一样的入口数", en="Entrances that lack it")
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
        return tuple(part for part in PARTS if not held[part])


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The entrances in the order of the sheet."""

    entrances: tuple[Entrance, ...]

    def count(self, part: str) -> int:
        """How many lack a part."""
        return sum(part in one.lacking for one in self.entrances)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    del tables
    return {}


def measure(replies: Replies) -> Plan | NotComputable:
    """Read each touchpoint."""
    brief = replies.engagement.brief
    sold = tuple(str(row.get("channel") or "") for row in brief.rows("main_channels"))
    found = [_read(row, sold) for row in brief.rows("touchpoints") if row.get("touchpoint")]
    return Plan(entrances=tuple(found)) if found else NotComputable(reason=NO_POINTS)


def _read(row: Mapping[str, object], sold: tuple[str, ...]) -> Entrance:
    name, code, step = (str(row.get(key) or "").strip() for key in ("touchpoint", CODE, "next_step"))
    scene = find_scene(name) or find_scene(code)
    said = f"{name} {step}".lower()
    return Entrance(
        name=name,
        scene=scene,
        platforms=tuple(channel for channel in sold if scene is not None and channel in scene.channels),
        tool=code,
        hook=step if any(word in said for word in (*HOOKS, *HOOKS_EN)) else "",
    )


def judge(_measured: Plan, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: touchpoints without a code, an owner or a next step are raised with the touchpoints."""
    return ()


def tell(measured: Plan) -> Text:
    """How many are whole, and what lacks most."""
    n = word_number(len(measured.entrances))
    whole = sum(not one.lacking for one in measured.entrances)
    if whole == len(measured.entrances):
        return ALL_WHOLE.fill(n=n)
    part = max(PARTS, key=measured.count)
    return ANSWER.fill(n=n, whole=word_number(whole), part=PARTS[part], lacking=word_number(measured.count(part)))


def tabulate(measured: Plan) -> tuple[Exhibit, ...]:
    """The entrances with their four parts."""
    rows = [
        {
            "name": name_verbatim(shorten(one.name, LONGEST)),
            "platform": join_texts(name_channel(channel) for channel in one.platforms) if one.platforms else NOTHING,
            "tool": name_verbatim(shorten(one.tool, LONGEST)) if one.tool else NOTHING,
            "scene": one.scene.name if one.scene else NOTHING,
            "hook": name_verbatim(shorten(one.hook, LONGEST)) if one.hook else NO_HOOK,
            "lacking": join_texts(PARTS[part] for part in one.lacking) if one.lacking else NOTHING,
        }
        for one in measured.entrances[:MOST_ROWS]
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
    return (Exhibit(name="plan", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Plan, language: Language) -> Figure:
    """How many entrances lack each part."""
    counts = [float(measured.count(part)) for part in PARTS]
    figure = draw_bars(
        [name.word(language) for name in PARTS.values()],
        counts,
        [word_number(count).word(language) for count in counts],
        axis_label=AXIS.word(language),
    )
    figure.axes[0].set_xlim(left=0, right=max(*counts, 1) * 1.2)
    scale_count(figure.axes[0].xaxis)
    return figure


# The parcel card has a code and a gift, and the brand sells at Tmall; the store stand has no code and no hook, and the
# brand sells in no store; of the desk nothing is told.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-26",),
    finds=(),
    needs=(),
    asks=(FIELD,),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10"},
        brief=Brief(
            answers={
                "main_channels": ({"channel": "tmall"},),
                "touchpoints": (
                    {"touchpoint": "包裹卡", CODE: "pkg01", "next_step": "加企微领小样"},
                    {"touchpoint": "门店台卡", "next_step": "加导购"},
                    {"touchpoint": "前台", CODE: "x1", "next_step": "领优惠券"},
                ),
            }
        ),
        says="3 个入口里四样齐的有 1 个；缺得最多的是平台（2 个）",
    ),
    place=30,
)
