"""Draws up the whole plan: the roadmap first, then the parts that lean on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit
from diagnostics.plan.acquisition import plan_acquisition
from diagnostics.plan.benchmarks import plan_benchmarks
from diagnostics.plan.channel import plan_channel
from diagnostics.plan.content import plan_content
from diagnostics.plan.material import Material
from diagnostics.plan.persona import plan_persona
from diagnostics.plan.plays import plan_plays
from diagnostics.plan.product import plan_product
from diagnostics.plan.referral import plan_referral
from diagnostics.plan.repurchase import plan_repurchase
from diagnostics.plan.retention import plan_retention
from diagnostics.plan.roadmap import Roadmap, draw_roadmap, plan_roadmap
from diagnostics.plan.roadmap_section import tell_roadmap
from diagnostics.plan.triage import plan_triage

# In the order in which the report tells them.
PARTS: tuple[Callable[[Material, Roadmap], PlanSection], ...] = (
    plan_triage,
    plan_benchmarks,
    plan_acquisition,
    plan_retention,
    plan_repurchase,
    plan_referral,
    plan_plays,
    plan_product,
    plan_channel,
    plan_content,
    plan_persona,
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The roadmap as a table (`None` without any finding), and every part of the plan."""

    roadmap: Exhibit | None
    sections: tuple[PlanSection, ...]


def draw_up(material: Material) -> Plan:
    """The plan from what the checks found and measured and what the sheet states."""
    roadmap = plan_roadmap(material)
    parts = tuple(part(material, roadmap) for part in PARTS)
    return Plan(
        roadmap=draw_roadmap(roadmap, material) if material.findings else None,
        sections=(*parts, tell_roadmap(roadmap, material)),
    )
