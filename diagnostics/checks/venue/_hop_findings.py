"""How a region where scans lead nowhere becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.venue import _migration_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.hops import Leak, Worth, size_leak

if TYPE_CHECKING:
    from diagnostics.checks.check import Limits

# Where second tries are likely the rate may read too low, which no interval shows: the finding is never surer.
DOUBTFUL = 0.75


def state_leak(leak: Leak, worth: Worth | None, limits: Limits, yearly: float, currency: str) -> Finding:
    """A region where a hop leaks; people missed a year, and money where a contact can be valued."""
    region, hop = name_verbatim(shorten(leak.region)), words.HOP_NAMES[leak.hop]
    title = words.TITLE.fill(
        region=region,
        hop=hop,
        rate=word_percent(leak.rate),
        others=word_percent(leak.others),
        missed=word_number(leak.missed * yearly),
    )
    cause = words.CAUSE.fill(
        scans=word_number(leak.scans),
        rate=word_percent(leak.rate),
        high=word_percent(leak.high),
        below=word_number(leak.below),
        entrances=word_number(leak.entrances),
    )
    if leak.has_many_scans:
        cause += words.MANY_SCANS.fill(
            mine=word_number(leak.scans / leak.entrances),
            others=word_number(leak.others_scans),
            least=word_number(leak.least_missed * yearly),
        )
    impact = None
    if leak.hop == "scan_to_add" and worth is not None:
        low, mid, high = size_leak(leak, worth, limits["lift"], yearly)
        impact = Impact(low=low, mid=mid, high=high)
        is_clear = worth.is_clear
        tail = (words.WORTH if is_clear else words.WORTH_AT_MOST).fill(
            money=word_money(mid if is_clear else high, currency)
        )
        title = Text(zh=title.zh + tail.zh, en=title.en + tail.en)
        cause += _word_sizing(worth, limits["lift"], currency)
    reason = words.NO_CONTACTS if leak.hop == "scan_to_add" else words.NO_GROUP_VALUE
    return Finding(
        code="venue.migration_loss",
        scope={"hop": leak.hop, "city": leak.region},
        title=title,
        cause=cause,
        action=words.ACTION,
        owner_role="acquisition" if leak.hop == "scan_to_add" else "group",
        validation=Validation(metric="hop", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=min(rate_gap(leak.others - leak.rate, leak.gap_low), DOUBTFUL if leak.has_many_scans else 1.0),
        impact=impact,
        impact_reason=None if impact else reason,
        severity=None if impact else "medium",
        evidence=(Evidence(table="regions", n=leak.scans, value=leak.rate),),
    )


def _word_sizing(worth: Worth, lift: float, currency: str) -> Text:
    share = word_percent(worth.share, 0)
    if worth.is_clear:
        return words.SIZED_BY_GAP.fill(difference=word_price(worth.difference, currency), share=share)
    return words.SIZED_BY_CASE.fill(lift=word_percent(lift, 0), share=share)
