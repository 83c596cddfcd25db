"""Grades findings by money and certainty, and puts them in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from diagnostics.model.finding import SEVERITIES, Finding, Severity

# A trouble that a board should hear of: it costs at least this share of a year's GMV, and is clear.
HIGH_SHARE = 0.015
HIGH_CONFIDENCE = 0.7
# Worth a project of its own, but not the board's time.
MEDIUM_SHARE = 0.004


def rank_findings(findings: Iterable[Finding], annual_gmv: float) -> tuple[Finding, ...]:
    """Findings with severity and rank 1 … n.

    Order: expected money (mid × confidence) where there is any, then findings without money by severity.
    """
    graded = [grade(finding, annual_gmv) for finding in findings]
    ordered = sorted(graded, key=_order)
    return tuple(replace(finding, rank=place) for place, finding in enumerate(ordered, 1))


def grade(finding: Finding, annual_gmv: float) -> Finding:
    """Set the severity of a finding that has money; one without keeps what its check said."""
    return finding if finding.impact is None else replace(finding, severity=_grade_money(finding, annual_gmv))


def _grade_money(finding: Finding, annual_gmv: float) -> Severity:
    mid = finding.impact.mid if finding.impact is not None else 0.0
    share = mid / annual_gmv if annual_gmv > 0 else 0.0
    if share >= HIGH_SHARE and finding.confidence >= HIGH_CONFIDENCE:
        return "high"
    return "medium" if share >= MEDIUM_SHARE else "low"


def _order(finding: Finding) -> tuple[bool, float, int, str, list[tuple[str, str]]]:
    expected = finding.impact.mid * finding.confidence if finding.impact is not None else 0.0
    severity = SEVERITIES.index(finding.severity or "info")
    return (finding.impact is None, -expected, severity, finding.code, sorted(finding.scope.items()))
