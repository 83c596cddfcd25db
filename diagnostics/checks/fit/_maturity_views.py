"""The ways in which the facts are read: the ladder, readiness, the six steps, three propositions, persons, guides."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.wording import Text


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that is graded, by the facts behind it."""

    name: Text
    facts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A way to read the facts; with `in_order` a part counts only where all before it are passed."""

    name: Text
    parts: tuple[Part, ...]
    in_order: bool = False


LADDER = Reading(
    name=Text(zh="成熟度阶梯", en="Ladder of maturity"),
    parts=(
        Part(
            name=Text(zh="一级：拉新、裂变、引流、涨粉", en="Level 1: tactics"),
            facts=("ways", "pools", "adds", "referral"),
        ),
        Part(
            name=Text(zh="二级：数据", en="Level 2: data"), facts=("key", "history", "tags", "attribution", "analyst")
        ),
        Part(name=Text(zh="二级：策略", en="Level 2: strategy"), facts=("one_role", "position", "goals", "high_value")),
        Part(name=Text(zh="二级：计划", en="Level 2: plan"), facts=("calendar", "budget", "tasks", "sop")),
        Part(name=Text(zh="二级：体系", en="Level 2: system"), facts=("lead", "kpis", "links", "incentives")),
    ),
)
READINESS = Reading(
    name=Text(zh="准备度", en="Readiness"),
    parts=(
        Part(name=Text(zh="认知", en="Awareness"), facts=("attention", "background", "one_role")),
        Part(name=Text(zh="计划", en="Plan"), facts=("goals", "budget", "calendar", "tasks")),
        Part(name=Text(zh="组织", en="Organisation"), facts=("lead", "kpis", "willing", "incentives")),
    ),
)
# The article names the first and the fourth step, and says that the last two follow from the others; the second and
# third are this workbook's names.
STEPS = Reading(
    name=Text(zh="六大步骤", en="Six steps"),
    parts=(
        Part(
            name=Text(zh="1 我有什么、我需要什么", en="1 What I have, what I need"),
            facts=("resources", "owned", "demands"),
        ),
        Part(
            name=Text(zh="2 认得出、分得开用户", en="2 Know users and tell them apart"),
            facts=("key", "tags", "high_value"),
        ),
        Part(
            name=Text(zh="3 触点与旅程", en="3 Touchpoints and journey"), facts=("touchpoints", "journey", "contacts")
        ),
        Part(name=Text(zh="4 自动化运营", en="4 Automatic operation"), facts=("automation", "triggers", "sop")),
        Part(name=Text(zh="5 商业转化", en="5 Conversion"), facts=("goals", "kpis", "attribution")),
        Part(name=Text(zh="6 资源裂变", en="6 Growth by referral"), facts=("referral", "benefits", "incentives")),
    ),
    in_order=True,
)
PROPOSITIONS = Reading(
    name=Text(zh="三个命题", en="Three propositions"),
    parts=(
        Part(name=Text(zh="多部门协同", en="Departments together"), facts=("willing", "lead", "kpis")),
        Part(
            name=Text(zh="全域会员数字化", en="Digital members"), facts=("membership", "crossing", "tags", "contacts")
        ),
        Part(name=Text(zh="无缝体验", en="Seamless experience"), facts=("points", "benefits", "touchpoints")),
    ),
)
PERSONAL = Reading(
    name=Text(zh="个性化", en="Personalisation"),
    parts=(
        Part(name=Text(zh="1 有标签可分人", en="1 Tags tell people apart"), facts=("tags",)),
        Part(name=Text(zh="2 分群承接", en="2 Groups by kind"), facts=("kinds",)),
        Part(name=Text(zh="3 分级权益", en="3 Benefits by tier"), facts=("tiers",)),
        Part(name=Text(zh="4 按行为触发（千人千程）", en="4 Triggered by behaviour"), facts=("triggers",)),
    ),
    in_order=True,
)
GUIDES = Reading(
    name=Text(zh="导购准备度", en="Guides' readiness"),
    parts=(
        Part(name=Text(zh="数据", en="Data"), facts=("guides", "crossing", "tags", "contacts")),
        Part(name=Text(zh="内容", en="Content"), facts=("content", "selling_points", "welcome", "training", "sop")),
    ),
)
READINGS: dict[str, Reading] = {
    "ladder": LADDER,
    "readiness": READINESS,
    "steps": STEPS,
    "propositions": PROPOSITIONS,
    "personal": PERSONAL,
    "guides": GUIDES,
}
