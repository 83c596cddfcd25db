"""Findings made up for tests of the plan."""

from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import Text, name_verbatim


def make_finding(*, code="lever.users_drop", mid=None, confidence=0.8, severity=None, days=30, title="", **scope):
    sized = mid is not None
    return Finding(
        code=code,
        scope=scope,
        title=name_verbatim(title or code),
        cause=name_verbatim("cause"),
        action=name_verbatim(f"do {code}"),
        owner_role="manager",
        validation=Validation(metric="gmv", direction="up", window_days=days),
        stop_rule=name_verbatim("stop"),
        confidence=confidence,
        impact=Impact(low=mid * 0.5, mid=mid, high=mid * 2) if sized else None,
        impact_reason=None if sized else Text(zh="无", en="none"),
        severity=severity if sized or severity else "low",
        evidence=(Evidence(n=1),),
    )
