"""Who fills the live room, whether those brought buy, and what people of each tag like to buy there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.live import _spread_words as words
from diagnostics.checks.live import _taste_words
from diagnostics.checks.live._inviters import (
    LEAST,
    Spread,
    ask_spread,
    draw_spread,
    measure_spread,
    tabulate_spread,
    tell_spread,
)
from diagnostics.checks.live._tastes import (
    Tastes,
    ask_tastes,
    draw_tastes,
    measure_tastes,
    tabulate_tastes,
    tell_tastes,
)
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number
from diagnostics.statistics.tastes import LEAST_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BROUGHT, TASTE = ("000-54", "000-55", "001-53", "001-55"), "000-53"


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who brought viewers, and what buyers like: one may be `None`, where the tables don't tell it."""

    spread: Spread | None
    tastes: Tastes | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for viewers and buyers by inviter, and who of which tags bought what."""
    return ask_spread(tables) | ask_tastes(tables)


def measure(replies: Replies) -> Audience | NotComputable:
    """Put staff, tasks and stores together, and compare carriers of tags with the others."""
    spread, tastes = measure_spread(replies), measure_tastes(replies)
    if spread is None and tastes is None:
        reason = words.NEITHER.fill(least=word_number(LEAST_PEOPLE))
        return NotComputable(reason=reason, unlocked_by=words.UNLOCKED_BY)
    return Audience(spread=spread, tastes=tastes)


def judge(_measured: Audience, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a league shows, it does not accuse, and a taste is a chance."""
    return ()


def tell(measured: Audience) -> Text:
    """How much staff bring, how evenly, whether those brought buy, and the clearest tastes."""
    said = NOTHING if measured.spread is None else tell_spread(measured.spread)
    return said if measured.tastes is None else said + tell_tastes(measured.tastes)


def lacks(measured: Audience) -> Mapping[str, Text]:
    """Who brought viewers, or what they like, where the tables don't tell it."""
    lacking: dict[str, Text] = {}
    if measured.spread is None:
        lacking |= dict.fromkeys(BROUGHT, words.NOT_TOLD)
    if measured.tastes is None:
        lacking[TASTE] = _taste_words.NOT_TOLD.fill(least=word_number(LEAST_PEOPLE))
    return lacking


def tabulate(measured: Audience) -> tuple[Exhibit, ...]:
    """The league of staff and that of stores, then tags by products."""
    spread = () if measured.spread is None else tabulate_spread(measured.spread)
    return (*spread, *(() if measured.tastes is None else tabulate_tastes(measured.tastes)))


def draw(measured: Audience, language: Language) -> Figure:
    """The fifteen who bring most viewers; the clearest tastes where nobody is known to have brought any."""
    if measured.spread is not None:
        return draw_spread(measured.spread, language)
    return draw_tastes(measured.tastes, language)  # type: ignore[arg-type] # one of both is told


# One session of 100: a brings 40 of whom 4 buy, b brings 10, 50 come by themselves and one of them buys.
EXAMPLE_VIEWERS = "\n".join(
    [
        "session day customer inviter",
        *(f"L1 2024-01-05 {who}{i} {who}" for who, many in (("a", 40), ("b", 10)) for i in range(many)),
        *(f"L1 2024-01-05 own{i} -" for i in range(50)),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"{who} 2024-01-06 50" for who in ("a0", "a1", "a2", "a3", "own1")),
        "own2 2024-01-01 50",
        "own2 2024-01-31 50",
    ]
)

# Of 40 buyers tagged 干皮 30 bought cream, of 40 tagged 油皮 10 did; all others bought cleanser.
CREAM = {"干皮": 30, "油皮": 10}
EXAMPLE_BUYERS = [
    (f"{tag[0]}{i}", tag, "面霜" if i < cream else "洁面") for tag, cream in CREAM.items() for i in range(40)
]
EXAMPLE_ORDERS = "\n".join(
    [
        "session channel order_id customer product paid_at",
        *(f"L1 taobao x{i} {who} {product} 2024-01-10" for i, (who, _, product) in enumerate(EXAMPLE_BUYERS)),
    ]
)
EXAMPLE_CONTACTS = "\n".join(["contact customer tags", *(f"k{who} {who} {tag}" for who, tag, _ in EXAMPLE_BUYERS)])

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(few=word_number(LEAST), least=word_number(LEAST_PEOPLE)),
    answers=(*BROUGHT, TASTE),
    finds=(),
    needs=(Need(table="order_lines"),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    lacks=lacks,
    # Of the 50 known customers invited 4 bought (8 %), of the 50 others 1 (2 %).
    example=Example(
        tables={
            "live_viewers": EXAMPLE_VIEWERS,
            "order_lines": EXAMPLE_LINES,
            "live_orders": EXAMPLE_ORDERS,
            "contacts": EXAMPLE_CONTACTS,
        },
        says="下单 8.0%，其他观众 2.0%（相差 -3.8 至 +17.0 个百分点）。看了 4 个标签与商品的组合，2 个有明确偏好，"
        "最明显的是“干皮”买面霜（75.0%，其他人 25.0%）",
    ),
    place=50,
)
