"""One part of the plan, as the report shows it: question, answer, tables, and the findings that it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.section import Exhibit, Status
from diagnostics.model.wording import Text


@dataclass(frozen=True, kw_only=True)
class PlanSection:
    """`chapter` is the number of the report's chapter; `ranks` are the findings that the section draws on.

    Computed if a table of it holds measured values, judged if it rests on the requirement sheet alone, else not
    computable, and then `reason` says why. `lacking` are capabilities that it would answer if it had what `reason`
    names. The answer stands in each case: also that nothing is known yet.
    """

    name: str
    chapter: str
    question: Text
    answer: Text
    status: Status
    exhibits: tuple[Exhibit, ...] = ()
    ranks: tuple[int, ...] = ()
    capabilities: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    reason: Text | None = None

    def __post_init__(self) -> None:
        if (self.lacking or self.status == "not_computable") and self.reason is None:
            message = f"{self.name}: what is not computable needs a reason"
            raise ValueError(message)
