"""Where live sessions lose people, and what an hour of each anchor and department brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.live import _anchor_words, _funnel_words
from diagnostics.checks.live._anchors import (
    Anchors,
    ask_shifts,
    draw_anchors,
    measure_anchors,
    tabulate_anchors,
    tell_anchors,
)
from diagnostics.checks.live._funnel_tables import tabulate_funnel
from diagnostics.checks.live._leaks import Funnel, choose, draw_funnel, judge_funnel, measure_funnel, tell_funnel
from diagnostics.metrics.live import list_sessions
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number
from diagnostics.statistics import live_anchors, live_steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAKS, HOURS = ("001-56", "001-78"), ("000-52",)


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """The funnel and the hours of anchors: one may be `None`, where the sessions don't tell it."""

    funnel: Funnel | None
    anchors: Anchors | None
    limits: Limits


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sessions and the spend of their shifts."""
    return {
        "sessions": list_sessions(tables["live_sessions"], tables.engagement.horizon.as_of),
        **ask_shifts(tables),
    }


def measure(replies: Replies) -> Sessions | NotComputable:
    """Rate the steps, and the anchors."""
    funnel, anchors = measure_funnel(replies), measure_anchors(replies)
    if funnel is None and anchors is None:
        least = word_number(live_steps.LEAST_SESSIONS)
        return NotComputable(reason=_funnel_words.NEITHER.fill(least=least), unlocked_by=_funnel_words.UNLOCKED_BY)
    return Sessions(funnel=funnel, anchors=anchors, limits=find_limits("live.funnel", LIMITS, replies.engagement))


def judge(measured: Sessions, limits: Limits) -> tuple[Finding, ...]:
    """Raise every step of an anchor, of the last weeks or of one session that lies far below the others."""
    return () if measured.funnel is None else judge_funnel(measured.funnel, limits)


def tell(measured: Sessions) -> Text:
    """The funnel of the largest channels with what falls short, and how far anchors differ."""
    said = NOTHING if measured.funnel is None else tell_funnel(measured.funnel, measured.limits)
    return said if measured.anchors is None else said + tell_anchors(measured.anchors)


def caveats(measured: Sessions) -> tuple[Text, ...]:
    """Rows that can't be right; that rosters are not drawn by lot."""
    said = []
    if measured.funnel is not None and measured.funnel.steps.unfit.any():
        said.append(_funnel_words.UNFIT.fill(count=word_number(int(measured.funnel.steps.unfit.sum()))))
    if measured.anchors is not None:
        said.append(_anchor_words.WHY)
    return tuple(said)


def lacks(measured: Sessions) -> Mapping[str, Text]:
    """The funnel, or the hours of anchors, where sessions don't report them."""
    lacking: dict[str, Text] = {}
    if measured.funnel is None:
        least = word_number(live_steps.LEAST_SESSIONS)
        lacking |= dict.fromkeys(LEAKS, _funnel_words.NOT_TOLD.fill(least=least))
    if measured.anchors is None:
        least = word_number(live_anchors.LEAST_SESSIONS)
        lacking |= dict.fromkeys(HOURS, _anchor_words.NOT_TOLD.fill(least=least))
    return lacking


def tabulate(measured: Sessions) -> tuple[Exhibit, ...]:
    """Steps, channels and what falls short; then anchors and departments."""
    shown: list[Exhibit] = []
    if measured.funnel is not None:
        shown += tabulate_funnel(measured.funnel, choose(measured.funnel, measured.limits))
    if measured.anchors is not None:
        shown += tabulate_anchors(measured.anchors)
    return tuple(shown)


def draw(measured: Sessions, language: Language) -> Figure:
    """Each step of the largest channel by month; the level of each anchor where no funnel is told."""
    if measured.funnel is not None:
        return draw_funnel(measured.funnel, language)
    return draw_anchors(measured.anchors, language)  # type: ignore[arg-type] # one of both is told


# Forty sessions of two hours, 1,000 exposed, 200 viewers and 20 clicks; 10 buy, but only 2 with the anchor of every
# other one: a sells for 10,000 a session with a shift of 100, b for 2,000.
DAYS = [f"2024-0{1 + place // 10}-{1 + 2 * (place % 10):02}" for place in range(40)]
EXAMPLE_SESSIONS = "\n".join(
    [
        "session channel anchor starts_at minutes exposed viewers product_clicked buyers paid_amount",
        *(
            f"s{i:02} douyin {'ab'[i % 2]} {day}T20:00 120 10000 2000 {200 + i % 3} "
            f"{20 if i % 2 else 100} {2000 if i % 2 else 10000}"
            for i, day in enumerate(DAYS)
        ),
    ]
)
EXAMPLE_SHIFTS = "\n".join(["starts_at ends_at cost", *(f"{day}T20:00 {day}T22:00 100" for day in DAYS[::2])])
LIMITS = (
    Limit(
        name="ratio",
        value=0.75,
        reason=Text(
            zh="主播、季节与选品本来就有两三成的高低；连区间上限也不到应有水平的四分之三才提出",
            en="anchors, seasons and products differ by a fifth or more as it is; raised only where even the upper "
            "end "
            "stays under three quarters of what is expected",
        ),
    ),
    Limit(
        name="session_ratio",
        value=0.5,
        reason=Text(
            zh="单场波动大，不到前后场次的一半才值得查",
            en="single sessions vary much: worth a look below half of their neighbours",
        ),
    ),
    Limit(
        name="feasible_low",
        value=0.5,
        reason=Text(
            zh="补回一半是保守值：一部分观众会在别处成交",
            en="half of it is the careful end: some viewers buy elsewhere",
        ),
    ),
    Limit(
        name="feasible_mid",
        value=0.8,
        reason=Text(
            zh="同一客户的其他场次已做到，按八成计", en="the client's other sessions do it already; four fifths count"
        ),
    ),
)

CHECK = Check(
    question=_funnel_words.QUESTION,
    definition=_funnel_words.DEFINITION.fill(least=word_number(live_anchors.LEAST_SESSIONS)),
    answers=(*LEAKS, *HOURS),
    finds=("live.funnel_leak",),
    needs=(Need(table="live_sessions"),),
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
            "live_sessions": EXAMPLE_SESSIONS,
            "live_shifts": EXAMPLE_SHIFTS,
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-04-30 10",
        },
        says="exposed to viewers 20.0%, viewers to clicked 10.0%, clicked to bought 29.9%. 1 fall clearly short; the "
        "heaviest is clicked to bought with anchor b. 2 anchors bring CNY 1,000.00 to CNY 5,000.00 an hour",
        finds=(
            (
                "live.funnel_leak",
                {"channel": "douyin", "step": "product_clicked_to_buyers", "staff": "b"},
            ),
        ),
    ),
    place=10,
)
