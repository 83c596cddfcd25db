"""Hands the plan what it draws on: findings, what a run measured, the sheet, the settings and the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.plan.benchmarks import read_benchmarks
from diagnostics.plan.capacity import set_limits
from diagnostics.plan.constraints import read_constraint_rules
from diagnostics.plan.draw_up import Plan, draw_up
from diagnostics.plan.material import Material
from diagnostics.plan.playbook import choose_playbook
from diagnostics.workbook.catalog import load_playbooks, name_metrics, read_catalog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diagnostics.model.engagement import Engagement
    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Exhibit, Section
    from diagnostics.workbook.plan_settings import PlanSettings


def make_plan(
    engagement: Engagement,
    sections: Sequence[Section],
    exhibits: Mapping[str, Sequence[Exhibit]],
    findings: Sequence[Finding],
    settings: PlanSettings,
) -> Plan:
    """The plan of a run; `findings` are ranked, those that the consultant dropped are not among them."""
    return draw_up(
        Material(
            findings=tuple(findings),
            currency=engagement.currency,
            actions=settings.set_actions(),
            brief=engagement.brief,
            sections={section.check: section for section in sections},
            exhibits=exhibits,
            limits=set_limits(settings.limits),
            metric_names=name_metrics(),
            pools=settings.set_pools(),
            playbook=choose_playbook(load_playbooks(), engagement.brief.text("industry"), settings.playbook),
            benchmarks=read_benchmarks(read_catalog("benchmarks.csv")),
            constraint_rules=read_constraint_rules(read_catalog("plan_constraints.csv")),
            sheet_names={field.key: field.label for field in load_fields()},
            as_of=engagement.horizon.as_of,
        )
    )
