"""A card for each campaign: mechanics, window, whom it brought, at which cost; and the mechanics side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.campaigns import _card_words as words
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.campaign_cards import count_windows
from diagnostics.metrics.campaign_days import WHOLE, list_campaigns
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

LEAST = 30
MOST_CARDS, MOST_BARS = 36, 12
ALL = Text(zh="全部渠道", en="All channels")


@dataclass(frozen=True, kw_only=True)
class Cards:
    """A card a row, the latest first, and a mechanic a row, the one used most first."""

    cards: pd.DataFrame
    mechanics: pd.DataFrame


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the campaigns and what their windows brought."""
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    campaigns = list_campaigns(tables["campaigns"], tables.engagement.horizon.history)
    return {"campaigns": campaigns, "windows": count_windows(lines, campaigns)}


def measure(replies: Replies) -> Cards | NotComputable:
    """Lay windows beside campaigns and sort them by mechanic."""
    keys = ["campaign", "channel", "starts_on", "ends_on"]
    held = replies["campaigns"].copy()
    held["days"] = (pd.to_datetime(held.ends_on) - pd.to_datetime(held.starts_on)).dt.days
    held = held[(held.days > 0) & (held.days <= LONGEST)]
    if held.empty:
        return NotComputable(reason=words.NONE.fill(longest=word_number(LONGEST)), unlocked_by=words.UNLOCK)
    cards = held.merge(replies["windows"], on=keys, how="left")
    # A window without a sale has none: the orders are there, none of them lies in it.
    counts = ["orders", "gmv", "buyers", "new_buyers"]
    cards[counts] = cards[counts].astype(float).fillna(0.0)
    cards["cost"] = cards.cost.astype(float)
    cards["mechanics"] = [
        find_mechanics(f"{name} {kind or ''}") for name, kind in zip(cards.campaign, cards.kind, strict=True)
    ]
    known = cards.buyers.where(cards.buyers >= LEAST)
    low, high = wilson(cards.new_buyers.to_numpy(), known.to_numpy())
    cards = cards.assign(new_share=cards.new_buyers / known, low=low, high=high)
    cards = cards.sort_values(["starts_on", "campaign", "channel"], ascending=[False, True, True], ignore_index=True)
    return Cards(cards=cards, mechanics=_total_mechanics(cards))


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
        campaigns=("campaign", "size"), orders=("orders", "sum"), buyers=("buyers", "sum"), new=("new_buyers", "sum")
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
    """How many campaigns, which mechanics, and which cost most and least."""
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
    """That cards overlap, and that no cost is known."""
    return (words.OVERLAP,) if (measured.cards.cost > 0).any() else (words.OVERLAP, words.NO_COST)


def tabulate(measured: Cards) -> tuple[Exhibit, ...]:
    """The cards and the mechanics."""
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
    """Newcomers among the buyers of the latest campaigns."""
    shown = measured.cards.dropna(subset=["new_share"]).head(MOST_BARS)
    figure = draw_bars(
        [f"{shorten(str(row.campaign), 12)} {pd.Timestamp(str(row.starts_on)):%Y-%m}" for row in shown.itertuples()],
        shown.new_share.tolist(),
        [
            f"{word_percent(share).en}  n={word_number(n).en}"
            for share, n in zip(shown.new_share, shown.buyers, strict=True)
        ],
        axis_label=words.AXIS.word(language),
        low=np.asarray(shown.low, dtype=float).tolist(),
        high=np.asarray(shown.high, dtype=float).tolist(),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# In May 40 buyers order for 100 in the campaign's week, 30 of whom had bought in April; it cost 400.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"youzan c{i} 2024-04-10 100" for i in range(30)),
        *(f"youzan c{i} 2024-05-10 100" for i in range(40)),
        "youzan z 2024-05-31 10",
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(longest=word_number(LONGEST)),
    answers=("001-20", "000-11"),
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
    example=Example(
        tables={
            "order_lines": EXAMPLE_LINES,
            "campaigns": "campaign channel starts_on ends_on cost\n会员日 youzan 2024-05-08 2024-05-15 400",
        },
        says="新客占比最高的是「会员日」25.0%",
    ),
    place=30,
)
