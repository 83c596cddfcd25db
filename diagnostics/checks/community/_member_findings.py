"""Which units clearly lose members, and how they, or all groups together, become findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.community import _member_words as say
from diagnostics.checks.units import Kind, name_unit, scope_of
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.wording import NOTHING, word_number, word_percent
from diagnostics.statistics.certainty import rate_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.checks.check import Limits
    from diagnostics.checks.community.members import Flows

FALSE_RATE = 0.05
MOST_FINDINGS = 5
KINDS: Mapping[str, Kind] = {"group": "group", "owner": "owner", "store": "store"}


def find_bleeding(measured: Flows, limits: Limits) -> pd.DataFrame:
    """Units that clearly lose members, and enough of them to matter."""
    units = measured.units
    if measured.grain not in KINDS:
        return units.iloc[:0]
    matters = (
        (units.low_rate >= limits["rate"])
        if units.start.notna().any()
        else (units.left > limits["turn"] * units.joined)
    )
    return units[(units.adjusted <= FALSE_RATE) & (units.low > 0) & matters & (units.loss >= limits["people"])]


def state_bleeding(measured: Flows, limits: Limits) -> tuple[Finding, ...]:
    """Raise the whole where most units bleed, else the units that do."""
    bleeding = find_bleeding(measured, limits)
    whole = measured.whole
    sure = whole.low > 0 and whole.loss >= limits["people"]
    many = len(bleeding) > limits["many"] * len(measured.units) or measured.grain == "whole"
    matters = pd.isna(whole.low_rate) or whole.low_rate >= limits["rate"]
    if sure and many and matters:
        return (_state(None, whole),)
    return tuple(_state(KINDS[measured.grain], row) for _, row in bleeding.head(MOST_FINDINGS).iterrows())


def _state(kind: Kind | None, row: pd.Series) -> Finding:
    rate = NOTHING if pd.isna(row.rate) else say.RATE.fill(rate=word_percent(row.rate))
    said = {"weeks": word_number(row.weeks), "n": word_number(row.loss), "rate": rate}
    title = say.TITLE.fill(who=name_unit(kind, row.unit), **said) if kind else say.TITLE_WHOLE.fill(**said)
    return Finding(
        code="community.member_bleed",
        scope=scope_of(kind, row.unit) if kind else {},
        title=title,
        cause=say.CAUSE.fill(
            weekly=word_number(row.weekly, 1),
            low=word_number(row.low, 1),
            high=word_number(row.high, 1),
            joined=word_number(row.joined),
        ),
        action=say.ACTION,
        owner_role="group",
        validation=Validation(metric="g_retention", direction="up", window_days=60),
        stop_rule=say.STOP,
        confidence=rate_gap(row.weekly, row.low),
        impact_reason=say.NOT_A_CONTACT,
        severity="low" if kind else "medium",
        evidence=(Evidence(table="units", n=int(row.weeks), value=float(row.weekly)),),
    )
