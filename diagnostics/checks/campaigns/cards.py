"""A card for each campaign: mechanics, whom it brought, at which cost, and how far those whom it reached came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.campaigns import _card_words as words
from diagnostics.checks.campaigns import _reached_words as reached_words
from diagnostics.checks.campaigns._reached import (
    LEAST,
    Reached,
    ask_reached,
    read_reached,
    show_reached,
    tell_reached,
)
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.campaign_cards import AFTER_DAYS, count_windows
from diagnostics.metrics.campaign_days import WHOLE, list_campaigns
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.lines import value_lines
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    shorten,
    word_number,
    word_percent,
)
from diagnostics.statistics.campaign_lift import LONGEST
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_CARDS, MOST_BARS = 36, 12
ALL = Text(zh="全部渠道", en="All channels")


@dataclass(frozen=True, kw_only=True)
class Cards:
    """A card a row, the latest first, a mechanic a row, the one used most first, and those reached.

    Cards and mechanics are empty where no campaign is short enough; `reached` is `None` where touches name none.
    """

    cards: pd.DataFrame
    mechanics: pd.DataFrame
    reached: Reached | None
    has_touches: bool


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the campaigns, what their windows brought, and how far those reached came."""
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    history = tables.engagement.horizon.history
    campaigns = list_campaigns(tables["campaigns"], history)
    asked = {"campaigns": campaigns, "windows": count_windows(lines, campaigns, find_newcomers_since(history))}
    return {**asked, **ask_reached(tables, campaigns, lines)}


def measure(replies: Replies) -> Cards | NotComputable:
    """Lay windows beside campaigns, sort them by mechanic, and follow those reached."""
    cards, reached = _make_cards(replies), read_reached(replies)
    if cards.empty and reached is None:
        return NotComputable(reason=words.NONE.fill(longest=word_number(LONGEST)), unlocked_by=words.UNLOCK)
    return Cards(cards=cards, mechanics=_total_mechanics(cards), reached=reached, has_touches="funnel" in replies)


def _make_cards(replies: Replies) -> pd.DataFrame:
    keys = ["campaign", "channel", "starts_on", "ends_on"]
    held = replies["campaigns"].copy()
    held["days"] = (pd.to_datetime(held.ends_on) - pd.to_datetime(held.starts_on)).dt.days
    held = held[(held.days > 0) & (held.days <= LONGEST)]
    cards = held.merge(replies["windows"], on=keys, how="left")
    # A window without a sale has none: the orders are there, none of them lies in it.
    counts = ["orders", "gmv", "buyers"]
    cards[counts] = cards[counts].astype(float).fillna(0.0)
    # Empty where the window lies too early to tell newcomers; its buyers are no base for them then.
    cards["new_buyers"] = cards.new_buyers.astype(float)
    cards["dated_buyers"] = cards.buyers.where(cards.new_buyers.notna())
    cards["cost"] = cards.cost.astype(float)
    cards["mechanics"] = [
        find_mechanics(f"{name} {kind or ''}") for name, kind in zip(cards.campaign, cards.kind, strict=True)
    ]
    known = cards.dated_buyers.where(cards.dated_buyers >= LEAST)
    low, high = wilson(cards.new_buyers.to_numpy(), known.to_numpy())
    cards = cards.assign(new_share=cards.new_buyers / known, low=low, high=high)
    return cards.sort_values(["starts_on", "campaign", "channel"], ascending=[False, True, True], ignore_index=True)


def find_mechanics(said: str) -> tuple[str, ...]:
    """The mechanics that the words of a campaign name.

    >>> find_mechanics("618 拼团领券")
    ('discount', 'coupon', 'referral')
    """
    found = tuple(name for name, known in words.PATTERNS.items() if re.search(known, said, re.IGNORECASE))
    return found or ("other",)


def _total_mechanics(cards: pd.DataFrame) -> pd.DataFrame:
    each = cards.explode("mechanics")
    costed = each[each.cost > 0]
    totals = each.groupby("mechanics").agg(
        campaigns=("campaign", "size"),
        orders=("orders", "sum"),
        buyers=("dated_buyers", "sum"),
        new=("new_buyers", "sum"),
    )
    paid = costed.groupby("mechanics").agg(cost=("cost", "sum"), sold=("gmv", "sum"), costed_orders=("orders", "sum"))
    joined = totals.join(paid).reset_index()
    joined["cost_share"] = joined.cost / joined.sold.where(joined.sold > 0)
    joined["cost_order"] = joined.cost / joined.costed_orders.where(joined.costed_orders >= LEAST)
    joined["new_share"] = joined.new / joined.buyers.where(joined.buyers >= LEAST)
    return joined.sort_values(["campaigns", "mechanics"], ascending=[False, True], ignore_index=True)


def judge(_measured: Cards, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: whether a campaign added sales is asked by the section on lift."""
    return ()


def tell(measured: Cards) -> Text:
    """How many campaigns, which mechanics, which cost most and least, and how far those reached came."""
    said = NOTHING if measured.cards.empty else _tell_cards(measured)
    return said if measured.reached is None else said + tell_reached(measured.reached)


def _tell_cards(measured: Cards) -> Text:
    cards, first = measured.cards, measured.mechanics.iloc[0]
    known = cards.dropna(subset=["new_share"]).sort_values("new_share", ascending=False)
    costed = measured.mechanics.dropna(subset=["cost_share"]).sort_values("cost_share")
    new, cost = NOTHING, NOTHING
    if len(known):
        new = words.NEW.fill(name=shorten(str(known.campaign.iloc[0]), 18), share=word_percent(known.new_share.iloc[0]))
    if len(costed) > 1:
        cost = words.COST.fill(
            low=words.MECHANICS[costed.mechanics.iloc[0]],
            low_share=word_percent(costed.cost_share.iloc[0]),
            high=words.MECHANICS[costed.mechanics.iloc[-1]],
            high_share=word_percent(costed.cost_share.iloc[-1]),
        )
    return words.ANSWER.fill(
        n=word_number(len(cards)),
        orders=word_number(cards.orders.sum()),
        most=words.MECHANICS[first.mechanics],
        times=word_number(first.campaigns),
        new=new,
        cost=cost,
    )


def caveats(measured: Cards) -> tuple[Text, ...]:
    """That cards overlap, that no cost is known, and that visits are not logged."""
    said = []
    if len(measured.cards):
        said = [words.OVERLAP] if (measured.cards.cost > 0).any() else [words.OVERLAP, words.NO_COST]
    if measured.reached is not None and not measured.reached.has_visits:
        said.append(reached_words.NO_VISITS)
    return tuple(said)


def lacks(measured: Cards) -> Mapping[str, Text]:
    """What only cards, or only touches that name their campaign, tell."""
    open_ones: dict[str, Text] = {}
    if measured.cards.empty:
        open_ones |= dict.fromkeys(ON_CARDS, words.NO_CARDS.fill(longest=word_number(LONGEST)))
    if measured.reached is None:
        reason = reached_words.NOT_MATCHED.fill(least=word_number(LEAST))
        open_ones |= dict.fromkeys(ON_REACHED, reason if measured.has_touches else reached_words.NOT_LOGGED)
    return open_ones


def tabulate(measured: Cards) -> tuple[Exhibit, ...]:
    """The cards, the mechanics, and how far those reached came."""
    cards = _show_cards(measured) if len(measured.cards) else ()
    return cards if measured.reached is None else (*cards, show_reached(measured.reached))


def _show_cards(measured: Cards) -> tuple[Exhibit, ...]:
    cards = measured.cards.head(MOST_CARDS)
    cards = cards.assign(
        name=[shorten(str(name), 24) for name in cards.campaign],
        where=pd.Series([ALL if own == WHOLE else name_channel(own) for own in cards.channel], dtype=object),
        how=pd.Series([join_texts(words.MECHANICS[one] for one in own) for own in cards.mechanics], dtype=object),
        starts=pd.to_datetime(cards.starts_on),
    )
    mechanics = measured.mechanics.assign(
        name=pd.Series([words.MECHANICS[one] for one in measured.mechanics.mechanics], dtype=object),
        note=pd.Series([words.NOTES[one] for one in measured.mechanics.mechanics], dtype=object),
    )
    new = Field(name="new_share", label=Text(zh="新客占比", en="Newcomers"), unit="share")
    orders = Field(name="orders", label=Text(zh="窗口订单", en="Orders"), unit="count")
    return (
        Exhibit(
            name="cards",
            title=Text(zh="活动卡", en="Campaign cards"),
            fields=(
                Field(name="name", label=Text(zh="活动", en="Campaign")),
                Field(name="where", label=Text(zh="渠道", en="Channel")),
                Field(name="how", label=Text(zh="玩法", en="Mechanics")),
                Field(name="starts", label=Text(zh="开始", en="Begins"), unit="date"),
                Field(name="days", label=Text(zh="天数", en="Days"), unit="count"),
                orders,
                Field(name="buyers", label=Text(zh="买家", en="Buyers"), unit="count"),
                new,
                Field(name="gmv", label=Text(zh="窗口销售额", en="Sales"), unit="money"),
                Field(name="cost", label=Text(zh="费用", en="Cost"), unit="money"),
            ),
            frame=cards,
        ),
        Exhibit(
            name="mechanics",
            title=Text(zh="玩法对照与合规提示", en="Mechanics side by side, with what they must keep to"),
            fields=(
                Field(name="name", label=Text(zh="玩法", en="Mechanic")),
                Field(name="campaigns", label=Text(zh="场次", en="Campaigns"), unit="count"),
                orders,
                new,
                Field(name="cost_share", label=Text(zh="费用率", en="Cost over sales"), unit="share"),
                Field(name="cost_order", label=Text(zh="单均费用", en="Cost per order"), unit="price"),
                Field(name="note", label=Text(zh="合规提示", en="To keep to")),
            ),
            frame=mechanics,
        ),
    )


def draw(measured: Cards, language: Language) -> Figure:
    """Newcomers among the buyers of the latest campaigns; where too few are known, who bought of those reached."""
    known = measured.cards.dropna(subset=["new_share"])
    if known.empty and measured.reached is not None:
        shown = measured.reached.campaigns.head(MOST_BARS).rename(columns={"bought_share": "part", "touched": "n"})
        names, axis = [shorten(str(name), 16) for name in shown.campaign], reached_words.AXIS
    else:
        shown = known.head(MOST_BARS).rename(columns={"new_share": "part", "buyers": "n"})
        axis = words.AXIS
        names = [
            f"{shorten(str(name), 12)} {pd.Timestamp(start):%Y-%m}"
            for name, start in zip(shown.campaign, shown.starts_on, strict=True)
        ]
    figure = draw_bars(
        names,
        shown.part.tolist(),
        [f"{word_percent(part).en}  n={word_number(n).en}" for part, n in zip(shown.part, shown.n, strict=True)],
        axis_label=axis.word(language),
        low=np.asarray(shown.low, dtype=float).tolist(),
        high=np.asarray(shown.high, dtype=float).tolist(),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# Answered by cards of short campaigns, and by touches that name their campaign.
ON_CARDS, ON_REACHED = ("001-20", "000-11"), ("002-39", "004-38")
# In May 40 buyers order for 100 in the campaign's week, 30 of whom had bought in April; it cost 400. 40 others are
# written to; 20 answer, 8 check in, 6 buy in the store and 2 more online within a week of the end. An order of March
# opens the data, so that newcomers are known from April on.
ANSWERING = 20
EXAMPLE_TABLES = {
    "order_lines": "\n".join(
        [
            "channel customer ordered_at paid_amount",
            *(f"youzan c{i} 2024-04-10 100" for i in range(30)),
            *(f"youzan c{i} 2024-05-10 100" for i in range(40)),
            *(f"store t{i} 2024-05-12 100" for i in range(6)),
            *(f"youzan t{i} 2024-05-20 100" for i in range(20, 22)),
            "youzan z 2024-05-31 10",
            "youzan - 2024-03-01 10",
        ]
    ),
    "campaigns": "campaign channel starts_on ends_on cost\n会员日 youzan 2024-05-08 2024-05-15 400",
    "touches": "\n".join(
        [
            "customer touched_at campaign answered",
            *(f"t{i} 2024-05-08 会员日 {str(i < ANSWERING).lower()}" for i in range(40)),
        ]
    ),
    "events": "\n".join(["customer happened_at kind", *(f"t{i} 2024-05-12 到店签到" for i in range(8))]),
}

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(
        longest=word_number(LONGEST), after=word_number(AFTER_DAYS), least=word_number(LEAST)
    ),
    answers=(*ON_CARDS, *ON_REACHED),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="campaigns")),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    uses=("touches",),
    example=Example(
        tables=EXAMPLE_TABLES,
        says="「会员日」25.0%。"
        "有触达记录的 1 场共触达 40 人次客户，响应 50.0%，到店 20.0%，下单 20.0%，其中门店下单 15.0%",
    ),
    place=30,
)
