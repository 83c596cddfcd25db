"""Whether customers give time as well as money, and whether those who play come and buy more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.journey import _engagement_words as words
from diagnostics.metrics.engaged_time import compare_players, count_quadrants, find_middle_spend, total_people
from diagnostics.metrics.lines import value_lines
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent, word_points_range
from diagnostics.statistics.proportions import newcombe_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST = 30


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """The four cells (always all of them), and players against others by whether they had bought before."""

    cells: pd.DataFrame
    players: pd.DataFrame


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the four cells and for players."""
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    people = tables.share(total_people(tables["events"], lines, tables.engagement.horizon.current))
    return {"cells": count_quadrants(people, find_middle_spend(people)), "players": compare_players(people)}


def measure(replies: Replies) -> Engagement | NotComputable:
    """Fill the four cells and compare like with like."""
    found = replies["players"].astype(float)
    if found.people.sum() < LEAST:
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(LEAST)), unlocked_by=words.UNLOCK)
    whole = pd.DataFrame(list(words.CELLS), columns=["often", "much"])
    cells = whole.merge(replies["cells"], on=["often", "much"], how="left")
    cells[["people", "gmv", "days"]] = cells[["people", "gmv", "days"]].astype(float).fillna(0.0)
    return Engagement(cells=cells, players=_compare(found))


def _compare(found: pd.DataFrame) -> pd.DataFrame:
    """A row for those who had bought before and one for those who had not, where both kinds have enough people."""
    rows = []
    for was_buyer in (0, 1):
        mine = found[found.was_buyer == was_buyer]
        yes, no = mine[mine.played == 1], mine[mine.played == 0]
        if yes.people.sum() < LEAST or no.people.sum() < LEAST:
            continue
        played, others = yes.iloc[0], no.iloc[0]
        low, high = newcombe_difference(played.bought, played.people, others.bought, others.people)
        rows.append(
            {
                "was_buyer": was_buyer,
                "players": played.people,
                "others": others.people,
                "played_rate": played.bought / played.people,
                "others_rate": others.bought / others.people,
                "low": float(low),
                "high": float(high),
                "played_days": played.days / played.people,
                "others_days": others.days / others.people,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


COLUMNS = [
    "was_buyer",
    "players",
    "others",
    "played_rate",
    "others_rate",
    "low",
    "high",
    "played_days",
    "others_days",
]


def judge(_measured: Engagement, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: an association calls for a trial, not for a finding."""
    return ()


def tell(measured: Engagement) -> Text:
    """How many give both, and whether players buy more."""
    cells = measured.cells.set_index(["often", "much"])
    people, gmv = float(cells.people.sum()), float(cells.gmv.sum())
    said = words.ANSWER.fill(
        n=word_number(people),
        both=word_percent(float(cells.people[(True, True)]) / people),
        gmv=word_percent(float(cells.gmv[(True, True)]) / gmv if gmv > 0 else None),
        time=word_percent(float(cells.people[(True, False)]) / people),
        money=word_percent(float(cells.people[(False, True)]) / people),
    )
    if measured.players.empty:
        return said + words.NO_PLAYERS
    row = measured.players.sort_values("players", ascending=False).iloc[0]
    verdict = words.MORE if row.low > 0 else words.LESS if row.high < 0 else words.SAME
    said += words.PLAYERS.fill(
        yes=word_percent(row.played_rate),
        no=word_percent(row.others_rate),
        who=words.GROUPS[int(row.was_buyer)],
        range=word_points_range(row.low, row.high),
        verdict=verdict,
    )
    return said + words.VISITS.fill(yes=word_number(row.played_days, 1), no=word_number(row.others_days, 1))


def tabulate(measured: Engagement) -> tuple[Exhibit, ...]:
    """The four cells with what to do, and players against others."""
    keys = list(words.CELLS)
    cells = measured.cells.assign(
        name=pd.Series([words.CELLS[key] for key in keys], dtype=object),
        plan=pd.Series([words.PLANS[key] for key in keys], dtype=object),
        share=measured.cells.people / measured.cells.people.sum(),
    )
    players = measured.players.assign(
        name=pd.Series([words.GROUPS[int(one)] for one in measured.players.was_buyer], dtype=object)
    )
    return (
        Exhibit(
            name="cells",
            title=Text(zh="时间与金钱", en="Time and money"),
            fields=(
                Field(name="name", label=Text(zh="客户", en="Customers")),
                Field(name="people", label=Text(zh="人数", en="People"), unit="count"),
                Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
                Field(name="gmv", label=Text(zh="消费", en="Spend"), unit="money"),
                Field(name="plan", label=Text(zh="下一步", en="Next step")),
            ),
            frame=cells,
        ),
        Exhibit(
            name="players",
            title=Text(zh="互动用户与其他用户", en="Players and others"),
            fields=(
                Field(name="name", label=Text(zh="客户", en="Customers")),
                Field(name="players", label=Text(zh="互动用户", en="Players"), unit="count"),
                Field(name="others", label=Text(zh="其他用户", en="Others"), unit="count"),
                Field(name="played_rate", label=Text(zh="互动用户下单", en="Players who ordered"), unit="share"),
                Field(name="others_rate", label=Text(zh="其他用户下单", en="Others who ordered"), unit="share"),
                Field(name="low", label=Text(zh="差距下限", en="Difference, low"), unit="share"),
                Field(name="high", label=Text(zh="差距上限", en="Difference, high"), unit="share"),
                Field(
                    name="played_days", label=Text(zh="互动用户来访天数", en="Players' days"), unit="number", digits=1
                ),
                Field(
                    name="others_days", label=Text(zh="其他用户来访天数", en="Others' days"), unit="number", digits=1
                ),
            ),
            frame=players,
        ),
    )


def draw(measured: Engagement, language: Language) -> Figure:
    """Customers in the four cells."""
    people = measured.cells.people
    figure = draw_bars(
        [name.word(language) for name in words.CELLS.values()],
        people.tolist(),
        [f"{word_number(n).en}  {word_percent(n / people.sum(), 0).en}" for n in people],
        axis_label=words.AXIS.word(language),
    )
    scale_count(figure.axes[0].xaxis)
    figure.axes[0].margins(x=0.3)
    return figure


# 40 people play on two days and 20 of them order for 100; 40 others look in once and 4 of them order for 50.
EXAMPLE_EVENTS = "\n".join(
    [
        "customer happened_at kind",
        *(f"p{i} 2024-01-0{day} 游戏" for i in range(40) for day in (5, 6)),
        *(f"q{i} 2024-01-05 浏览" for i in range(40)),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "z 2024-01-01 10",
        *(f"p{i} 2024-01-10 100" for i in range(20)),
        *(f"q{i} 2024-01-10 50" for i in range(4)),
        "z 2024-01-31 10",
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(least=word_number(LEAST)),
    answers=("001-12", "001-13"),
    finds=(),
    needs=(
        Need(table="order_lines", columns=("customer",)),
        Need(table="events", columns=("customer", "kind")),
    ),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "events": EXAMPLE_EVENTS},
        says="Players order 50.0%, others 10.0%",
    ),
    place=30,
)
