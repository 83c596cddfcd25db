"""Who holds more contacts than can be served: many of them, and replies that are worse than those of colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from diagnostics.checks.service import _load_words as say
from diagnostics.checks.units import name_unit, scope_of
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.wording import word_number, word_percent
from diagnostics.statistics.certainty import rate_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.checks.check import Limits
    from diagnostics.checks.service.load import Load

WINDOW_DAYS = 90
FALSE_RATE = 0.05
REPLIES: Mapping[str, Literal["high", "low"]] = {"reply_minutes": "high", "reply_share": "low"}


def find_overloaded(measured: Load, limits: Limits) -> list[tuple[pd.Series, str]]:
    """Staff who hold too many, with what is worse: a measure of replies, or `capacity` where replies are not known."""
    over = []
    for _, row in measured.staff.iterrows():
        full = row.held >= measured.capacity
        many = row.times >= limits["times"] and row.held >= limits["least_held"]
        if not (full or many):
            continue
        known = [name for name in REPLIES if pd.notna(row.get(f"{name}_adjusted"))]
        worse = [name for name in known if row[f"{name}_adjusted"] <= FALSE_RATE and _matters(name, row, limits)]
        if worse:
            over.append((row, worse[0]))
        elif full and not known:
            over.append((row, "capacity"))
    return over


def _matters(name: str, row: pd.Series, limits: Limits) -> bool:
    least = limits["slower"] * row.reply_minutes_middle if name == "reply_minutes" else limits["share_gap"]
    return bool(row[f"{name}_low"] >= least)


def state_overload(row: pd.Series, worse: str, measured: Load) -> Finding:
    words = {
        "reply_minutes": lambda: say.SLOWER.fill(
            mine=word_number(row.reply_minutes), middle=word_number(row.reply_minutes_middle)
        ),
        "reply_share": lambda: say.FEWER.fill(
            mine=word_percent(row.reply_share), middle=word_percent(row.reply_share_middle)
        ),
        "capacity": lambda: say.FULL.fill(capacity=word_number(measured.capacity)),
    }
    return Finding(
        code="service.overload",
        scope=scope_of("staff", row.unit),
        title=say.TITLE.fill(
            who=name_unit("staff", row.unit),
            held=word_number(row.held),
            times=word_number(row.times, 1),
            worse=words[worse](),
        ),
        cause=say.CAUSE.fill(
            held=word_number(row.held),
            days=word_number(WINDOW_DAYS),
            chats=word_number(row.chats * 7 / row.days if row.days else None, 1),
            rate=word_number(row.rate, 1),
            all_rate=word_number(measured.weekly_rate, 1),
        ),
        action=say.ACTION,
        owner_role="account",
        validation=Validation(metric="load", direction="down", window_days=30),
        stop_rule=say.STOP,
        confidence=rate_gap(row[f"{worse}_gap"], row[f"{worse}_low"]) if worse in REPLIES else 0.6,
        impact_reason=say.NO_MONEY,
        severity="medium" if worse in REPLIES else "low",
        evidence=(Evidence(table="staff", n=int(row.held), value=float(row.times)),),
    )
