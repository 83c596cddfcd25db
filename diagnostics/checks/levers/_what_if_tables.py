"""The tables of the what-if: the scenarios by lever, and the levels that they start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.levers import _what_if_words as words
from diagnostics.checks.levers._what_if import key_of, word_level, word_quarter
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.checks.levers._what_if import WhatIf
    from diagnostics.statistics.what_if import Lever

MOST_CHANNELS = 5


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
