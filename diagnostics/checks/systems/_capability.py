"""Whether the systems can carry fine operation: functions, the loop of purchases, blockers, and what tools cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.facts import Fact, count_held, word_held
from diagnostics.checks.systems import _capability_words as words
from diagnostics.checks.systems._capability_facts import Blocker, list_blockers, read_functions, read_loop
from diagnostics.metrics.automation_facts import count_profiles, count_touch_facts
from diagnostics.model.brief import Brief, Row
from diagnostics.model.wording import NOTHING, Text, join_texts, word_money, word_number, word_percent, word_price
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables

# Which delivered table is a container's log of pushes.
LOGS = {"wecom": ("touches", "touched_at"), "group": ("group_days", "messages"), "official_account": ("posts", "post")}
MOST_OWNERS = 3


@dataclass(frozen=True, kw_only=True)
class Capability:
    """Functions, links, blockers, the sheet, and what the data show of contacts."""

    brief: Brief
    functions: tuple[Fact, ...]
    loop: tuple[Fact, ...]
    blockers: tuple[Blocker, ...]
    seen: Mapping[str, float]
    logs: Mapping[str, bool]
    currency: str

    @property
    def cost(self) -> float | None:
        """What the tools cost a year; `None` where no cost is stated."""
        stated = [cost for row in self.brief.rows("systems") if (cost := read_cost(row)) is not None]
        return sum(stated) if stated else None


def read_cost(row: Row) -> float | None:
    """What a system costs a year, as the sheet states it."""
    cost = row.get("annual_cost")
    return float(cost) if isinstance(cost, int | float) and not isinstance(cost, bool) else None


def ask_capability(tables: Tables) -> dict[str, ir.Table]:
    """Ask for tags and matches of contacts, for answers to touches, and which logs were delivered."""
    asked = {}
    if tables.has("contacts", "contact"):
        asked["profiles"] = count_profiles(tables["contacts"])
    if tables.has("touches", "touched_at"):
        asked["touches"] = count_touch_facts(tables["touches"], tables.engagement.horizon.current)
    for kind, (table, column) in LOGS.items():
        if tables.has(table, column):
            asked[f"log_{kind}"] = tables[table].agg(rows=tables[table].count())
    return asked


def measure_capability(replies: Replies, limits: Limits) -> Capability:
    """Check functions, links and blockers one by one."""
    brief = replies.engagement.brief
    seen = {
        str(key): float(value)
        for name in ("profiles", "touches")
        if name in replies
        for key, value in replies[name].iloc[0].items()
        if not pd.isna(value)
    }
    return Capability(
        brief=brief,
        functions=read_functions(brief, seen, limits),
        loop=read_loop(brief, seen, limits),
        blockers=list_blockers(brief),
        seen=seen,
        logs={kind: f"log_{kind}" in replies for kind in LOGS},
        currency=replies.engagement.currency,
    )


def tell_capability(measured: Capability) -> Text:
    """Functions that lack, where the loop breaks and the bridge rate; then blockers and the cost of tools."""
    held, known = count_held(measured.functions)
    lacks = [words.FUNCTIONS[fact.id] for fact in measured.functions if fact.holds is False]
    broken = [fact.name for fact in measured.loop if fact.holds is not True]
    inside = sum(one.is_inside for one in measured.blockers)
    return words.ANSWER.fill(
        held=word_number(held),
        known=word_number(known),
        lacks=words.LACKS.fill(names=join_texts(lacks)) if lacks else NOTHING,
        loop=word_held(measured.loop),
        broken=words.BROKEN.fill(name=broken[0]) if broken else NOTHING,
        bridge=_tell_bridge(measured),
    ) + words.BLOCKED.fill(
        inside=word_number(inside),
        owners=_tell_owners(measured.blockers),
        outside=word_number(len(measured.blockers) - inside),
        cost=_tell_cost(measured),
    )


def _tell_owners(blockers: Sequence[Blocker]) -> Text:
    """Who is named for the blockers inside, three at most."""
    named = dict.fromkeys(one.owner for one in blockers if one.is_inside and one.owner != words.NOBODY)
    return words.OWNERS.fill(names=join_texts(list(named)[:MOST_OWNERS])) if named else NOTHING


def _tell_bridge(measured: Capability) -> Text:
    contacts, matched = measured.seen.get("contacts"), measured.seen.get("matched", 0.0)
    if not contacts:
        return NOTHING
    low, high = wilson(matched, contacts)
    return words.BRIDGE.fill(
        n=word_number(contacts),
        share=word_percent(matched / contacts),
        low=word_percent(float(low)),
        high=word_percent(float(high)),
    )


def _tell_cost(measured: Capability) -> Text:
    if measured.cost is None:
        return NOTHING
    cost, contacts = word_money(measured.cost, measured.currency), measured.seen.get("contacts")
    if not contacts:
        return words.COST_ONLY.fill(cost=cost)
    return words.COST.fill(cost=cost, each=word_price(measured.cost / contacts, measured.currency))


def list_unknown(measured: Capability) -> tuple[Text, ...]:
    """What is missing for tools and contacts."""
    said = [words.NO_COST] if measured.cost is None else []
    return tuple(said if measured.seen.get("contacts") else [*said, words.NO_CONTACTS])
