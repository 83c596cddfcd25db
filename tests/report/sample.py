"""A sample report, small but with every kind of block, in either language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from diagnostics.model.wording import Language
from diagnostics.report.outline import (
    Cell,
    Chapter,
    FigureBlock,
    FindingCard,
    Opening,
    Outline,
    SectionBlock,
    TableBlock,
)

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "report_templates"
FONTS = ROOT / "diagnostics" / "catalog" / "fonts"
REGULAR = FONTS / "NotoSansSC-Regular.gbk.ttf"
SECTIONS = ("people.concentration",) * 2 + ("goods.roles",) * 4
BOLD = FONTS / "NotoSansSC-Bold.gb2312.ttf"


def sample_words(language: Language) -> dict[str, str]:
    path = TEMPLATES / f"words.{language}.yaml"
    words: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words


def sample_svg(language: Language) -> str:
    label = "GMV 占比" if language == "zh" else "Share of GMV"
    bars = "".join(
        f'<rect x="{70 + i * 110}" y="{240 - h}" width="70" height="{h}" fill="#1f5f6b"/>'
        f'<text x="{105 + i * 110}" y="262" text-anchor="middle">{name}</text>'
        f'<text x="{105 + i * 110}" y="{232 - h}" text-anchor="middle">{h / 2:.0f}%</text>'
        for i, (name, h) in enumerate([("Tmall", 122), ("Douyin", 86), ("JD", 48), ("Youzan", 30)])
    )
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'width="520pt" height="290pt" viewBox="0 0 520 290" version="1.1">'
        '<metadata>made by hand</metadata><defs><clipPath id="p0"><rect width="520" height="290"/></clipPath></defs>'
        '<g clip-path="url(#p0)" style="font: 13px \'Noto Sans SC\'; fill: #333">'
        f'<text x="20" y="30" style="font-weight: 700">{label}</text>{bars}'
        '<line x1="50" y1="240" x2="490" y2="240" stroke="#999"/></g></svg>'
    )


def sample_table(language: Language, name: str = "channels", rows: int = 4) -> TableBlock:
    zh = language == "zh"
    body = [
        (
            Cell(shown=f"Shop {i + 1:02d}", sort=f"Shop {i + 1:02d}"),
            Cell(shown=f"{1200 - 37 * i:,}" + ("万元" if zh else "k"), sort=float(1200 - 37 * i)),
            Cell(shown=f"{31.5 - i:.1f}%", sort=0.315 - i / 100),
            Cell(shown="", sort=None) if i == 1 else Cell(shown=f"{(-1) ** i * 4.2:+.1f}%", sort=(-1) ** i * 0.042),
        )
        for i in range(rows)
    ]
    return TableBlock(
        name=name,
        title="各店铺的 GMV 与复购率" if zh else "GMV and repeat share by shop",
        headers=("店铺", "GMV", "复购率", "变化") if zh else ("Shop", "GMV", "Repeat share", "Change"),
        numeric=(False, True, True, True),
        rows=tuple(body),
        note="变化为空表示对比期没有数据。" if zh else "An empty change means that the comparison period has no data.",
        total_rows=rows + 12,
    )


def sample_card(
    language: Language, rank: int = 1, severity: str = "high", section: str = "people.concentration"
) -> FindingCard:
    zh = language == "zh"
    words = sample_words(language)
    return FindingCard(
        rank=rank,
        code="people.concentration_risk",
        severity=severity,
        severity_word=words[f"severity_{severity}"],
        title="前 20% 的客户贡献了 71% 的 GMV，且正在流失"
        if zh
        else "The top 20% of customers bring 71% of GMV, and are lapsing",
        impact="380.0万元（210.0万元 至 560.0万元）" if zh else "CNY 3.8m (CNY 2.1m to CNY 5.6m)",
        confidence="较高（82%）" if zh else "high (82%)",
        cause="头部客户的购买间隔从 41 天拉长到 63 天，没有专属服务。"
        if zh
        else "Days between purchases of top customers went from 41 to 63; nobody looks after them.",
        action="为前 20% 的客户配一对一顾问，按品类的复购周期提前 7 天触达。"
        if zh
        else "Give the top 20% an adviser each; write to them 7 days before the category's usual repurchase time.",
        owner="会员运营" if zh else "Membership operations",
        validation="60 天内，头部客户复购率应上升"
        if zh
        else "Repeat share of top customers should rise within 60 days",
        stop_rule="60 天后复购率未提高 1 个百分点即停。"
        if zh
        else "Stop if repeat share has not risen by 1 percentage point after 60 days.",
        evidence="样本数 18,204；观测值 71.0%" if zh else "n = 18,204; observed value 71.0%",
        section=section,
    )


def sample_section(
    language: Language, name: str, *, cards: tuple[FindingCard, ...] = (), rows: int = 4
) -> SectionBlock:
    zh = language == "zh"
    return SectionBlock(
        name=name,
        question="GMV 集中在多少客户手里？" if zh else "How few customers carry GMV?",
        status="computed",
        answer="前 20% 的客户贡献了 71.0% 的 GMV，比对比期高 3.2 个百分点。"
        if zh
        else "The top 20% of customers bring 71.0% of GMV, 3.2 percentage points more than in the comparison period.",
        figure=FigureBlock(
            name=name,
            svg=sample_svg(language),
            alt="柱形图：四个渠道占 GMV 的比例，最高的是 Tmall，61%。"
            if zh
            else "Bar chart: share of GMV of four channels; Tmall is highest with 61%.",
            definition="按客户在本期的实付金额从高到低排序，累计到前 20% 的客户。"
            if zh
            else "Customers in order of amount paid in the current period, cumulated over the top 20%.",
        ),
        tables=(sample_table(language, name=f"{name}.shops", rows=rows),),
        findings=cards,
        caveats=("游客订单没有客户标识，未计入。" if zh else "Guest orders carry no customer key and are left out.",),
        limits=(
            (
                "top_share",
                "0.6",
                "前 20% 客户超过六成即视为集中。" if zh else "Above 60% for the top 20% counts as concentrated.",
            ),
        ),
        notebook=f"notebooks/{'02_people' if name.startswith('people') else '03_goods'}.html#{name}",
    )


def missing_section(language: Language, name: str = "goods.gateway") -> SectionBlock:
    zh = language == "zh"
    return SectionBlock(
        name=name,
        question="哪些商品带来会复购的新客？" if zh else "Which products bring customers who come back?",
        status="not_computable",
        answer="",
        reason="没有收到商品资料。" if zh else "The product list did not arrive.",
        unlocked_by="店铺后台的商品导出" if zh else "the product export of the shop",
    )


def simple_table(name: str, title: str, headers: tuple[str, ...], *rows: tuple[str, ...]) -> TableBlock:
    return TableBlock(
        name=name,
        title=title,
        headers=headers,
        numeric=tuple(False for _ in headers),
        rows=tuple(tuple(Cell(shown=cell, sort=cell) for cell in row) for row in rows),
        total_rows=len(rows),
    )


def sample_account(language: Language) -> Opening:
    note = "收到 3 个文件，识别 3 个。" if language == "zh" else "3 files arrived, 3 were recognised."
    return Opening(notes=(note,), tables=(sample_table(language, name="files", rows=3),))


def open_with(opening: Opening) -> Outline:
    """The outline with a first chapter that opens so."""
    outline = sample_outline("en")
    return replace(outline, chapters=(Chapter(name="open", title="Open", lead="", openings=(opening,)),))


def sample_outline(language: Language) -> Outline:
    """An outline with two chapters, an unanswered question, findings of each severity and all tables."""
    zh = language == "zh"
    words = sample_words(language)
    cards = tuple(
        sample_card(language, rank=i + 1, severity=severity, section=SECTIONS[i])
        for i, severity in enumerate(["high", "high", "medium", "medium", "low", "info"])
    )
    return Outline(
        language=language,
        title="Aurora Tea 私域诊断报告" if zh else "Aurora Tea: private-domain diagnosis",
        client="Aurora Tea",
        subtitle="数据窗口 2023-01-01 至 2024-12-31" if zh else "Data from 2023-01-01 to 2024-12-31",
        confidentiality=words["confidentiality"],
        run_id="20250110-093000",
        verdict="生意稳，但增长靠少数老客：前 20% 的客户贡献了 71% 的 GMV，且购买间隔在拉长。"
        "最大一项约合每年 210.0万元 至 560.0万元。"
        if zh
        else "A steady business whose growth rests on few customers: the top 20% bring 71% of GMV "
        "and buy ever more rarely. "
        "The largest finding is worth CNY 2.1m to CNY 5.6m a year.",
        key_figures=(
            ("年化 GMV", "1.2亿元", "较对比期 +8.4%")
            if zh
            else ("GMV a year", "CNY 120.0m", "+8.4% on the comparison period"),
            ("客户数", "91,024", "较对比期 +12.1%") if zh else ("Buyers", "91,024", "+12.1% on the comparison period"),
            ("复购率", "23.4%", "-1.6 个百分点") if zh else ("Repeat share", "23.4%", "-1.6 percentage points"),
            ("单均金额", "186.20元", "") if zh else ("Spend per order", "CNY 186.20", ""),
        ),
        top_findings=cards[:3],
        other_findings=cards[3:],
        definitions=simple_table(
            "definitions",
            words["definitions"],
            (words["item"], words["meaning"]),
            (
                words["definition_gmv"],
                "GMV = 买家实付金额（退款另列）" if zh else "GMV = amount paid by buyers (refunds shown apart)",
            ),
            (words["definition_new"], words["definition_new_text"]),
            (words["definition_current"], "2024-01-01 至 2024-12-31" if zh else "2024-01-01 to 2024-12-31"),
        ),
        data_account=sample_account(language),
        chapters=(
            Chapter(
                name="people",
                title="人" if zh else "People",
                lead="本章 2 个问题已检查，2 项需要处理。"
                if zh
                else "2 questions examined in this chapter, 2 findings to act on.",
                sections=(
                    sample_section(language, "people.concentration", cards=cards[:2]),
                    sample_section(language, "people.reach", rows=25),
                ),
            ),
            Chapter(
                name="goods",
                title="货" if zh else "Goods",
                lead="本章 1 个问题已检查。" if zh else "1 question examined in this chapter.",
                sections=(sample_section(language, "goods.roles", cards=cards[2:]), missing_section(language)),
            ),
            Chapter(
                name="3",
                title="3 数据" if zh else "3 Data",
                lead="三个文件。" if zh else "Three files.",
                openings=(sample_account(language),),
            ),
            Chapter(
                name="16",
                title="16 路线图" if zh else "16 Roadmap",
                lead="先做两件。" if zh else "Two actions first.",
                openings=(
                    Opening(
                        name="plan.roadmap",
                        question="先做什么？" if zh else "What comes first?",
                        lead="先做两件。" if zh else "Two actions first.",
                        tables=(
                            simple_table(
                                "roadmap",
                                "30/60/90 天路线图" if zh else "Roadmap for 30, 60 and 90 days",
                                ("阶段", "动作", "负责人", "停止条件")
                                if zh
                                else ("Phase", "Action", "Owner", "Stop if"),
                                (
                                    "1-30",
                                    "头部客户建档" if zh else "List the top customers",
                                    "会员运营" if zh else "Membership operations",
                                    "-",
                                ),
                                (
                                    "31-60",
                                    "按周期触达" if zh else "Write at the cycle",
                                    "会员运营" if zh else "Membership operations",
                                    "-",
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        method=(
            (words["method_periods"], words["method_periods_text"]),
            (words["method_money"], words["method_money_text"]),
        ),
        not_computable=simple_table(
            "not_computable",
            words["not_computable"],
            (words["question"], words["reason"], words["unlocked_by"]),
            (
                missing_section(language).question,
                missing_section(language).reason,
                missing_section(language).unlocked_by,
            ),
        ),
        questions=simple_table(
            "questions",
            words["questions"],
            (words["question"],),
            ("头部客户现在由谁维护？" if zh else "Who looks after the top customers today?",),
        ),
        attribution=("Noto Sans SC, SIL OFL 1.1",),
        words=words,
    )
