"""Which systems are connected, how people are known across them, what they carry, and who removes what blocks it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_count, scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.systems import _integration_words as words
from diagnostics.checks.systems._capability import (
    Capability,
    ask_capability,
    list_unknown,
    measure_capability,
    read_cost,
    tell_capability,
)
from diagnostics.checks.systems._capability_tables import tabulate_capability
from diagnostics.checks.systems._integration_tables import show_bridges, show_systems
from diagnostics.model.brief import Brief, Row
from diagnostics.model.names import MEETING_IDS
from diagnostics.model.section import Asked, Exhibit, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, shorten, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST_COVER = 0.5


@dataclass(frozen=True, kw_only=True)
class Integration:
    """Systems, the silo index (of two data sets and more), bridges, tag dimensions that lack, and what they carry."""

    systems: tuple[Row, ...]
    silo: float | None
    bridges: tuple[tuple[str, str, str], ...]
    lacking: tuple[str, ...]
    capability: Capability

    def count(self, link: str) -> int:
        """Systems with this kind of connection."""
        return sum(row.get("integration") == link for row in self.systems)

    @property
    def crossing_layers(self) -> tuple[str, ...]:
        """Layers of which a channel's bridge recognises people elsewhere."""
        crossing = {channel for channel, _, state in self.bridges if state == "crosses"}
        return tuple(layer for layer, (_, channels) in words.LAYERS.items() if channels & crossing)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what contacts, touches and logs show of the systems; the sheet answers the rest."""
    return ask_capability(tables)


def measure(replies: Replies) -> Integration | NotComputable:
    """Read systems, identities, bridges and tags, and check what they carry."""
    brief = replies.engagement.brief
    systems = tuple(row for row in brief.rows("systems") if row.get("system"))
    if not systems:
        return NotComputable(reason=words.NO_SYSTEMS)
    tags = {str(row.get("dimension")) for row in brief.rows("tag_dictionary")}
    return Integration(
        systems=systems,
        silo=measure_silo(brief),
        bridges=tuple(_read_bridges(brief)),
        lacking=tuple(name for name in words.DIMENSIONS if name not in tags) if tags else (),
        capability=measure_capability(replies, find_limits("systems.integration", LIMITS, replies.engagement)),
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
        found.append((str(row.get("channel")), kind, state if state in words.STATES else "none"))
    return found


def judge(_measured: Integration, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: customers who can't be matched and scenarios that are missed are raised where they are counted."""
    return ()


def tell(measured: Integration) -> Text:
    """Connections, silos, layers and tags; then what the systems carry, and what blocks it."""
    isolated = measured.count("none")
    layers = NOTHING
    if measured.bridges:
        names = join_texts(words.LAYERS[layer][0] for layer in measured.crossing_layers)
        layers = words.LAYERS_SAID.fill(layers=names) if measured.crossing_layers else words.LAYERS_NONE
    dimensions = join_texts(words.DIMENSIONS[name] for name in measured.lacking)
    said = words.ANSWER.fill(
        n=word_number(len(measured.systems)),
        isolated=words.ISOLATED.fill(n=word_number(isolated)) if isolated else words.NONE_ISOLATED,
        files=word_number(measured.count("file")),
        silo=word_percent(measured.silo, 0),
        layers=layers,
        tags=words.TAGS_LACK.fill(dimensions=dimensions) if measured.lacking else NOTHING,
    )
    return said + tell_capability(measured.capability)


def caveats(measured: Integration) -> tuple[Text, ...]:
    """What is missing for tools and contacts."""
    return list_unknown(measured.capability)


def tabulate(measured: Integration) -> tuple[Exhibit, ...]:
    """Systems and how they are connected; bridges by channel with what they block; what the systems carry."""
    bridges = (show_bridges(measured.bridges),) if measured.bridges else ()
    return (show_systems(measured.systems), *bridges, *tabulate_capability(measured.capability))


def draw(measured: Integration, language: Language) -> Figure:
    """What each system costs, those without an interface stand out; without costs how many have each connection."""
    costs = [(row, cost) for row in measured.systems if (cost := read_cost(row))]
    if not costs:
        return _draw_links(measured, language)
    currency = measured.capability.currency
    figure = draw_bars(
        [shorten(str(row["system"]), 18) for row, _ in costs],
        [cost for _, cost in costs],
        [word_money(cost, currency).word(language) for _, cost in costs],
        axis_label=Text(zh="年费用", en="Cost a year").word(language),
        marked=[place for place, (row, _) in enumerate(costs) if row.get("integration") in {"none", "file"}],
    )
    scale_money(figure.axes[0].xaxis, currency, language)
    return figure


def _draw_links(measured: Integration, language: Language) -> Figure:
    counts = [measured.count(link) for link in words.LINKS]
    figure = draw_bars(
        [label.word(language) for label in words.LINKS.values()],
        [float(count) for count in counts],
        [str(count) for count in counts],
        axis_label=Text(zh="系统数", en="Systems").word(language),
        marked=[0] if counts[0] else [],
    )
    scale_count(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="matched",
        value=0.5,
        reason=Text(
            zh="不到一半好友能对应客户，系统就不知道多数人买过什么",
            en="with less than half known as customers the system can't tell what most people bought",
        ),
    ),
    Limit(
        name="tagged",
        value=0.3,
        reason=Text(zh="不到三成好友有标签，分群只覆盖少数人", en="with under 30% tagged, segments cover only a few"),
    ),
)

# Two of three data sets hold phones, the third a platform's id: two of three pairs have nothing in common. Collecting
# and identifying (two of four contacts) are there, nobody is tagged, measuring is not known. The SCRM has an interface,
# the ERP none: the loop's third and fifth links fail. 600 a year over 4 contacts is 150 each.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(
        *("000-28", "001-06", "002-03", "002-04", "000-12"),
        *("001-16", "001-51", "001-63", "001-80", "001-85", "004-25"),
    ),
    finds=(),
    needs=(),
    asks=(Asked(key="systems", label=Text(zh="系统清单", en="System list")),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250",
            "contacts": "contact customer added_at\nk1 a 2024-01-01\nk2 b 2024-01-01\nk3 - 2024-01-01\nk4 - 2024-01-01",
        },
        says="孤岛指数 67%，三层打通里没有一层能跨渠道认人。数据平台六项功能成立 2/5，缺画像、分群、触发；消费数据回流"
        "走通 3/5 段，第一处断在“订单系统有接口”；4 位企微好友里 50.0%（15.0% 至 85.0%）能并入客户档案。卡点 1 个在"
        "内部（先找 IT）、1 个在外部平台；工具一年 600元，折每位好友 150.00元",
        brief=Brief(
            answers={
                "systems": (
                    {"system": "ERP", "integration": "none", "owner": "IT", "annual_cost": 400.0},
                    {"system": "SCRM", "integration": "api", "annual_cost": 200.0},
                ),
                "key_types": (
                    {"dataset": "订单", "key_type": "phone", "masked": False, "coverage": 1.0},
                    {"dataset": "会员", "key_type": "phone", "masked": False, "coverage": 1.0},
                    {"dataset": "天猫", "key_type": "platform_id", "masked": False, "coverage": 1.0},
                ),
                "bridge_status": ({"channel": "tmall", "status": "live", "id_type": "platform_id"},),
                "containers": ({"type": "wecom", "users": 4},),
            }
        ),
    ),
    place=10,
)
