"""How a category that is bought seldom becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.fit import _goods_mode_words as words
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.wording import NOTHING, word_number, word_percent

if TYPE_CHECKING:
    from diagnostics.checks.fit.goods_mode import Mode, Modes


def state_mode(mode: Mode, measured: Modes) -> Finding:
    """A category that data or sheet call seldom bought, and what the other of both says."""
    rate = mode.returning
    denied = mode.is_seldom and not mode.is_stated and measured.has_answer
    if mode.is_seldom and rate is not None:
        cause = words.FROM_DATA.fill(
            rate=word_percent(rate.value),
            low=word_percent(rate.low),
            high=word_percent(rate.high),
            n=word_number(mode.purchases),
            sheet=words.AGREES if mode.is_stated else words.DENIES if denied else NOTHING,
        )
    else:
        cause = words.FROM_SHEET.fill(rate=word_percent(rate.value if rate is not None else None))
    return Finding(
        code="fit.durable_mode",
        scope={"category": mode.category} if mode.category else {},
        title=words.TITLE.fill(name=mode.name),
        cause=cause,
        action=words.ACTION,
        owner_role="manager",
        validation=Validation(metric="attach", direction="up", window_days=180),
        stop_rule=words.STOP,
        confidence=0.9 if mode.is_seldom else 0.6,
        impact_reason=words.NO_MONEY,
        # Targets that do not apply mislead only where the client has them.
        severity="low" if denied else "info",
        evidence=(Evidence(table="modes", n=mode.purchases, value=rate.value if rate is not None else None),),
    )
