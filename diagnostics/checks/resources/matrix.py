"""What the client has, wants and depends on, what lies idle, and whether the supply behind it is good and deep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.resources import _matrix_words as words
from diagnostics.checks.resources._ecosystem import Ecosystem, show_ecosystem, tell_ecosystem
from diagnostics.checks.resources._ecosystem_words import SIDES
from diagnostics.checks.resources._matrix_tables import show_resources
from diagnostics.checks.resources._register import (
    LEVERS,
    LONGEST,
    STAGES,
    Register,
    Resource,
    name_resource,
    read_resources,
)
from diagnostics.checks.resources._supply import mark_quality, show_supply, tell_supply
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.supply import total_supply
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Asked, Exhibit, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 15
FIELD = Asked(key="resources", label=Text(zh="已有资源", en="Existing resources"))
SUPPLY = "004-47"


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The register of resources, the ecosystem around it, and the items sold (empty if orders name none)."""

    register: Register
    ecosystem: Ecosystem
    items: pd.DataFrame


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for items where orders name them."""
    if not tables.has("order_lines", "product_id"):
        return {}
    engagement = tables.engagement
    lines = value_lines(tables["order_lines"], engagement.gmv_basis)
    return {"items": total_supply(within(lines, engagement.horizon.current))}


def measure(replies: Replies) -> Matrix | NotComputable:
    """Read the register, find the key resources and mark the items of quality."""
    brief = replies.engagement.brief
    limits = find_limits("resources.matrix", LIMITS, replies.engagement)
    resources = read_resources(brief)
    if not resources:
        return NotComputable(reason=words.NO_RESOURCES)
    return Matrix(
        register=Register(
            resources=resources,
            keys=tuple(one for one in resources if one.is_key(limits)),
            demands=brief.choices("demands"),
            wanted=brief.choices("target_resources"),
            named=(brief.text("key_resource") or "").strip(),
        ),
        ecosystem=Ecosystem(
            resources=resources,
            partners=tuple(str(row["partner"]) for row in brief.rows("partner_log") if row.get("partner")),
        ),
        items=mark_quality(replies.frames.get("items", pd.DataFrame()), limits["least_orders"]),
    )


def judge(measured: Matrix, limits: Limits) -> tuple[Finding, ...]:
    """Raise every key resource that is not in use."""
    register = measured.register
    return tuple(_find(one, len(register.resources)) for one in register.idle if one.is_key(limits))


def _find(one: Resource, n: int) -> Finding:
    demands = join_texts(name_verbatim(shorten(demand)) for demand in one.demands) if one.demands else words.NO_DEMAND
    return Finding(
        code="resource.idle_key_resource",
        scope={"resource": one.name},
        title=words.TITLE.fill(name=name_verbatim(shorten(one.name)), stage=STAGES[one.stage]),
        cause=words.CAUSE.fill(
            impact=word_number(one.impact),
            scarcity=word_number(one.scarcity),
            replaceable=word_number(one.replaceable),
            owner=name_verbatim(shorten(one.owner)) if one.owner else words.NOBODY,
            demands=demands,
        ),
        action=words.ACTION,
        owner_role="manager",
        validation=Validation(metric="kpi_ach", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=0.6,
        impact_reason=words.NO_MONEY,
        severity="low",
        evidence=(Evidence(table="register", n=n, value=float(one.weight)),),
    )


def tell(measured: Matrix) -> Text:
    """The key resources and what is idle or missing; the sides of the ecosystem; the supply."""
    said = _tell_register(measured.register) + tell_ecosystem(measured.ecosystem)
    return said + tell_supply(measured.items) if len(measured.items) else said


def _tell_register(register: Register) -> Text:
    n, lacking = word_number(len(register.resources)), len(register.unserved)
    unserved = words.UNSERVED.fill(n=word_number(lacking)) if lacking else NOTHING
    if not register.keys:
        return words.ANSWER_NONE.fill(n=n, first=name_resource(register.resources[0]), unserved=unserved)
    return words.ANSWER_KEY.fill(
        n=n,
        keys=join_texts(name_resource(one) for one in register.keys),
        side=LEVERS[register.side],
        idle=words.IDLE.fill(names=join_texts(map(name_resource, register.idle))) if register.idle else NOTHING,
        unserved=unserved,
    )


def caveats(measured: Matrix) -> tuple[Text, ...]:
    """Where the client's own view differs from its scores; and what stock would add."""
    register = measured.register
    if not register.named or register.named in {one.name for one in register.keys}:
        return (words.NO_STOCK,)
    return words.NAMED.fill(named=name_verbatim(shorten(register.named))), words.NO_STOCK


def lacks(measured: Matrix) -> Mapping[str, Text]:
    """The supply, where orders name no items."""
    return {} if len(measured.items) else {SUPPLY: words.NO_ITEMS}


def tabulate(measured: Matrix) -> tuple[Exhibit, ...]:
    """The register of resources; the ecosystem around it; the supply."""
    register = measured.register
    shown = (*show_resources(register), *show_ecosystem(measured.ecosystem, register.keys, register.wanted))
    return (*shown, show_supply(measured.items)) if len(measured.items) else shown


def draw(measured: Matrix, language: Language) -> Figure:
    """The weight of each resource; key ones that lie idle stand out."""
    shown = measured.register.resources[:MOST_ROWS]
    figure = draw_bars(
        [shorten(one.name, LONGEST) for one in shown],
        [float(one.weight) for one in shown],
        [STAGES[one.stage].word(language) for one in shown],
        axis_label=Text(zh="分量（影响 × 稀缺 × 难替代）", en="Weight (impact × scarcity × hard to replace)").word(
            language
        ),
        marked=[place for place, one in enumerate(shown) if one in measured.register.idle],
    )
    figure.axes[0].margins(x=0.35)
    return figure


LIMITS = (
    Limit(
        name="impact",
        value=4,
        reason=Text(zh="对业绩有直接影响：4 分及以上", en="acts directly on sales: 4 and above"),
    ),
    Limit(name="scarcity", value=4, reason=Text(zh="稀缺：4 分及以上", en="scarce: 4 and above")),
    Limit(
        name="replaceable",
        value=2,
        reason=Text(zh="难以替代：可替代性 2 分及以下", en="hard to replace: 2 and below"),
    ),
    Limit(
        name="least_orders",
        value=30,
        reason=Text(zh="少于 30 单的退款率不判断", en="refunds of fewer than 30 orders are not judged"),
    ),
)

# The factory: 5 x 5 x (6 - 1) = 125 and not real yet. The guides are replaced easily, so they are not key, but real: 1
# of 9 sides is real and 7 are blank. p1 keeps all of 40 x 100, p2 half of 40 x 100 (refunds 50 each): GMV 4,000 +
# 2,000, overall kept 75%, so p1 alone is of quality.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(n=word_number(len(SIDES)), least=word_number(LIMITS[-1].value)),
    answers=(
        *("004-09", "004-10", "004-12", "004-13", "004-14", "004-15", "004-16", "004-17", "004-43", "004-46"),
        *("004-11", "004-18", SUPPLY),
    ),
    finds=("resource.idle_key_resource",),
    needs=(),
    asks=(FIELD,),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={
            "order_lines": "\n".join(
                [
                    "customer ordered_at paid_amount refund_amount product_id",
                    "z 2024-01-02 1 0 p0",
                    *(
                        f"c{i} 2024-02-{1 + i % 28:02d} 100 {refund} {item}"
                        for item, refund in (("p1", 0), ("p2", 50))
                        for i in range(40)
                    ),
                ]
            )
        },
        says="2 项资源里达到关键标准的是自有工厂（杠杆在供给侧），其中自有工厂还没有用起来；1 条需求没有对应的资源。"
        "9 方生态里 1 方有已落实的资源，1 项还没用起来，7 方一项也没写（渠道：门店与经销商、"
        "同客群的异业、品牌与口碑）。"
        "在售 2 个商品，1 个优质商品撑起 66.7% 的 GMV；1 个商品做出一半，最大的一个占 66.7%。",
        finds=(("resource.idle_key_resource", {"resource": "自有工厂"}),),
        brief=Brief(
            answers={
                "resources": (
                    {
                        "resource": "自有工厂",
                        "type": "supply",
                        "status": "virtual",
                        "impact": 5,
                        "scarcity": 5,
                        "replaceable": 1,
                    },
                    {
                        "resource": "门店导购",
                        "type": "people",
                        "owner": "门店",
                        "status": "real",
                        "impact": 5,
                        "scarcity": 4,
                        "replaceable": 4,
                    },
                ),
                "demands": ("客户要售后有人管", "小样装"),
            }
        ),
    ),
    place=10,
)
