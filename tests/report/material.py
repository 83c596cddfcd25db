"""A small run's outcome, as the checks and intake leave it, to assemble an outline from."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sample import sample_svg, sample_words

from diagnostics.model.account import FileAccount, IntakeAccount, MissingTable, Reconciliation, TableAccount
from diagnostics.model.chapters import ChapterTitle
from diagnostics.model.engagement import Engagement
from diagnostics.model.finding import Evidence, Finding, Impact, Severity, Validation
from diagnostics.model.period import Horizon, Period
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field, Section
from diagnostics.model.wording import Language, Text, name_verbatim
from diagnostics.report.assemble import assemble_outline
from diagnostics.report.glossary import Glossary
from diagnostics.report.outline import Outline

ACCOUNT = IntakeAccount(
    files=(
        FileAccount(
            path="orders.csv",
            layout="tb_order_2022",
            table="order_lines",
            rows_read=1000,
            rows_kept=980,
            rows_rejected=20,
            rejected={"duplicate_line": 15, "no_date": 5},
            period=(date(2023, 1, 1), date(2024, 12, 31)),
            dropped_personal=("Buyer phone",),
        ),
        FileAccount(path="notes.xlsx", sheet="Sheet1"),
    ),
    tables={"order_lines": TableAccount(rows=980, period=None, keyed_share=0.915, filled={})},
    missing=(
        MissingTable(
            table="products",
            export=Text(zh="商品导出", en="the product export"),
            unlocks=("goods.roles", "nobody.asks"),
        ),
    ),
    reconciliation=(
        Reconciliation(
            channel="tmall",
            month="2024-03",
            ours=98.0,
            theirs=100.0,
            gap=-2.0,
            cause=Text(zh="退款", en="refunds"),
            against="sycm",
        ),
    ),
)

ENGAGEMENT = Engagement(
    client="aurora",
    title="Aurora Tea",
    currency="CNY",
    horizon=Horizon(
        history=Period(start=date(2023, 1, 1), end=date(2025, 1, 1)),
        current=Period(start=date(2024, 1, 1), end=date(2025, 1, 1)),
        previous=Period(start=date(2023, 1, 1), end=date(2024, 1, 1)),
    ),
    gmv_basis="paid",
    annual_gmv=120_000_000.0,
    account=ACCOUNT,
)

IMPACT = Impact(low=2.1e6, mid=3.8e6, high=5.6e6)


def make_finding(
    code: str = "people.low_reach",
    *,
    severity: Severity | None = "high",
    impact: Impact | None = IMPACT,
    title: Text | None = None,
    rank: int | None = None,
    check: str = "people.reach",
) -> Finding:
    return Finding(
        code=code,
        scope={"channel": "tmall"},
        title=title or Text(zh="能触达的买家太少", en="Too few buyers can be reached"),
        cause=Text(zh="下单后没有引导", en="Nothing invites buyers after an order"),
        action=Text(zh="包裹卡引导加企微", en="Put a card into parcels"),
        owner_role="member",
        validation=Validation(metric="reach_share", direction="up", window_days=60),
        stop_rule=Text(zh="60 天无提升即停", en="Stop after 60 days without a rise"),
        confidence=0.7,
        impact=impact,
        impact_reason=None if impact else Text(zh="没有成本数据", en="costs are not known"),
        severity=severity,
        evidence=(Evidence(check=check, n=18204, value=0.12),),
        rank=rank,
    )


def make_section(check: str, status: str = "computed", *findings: Finding, answer: Text | None = None) -> Section:
    known = status in {"computed", "judged"}
    return Section(
        check=check,
        wing=check.split(".", maxsplit=1)[0],
        question=Text(zh=f"{check} 怎么样？", en=f"How about {check}?"),
        definition=Text(zh="定义", en="A definition"),
        status=status,  # type: ignore[arg-type] # the statuses of the tests are all known
        answer=(answer or Text(zh="不错。", en="Fine.")) if known else None,
        reason=None if known else Text(zh="没有收到数据", en="the data did not arrive"),
        unlocked_by=None if known else Text(zh="商品导出", en="the product export"),
        findings=findings,
        limits={"least_share": 0.35},
        limit_reasons={"least_share": Text(zh="行业经验", en="experience of the trade")},
    )


def make_exhibit(rows: int = 3) -> Exhibit:
    frame = pd.DataFrame(
        {
            "shop": [f"Shop {i:03d}" for i in range(rows)],
            "channel": ["tmall"] * rows,
            "gmv": [1e6 * (rows - i) for i in range(rows)],
            "share": [None if i == 1 else 0.1 for i in range(rows)],
        }
    )
    fields = (
        Field(name="shop", label=Text(zh="店铺", en="Shop")),
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="gmv", label=name_verbatim("GMV"), unit="money"),
        Field(name="share", label=Text(zh="复购率", en="Repeat share"), unit="share"),
    )
    return Exhibit(name="shops", title=Text(zh="店铺", en="Shops"), fields=fields, frame=frame)


ROADMAP = PlanSection(
    name="plan.roadmap",
    chapter="16",
    question=Text(zh="先做什么？", en="What comes first?"),
    answer=Text(zh="先做两件。", en="Two actions first."),
    status="computed",
    exhibits=(make_exhibit(),),
)
CONTENTS = tuple(
    ChapterTitle(number=number, title=name_verbatim(name), wings=wings)
    for number, name, wings in (
        ("3", "Data", ("data",)),
        ("5.1", "People", ("people",)),
        ("5.2", "Goods", ("goods",)),
        ("6", "Levers", ("levers",)),
        ("16", "Roadmap", ()),
    )
)


def make_outline(
    language: Language,
    *,
    sections: tuple[Section, ...] = (),
    findings: tuple[Finding, ...] = (),
    exhibits: dict[str, tuple[Exhibit, ...]] | None = None,
    engagement: Engagement = ENGAGEMENT,
) -> Outline:
    return assemble_outline(
        engagement=engagement,
        sections=sections,
        exhibits=exhibits or {},
        figures={section.check: sample_svg(language) for section in sections if section.status == "computed"},
        findings=findings,
        plan=(ROADMAP,),
        contents=CONTENTS,
        questions=None,
        run_id="20250110-093000",
        language=language,
        attribution=(Text(zh="字体：Noto Sans SC", en="Typeface: Noto Sans SC"),),
        notebook_pages={"people": "notebooks/02_people.html"},
        words=sample_words(language),
        glossary=Glossary(metrics={"reach_share": Text(zh="可触达率", en="Share that can be reached")}),
    )
