"""Sorts the causes of earlier failures by their words, and asks the sheet whether each still stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from diagnostics.checks.facts import Fact
from diagnostics.checks.research import _attempt_words as words
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_heads, word_number
from diagnostics.plan.section_tables import read_number, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diagnostics.model.brief import Brief

# Identities by which one person is known on several platforms.
CROSSING = frozenset(["phone", "phone_hash", "unionid"])
TOOLS = re.compile("scrm|crm|cdp", re.IGNORECASE)


def find_causes(reason: str) -> tuple[str, ...]:
    """The kinds of cause that the words name.

    >>> find_causes("会员数据没有打通，也没人跟")
    ('data', 'people')
    """
    return tuple(cause for cause, known in words.PATTERNS.items() if re.search(known, reason, re.IGNORECASE))


def ask_today(brief: Brief) -> Mapping[str, Fact]:
    """By kind of cause whether the sheet shows it removed (`None` if it doesn't tell), and what it states."""
    return {cause: ask(brief, cause) for cause, ask in ASKING.items()}


def _fact(cause: str, *, holds: bool | None = None, seen: Text = NOTHING) -> Fact:
    return Fact(id=cause, name=words.CAUSES[cause], holds=holds, seen=seen)


def _ask_data(brief: Brief, cause: str) -> Fact:
    rows = brief.rows("bridge_status")
    if not rows:
        return _fact(cause)
    live = sum(read_text(row, "status") == "live" and read_text(row, "id_type") in CROSSING for row in rows)
    seen = words.SEEN_BRIDGES.fill(n=word_number(live), all=word_number(len(rows)))
    return _fact(cause, holds=live == len(rows), seen=seen)


def _ask_roles(*roles: str) -> Callable[[Brief, str], Fact]:
    def ask(brief: Brief, cause: str) -> Fact:
        rows = brief.rows("headcount")
        if not rows:
            return _fact(cause)
        fte = sum((read_number(row, "fte") or 0.0) for row in rows if read_text(row, "role") in roles)
        return _fact(cause, holds=fte > 0, seen=words.SEEN_ROLE.fill(fte=word_heads(fte)))

    return ask


def _ask_benefits(brief: Brief, cause: str) -> Fact:
    rows = brief.rows("benefits")
    if not rows:
        return _fact(cause)
    own = sum(row.get("private_only") is True for row in rows)
    return _fact(cause, holds=own > 0, seen=words.SEEN_BENEFITS.fill(n=word_number(own)))


def _ask_tools(brief: Brief, cause: str) -> Fact:
    rows = brief.rows("systems")
    if not rows:
        return _fact(cause)
    tied = [
        row
        for row in rows
        if TOOLS.search(read_text(row, "system")) and read_text(row, "integration") not in {"", "none"}
    ]
    names = join_texts(name_verbatim(shorten(read_text(row, "system"), 16)) for row in tied)
    return _fact(cause, holds=bool(tied), seen=names if tied else NOTHING)


def _ask_stores(brief: Brief, cause: str) -> Fact:
    rows = brief.rows("incentives")
    return _fact(cause, holds=True, seen=words.SEEN_INCENTIVES.fill(n=word_number(len(rows)))) if rows else _fact(cause)


ASKING: Mapping[str, Callable[[Brief, str], Fact]] = {
    "data": _ask_data,
    "content": _ask_roles("content"),
    "people": _ask_roles("account", "group", "manager"),
    "benefit": _ask_benefits,
    "service": _ask_roles("service"),
    "tools": _ask_tools,
    "stores": _ask_stores,
}
