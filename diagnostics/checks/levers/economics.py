"""Whether the private domain carries its team, and what own shops would save in fees of platforms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.levers import _economics_words as words
from diagnostics.checks.levers._fees import (
    FEE_LIMITS,
    NO_CONTACTS,
    NO_FEES,
    OWN_RATE,
    Fees,
    ask_fees,
    draw_fees,
    read_fees,
    tabulate_fees,
    tell_fees,
)
from diagnostics.checks.levers._team_return import (
    TEAM_LIMITS,
    TeamReturn,
    ask_team,
    draw_team,
    list_doubts,
    read_team,
    tell_team,
)
from diagnostics.checks.levers._team_tables import tabulate_team
from diagnostics.checks.limits import find_limits
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BY_COST, BY_BILLS = ("000-20", "001-67"), "001-48"
LIMITS = (*TEAM_LIMITS, *FEE_LIMITS)


@dataclass(frozen=True, kw_only=True)
class Economics:
    """What the team brings, or why that can't be told, and what platforms take; `fees` is `None` without bills."""

    team: TeamReturn | NotComputable
    fees: Fees | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what private sales earn and who is loyal, and for fees by channel with repeat sales to contacts."""
    return ask_team(tables) | ask_fees(tables)


def measure(replies: Replies) -> Economics | NotComputable:
    """Hold private margin against its cost, and rate each platform; either may be missing, not both."""
    limits = find_limits("levers.economics", LIMITS, replies.engagement)
    team, fees = read_team(replies, limits), read_fees(replies, limits)
    if isinstance(team, NotComputable) and fees is None:
        return NotComputable(
            reason=words.NEITHER.fill(reason=team.reason), unlocked_by=words.UNLOCK_BOTH.fill(sources=words.UNLOCK)
        )
    return Economics(team=team, fees=fees)


def judge(_measured: Economics, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: attributed sales are no proof of gain or loss, and fees are the price of the platforms' traffic."""
    return ()


def tell(measured: Economics) -> Text:
    """Return, break-even share and load, then what platforms take and the most that could be saved."""
    team = tell_team(measured.team) if isinstance(measured.team, TeamReturn) else NOTHING
    return team if measured.fees is None else team + tell_fees(measured.fees)


def caveats(measured: Economics) -> tuple[Text, ...]:
    """Whose margin it is and which costs are not stated, and that the saving can't be told."""
    team = list_doubts(measured.team) if isinstance(measured.team, TeamReturn) else ()
    return team if measured.fees is None or measured.fees.tells_contacts else (*team, NO_CONTACTS)


def lacks(measured: Economics) -> Mapping[str, Text]:
    """The return where cost, margin or private sales are not known; fees without bills."""
    fees = {BY_BILLS: NO_FEES} if measured.fees is None else {}
    if isinstance(measured.team, TeamReturn):
        return fees
    return fees | dict.fromkeys(BY_COST, words.NO_RETURN.fill(reason=measured.team.reason, sources=words.UNLOCK))


def tabulate(measured: Economics) -> tuple[Exhibit, ...]:
    """Return and break-even, cost by part, loyalty of both kinds of buyers; fees by channel and part."""
    team = tabulate_team(measured.team) if isinstance(measured.team, TeamReturn) else ()
    return team if measured.fees is None else (*team, tabulate_fees(measured.fees))


def draw(measured: Economics, language: Language) -> Figure:
    """Private margin beside its cost; where that is not known, the rate of fees by channel."""
    return next(_draw_known(measured, language))


def _draw_known(measured: Economics, language: Language) -> Iterator[Figure]:
    if isinstance(measured.team, TeamReturn):
        yield draw_team(measured.team, language)
    if measured.fees is not None:
        yield draw_fees(measured.fees, language)


# One of the two months compared holds 600 of private sales at 50%: 300, 3,600 a year. One account manager costs 100 a
# month, 1,200 a year: 3 for each 1 spent. Six contacts earn 600 each a year, so two pay for the account manager.
# Bills of 1,000 at Douyin hold 100 of fees, 10 %. In February a contact bought again for 500 there; moved to an own
# shop at 0.6 %, 500 x 9.4 % x 12 months = 564 a year.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(own=word_percent(OWN_RATE)),
    answers=(*BY_COST, BY_BILLS),
    finds=(),
    needs=(Need(table="order_lines"),),
    uses=("settlements",),
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
            "order_lines": "channel customer ordered_at paid_amount is_private\n"
            "website a1 2024-01-01 100 true\ndouyin d4 2024-01-01 500 false\nwebsite b2 2024-01-31 100 false\n"
            "website b2 2024-02-01 100 true\ndouyin d4 2024-02-10 500 false\nwebsite c3 2024-02-29 500 true",
            "contacts": "contact customer added_at\nk1 d4 2024-01-05\nk2 - -\nk3 - -\nk4 - -\nk5 - -\nk6 - -",
            "settlements": "order_id channel settled_at paid_amount fees platform_fee\n"
            "o1 douyin 2024-02-11 600 60 60\no2 douyin 2024-02-12 400 40 40",
        },
        says="只要私域成交里有 33% 是真正的增量就打平。一线每人年成本 1,200元，要带 2（",
        brief=Brief(
            answers={
                "gross_margin": 0.5,
                "headcount": ({"role": "account", "fte": 1.0, "monthly_cost": 100.0},),
            }
        ),
    ),
    place=90,
)
