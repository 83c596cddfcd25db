"""Ranks findings by the money that can be expected from them, and grades their severity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diagnostics.model.finding import SEVERITIES, Finding, Severity

# 1.5 % of a year's GMV is about a week of business: a board talks about it.
HIGH_SHARE = 0.015
# Below 0.4 % a year (a day and a half) a trouble is lost in the noise of the weeks.
MEDIUM_SHARE = 0.004
# An alarm that turns out false costs more trust than a late one: high only where the gap is clear.
HIGH_CONFIDENCE = 0.7
# A guess, however large, is not more than low.
MEDIUM_CONFIDENCE = 0.5


def rank_findings(findings: Sequence[Finding], annual_gmv: float) -> tuple[Finding, ...]:
    """The findings in order of expected money, with rank 1 to n and severity set.

    Expected money is the middle of the range times confidence. Findings without money follow, by their own severity.
    Ties are broken by code and scope, so that the order never depends on the order of the checks.
    """
    graded = [replace(finding, severity=grade_severity(finding, annual_gmv)) for finding in findings]
    ordered = sorted(graded, key=_order)
    return tuple(replace(finding, rank=place) for place, finding in enumerate(ordered, start=1))


def expect_money(finding: Finding) -> float:
    """The middle of the range times confidence; 0 for a finding without money."""
    return finding.impact.mid * finding.confidence if finding.impact is not None else 0.0


def grade_severity(finding: Finding, annual_gmv: float) -> Severity:
    """High, medium or low from money relative to a year's GMV and from confidence; else what the check said.

    A check may never call a finding without money high.
    """
    if finding.impact is None:
        stated = finding.severity or "info"
        return "medium" if stated == "high" else stated
    share = finding.impact.mid / annual_gmv if annual_gmv > 0 else 0.0
    if share >= HIGH_SHARE and finding.confidence >= HIGH_CONFIDENCE:
        return "high"
    return "medium" if share >= MEDIUM_SHARE and finding.confidence >= MEDIUM_CONFIDENCE else "low"


def _order(finding: Finding) -> tuple[bool, float, int, str, tuple[tuple[str, str], ...]]:
    without_money = finding.impact is None
    severity = SEVERITIES.index(finding.severity or "info") if without_money else 0
    return without_money, -expect_money(finding), severity, finding.code, tuple(sorted(finding.scope.items()))
