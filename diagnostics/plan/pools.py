"""The public pools and the ways to bring people from them, and where a client's own words belong."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from diagnostics.model.wording import Text


@dataclass(frozen=True, kw_only=True)
class Pool:
    """A public pool or a way: its name, the words by which people call it, its sales channels, and its export."""

    kind: Literal["pool", "way"]
    id: str
    name: Text
    words: tuple[str, ...]
    channels: tuple[str, ...]
    export: Text

    def is_named(self, said: str) -> bool:
        """Whether a text speaks of it."""
        lowered = said.lower()
        return any(word in lowered for word in (self.name.zh, self.name.en.lower(), *self.words))


def read_pools(table: str) -> tuple[Pool, ...]:
    """Pools and ways from the text of a CSV, in its order; `ValueError` for a kind that is neither."""
    return tuple(_read_row(row) for row in csv.DictReader(table.splitlines()))


def _read_row(row: dict[str, str]) -> Pool:
    kind: Literal["pool", "way"] = "way" if row["kind"] == "way" else "pool"
    if row["kind"] != kind:
        message = f"{row['id']}: the kind must be pool or way, not {row['kind']}"
        raise ValueError(message)
    return Pool(
        kind=kind,
        id=row["id"],
        name=Text(zh=row["name_zh"], en=row["name_en"]),
        words=tuple(word for word in row["words"].split(";") if word),
        channels=tuple(channel for channel in row["channels"].split(";") if channel),
        export=Text(zh=row["export_zh"], en=row["export_en"]),
    )


def pick(pools: Iterable[Pool], kind: Literal["pool", "way"]) -> tuple[Pool, ...]:
    """The pools, or the ways."""
    return tuple(pool for pool in pools if pool.kind == kind)


def place(said: str, pools: Iterable[Pool]) -> tuple[Pool | None, Pool]:
    """The pool (`None` if no word of it is known) and the way that a person's words mean; the first way if none.

    The way that comes last is looked for first: a partner's advertisement is a partnership.
    """
    known = tuple(pools)
    pool = next((one for one in pick(known, "pool") if one.is_named(said)), None)
    ways = pick(known, "way")
    return pool, next((way for way in reversed(ways) if way.is_named(said)), ways[0])
