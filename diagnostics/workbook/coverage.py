"""Says of every capability whether it was computed, judged from the sheet, or not computable and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.model.plan_section import PlanSection
from diagnostics.workbook.catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.model.section import Section

UNCLAIMED = "no check of this version examines it"
NOT_RUN = "the section was not part of the run"


def cover(sections: Sequence[Section], plan: Sequence[PlanSection] = ()) -> list[dict[str, Any]]:
    """One entry a capability: id, status, the checks and parts of the plan that claim it, and the reason if none."""
    claims: dict[str, list[str]] = {}
    for name in list_all_checks():
        for capability in load_check(name).answers:
            claims.setdefault(capability, []).append(name)
    for part in plan:
        for capability in (*part.capabilities, *part.lacking):
            claims.setdefault(capability, []).append(part.name)
    by_check: dict[str, Section | PlanSection] = {section.check: section for section in sections}
    by_check |= {part.name: part for part in plan}
    return [
        {"id": row["id"], "feature": row["feature_en"], "claimed_by": claims.get(row["id"], [])}
        | _judge([_take(by_check.get(name), row["id"]) for name in claims.get(row["id"], [])])
        for row in read_catalog("capabilities.csv")
    ]


def _take(section: Section | PlanSection | None, capability: str) -> Section | PlanSection | None:
    """The section as it answers this capability: it may lack what this one takes, or judge it from the sheet alone."""
    if isinstance(section, PlanSection):
        return replace(section, status="not_computable") if capability in section.lacking else section
    if section is not None and capability in section.lacking:
        return replace(section, status="not_computable", reason=section.lacking[capability])
    if section is not None and section.status == "computed" and capability in section.judged:
        return replace(section, status="judged")
    return section


def _judge(sections: Sequence[Section | PlanSection | None]) -> dict[str, str]:
    ran = [section for section in sections if section is not None]
    for status in ("computed", "judged"):
        if any(section.status == status for section in ran):
            return {"status": status, "reason": ""}
    reason = UNCLAIMED if not sections else NOT_RUN
    for section in ran:
        if section.reason is not None:
            reason = section.reason.en
    return {"status": "not_computable", "reason": reason}
