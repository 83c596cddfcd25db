"""Which systems are connected, by which key people are known in each, and what the missing bridges block."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.model.brief import Brief
from diagnostics.model.names import CHANNELS, ID_TYPES, MEETING_IDS
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="系统之间通不通？同一个人认得出吗？", en="Are the systems connected, and is a person known across them?"
)
DEFINITION = Text(
    zh="依需求表判断。对接分四档：无、文件、接口、实时；孤立 = 无对接。孤岛指数 = 没有共同可比对身份（手机号、unionid、"
    "哈希）的数据对"
    "÷ 全部数据对，掩码或覆盖不足一半的身份不算。三层打通：电商平台、线下门店、官方商城与微信，各看打通状态，"
    "用平台用户号"
    "“打通”的只在本平台内有效。标签四个维度：渠道、行为、喜好、营销参与，缺哪个维度就做不了哪种分群。",
    en="Judged from the sheet. Four grades of connection: none, files, API, real time; isolated = none. Silo index = "
    "pairs of data sets without a comparable identity in common (phone, unionid, hash) over all pairs; an identity "
    "that "
    "is masked or covers less than half does not count. Three layers: platforms, stores, own shop and WeChat; a "
    "bridge by the platform's own user id holds within that platform only. Tags have four dimensions: channel, "
    "behaviour, preference, participation; without one its segments can't be made.",
)
NO_SYSTEMS = Text(zh="需求表没有列出系统", en="the requirement sheet lists no system")
ANSWER = Text(
    zh="{n} 个系统里{isolated}、{files} 个靠文件；孤岛指数 {silo}。",
    en="Of {n} systems {isolated} and {files} exchange files; the silo index is {silo}.",
)
ISOLATED = Text(zh=" {n} 个没有对接", en="{n} are isolated")
NONE_ISOLATED = Text(zh="没有一个完全孤立", en="none is isolated")
LAYERS_SAID = Text(
    zh="三层打通里真正能跨渠道认人的有{layers}。",
    en="Of the three layers these recognise people across channels: {layers}.",
)
LAYERS_NONE = Text(
    zh="三层打通里没有一层能跨渠道认人。", en="None of the three layers recognises people across channels."
)
TAGS_LACK = Text(zh="标签缺{dimensions}维度。", en="Tags lack the dimensions: {dimensions}.")
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
LEAST_COVER = 0.5
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Integration:
    """Systems and their connections, the silo index (of two data sets and more), bridges, tag dimensions that lack."""

    systems: tuple[Mapping[str, object], ...]
    silo: float | None
    bridges: tuple[tuple[str, str, str], ...]
    lacking: tuple[str, ...]

    def count(self, link: str) -> int:
        """Systems with this kind of connection."""
        return sum(row.get("integration") == link for row in self.systems)

    @property
    def crossing_layers(self) -> tuple[str, ...]:
        """Layers of which a channel's bridge recognises people elsewhere."""
        crossing = {channel for channel, _, state in self.bridges if state == "crosses"}
        return tuple(layer for layer, (_, channels) in LAYERS.items() if channels & crossing)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    del tables
    return {}


def measure(replies: Replies) -> Integration | NotComputable:
    """Read systems, identities, bridges and tags."""
    brief = replies.engagement.brief
    systems = tuple(row for row in brief.rows("systems") if row.get("system"))
    if not systems:
        return NotComputable(reason=NO_SYSTEMS)
    tags = {str(row.get("dimension")) for row in brief.rows("tag_dictionary")}
    return Integration(
        systems=systems,
        silo=measure_silo(brief),
        bridges=tuple(_read_bridges(brief)),
        lacking=tuple(name for name in DIMENSIONS if name not in tags) if tags else (),
    )


def measure_silo(brief: Brief) -> float | None:
    """Pairs of data sets without a comparable identity in common, over all pairs; `None` with fewer than two."""
    sets: dict[str, set[str]] = {}
    for row in brief.rows("key_types"):
        cover = row.get("coverage")
        is_good = row.get("masked") is not True and (not isinstance(cover, float) or cover >= LEAST_COVER)
        kinds = sets.setdefault(str(row.get("dataset")), set())
        if is_good and row.get("key_type") in MEETING_IDS:
            kinds.add(str(row["key_type"]))
    pairs = list(combinations(sets.values(), 2))
    return sum(not one & other for one, other in pairs) / len(pairs) if pairs else None


def _read_bridges(brief: Brief) -> list[tuple[str, str, str]]:
    """Channel, identity and state of each bridge."""
    found = []
    for row in brief.rows("bridge_status"):
        status, kind = str(row.get("status")), str(row.get("id_type") or "")
        state = ("crosses" if kind in MEETING_IDS else "inside") if status == "live" else status
        found.append((str(row.get("channel")), kind, state if state in STATES else "none"))
    return found


def judge(measured: Integration, limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what can't be matched is counted from the data, under the identity of customers."""
    del measured, limits
    return ()


def tell(measured: Integration) -> Text:
    """Connections, silos, layers and tags."""
    said = ANSWER.fill(
        n=word_number(len(measured.systems)),
        isolated=ISOLATED.fill(n=word_number(isolated)) if (isolated := measured.count("none")) else NONE_ISOLATED,
        files=word_number(measured.count("file")),
        silo=word_percent(measured.silo, 0),
    )
    if measured.bridges:
        names = join_texts(LAYERS[layer][0] for layer in measured.crossing_layers)
        said += LAYERS_SAID.fill(layers=names) if measured.crossing_layers else LAYERS_NONE
    if measured.lacking:
        said += TAGS_LACK.fill(dimensions=join_texts(DIMENSIONS[name] for name in measured.lacking))
    return said


def tabulate(measured: Integration) -> tuple[Exhibit, ...]:
    """Systems and how they are connected; bridges by channel with what they block."""
    rows = [
        {
            "system": name_verbatim(shorten(str(row["system"]))),
            "purpose": name_verbatim(shorten(str(row.get("purpose") or ""))),
            "owner": name_verbatim(shorten(str(row.get("owner") or ""))),
            **{link: MARK if row.get("integration") == link else NOTHING for link in LINKS},
        }
        for row in measured.systems[:MOST_ROWS]
    ]
    fields = (
        Field(name="system", label=Text(zh="系统", en="System")),
        Field(name="purpose", label=Text(zh="用途", en="Purpose")),
        Field(name="owner", label=Text(zh="负责岗位", en="Owner")),
        *(Field(name=link, label=label) for link, label in LINKS.items()),
    )
    title = Text(zh="系统对接矩阵", en="Systems and connections")
    matrix = Exhibit(name="systems", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
    return (matrix, _show_bridges(measured)) if measured.bridges else (matrix,)


def _show_bridges(measured: Integration) -> Exhibit:
    rows = [
        {
            "channel": channel if channel in CHANNELS else shorten(channel),
            "identity": ID_TYPES.get(kind) or name_verbatim(kind or "–"),
            "state": STATES[state],
            "blocked": NOTHING if state == "crosses" else BLOCKED,
        }
        for channel, kind, state in measured.bridges[:MOST_ROWS]
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="identity", label=Text(zh="所用身份", en="Identity used")),
        Field(name="state", label=Text(zh="状态", en="State")),
        Field(name="blocked", label=Text(zh="因此算不了", en="Can't be computed for want of it")),
    )
    title = Text(zh="会员打通与受阻的指标", en="Bridges and what they block")
    return Exhibit(name="bridges", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Integration, language: Language) -> Figure:
    """How many systems have each kind of connection."""
    counts = [measured.count(link) for link in LINKS]
    figure = draw_bars(
        [label.word(language) for label in LINKS.values()],
        [float(count) for count in counts],
        [str(count) for count in counts],
        axis_label=Text(zh="系统数", en="Systems").word(language),
        marked=[0] if counts[0] else [],
    )
    scale_count(figure.axes[0].xaxis)
    return figure


MARK = Text(zh="●", en="●")

# Two of three data sets hold phones, the third a platform's id: two of three pairs have nothing in common.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-28", "001-06", "002-03", "002-04", "000-12"),
    finds=(),
    needs=(),
    asks=(Asked(key="systems", label=Text(zh="系统清单", en="System list")),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="67%",
        brief=Brief(
            answers={
                "systems": ({"system": "ERP", "integration": "none"}, {"system": "SCRM", "integration": "api"}),
                "key_types": (
                    {"dataset": "订单", "key_type": "phone", "masked": False, "coverage": 1.0},
                    {"dataset": "会员", "key_type": "phone", "masked": False, "coverage": 1.0},
                    {"dataset": "天猫", "key_type": "platform_id", "masked": False, "coverage": 1.0},
                ),
                "bridge_status": ({"channel": "tmall", "status": "live", "id_type": "platform_id"},),
            }
        ),
    ),
    place=10,
)
