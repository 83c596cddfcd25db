"""How the plan names findings."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics.model.finding import Finding
from diagnostics.model.wording import Text, join_texts, name_verbatim


def word_rank(finding: Finding) -> Text:
    """The number by which the report lists a finding."""
    return name_verbatim(f"#{finding.rank}")


def word_ranks(findings: Iterable[Finding]) -> Text | None:
    """The numbers of several findings; `None` without any."""
    numbers = [word_rank(one) for one in findings]
    return join_texts(numbers) if numbers else None


def list_ranks(findings: Iterable[Finding]) -> tuple[int, ...]:
    """The numbers of findings, each once."""
    return tuple(dict.fromkeys(one.rank for one in findings if one.rank is not None))
