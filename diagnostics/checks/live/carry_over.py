"""Who fills the live room, whether those brought buy and come back, and what people of each tag like to buy there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.live import _carry_words as words
from diagnostics.checks.live import _inviter_words, _return_words, _taste_words
from diagnostics.checks.live._inviters import (
    LEAST,
    Spread,
    ask_spread,
    draw_spread,
    measure_spread,
    tabulate_spread,
    tell_spread,
)
from diagnostics.checks.live._return_findings import LIMITS, judge_returns
from diagnostics.checks.live._return_tables import tabulate_returns
from diagnostics.checks.live._returns import (
    LEAST_SESSIONS,
    CarryOver,
    ask_returns,
    count_sessions,
    draw_returns,
    measure_returns,
    tell_returns,
    track_returns,
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
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent
from diagnostics.statistics.tastes import LEAST_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BROUGHT, RETURN, TASTE = ("000-54", "000-55", "001-53", "001-55"), "001-54", "000-53"


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who brought viewers, who came back, what buyers like: two may be `None`, where the tables don't tell them.

    `sessions` are those with known viewers, of the channel that has most.
    """

    spread: Spread | None
    returns: CarryOver | None
    tastes: Tastes | None
    sessions: int


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for viewers and buyers by inviter, for returns by session, and who of which tags bought what."""
    return ask_spread(tables) | ask_returns(tables) | ask_tastes(tables)


def measure(replies: Replies) -> Audience | NotComputable:
    """Put staff, tasks and stores together, rate carry-over, and compare carriers of tags with the others."""
    audience = Audience(
        spread=measure_spread(replies),
        returns=measure_returns(replies),
        tastes=measure_tastes(replies),
        sessions=count_sessions(replies),
    )
    if audience.spread is None and audience.returns is None and audience.tastes is None:
        reason = words.NOTHING_TOLD.fill(
            sessions=word_number(LEAST_SESSIONS), n=word_number(audience.sessions), least=word_number(LEAST_PEOPLE)
        )
        return NotComputable(reason=reason, unlocked_by=words.UNLOCKED_BY)
    return audience


def track(measured: Audience) -> tuple[Reading, ...]:
    """The share of viewers who come to the next session, by channel."""
    return () if measured.returns is None else track_returns(measured.returns)


def judge(measured: Audience, limits: Limits) -> tuple[Finding, ...]:
    """Raise channels without carry-over; a league of staff shows, it does not accuse, and a taste is a chance."""
    return () if measured.returns is None else judge_returns(measured.returns, limits)


def tell(measured: Audience) -> Text:
    """How much staff bring and whether those brought buy; who comes back; the clearest tastes."""
    said = NOTHING if measured.spread is None else tell_spread(measured.spread)
    if measured.returns is not None:
        said += tell_returns(measured.returns)
    return said if measured.tastes is None else said + tell_tastes(measured.tastes)


def caveats(measured: Audience) -> tuple[Text, ...]:
    """How many viewers can be followed."""
    if measured.returns is None:
        return ()
    return (_return_words.PART.fill(share=word_percent(measured.returns.known)),)


def lacks(measured: Audience) -> Mapping[str, Text]:
    """Who brought viewers, who came back, or what they like, where the tables don't tell it."""
    lacking: dict[str, Text] = {}
    if measured.spread is None:
        lacking |= dict.fromkeys(BROUGHT, _inviter_words.NOT_TOLD)
    if measured.returns is None:
        least, n = word_number(LEAST_SESSIONS), word_number(measured.sessions)
        lacking[RETURN] = _return_words.NOT_TOLD.fill(least=least, n=n)
    if measured.tastes is None:
        lacking[TASTE] = _taste_words.NOT_TOLD.fill(least=word_number(LEAST_PEOPLE))
    return lacking


def tabulate(measured: Audience) -> tuple[Exhibit, ...]:
    """The leagues of staff and stores, channels and sessions by carry-over, then tags by products."""
    return (
        *(() if measured.spread is None else tabulate_spread(measured.spread)),
        *(() if measured.returns is None else tabulate_returns(measured.returns)),
        *(() if measured.tastes is None else tabulate_tastes(measured.tastes)),
    )


def draw(measured: Audience, language: Language) -> Figure:
    """Carry-over by channel; else the fifteen who bring most viewers; else the clearest tastes."""
    if measured.returns is not None:
        return draw_returns(measured.returns, language)
    if measured.spread is not None:
        return draw_spread(measured.spread, language)
    return draw_tastes(measured.tastes, language)  # type: ignore[arg-type] # one of the three is told


# Eight sessions of 60 viewers a week apart: a brings 30 to each, b 10, 20 come by themselves. Nobody watches two of
# them, except three of the first in the second. Of a's viewers 4 a session buy on the next day, of the others one.
DAYS = [(1 + n // 4, 1 + 7 * (n % 4)) for n in range(8)]
EXAMPLE_VIEWERS = "\n".join(
    [
        "channel session day contact customer inviter",
        *(
            f"wecom L{n} 2024-{month:02}-{day:02} {who} {who} {inviter}"
            for n, (month, day) in enumerate(DAYS)
            for who, inviter in zip(
                [f"v{n}x{i}" for i in range(57)] + [f"v0x{i}" if n == 1 else f"w{n}x{i}" for i in range(3)],
                "a" * 30 + "b" * 10 + "-" * 20,
                strict=True,
            )
        ),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"v{n}x{i} 2024-{month:02}-{day + 1:02} 50" for n, (month, day) in enumerate(DAYS) for i in (0, 1, 2, 3, 50)),
        "v9 2024-01-01 10",
        "v9 2024-02-29 10",
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
        *(f"L1 taobao x{i} {who} {product} 2024-02-10" for i, (who, _, product) in enumerate(EXAMPLE_BUYERS)),
    ]
)
EXAMPLE_CONTACTS = "\n".join(["contact customer tags", *(f"k{who} {who} {tag}" for who, tag, _ in EXAMPLE_BUYERS)])

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(few=word_number(LEAST), least=word_number(LEAST_PEOPLE)),
    answers=(*BROUGHT, RETURN, TASTE),
    finds=("live.no_carry_over",),
    needs=(Need(table="order_lines"),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    uses=("live_viewers", "live_orders"),
    # Of 320 viewings invited 32 end in an order, of 160 others 8. Of the 420 viewings that a session followed 3 come
    # back; of the 420 of the first seven sessions one joins a group within 14 days.
    example=Example(
        tables={
            "live_viewers": EXAMPLE_VIEWERS,
            "group_members": "group customer joined_at\ng v2x9 2024-01-20",
            "order_lines": EXAMPLE_LINES,
            "live_orders": EXAMPLE_ORDERS,
            "contacts": EXAMPLE_CONTACTS,
        },
        says="当天或次日下单 10.0%，其他观众 5.0%（相差 -0.4 至 +9.5 个百分点）。企业微信：看过一场的人有 0.7% "
        "下一场再来（0.1% 至 6.5%），1.0% 在后三场内再来（7 场，420 人次）；不在群的观众 14 天内进群 0.2%。"
        "看了 4 个标签与商品的组合，2 个有明确偏好，最明显的是“干皮”买面霜（75.0%，其他人 25.0%）",
        finds=(("live.no_carry_over", {"channel": "wecom"}),),
    ),
    place=20,
)
