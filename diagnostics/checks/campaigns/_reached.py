"""How far those whom a campaign wrote to came: answered, came to the store, bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.campaigns import _reached_words as words
from diagnostics.metrics.campaign_cards import follow_touched
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables

LEAST = 30
MOST_ROWS = 30
STEPS = ("answered", "visited", "bought", "bought_store")


@dataclass(frozen=True, kw_only=True)
class Reached:
    """A campaign a row with counts and shares, most reached first, and whether visits are logged."""

    campaigns: pd.DataFrame
    has_visits: bool


def ask_reached(tables: Tables, campaigns: ir.Table, lines: ir.Table) -> Mapping[str, ir.Table]:
    """Ask how far the reached customers of each campaign came, where touches name it."""
    if not tables.has("touches", "campaign"):
        return {}
    events = tables["events"] if tables.has("events", "customer", "kind") else None
    asked = {"funnel": follow_touched(tables["touches"], campaigns, lines, events)}
    if events is not None:
        asked["events"] = events.agg(n=events.count())
    return asked


def read_reached(replies: Replies) -> Reached | None:
    """Give every step its share of those reached; `None` where no campaign reached enough people."""
    if "funnel" not in replies:
        return None
    rows = replies["funnel"]
    rows = rows[rows.touched >= LEAST]
    if rows.empty:
        return None
    low, high = wilson(rows.bought.to_numpy(), rows.touched.to_numpy())
    rows = rows.assign(low=low, high=high, **{f"{step}_share": rows[step] / rows.touched for step in STEPS})
    return Reached(
        campaigns=rows.sort_values(["touched", "campaign"], ascending=[False, True], ignore_index=True),
        has_visits="events" in replies,
    )


def tell_reached(reached: Reached) -> Text:
    """Shares over all campaigns, and the best and the worst."""
    rows = reached.campaigns
    shares = {step: word_percent(float(rows[step].sum()) / float(rows.touched.sum())) for step in STEPS}
    said = words.ANSWER.fill(
        n=word_number(len(rows)),
        touched=word_number(float(rows.touched.sum())),
        answered=shares["answered"],
        visited=shares["visited"],
        bought=shares["bought"],
        store=shares["bought_store"],
    )
    if len(rows) == 1:
        return said
    order = rows.sort_values("bought_share", ascending=False)
    return said + words.BEST.fill(
        best=shorten(str(order.campaign.iloc[0]), 18),
        high=word_percent(order.bought_share.iloc[0]),
        worst=shorten(str(order.campaign.iloc[-1]), 18),
        low=word_percent(order.bought_share.iloc[-1]),
    )


def show_reached(reached: Reached) -> Exhibit:
    """A campaign a row."""
    frame = reached.campaigns.head(MOST_ROWS)
    fields = (
        Field(name="name", label=Text(zh="活动", en="Campaign")),
        Field(name="touched", label=Text(zh="触达", en="Reached"), unit="count"),
        Field(name="answered_share", label=Text(zh="响应", en="Answered"), unit="share"),
        Field(name="visited_share", label=Text(zh="到店", en="Came"), unit="share"),
        Field(name="bought_share", label=Text(zh="下单", en="Bought"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="bought_store_share", label=Text(zh="门店下单", en="Bought in a store"), unit="share"),
        Field(name="gmv", label=Text(zh="期间销售额", en="Sales"), unit="money"),
    )
    title = Text(zh="从触达到到店、下单", en="From being reached to coming and buying")
    names = pd.Series([name_verbatim(shorten(str(name), 24)) for name in frame.campaign], dtype=object)
    return Exhibit(name="funnel", title=title, fields=fields, frame=frame.assign(name=names))
