"""Customers who may have moved between channels: bounds on how many, and whether takers of another leave more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.known_people import ERROR
from diagnostics.checks.venue import _crossing_words as words
from diagnostics.metrics.moved import count_moves, count_sides, list_places
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_money_range, word_number, word_percent, word_points_range
from diagnostics.statistics.cannibalisation import Move, bound_moves

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables

MOST_ROWS = 10


def ask_moves(lines: ir.Table, tables: Tables) -> dict[str, ir.Table]:
    """Ask for customers lost and won by channel, and for those found in both; nothing without a period before."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    places = tables.share(list_places(lines, horizon.previous, horizon.current))
    return {"lost_and_won": count_sides(places), "found_in_both": count_moves(places)}


def read_moves(replies: Replies) -> tuple[Move, ...]:
    """Ordered pairs of channels, the most money at stake first; none where no channel lost to another that won."""
    if "lost_and_won" not in replies:
        return ()
    return bound_moves(replies["lost_and_won"], replies["found_in_both"], ERROR)


def tell_moves(moves: Sequence[Move], currency: str) -> Text:
    """The pair with most money at stake and how to read it."""
    move = moves[0]
    names = {"first": name_channel(move.first), "second": name_channel(move.second)}
    return words.TAKEN.fill(
        **names,
        lost=word_number(move.lost),
        low=word_number(move.moved.low),
        high=word_number(move.moved.high),
        money=word_money_range(*move.money, currency),
        reading=words.READINGS[move.reading].fill(**names, gap=word_points_range(*move.gap)),
    )


def doubt_moves(moves: Sequence[Move]) -> tuple[Text, ...]:
    """On how many customers the channels could be compared."""
    share = min((move.moved.computed_on for move in moves), default=1.0)
    return () if share >= 1 else (words.BASIS.fill(share=word_percent(share, 0)),)


def tabulate_moves(moves: Sequence[Move]) -> Exhibit:
    """Pairs of channels."""
    fields = (
        Field(name="pair", label=Text(zh="由 → 到", en="From → to")),
        Field(name="lost", label=Text(zh="流失客户", en="Lost"), unit="count"),
        Field(name="arrived", label=Text(zh="新到客户", en="Arrived"), unit="count"),
        Field(name="low", label=Text(zh="转走至少", en="Moved, at least"), unit="count"),
        Field(name="high", label=Text(zh="转走至多", en="Moved, at most"), unit="count"),
        Field(name="least", label=words.LEAST_SALES, unit="money"),
        Field(name="most", label=words.MOST_SALES, unit="money"),
        Field(name="left_taking", label=Text(zh="去了的离开率", en="Left, takers"), unit="share"),
        Field(name="left_others", label=Text(zh="没去的离开率", en="Left, others"), unit="share"),
        Field(name="reading", label=Text(zh="读法", en="Reading")),
    )
    rows = [
        {
            "pair": words.PAIR.fill(first=name_channel(move.first), second=name_channel(move.second)),
            "low": move.moved.low,
            "high": move.moved.high,
            "least": move.money[0],
            "most": move.money[1],
            **{name: getattr(move, name) for name in ("lost", "arrived", "left_taking", "left_others")},
            "reading": words.SHORT[move.reading],
        }
        for move in moves[:MOST_ROWS]
    ]
    title = Text(zh="渠道之间可能的转移", en="What may have moved between channels")
    note = Text(
        zh="各行人数有重叠，不可相加；转走不等于被抢走。",
        en="Rows overlap and do not add up; moving is not being taken.",
    )
    return Exhibit(name="taken", title=title, fields=fields, frame=pd.DataFrame(rows), note=note)
