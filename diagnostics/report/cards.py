"""A finding worded as a card: severity, money, certainty, cause, action and how to see whether it worked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diagnostics.model.finding import CONSULTANT, ROLES, Finding
from diagnostics.model.section import Section
from diagnostics.model.wording import word_days, word_money, word_money_range, word_number, word_percent
from diagnostics.report.outline import FindingCard
from diagnostics.report.setting import Setting

# Certainty in words: above two thirds other explanations are unlikely, below 45 % they are as good.
SURE = 0.67
UNSURE = 0.45
# Findings of the same money that a card names.
MOST_SHARED = 5
ADDED = "added.findings"
# What opens a chapter, gets a picture in print and a card in full.
GRAVE = frozenset(["high", "medium"])


def identify(finding: Finding) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What makes a finding the same one before and after ranking: its code and its scope."""
    return finding.code, tuple(sorted(finding.scope.items()))


def locate_findings(sections: Sequence[Section], findings: Sequence[Finding]) -> dict[int, str]:
    """The section that each finding belongs to, by its place in the list; the consultant's own are `ADDED`."""
    homes = {identify(finding): section.check for section in sections for finding in section.findings}
    return {
        place: ADDED if _is_judgement(finding) else homes.get(identify(finding), ADDED)
        for place, finding in enumerate(findings)
    }


def build_cards(
    findings: Sequence[Finding], homes: Mapping[int, str], questions: Mapping[str, str], setting: Setting
) -> tuple[FindingCard, ...]:
    """One card a finding, in the order given; `questions` holds each section's question by name."""
    return tuple(
        build_card(
            finding,
            rank=finding.rank or place + 1,
            section=homes[place],
            questions=questions,
            setting=setting,
            others=list_same_money(finding, findings),
        )
        for place, finding in enumerate(findings)
    )


def list_same_money(finding: Finding, findings: Sequence[Finding]) -> list[int]:
    """The ranks of the findings that tell of the same money as this one."""
    leader = finding.same_money_as or finding.rank
    ranks = [one.rank for one in findings if leader is not None and leader in (one.rank, one.same_money_as)]
    return [rank for rank in ranks if rank is not None and rank != finding.rank]


def build_card(
    finding: Finding,
    *,
    rank: int,
    section: str,
    questions: Mapping[str, str],
    setting: Setting,
    others: Sequence[int] = (),
) -> FindingCard:
    """Word one finding; `others` are the ranks of those that tell of the same money."""
    severity = finding.severity or "info"
    metric = setting.glossary.name_metric(finding.validation.metric)
    return FindingCard(
        rank=rank,
        code=finding.code,
        severity=severity,
        severity_word=setting.words[f"severity_{severity}"],
        title=setting.word(finding.title),
        impact=word_impact(finding, setting),
        confidence=word_confidence(finding.confidence, setting),
        cause=setting.word(finding.cause),
        action=setting.word(finding.action),
        owner=setting.word(ROLES[finding.owner_role]),
        validation=setting.say(
            f"validation_{finding.validation.direction}", metric=metric, days=word_days(finding.validation.window_days)
        ),
        stop_rule=setting.word(finding.stop_rule),
        evidence=word_evidence(finding, questions, setting),
        section=section,
        shared=word_shared(others, setting),
        leads=finding.same_money_as is None,
    )


def word_impact(finding: Finding, setting: Setting) -> str:
    """Money a year as the middle and the range, or why it was not sized."""
    if finding.impact is None:
        return setting.say("impact_unknown", reason=setting.word(finding.impact_reason))
    money = finding.impact
    return setting.say(
        "impact_range",
        mid=word_money(money.mid, setting.currency),
        range=word_money_range(money.low, money.high, setting.currency),
    )


def word_shared(ranks: Sequence[int], setting: Setting) -> str:
    """Which findings tell of the same money, so that it is not added up; empty without any."""
    if not ranks:
        return ""
    named = setting.words["list_gap"].join(f"#{rank}" for rank in ranks[:MOST_SHARED])
    more = setting.say("shared_more", n=word_number(len(ranks))) if len(ranks) > MOST_SHARED else ""
    return setting.say("shared_money", ranks=named + more)


def word_confidence(confidence: float, setting: Setting) -> str:
    """Certainty in a word, with the figure."""
    level = "high" if confidence >= SURE else "medium" if confidence >= UNSURE else "low"
    return setting.say(f"confidence_{level}", share=word_percent(confidence, 0))


def word_evidence(finding: Finding, questions: Mapping[str, str], setting: Setting) -> str:
    """Which question it comes from, on how many observations."""
    parts = [setting.words["added_answer"]] if _is_judgement(finding) else []
    for evidence in finding.evidence:
        if question := questions.get(evidence.check, ""):
            parts.append(setting.say("evidence_question", question=question))
        if evidence.n is not None:
            parts.append(setting.say("evidence_n", n=word_number(evidence.n)))
    return setting.words["list_gap"].join(dict.fromkeys(parts))


def _is_judgement(finding: Finding) -> bool:
    return any(evidence.check == CONSULTANT for evidence in finding.evidence)
