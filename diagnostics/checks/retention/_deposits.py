"""How many deposits become orders, and whether more do where somebody followed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.metrics.deposits import FOLLOWED_DAYS, LANDMARK_DAYS, count_deposits
from diagnostics.metrics.lines import value_lines
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent, word_points_range
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NO_DEPOSITS = Text(
    zh="没有已满 {days} 天的定金记录；定金或预约记录（客户、时间、种类）作为行为日志交来即可看出成交。",
    en="No deposit that is {days} days old is on record; deposits or bookings by customer, time and kind, delivered as "
    "a log of actions, would show how many become orders.",
).fill(days=word_number(FOLLOWED_DAYS))
ANSWER = Text(
    zh="{n} 笔定金里 {share} 在 {window} 天内成交（区间 {low} 至 {high}），平均 {days} 天。",
    en="Of {n} deposits {share} become orders within {window} days ({low} to {high}), after {days} days on average.",
)
FOLLOWED = Text(
    zh="{days} 天内没下单的人里，其间跟进过的后来成交 {yes}，没跟进的 {no}（差 {gap}）。",
    en="Of those who had not ordered after {days} days, {yes} convert later where they were followed up by then, {no} "
    "where not (difference {gap}).",
)
NO_TOUCHES = Text(
    zh="没有触达记录，看不出导购跟进的作用；群发、电话或一对一跟进记录可补。",
    en="No log of touches, so the part of following up can't be told; records of messages and calls would show it.",
)
GROUPS = {
    True: Text(zh="{days} 天内未成交、跟进过", en="Open after {days} days, followed up").fill(
        days=word_number(LANDMARK_DAYS)
    ),
    False: Text(zh="{days} 天内未成交、没跟进", en="Open after {days} days, not followed up").fill(
        days=word_number(LANDMARK_DAYS)
    ),
    None: Text(zh="全部", en="All"),
}
LEAST_DEPOSITS = 30


@dataclass(frozen=True, kw_only=True)
class Deposits:
    """All deposits and those converted; and of those still open after three days, by whether followed up by then.

    `sides` is empty where no log of touches tells.
    """

    whole: tuple[int, int]
    sides: Mapping[bool, tuple[int, int]]
    days: float


def ask_deposits(tables: Tables) -> dict[str, ir.Table]:
    """Ask for deposits by whether they were followed up; nothing without actions and orders of known customers."""
    if not (tables.has("events", "customer", "kind") and tables.has("order_lines", "customer")):
        return {}
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    touches = tables["touches"] if tables.has("touches", "customer") else None
    return {"deposits": count_deposits(tables["events"], lines, touches, tables.engagement.horizon.as_of)}


def read_deposits(replies: Replies) -> Deposits | None:
    """Read the groups; `None` where no deposit is old enough."""
    rows = replies.frames.get("deposits")
    if rows is None or rows.empty:
        return None
    won = int(rows.converted.sum())
    told = rows[rows.is_touched.notna() & (rows.waiting > 0)]
    return Deposits(
        whole=(int(rows.deposits.sum()), won),
        sides={
            bool(touched): (int(waiting), int(later))
            for touched, waiting, later in zip(told.is_touched, told.waiting, told.converted_later, strict=True)
        },
        days=float(rows.days.sum()) / won if won else float("nan"),
    )


def tell_deposits(measured: Deposits) -> Text:
    """The share that converts, and the difference that goes with a follow-up."""
    n, won = measured.whole
    low, high = wilson(won, n)
    said = ANSWER.fill(
        n=word_number(n),
        share=word_percent(won / n),
        window=word_number(FOLLOWED_DAYS),
        low=word_percent(float(low)),
        high=word_percent(float(high)),
        days=word_number(measured.days, 1),
    )
    return said + _tell_followed(measured.sides)


def _tell_followed(sides: Mapping[bool, tuple[int, int]]) -> Text:
    if len(sides) < len(GROUPS) - 1 or min(n for n, _ in sides.values()) < LEAST_DEPOSITS:
        return NOTHING
    (n, won), (others, others_won) = sides[True], sides[False]
    low, high = newcombe_difference(won, n, others_won, others)
    return FOLLOWED.fill(
        days=word_number(LANDMARK_DAYS),
        yes=word_percent(won / n),
        no=word_percent(others_won / others),
        gap=word_points_range(float(low), float(high)),
    )


def _list_rows(measured: Deposits) -> list[tuple[Text, int, int]]:
    rows = [(GROUPS[None], *measured.whole)]
    return rows + [(GROUPS[touched], n, won) for touched, (n, won) in sorted(measured.sides.items(), reverse=True)]


def tabulate_deposits(measured: Deposits) -> Exhibit:
    """The funnel, over all and by whether followed up."""
    rows = []
    for name, n, won in _list_rows(measured):
        low, high = wilson(won, n)
        is_told = n >= LEAST_DEPOSITS
        rows.append(
            {
                "group": name,
                "deposits": n,
                "converted": won,
                "rate": won / n if is_told else None,
                "low": float(low) if is_told else None,
                "high": float(high) if is_told else None,
            }
        )
    fields = (
        Field(name="group", label=Text(zh="定金", en="Deposits")),
        Field(name="deposits", label=Text(zh="笔数", en="Deposits paid"), unit="count"),
        Field(name="converted", label=Text(zh="成交", en="Converted"), unit="count"),
        Field(name="rate", label=Text(zh="成交率", en="Rate"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    title = Text(zh="定金漏斗", en="From deposit to order")
    return Exhibit(name="deposits", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw_deposits(measured: Deposits, language: Language) -> Figure:
    """The share that converts, with its interval."""
    rows = _list_rows(measured)
    ends = [wilson(won, n) for _, n, won in rows]
    figure = draw_bars(
        [name.word(language) for name, _, _ in rows],
        [won / n for _, n, won in rows],
        [f"{word_percent(won / n).en}  n={word_number(n).en}" for _, n, won in rows],
        axis_label=Text(zh="成交率（线段为 95% 区间）", en="Share that converts (line: 95% interval)").word(language),
        low=[float(low) for low, _ in ends],
        high=[float(high) for _, high in ends],
    )
    scale_share(figure.axes[0].xaxis)
    return figure
