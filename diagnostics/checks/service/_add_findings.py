"""Who leaves new contacts alone, and how that becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.check import Limits
from diagnostics.checks.service import _add_words as say
from diagnostics.checks.units import Kind, name_unit, scope_of
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import Text, word_money, word_number, word_percent, word_price
from diagnostics.statistics.certainty import rate_gap

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.checks.service.adds import Attention

Z = 1.96
FALSE_RATE = 0.05
LEAST_CONTACTS = 30
# Of all contacts left alone, the part from which a unit's own is of medium weight without money.
MATTERS = 0.1


def find_neglected(measured: Attention, limits: Limits) -> list[tuple[Kind, pd.Series]]:
    """Stores, and staff where no store stands out, who leave clearly more contacts alone than their like."""
    for kind, frame in measured.units.items():
        is_out = (frame.adjusted <= FALSE_RATE) & (frame.low >= limits["gap"])
        if is_out.any():
            return [(kind, row) for _, row in frame[is_out].iterrows()]
    return []


def state_neglect(kind: Kind | None, row: pd.Series, measured: Attention, limits: Limits) -> Finding:
    """A unit beyond the median of its kind, or the whole without one; money where spend differs beyond its error."""
    low, high = max(row.value - Z * row.error, 0.0), min(row.value + Z * row.error, 1.0)
    beyond = row.value - (row.middle if kind else 0.0)
    missed = beyond * row.w * 365 / measured.days
    title = (
        say.TITLE.fill(
            who=name_unit(kind, row.unit),
            n=word_number(row.w),
            share=word_percent(row.value),
            middle=word_percent(row.middle),
        )
        if kind
        else say.TITLE_WHOLE.fill(n=word_number(row.w), share=word_percent(row.value))
    )
    cause = say.CAUSE.fill(low=word_percent(low), high=word_percent(high), missed=word_number(missed))
    impact, gap = None, measured.gap
    if gap is not None and gap.low > 0:
        impact = Impact(
            low=limits["feasible_low"] * max(gap.low, 0.0) * missed,
            mid=limits["feasible_mid"] * gap.gap * missed,
            high=gap.high * missed,
        )
        worth = say.WORTH.fill(money=word_money(impact.mid, measured.currency))
        title = Text(zh=title.zh + worth.zh, en=title.en + worth.en)
        ends = {name: word_price(getattr(gap, name), measured.currency) for name in ("gap", "low", "high")}
        cause += say.SIZED.fill(n=word_number(gap.n), **ends)
    return Finding(
        code="service.unattended_adds",
        scope=scope_of(kind, row.unit) if kind else {},
        title=title,
        cause=cause,
        action=say.ACTION,
        owner_role="account",
        validation=Validation(metric="unattended", direction="down", window_days=30),
        stop_rule=say.STOP,
        confidence=rate_gap(row.gap, row.low) if kind else 0.8,
        impact=impact,
        impact_reason=None if impact else (say.NO_MONEY if gap is None else say.NO_GAP),
        severity=None
        if impact
        else ("medium" if missed * measured.days / 365 >= MATTERS * measured.whole.x else "low"),
        evidence=(Evidence(table=kind or "waits", n=int(row.w), value=float(row.value)),),
    )
