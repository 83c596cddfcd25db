"""The agenda of the two-hour session as data: its parts, and the answers that each part may tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from diagnostics.model.wording import Text

MINUTES = 120
# The part that takes findings of chapters that no part names, such as the consultant's own.
ADDED = "added"
Place = Literal["first", "last", "room"]
ChartKind = Literal["bar", "stacked", "line"]


@dataclass(frozen=True, kw_only=True)
class AgendaPart:
    """One part: its minutes, the chapters of the report that it goes through, what it is for and what it asks."""

    name: str
    minutes: int
    chapters: tuple[str, ...]
    title: Text
    aim: Text
    ask: Text


@dataclass(frozen=True, kw_only=True)
class Source:
    """An answer of the report that a part tells: before its findings, after them, or if there is room.

    `source` is a check, a part of the plan, or `conclusion`; `table` one of its exhibits, of which `label` and
    `values` are the columns shown; nothing stands for the first.
    """

    part: str
    source: str
    told: Place
    table: str
    chart: ChartKind | None
    label: str
    values: tuple[str, ...]
    ask: Text


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """Parts in the order of the session, and what they may tell; `ValueError` unless the minutes make two hours."""

    parts: tuple[AgendaPart, ...]
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if (total := sum(part.minutes for part in self.parts)) != MINUTES:
            message = f"the parts of the session take {total} minutes, not {MINUTES}"
            raise ValueError(message)
        if strange := {source.part for source in self.sources} - {part.name for part in self.parts}:
            message = f"no such part of the session: {sorted(strange)}"
            raise ValueError(message)

    def find_part(self, chapter: str) -> AgendaPart:
        """The part that goes through a chapter."""
        homes = [part for part in self.parts if chapter in part.chapters]
        others = [part for part in self.parts if ADDED in part.chapters]
        return (homes or others or list(self.parts))[0]

    def list_sources(self, part: AgendaPart) -> tuple[Source, ...]:
        """What a part may tell, in order."""
        return tuple(source for source in self.sources if source.part == part.name)


def read_agenda(parts: Iterable[Mapping[str, str]], points: Iterable[Mapping[str, str]]) -> Agenda:
    """The agenda from the rows of its two tables; `ValueError` names what can't be read."""
    return Agenda(parts=tuple(map(_read_part, parts)), sources=tuple(map(_read_source, points)))


def _read_part(row: Mapping[str, str]) -> AgendaPart:
    return AgendaPart(
        name=row["part"],
        minutes=int(row["minutes"]),
        chapters=tuple(row["chapters"].split()),
        title=Text(zh=row["name_zh"], en=row["name_en"]),
        aim=Text(zh=row["aim_zh"], en=row["aim_en"]),
        ask=Text(zh=row["ask_zh"], en=row["ask_en"]),
    )


def _read_source(row: Mapping[str, str]) -> Source:
    if row["told"] not in get_args(Place) or row["chart"] not in {"", *get_args(ChartKind)}:
        message = f"{row['source']}: no such place or chart: {row['told']}, {row['chart']}"
        raise ValueError(message)
    return Source(
        part=row["part"],
        source=row["source"],
        told=cast("Place", row["told"]),
        table=row["table"],
        chart=cast("ChartKind", row["chart"]) if row["chart"] else None,
        label=row["label"],
        values=tuple(row["values"].split()),
        ask=Text(zh=row["ask_zh"], en=row["ask_en"]),
    )
