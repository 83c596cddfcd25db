"""The record of a what-if, the words of its levels, and its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.levers import _what_if_words as words
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.period import add_months
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_month, word_number, word_percent, word_price
from diagnostics.statistics.lever_bests import MONTHS_A_QUARTER, Best

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.model.period import Horizon
    from diagnostics.statistics.what_if import Lever, Worth

MOST_CHANNELS = 5
Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """Every lever now, the best levels known of it, and what four scenarios are worth a year."""

    levers: tuple[Lever, ...]
    quarters: Mapping[Key, Best]
    channels: Mapping[Key, Best]
    up: Worth
    down: Worth
    at_best_quarter: Worth
    at_best_channel: Worth
    horizon: Horizon
    currency: str


def key_of(lever: Lever) -> Key:
    """Channel, depth and lever."""
    return lever.channel, lever.depth, lever.lever


def reach(lever: Lever, bests: Mapping[Key, Best]) -> float:
    """The best level if it lies above today's, else today's."""
    best = bests.get(key_of(lever))
    return max(best.level, lever.level) if best else lever.level


def value_best(lever: Lever, bests: Mapping[Key, Best]) -> float:
    """What the best level of a lever is worth a year, 0 where it is not above today's."""
    return lever.gmv * (reach(lever, bests) / lever.level - 1) if lever.level else 0.0


def lower(lever: str) -> Text:
    """A lever inside of a sentence."""
    return Text(zh=LEVERS[lever].zh, en=LEVERS[lever].en.lower())


def word_level(lever: str, level: float | None, currency: str) -> Text:
    """A lever's level in its own unit."""
    if lever in {"basket", "price", "list_price"}:
        return word_price(level, currency)
    if lever in {"conversion", "discount", "kept"}:
        return word_percent(level, 2)
    return word_number(level, 2 if lever in {"frequency", "items"} else 0)


def word_quarter(best: Best, horizon: Horizon) -> Text:
    """The first month of the quarter in which a best level was reached."""
    period = horizon.current if best.is_current or horizon.previous is None else horizon.previous
    return word_month(add_months(period.start, best.quarter * MONTHS_A_QUARTER))


def tabulate_what_if(measured: WhatIf) -> tuple[Exhibit, ...]:
    """The scenarios by lever, and the levels that any what-if starts from."""
    scenarios = {
        "up": measured.up,
        "down": measured.down,
        "quarter": measured.at_best_quarter,
        "channel": measured.at_best_channel,
    }
    order = [lever for lever in LEVERS if lever in measured.up.single]
    rows: list[dict[str, object]] = [
        {"lever": LEVERS[lever], **{name: worth.single[lever] for name, worth in scenarios.items()}} for lever in order
    ]
    totals = [
        {"scenario": words.SUM, **{name: sum(worth.single.values()) for name, worth in scenarios.items()}},
        {"scenario": words.INTERACTION, **{name: worth.interaction for name, worth in scenarios.items()}},
        {"scenario": words.TOGETHER, **{name: worth.together for name, worth in scenarios.items()}},
    ]
    worths = (
        Field(name="up", label=Text(zh="提高 10%", en="10% up"), unit="money"),
        Field(name="down", label=Text(zh="降低 10%", en="10% down"), unit="money"),
        Field(name="quarter", label=Text(zh="到自己最好的季度", en="At own best quarter"), unit="money"),
        Field(name="channel", label=Text(zh="到最好的渠道", en="At the best channel"), unit="money"),
    )
    levers, together = (
        Exhibit(
            name=name,
            title=title,
            fields=(Field(name=first, label=label), *worths),
            frame=pd.DataFrame(table),
        )
        for name, title, first, label, table in (
            ("scenarios", words.SCENARIOS, "lever", Text(zh="杠杆", en="Lever"), rows),
            ("together", words.ALL_LEVERS, "scenario", Text(zh="合计", en="Of all levers"), totals),
        )
    )
    return levers, together, _tabulate_levels(measured)


def _tabulate_levels(measured: WhatIf) -> Exhibit:
    """Levels of the largest channels with their best quarter and the best channel; `gmv` is each row's own factor."""
    size = {lever.channel: 0.0 for lever in measured.levers}
    for (channel, _), gmv in {(lever.channel, lever.depth): lever.gmv for lever in measured.levers}.items():
        size[channel] += gmv
    largest = sorted(size, key=lambda channel: -size[channel])[:MOST_CHANNELS]
    rows = [
        _tabulate_lever(lever, measured) for channel in largest for lever in measured.levers if lever.channel == channel
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="lever", label=Text(zh="杠杆", en="Lever")),
        Field(name="gmv", label=Text(zh="年 GMV", en="GMV a year"), unit="money"),
        Field(name="level", label=Text(zh="现水平", en="Level now")),
        Field(name="quarter", label=Text(zh="自己最好的季度", en="Own best quarter")),
        Field(name="peer", label=Text(zh="最好的其他渠道", en="Best other channel")),
    )
    note = words.FORMULA_NOTE
    return Exhibit(name="levels", title=words.LEVELS, fields=fields, frame=pd.DataFrame(rows), note=note)


def _tabulate_lever(lever: Lever, measured: WhatIf) -> dict[str, object]:
    """A row for the reader; the columns that no field names hold the same as data, for whoever computes on."""
    currency = measured.currency
    quarter, peer = measured.quarters.get(key_of(lever)), measured.channels.get(key_of(lever))
    at_quarter, at_peer = None, None
    if quarter:
        at_quarter = Text(zh="{level}（{quarter} 起）", en="{level} (from {quarter})").fill(
            level=word_level(lever.lever, quarter.level, currency), quarter=word_quarter(quarter, measured.horizon)
        )
    if peer:
        at_peer = Text(zh="{level}（{channel}）", en="{level} ({channel})").fill(
            level=word_level(lever.lever, peer.level, currency), channel=name_channel(peer.channel)
        )
    return {
        "channel": lever.channel,
        "lever": LEVERS[lever.lever],
        "gmv": lever.gmv,
        "level": word_level(lever.lever, lever.level, currency),
        "quarter": at_quarter,
        "peer": at_peer,
        "depth": lever.depth,
        "factor": lever.lever,
        "value": lever.level,
        "best_quarter": quarter.level if quarter else None,
        "best_channel": peer.level if peer else None,
    }
