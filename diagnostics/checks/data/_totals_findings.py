"""How totals that do not tie out become findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.data import _totals_words as words
from diagnostics.checks.data._totals import EXPECTED, MOST_NAMED, find_far, name_month, name_pair
from diagnostics.model.account import GapPart, Reconciliation
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.gaps import SOURCES, UNEXPLAINED, name_cause
from diagnostics.model.names import name_channel
from diagnostics.model.wording import Text, join_texts, name_verbatim, word_change, word_money

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from diagnostics.checks.check import Limits
    from diagnostics.checks.data._totals import Totals


def find_open(measured: Totals, limits: Limits) -> tuple[Finding, ...]:
    """Raise each channel whose widest open gap is more than cut-off times and postage explain, or one of its months."""
    wide = measured.pairs[measured.pairs.open.abs() > limits["most_gap"]]
    found = {str(channel): _raise_gap(measured, own, limits) for channel, own in wide.groupby("channel", sort=False)}
    for channel in dict.fromkeys(line.channel for line in measured.lines):
        months = find_far(measured.lines, channel, limits["month_gap"])
        if months and channel not in found:
            found[channel] = _raise_month(measured, months, limits)
    return tuple(found.values())


def _raise_gap(measured: Totals, pairs: pd.DataFrame, limits: Limits) -> Finding:
    widest = pairs.iloc[0]
    against, channel = str(widest.against), str(widest.channel)
    own = measured.parts[(measured.parts.against == against) & (measured.parts.channel == channel)]
    parts = [GapPart(cause=cause, amount=amount) for cause, amount in zip(own.cause, own.amount, strict=True)]
    asking = [part for part in parts if part.cause not in EXPECTED]
    main = max(asking, key=lambda part: abs(part.amount)).cause if asking else UNEXPLAINED
    title = words.TITLE.fill(
        name=name_pair(against, channel), gap=word_change(float(widest.open)), cause=name_cause(main)
    )
    cause = _word_cause(measured, float(widest.ours), float(widest.theirs), parts)
    if len(pairs) > 1:
        others = join_texts(SOURCES[key] for key in SOURCES if key in set(pairs.against[1:]))
        cause += words.CAUSE_ALSO.fill(names=others)
    evidence = Evidence(table="totals", value=float(widest.open))
    return _make(channel, (title, cause), float(widest.open), limits, evidence)


def _raise_month(measured: Totals, months: Sequence[Reconciliation], limits: Limits) -> Finding:
    line = months[0]
    title = words.TITLE_MONTH.fill(
        name=name_pair(line.against, line.channel),
        month=name_verbatim(line.month),
        gap=word_change(line.gap / line.theirs),
        cause=name_cause(line.cause_code),
    )
    cause = _word_cause(measured, line.ours, line.theirs, line.parts)
    if len(months) > 1:
        cause += words.CAUSE_ALSO.fill(names=join_texts(name_month(other) for other in months[1:MOST_NAMED]))
    share = line.gap / line.theirs
    return _make(line.channel, (title, cause), share, limits, Evidence(table="months", value=share))


def _word_cause(measured: Totals, ours: float, theirs: float, parts: Sequence[GapPart]) -> Text:
    ordered = sorted(parts, key=lambda part: -abs(part.amount))[:MOST_NAMED]
    named = [
        words.PART.fill(cause=name_cause(part.cause), money=word_money(part.amount, measured.currency, signed=True))
        for part in ordered
    ] or [name_cause(UNEXPLAINED)]
    return words.CAUSE.fill(
        ours=word_money(ours, measured.currency),
        theirs=word_money(theirs, measured.currency),
        money=word_money(ours - theirs, measured.currency, signed=True),
        parts=join_texts(named),
    )


def _make(channel: str, said: tuple[Text, Text], share: float, limits: Limits, evidence: Evidence) -> Finding:
    return Finding(
        code="data.reconciliation_gap",
        scope={"channel": channel} if channel else {},
        title=said[0],
        cause=said[1],
        action=words.ACTION.fill(name=name_channel(channel) if channel else words.ALL),
        owner_role="data",
        validation=Validation(metric="recon", direction="down", window_days=14),
        stop_rule=words.STOP.fill(limit=word_change(limits["most_gap"], 0)),
        confidence=0.9,
        impact_reason=words.NO_MONEY,
        severity="medium" if abs(share) > limits["medium_gap"] else "low",
        evidence=(evidence,),
    )
