"""What is known of market, sales, competitors, feedback and the logic of buying, and on what it rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Limits, Replies
from diagnostics.checks.research import _market_words as words
from diagnostics.metrics.channels import total_channels
from diagnostics.metrics.gaps import count_shop_gaps
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.market_facts import spread_unit_prices, total_period
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    word_change,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.cycle import find_shop_cycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from diagnostics.model.tables import Tables

CYCLE = "repurchase_cycle_days"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A figure that the client estimates and the orders measure."""

    id: str
    stated: float
    measured: float
    fits: bool


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Sales now and before, the leading channel, quarters of unit prices, reviews, the estimates and the brief."""

    gmv: float
    before: float | None
    channel: str
    share: float
    prices: tuple[float, float, float] | None
    reviews: int
    estimates: tuple[Estimate, ...]
    brief: Brief
    currency: str

    @property
    def sources(self) -> Mapping[str, str]:
        """Where the evidence of each part comes from; empty where there is none."""
        brief, files = self.brief, set(self.brief.choices("research_inputs"))
        logic = brief.text("positioning") or brief.choices("repurchase_reasons") or brief.text("trial_cost")
        return {
            "market": "sheet" if "market" in files else "",
            "sales": "data",
            "competitors": "sheet" if brief.choices("competitors") else "",
            "feedback": "data" if self.reviews else "sheet" if files & {"survey", "interview", "reviews"} else "",
            "logic": ("both" if self.estimates else "sheet") if logic else "data" if self.estimates else "",
        }


def ask_evidence(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sales of both periods, unit prices, gaps between purchases, and how many reviews there are."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    asked = {
        "now": total_period(lines, horizon.current),
        "channels": total_channels(lines, horizon.current, horizon.history.start).select("channel", "gmv"),
        "prices": spread_unit_prices(lines, horizon.current),
    }
    if horizon.previous is not None:
        asked["before"] = total_period(lines, horizon.previous).select("gmv")
    if tables.engagement.brief.number(CYCLE) and tables.has("order_lines", "customer"):
        asked["gaps"] = count_shop_gaps(within(lines, horizon.history), horizon.as_of)
    if tables.has("feedback", "words"):
        asked["reviews"] = tables["feedback"].agg(n=tables["feedback"].words.count())
    return asked


def weigh_evidence(replies: Replies, limits: Limits) -> Evidence:
    """Lay the client's picture beside what the orders say."""
    engagement, now = replies.engagement, replies["now"].iloc[0]
    channels = replies["channels"].sort_values(["gmv", "channel"], ascending=[False, True])
    prices = replies["prices"].iloc[0] if len(replies["prices"]) else None
    return Evidence(
        gmv=float(now.gmv or 0.0),
        before=float(replies["before"].gmv.iloc[0] or 0.0) if "before" in replies else None,
        channel=str(channels.channel.iloc[0]) if len(channels) else "",
        share=float(channels.gmv.iloc[0]) / float(now.gmv) if len(channels) and now.gmv > 0 else float("nan"),
        prices=None if prices is None or pd.isna(prices.middle) else (prices.low, prices.middle, prices.high),
        reviews=int(replies["reviews"].n.iloc[0]) if "reviews" in replies else 0,
        estimates=tuple(_compare(replies, limits)),
        brief=engagement.brief,
        currency=engagement.currency,
    )


def _compare(replies: Replies, limits: Limits) -> list[Estimate]:
    engagement, now = replies.engagement, replies["now"].iloc[0]
    measured: dict[str, float] = {}
    if now.orders > 0:
        measured["aov_stated"] = float(now.gmv) / now.orders
    if now.buyers > 0:
        measured["purchase_frequency"] = now.known_orders / now.buyers * engagement.horizon.yearly
    if "gaps" in replies and (days := _measure_cycle(replies["gaps"], limits["least"])) is not None:
        measured[CYCLE] = days
    found = []
    for key, value in measured.items():
        stated = engagement.brief.number(key)
        if stated:
            ratio = value / stated
            # Gaps longer than the data are never seen, so a measured cycle is rather too short.
            too_low = ratio < 1 - limits["slack"] and key != CYCLE
            found.append(
                Estimate(id=key, stated=stated, measured=value, fits=not too_low and ratio <= 1 + limits["slack"])
            )
    return found


def _measure_cycle(gaps: pd.DataFrame, least: float) -> float | None:
    cycle = find_shop_cycle(gaps)
    return None if cycle is None or cycle.gaps < least else cycle.median


def tell_evidence(measured: Evidence) -> Text:
    """How much rests on evidence, where sales stand, and which estimates the orders contradict."""
    missing = [words.PARTS[part] for part, source in measured.sources.items() if not source]
    wrong = [one for one in measured.estimates if not one.fits]
    logic = words.AGREES if measured.estimates else words.NO_CHECK
    if wrong:
        logic = words.DISAGREES.fill(names=join_texts(_word_estimate(one, measured.currency) for one in wrong))
    said = words.ANSWER.fill(
        held=word_number(len(words.PARTS) - len(missing)),
        missing=words.MISSING.fill(names=join_texts(missing)) if missing else NOTHING,
        logic=logic,
    )
    return said + tell_sales(measured)


def tell_sales(measured: Evidence) -> Text:
    """Sales, against the year before, and the leading channel."""
    parts = {
        "gmv": word_money(measured.gmv, measured.currency),
        "channel": name_channel(measured.channel),
        "share": word_percent(measured.share),
    }
    if measured.before:
        return words.SALES.fill(change=word_change(measured.gmv / measured.before - 1), **parts)
    return words.SALES_ALONE.fill(**parts)


def _word_estimate(one: Estimate, currency: str) -> Text:
    return words.ONE_OFF.fill(
        name=words.FIGURES[one.id],
        stated=word_figure(one.id, one.stated, currency),
        measured=word_figure(one.id, one.measured, currency),
    )


def word_figure(key: str, value: float, currency: str) -> Text:
    """A figure as it is estimated: money, days or a number."""
    if key == "aov_stated":
        return word_price(value, currency)
    return word_days(value) if key == CYCLE else word_number(value, 1)
