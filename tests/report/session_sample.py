"""A small finished report with findings, answers and a roadmap, and its two-hour session."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
from material import CONTENTS, ENGAGEMENT, make_finding, make_section
from sample import sample_words

from diagnostics.model.finding import Finding
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Language, Text, name_verbatim
from diagnostics.report.assemble import assemble_outline
from diagnostics.report.outline import Outline
from diagnostics.report.session import SessionPack, build_session
from diagnostics.workbook.session_pack import load_agenda

STAMP = datetime(2025, 1, 10, 9, 30, tzinfo=UTC)
LEVERS = {"访客数": 350_707.06, "转化率": -1_357_498.05, "=cmd|' /C calc'!A0": 80_992.44}


def tabulate(name: str, columns: dict[str, tuple[str, list[object]]]) -> Exhibit:
    """An exhibit of columns, each with its unit and cells; a column's label is its name."""
    fields = tuple(
        Field(name=column, label=name_verbatim(column.title()), unit=unit)  # type: ignore[arg-type] # known units
        for column, (unit, _) in columns.items()
    )
    frame = pd.DataFrame({column: pd.Series(cells, dtype=object) for column, (_, cells) in columns.items()})
    return Exhibit(name=name, title=name_verbatim(name.title()), fields=fields, frame=frame)


def list_findings() -> tuple[Finding, ...]:
    reach = make_finding(rank=1)
    mismatch = make_finding("goods.gateway_mismatch", rank=2, check="goods.gateway", severity="medium")
    twin = make_finding("goods.gateway_mismatch", rank=3, check="goods.gateway", severity="medium")
    unsized = make_finding("data.thin_history", rank=4, check="data.coverage", severity="low", impact=None)
    note = make_finding("data.missing_export", rank=5, check="data.coverage", severity="info", impact=None)
    return reach, mismatch, twin, unsized, note


def list_exhibits() -> dict[str, tuple[Exhibit, ...]]:
    months = [date(2024, month, 1) for month in range(1, 13)]
    reach = {"channel": ("channel", ["douyin", "jd", "tmall"]), "reach": ("share", [0.379, 0.2, 0.12])}
    roadmap = {
        "phase": ("text", [Text(zh="第 1–30 天", en="Days 1–30")]),
        "finding": ("text", ["#1"]),
        "action": ("text", [Text(zh="包裹卡引导加企微", en="Put a card into parcels")]),
        "effort": ("text", [Text(zh="会员运营4 天", en="Membership operations 4 days")]),
        "first": ("text", [Text(zh="先做完 #4", en="#4 carried out")]),
        "gain": ("text", [Text(zh="210.0万元 至 560.0万元", en="CNY 2.1m to CNY 5.6m")]),
        "watch": ("text", [Text(zh="可触达率上升", en="reach up")]),
    }
    not_now = {
        "finding": ("text", ["#2"]),
        "action": ("text", [Text(zh="换首单品", en="Change the first item")]),
        "owner": ("text", [Text(zh="商品/选品", en="Merchandising")]),
        "reason": ("text", [Text(zh="人手不够", en="no hands are free")]),
    }
    return {
        "data.coverage": (tabulate("channels", {"channel": ("channel", ["tmall"]), "gmv": ("money", [9.0e5])}),),
        "people.base": (
            tabulate(
                "months",
                {
                    "month": ("month", list(months)),
                    "older": ("count", [None, *range(11)]),
                    "returning": ("count", [10] * 12),
                    "first_time": ("count", [5] * 12),
                },
            ),
        ),
        "people.reach": (tabulate("reach", reach),),
        "goods.gateway": (tabulate("gateways", {"name": ("text", ["Tea"]), "share": ("share", [0.1])}),),
        "levers.tree": (
            tabulate("bridge", {"lever": ("text", list(LEVERS)), "effect": ("price", list(LEVERS.values()))}),
        ),
        "plan.roadmap": (
            tabulate("roadmap", roadmap),
            tabulate("not_now", not_now),
            tabulate("load", {"role": ("text", ["Data"]), "phase_0": ("days", [3.0]), "phase_1": ("days", [1.0])}),
        ),
    }


def assemble(language: Language, *, is_empty: bool = False) -> Outline:
    """The report of the sample; of a run in which nothing could be examined if `is_empty`."""
    findings = () if is_empty else list_findings()
    exhibits = {} if is_empty else list_exhibits()
    checks = ("data.coverage", "people.base", "people.reach", "goods.gateway", "levers.tree")
    sections = [
        make_section(
            name,
            "not_computable" if is_empty else "computed",
            *(finding for finding in findings if name in {evidence.check for evidence in finding.evidence}),
        )
        for name in checks
    ]
    plan = PlanSection(
        name="plan.roadmap",
        chapter="16",
        question=Text(zh="先做什么？", en="What comes first?"),
        answer=Text(zh="先做一件。其余不做。", en="One action first. The rest can wait."),
        status="computed",
        exhibits=exhibits.get("plan.roadmap", ()),
    )
    asked = {"section": ("text", ["成本"]), "question": ("text", ["毛利率是多少？"])}
    return assemble_outline(
        engagement=ENGAGEMENT,
        sections=[*sections, make_section("organisation.roles", "not_computable")],
        exhibits=exhibits,
        figures={},
        findings=findings,
        plan=() if is_empty else (plan,),
        contents=CONTENTS,
        questions=tabulate("questions", asked),
        run_id="20250110-093000",
        language=language,
        attribution=(),
        notebook_pages={},
        words=sample_words(language),
    )


def build(language: Language = "zh", *, is_empty: bool = False) -> SessionPack:
    """The session of the sample."""
    return build_session(
        assemble(language, is_empty=is_empty),
        agenda=load_agenda(),
        exhibits={} if is_empty else list_exhibits(),
        findings=() if is_empty else list_findings(),
        currency="CNY",
    )
