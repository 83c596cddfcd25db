"""Whether tiers, benefits and points are the same in all channels, and whether there is a reason to join."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.membership import _benefit_words as words
from diagnostics.checks.membership import _club_words as say
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from diagnostics.model.brief import Brief
    from diagnostics.model.wording import Language

LONGEST = 30
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One thing that channels treat differently, worded by channel."""

    kind: str
    name: str
    words: Text


@dataclass(frozen=True, kw_only=True)
class Benefits:
    """What the channels offer, where they differ, and what is private only."""

    channels: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]
    conflicts: tuple[Conflict, ...]
    private: tuple[str, ...]
    items: int
    cheaper: int


def read_benefits(brief: Brief) -> Benefits | None:
    """Compare the channels' rules and list what is reserved for the private domain; `None` where none are stated."""
    tables = {key: brief.rows(key) for key in ("tiers", "benefits", "points_rules")}
    if not brief.answers.get("member_system") or not any(tables.values()):
        return None
    prices = [
        (public, private)
        for row in brief.rows("price_system")
        if isinstance(public := row.get("public_price"), int | float)
        and isinstance(private := row.get("private_price"), int | float)
    ]
    return Benefits(
        channels=tuple(sorted({str(row.get("channel")) for rows in tables.values() for row in rows})),
        rows=tables["benefits"],
        conflicts=(*_compare_rules(brief), *_compare_benefits(brief)),
        private=tuple(
            str(row.get("benefit"))
            for row in tables["benefits"]
            if row.get("private_only") is True and row.get("benefit")
        ),
        items=len(prices),
        cheaper=sum(private < public for public, private in prices),
    )


def _compare_rules(brief: Brief) -> list[Conflict]:
    """Tiers of one name and points of all channels whose wording differs."""
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in brief.rows("tiers"):
        if row.get("tier") and row.get("rule"):
            said["tier", str(row["tier"])][str(row.get("channel"))] = str(row["rule"])
    for row in brief.rows("points_rules"):
        for part in ("earn", "burn", "expiry"):
            if row.get(part):
                said[part, ""][str(row.get("channel"))] = str(row[part])
    return [
        Conflict(kind=kind, name=name, words=_word_channels(by_channel))
        for (kind, name), by_channel in said.items()
        if len({"".join(rule.split()) for rule in by_channel.values()}) > 1
    ]


def _word_channels(by_channel: Mapping[str, str]) -> Text:
    colon = Text(zh="{channel}：{rule}", en="{channel}: {rule}")
    return join_texts(
        colon.fill(channel=name_channel(channel), rule=name_verbatim(shorten(rule, LONGEST)))
        for channel, rule in by_channel.items()
    )


def _compare_benefits(brief: Brief) -> list[Conflict]:
    """Benefits that only some of the channels have; those reserved for the private domain are meant to differ."""
    rows = [row for row in brief.rows("benefits") if row.get("benefit")]
    channels = {str(row.get("channel")) for row in rows}
    holders: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.get("private_only") is not True:
            holders[str(row["benefit"])].add(str(row.get("channel")))
    return [
        Conflict(
            kind="benefit",
            name=name,
            words=words.ONLY.fill(channels=join_texts(name_channel(channel) for channel in sorted(held))),
        )
        for name, held in holders.items()
        if held != channels and len(channels) > 1
    ]


def tell_benefits(measured: Benefits) -> Text:
    """How many differences, and whether there is a reason to join."""
    prices = (words.PRICES if measured.cheaper else words.NONE_CHEAPER).fill(
        items=word_number(measured.items), cheaper=word_number(measured.cheaper)
    )
    differences = words.DIFFERENT.fill(n=word_number(len(measured.conflicts)))
    return words.ANSWER.fill(
        channels=word_number(len(measured.channels)),
        conflicts=differences if measured.conflicts else words.ALIKE,
        private=word_number(len(measured.private)),
        prices=prices if measured.items else NOTHING,
        reason=NOTHING if measured.private or measured.cheaper else words.NO_REASON,
    )


def tabulate_benefits(measured: Benefits) -> tuple[Exhibit, ...]:
    """Differences; and benefits against channels."""
    conflicts = [
        {"kind": words.KINDS[one.kind], "name": name_verbatim(shorten(one.name)), "words": one.words}
        for one in measured.conflicts[:MOST_ROWS]
    ]
    fields = (
        Field(name="kind", label=Text(zh="不一致的内容", en="What differs")),
        Field(name="name", label=Text(zh="名称", en="Name")),
        Field(name="words", label=Text(zh="各渠道的写法", en="By channel")),
    )
    title = Text(zh="渠道之间不一致的规则（待确认）", en="Rules that differ between channels, to be confirmed")
    frame = pd.DataFrame(conflicts, dtype=object)
    return (Exhibit(name="conflicts", title=title, fields=fields, frame=frame), _show_matrix(measured))


def _show_matrix(measured: Benefits) -> Exhibit:
    cells: dict[str, dict[str, object]] = defaultdict(dict)
    for row in measured.rows:
        cells[str(row.get("benefit"))][str(row.get("channel"))] = (
            say.PRIVATE if row.get("private_only") is True else say.ALL
        )
    rows = [
        {
            "benefit": name_verbatim(shorten(name, LONGEST)),
            **{channel: held.get(channel, NOTHING) for channel in measured.channels},
        }
        for name, held in list(cells.items())[:MOST_ROWS]
    ]
    fields = (
        Field(name="benefit", label=Text(zh="权益", en="Benefit")),
        *(Field(name=channel, label=name_channel(channel)) for channel in measured.channels),
    )
    title = Text(zh="权益与渠道", en="Benefits by channel")
    return Exhibit(name="matrix", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw_benefits(measured: Benefits, language: Language) -> Figure:
    """Benefits of each channel, those reserved for the private domain marked."""
    counts = {
        channel: sum(str(row.get("channel")) == channel for row in measured.rows) for channel in measured.channels
    }
    reserved = {
        channel: sum(str(row.get("channel")) == channel and row.get("private_only") is True for row in measured.rows)
        for channel in measured.channels
    }
    note = Text(zh="{n}，其中私域专享 {private}", en="{n}, private only: {private}")
    figure = draw_bars(
        [name_channel(channel).word(language) for channel in measured.channels],
        [float(counts[channel]) for channel in measured.channels],
        [
            note.fill(n=word_number(counts[channel]), private=word_number(reserved[channel])).word(language)
            for channel in measured.channels
        ],
        axis_label=Text(zh="权益项数", en="Benefits").word(language),
    )
    scale_count(figure.axes[0].xaxis)
    figure.axes[0].margins(x=0.4)
    return figure
