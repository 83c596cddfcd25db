"""Whether channels take customers from each other: bounds on who moved, never a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.ranges import draw_ranges
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.known_people import ERROR
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.moved import count_moves, count_sides, list_places
from diagnostics.model.names import name_channel
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_money_range,
    word_number,
    word_percent,
    word_points_range,
)
from diagnostics.statistics.cannibalisation import Move, bound_moves

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="渠道之间是在抢同一批客户吗？", en="Do channels take customers from each other?")
DEFINITION = Text(
    zh="可能转走的客户 = 上一期在甲渠道买过、本期不再买，而本期新到乙渠道的人。下限是能认出的同一人（扣除错认），上限把"
    "认不出的客户也按“最多可能是同一人”计入；差距大，说明渠道之间没有可比对的识别键。转走不等于被抢走：因此另比较两群"
    "能认出的客户——上期买甲、没买过乙的人里，本期去了乙的，与没去乙的，谁更多地离开甲（Newcombe 区间，按渠道对数校"
    "正）。去了乙的反而少走，是互补；多走，才可能是替代，但也可能是本来就要走的人顺便试了乙，所以只给界限，不下断言。",
    en="May have moved = bought in one channel before and no more now, and new in another channel now. The low end "
    "are people found in both (less those who may be mistaken), the high end takes all who could be the same "
    "person; ends far apart mean that the channels share no key. Moving is not being taken: so of the customers "
    "of the first channel who had not bought in the second, those who took it up are set against those who did "
    "not: who left the first more often (Newcombe's interval, corrected for the number of pairs). Takers who "
    "stay more complement it; takers who leave more may be a substitution, or were leaving anyway. Hence bounds, "
    "and no claim.",
)
ONE_CHANNEL = Text(
    zh="两期都有客户的渠道不足两个，或没有渠道流失客户",
    en="fewer than two channels lost and won customers between the periods",
)
ANSWER = Text(
    zh="最大的一对：{first}流失的 {lost} 位客户里，{low} 至 {high} 人本期出现在{second}（涉及{second} {money} 的销售"
    "）。",
    en="The largest pair: of {lost} customers lost by {first}, {low} to {high} now buy in {second} ({money} of its "
    "sales).",
)
READINGS = {
    "more": Text(
        zh="能认出的人里，去了{second}的更多地离开{first}（{gap}）：可能有替代。",
        en="Of those recognised, takers of {second} left {first} more often ({gap}): there may be substitution.",
    ),
    "fewer": Text(
        zh="能认出的人里，去了{second}的反而更少离开{first}（{gap}）：更像互补。",
        en="Of those recognised, takers of {second} left {first} less often ({gap}): they look complementary.",
    ),
    "same": Text(
        zh="能认出的人里，去没去{second}与离开{first}看不出关系。",
        en="Of those recognised, taking up {second} and leaving {first} show no relation.",
    ),
    "few": Text(
        zh="能认出的人太少，无法判断是替代还是互补。",
        en="Too few are recognised to tell substitution from complement.",
    ),
}
SHORT = {
    "more": Text(zh="可能替代", en="May substitute"),
    "fewer": Text(zh="互补", en="Complement"),
    "same": Text(zh="看不出", en="No relation"),
    "few": Text(zh="人数太少", en="Too few"),
}
BASIS = Text(
    zh="比对只在 {share} 的客户上做得到，其余只能给出可能的上限。",
    en="Only {share} of the customers could be compared; for the rest only what is possible is stated.",
)
AXIS = Text(zh="可能转走的客户数", en="Customers who may have moved")
PAIR = Text(zh="{first} → {second}", en="{first} → {second}")
MOST_ROWS = 10
LONGEST = 12


@dataclass(frozen=True, kw_only=True)
class Moves:
    """Ordered pairs of channels, the most money at stake first."""

    moves: tuple[Move, ...]
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for customers lost and won by channel, and for those found in both."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    places = tables.share(list_places(lines, horizon.previous, horizon.current))
    return {"sides": count_sides(places), "moves": count_moves(places)}


def measure(replies: Replies) -> Moves | NotComputable:
    """Bound the moves."""
    if "sides" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    moves = bound_moves(replies["sides"], replies["moves"], ERROR)
    if not moves:
        return NotComputable(reason=ONE_CHANNEL)
    return Moves(moves=moves, currency=replies.engagement.currency)


def judge(_measured: Moves, _limits: Limits) -> tuple[Finding, ...]:
    """Bounds are no claim: nothing is raised."""
    return ()


def tell(measured: Moves) -> Text:
    """The pair with most money at stake and how to read it."""
    move = measured.moves[0]
    names = {"first": name_channel(move.first), "second": name_channel(move.second)}
    said = ANSWER.fill(
        **names,
        lost=word_number(move.lost),
        low=word_number(move.moved.low),
        high=word_number(move.moved.high),
        money=word_money_range(*move.money, measured.currency),
    )
    return said + READINGS[move.reading].fill(**names, gap=word_points_range(*move.gap))


def caveats(measured: Moves) -> tuple[Text, ...]:
    """On how many customers the channels could be compared."""
    share = min(move.moved.computed_on for move in measured.moves)
    return () if share >= 1 else (BASIS.fill(share=word_percent(share, 0)),)


def tabulate(measured: Moves) -> tuple[Exhibit, ...]:
    """Pairs of channels."""
    fields = (
        Field(name="pair", label=Text(zh="由 → 到", en="From → to")),
        Field(name="lost", label=Text(zh="流失客户", en="Lost"), unit="count"),
        Field(name="arrived", label=Text(zh="新到客户", en="Arrived"), unit="count"),
        Field(name="low", label=Text(zh="转走至少", en="Moved, at least"), unit="count"),
        Field(name="high", label=Text(zh="转走至多", en="Moved, at most"), unit="count"),
        Field(name="least", label=Text(zh="涉及销售，至少", en="Sales, at least"), unit="money"),
        Field(name="most", label=Text(zh="涉及销售，至多", en="Sales, at most"), unit="money"),
        Field(name="left_taking", label=Text(zh="去了的离开率", en="Left, takers"), unit="share"),
        Field(name="left_others", label=Text(zh="没去的离开率", en="Left, others"), unit="share"),
        Field(name="reading", label=Text(zh="读法", en="Reading")),
    )
    rows = [
        {
            "pair": _name(move),
            "low": move.moved.low,
            "high": move.moved.high,
            "least": move.money[0],
            "most": move.money[1],
            **{name: getattr(move, name) for name in ("lost", "arrived", "left_taking", "left_others")},
            "reading": SHORT[move.reading],
        }
        for move in measured.moves[:MOST_ROWS]
    ]
    title = Text(zh="渠道之间可能的转移", en="What may have moved between channels")
    note = Text(
        zh="各行人数有重叠，不可相加；转走不等于被抢走。",
        en="Rows overlap and do not add up; moving is not being taken.",
    )
    return (Exhibit(name="moves", title=title, fields=fields, frame=pd.DataFrame(rows), note=note),)


def draw(measured: Moves, language: Language) -> Figure:
    """Bounds of the moves, pair by pair."""
    shown = measured.moves[:MOST_ROWS]
    figure = draw_ranges(
        [_label(move, language) for move in shown],
        [SHORT[move.reading].word(language) for move in shown],
        low=[move.moved.low for move in shown],
        middle=[move.moved.low for move in shown],
        high=[move.moved.high for move in shown],
        far=[float("nan") for _ in shown],
        axis_label=AXIS.word(language),
        middle_label=Text(zh="能认出的", en="Recognised").word(language),
        range_label=Text(zh="可能的范围", en="What is possible").word(language),
        far_label="",
    )
    scale_count(figure.axes[0].xaxis)
    return figure


def _label(move: Move, language: Language) -> str:
    """The pair, short enough to leave room for the picture."""
    ends = (shorten(name_channel(end).word(language), LONGEST) for end in (move.first, move.second))
    first, second = map(name_verbatim, ends)
    return PAIR.fill(first=first, second=second).word(language)


def _name(move: Move) -> Text:
    return PAIR.fill(first=name_channel(move.first), second=name_channel(move.second))


# In January 100 buy at tmall; in February 40 of them buy at jd, 30 of these no more at tmall, and of the other 60 half
# leave. Ids say who is who: of 60 lost 30 moved (28.5 allowing for mistaken matches), and 75 % of takers left.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"tmall c{i:03d} 2024-01-02 100" for i in range(100)),
        *(f"jd c{i:03d} 2024-02-10 80" for i in range(40)),
        *(f"tmall c{i:03d} 2024-02-28 100" for i in range(30, 70)),
        "jd d000 2024-01-31 100",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-31",),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="of 60 customers lost by Tmall"),
    place=15,
)
