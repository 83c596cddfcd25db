"""How newer cohorts that come back less than older ones become a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.retention import _cohorts_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import word_month, word_percent, word_points
from diagnostics.statistics.certainty import LEAST, find_likely, rate_gap

if TYPE_CHECKING:
    from diagnostics.checks.check import Limits
    from diagnostics.checks.retention.cohorts import Cohorts


def state_decay(measured: Cohorts, limits: Limits) -> Finding:
    """The newer cohorts against the older ones; less sure where seasons can't be matched."""
    since, gap = word_month(measured.since), word_points(-measured.gap)
    worth = measured.newcomers * measured.spend
    low, mid, high = find_likely(measured.low * worth, measured.gap * worth, measured.high * worth)
    confidence = rate_gap(measured.gap, measured.low)
    if not measured.season_matched:
        confidence = max(LEAST, round(confidence * limits["season_doubt"], 2))
    return Finding(
        code="retention.cohort_decay",
        scope={"cohort": f"{measured.since:%Y-%m}"},
        title=words.TITLE.fill(
            older=word_percent(measured.older.share), newer=word_percent(measured.newer.share), since=since
        ),
        cause=words.CAUSE.fill(since=since, gap=gap, least=word_percent(limits["least_fall"], 0)),
        action=words.ACTION.fill(since=since),
        owner_role="member",
        validation=Validation(metric="repurchase_newN", direction="up", window_days=90),
        stop_rule=words.STOP,
        confidence=confidence,
        impact=Impact(low=low, mid=mid, high=high),
        evidence=(Evidence(table="returns", n=measured.newer.customers, value=measured.newer.share),),
    )
