"""Ranks findings by the money that can be expected from them, and grades their severity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
NO_LEVERS: Mapping[str, str] = {}
# Codes of the branches of the GMV tree.
TREE = "lever."


def rank_findings(
    findings: Sequence[Finding], annual_gmv: float, levers: Mapping[str, str] = NO_LEVERS
) -> tuple[Finding, ...]:
    """The findings in order of expected money, with rank 1 to n, severity, and whose money each of them tells again.

    Expected money is the middle of the range times confidence. Findings without money follow, by their own severity,
    then confidence. Ties are broken by code and scope, so that the order never depends on the order of the checks.
    `levers` names the lever of each code, for `shares_money`.
    """
    graded = [replace(finding, severity=grade_severity(finding, annual_gmv)) for finding in findings]
    ranked: list[Finding] = []
    for rank, finding in enumerate(sorted(graded, key=_order), start=1):
        leader = next((one for one in ranked if one.same_money_as is None and shares_money(one, finding, levers)), None)
        ranked.append(replace(finding, rank=rank, same_money_as=leader.rank if leader else None))
    return tuple(ranked)


def shares_money(one: Finding, other: Finding, levers: Mapping[str, str]) -> bool:
    """Whether a branch of the GMV tree and a finding of its cause tell of the same money.

    They lie on one lever, and no part of their scopes sets them apart: fewer goods in orders with tea are also a
    smaller order in every channel, but buyers of JD who stay away are not those of Douyin.
    """
    return (
        one.impact is not None
        and other.impact is not None
        and one.code.startswith(TREE) != other.code.startswith(TREE)
        and one.code in levers
        and levers[one.code] == levers.get(other.code)
        and all(other.scope.get(key, value) == value for key, value in one.scope.items())
    )


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


def _order(finding: Finding) -> tuple[bool, float, int, float, str, tuple[tuple[str, str], ...]]:
    without_money = finding.impact is None
    severity = SEVERITIES.index(finding.severity or "info") if without_money else 0
    confidence = finding.confidence if without_money else 0.0
    scope = tuple(sorted(finding.scope.items()))
    return without_money, -expect_money(finding), severity, -confidence, finding.code, scope
