"""Facts behind a judgement: what the sheet states or the data show, and how many of those known hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.model.wording import NOTHING, Text, name_verbatim

YES, NO, UNKNOWN = Text(zh="有", en="yes"), Text(zh="没有", en="no"), Text(zh="未写明", en="not stated")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that holds, does not hold, or (`None`) is told by neither sheet nor data; `seen` is what was read."""

    id: str
    name: Text
    holds: bool | None
    seen: Text = NOTHING

    @property
    def state(self) -> Text:
        """The three states in words."""
        return UNKNOWN if self.holds is None else YES if self.holds else NO


def count_held(facts: Sequence[Fact]) -> tuple[int, int]:
    """How many hold, of how many that are known."""
    known = [fact.holds for fact in facts if fact.holds is not None]
    return sum(known), len(known)


def word_held(facts: Sequence[Fact]) -> Text:
    """Those that hold over those known.

    >>> word_held([Fact(id="a", name=NOTHING, holds=True), Fact(id="b", name=NOTHING, holds=None)]).en
    '1/1'
    """
    held, known = count_held(facts)
    return name_verbatim(f"{held}/{known}") if known else UNKNOWN
