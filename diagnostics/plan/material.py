"""What the plan draws on: ranked findings, what checks measured, the requirement sheet, and what actions take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.brief import Brief
from diagnostics.model.finding import Finding
from diagnostics.model.section import Exhibit, Section
from diagnostics.model.wording import Text
from diagnostics.plan.actions import PlanAction, is_among
from diagnostics.plan.capacity import LIMITS

if TYPE_CHECKING:
    from diagnostics.plan.benchmarks import Benchmark
    from diagnostics.plan.constraints import ConstraintRule
    from diagnostics.plan.playbook import Playbook
    from diagnostics.plan.pools import Pool

Row = Mapping[str, object]
EXAMINED = frozenset(["computed", "judged"])


@dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that the plan may use; it measures nothing itself.

    `findings` are ranked and graded. `sections` and `exhibits` go by the name of the check that left them. `limits`
    are the plan's bounds by name. `metric_names`, `pools`, `playbook` (the client's trade), `sheet_names`
    (fields by key), `benchmarks` and `constraint_rules` are data of the catalog. `as_of` is the day of the diagnosis.
    """

    findings: tuple[Finding, ...]
    currency: str
    actions: Mapping[str, PlanAction]
    brief: Brief = field(default_factory=Brief)
    sections: Mapping[str, Section] = field(default_factory=dict)
    exhibits: Mapping[str, Sequence[Exhibit]] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=lambda: {limit.name: limit.value for limit in LIMITS})
    metric_names: Mapping[str, Text] = field(default_factory=dict)
    pools: Sequence[Pool] = ()
    playbook: Playbook | None = None
    sheet_names: Mapping[str, Text] = field(default_factory=dict)
    benchmarks: Sequence[Benchmark] = ()
    constraint_rules: Sequence[ConstraintRule] = ()
    as_of: date | None = None

    def find(self, check: str, name: str) -> Exhibit | None:
        """A measured table; `None` if the check did not run, had no data or left no such table."""
        return next((exhibit for exhibit in self.exhibits.get(check, ()) if exhibit.name == name), None)

    def rows(self, check: str, name: str) -> list[dict[str, object]]:
        """The rows of a measured table, with `None` where nothing was observed; none if there is no table."""
        exhibit = self.find(check, name)
        if exhibit is None:
            return []
        records = exhibit.frame.to_dict("records")
        return [{str(key): None if is_empty(cell) else cell for key, cell in row.items()} for row in records]

    def answer(self, check: str) -> Text | None:
        """What a check answered, if it could."""
        section = self.sections.get(check)
        return section.answer if section is not None and section.status in EXAMINED else None

    def list_findings(self, *codes: str) -> tuple[Finding, ...]:
        """Findings whose code is one of these, or begins with one that ends in a dot."""
        return tuple(one for one in self.findings if is_among(one.code, codes))


def is_empty(cell: object) -> bool:
    """Whether nothing was observed."""
    return cell is None or (not isinstance(cell, Text | str | tuple | list) and bool(pd.isna(cell)))  # type: ignore[call-overload] # a scalar
