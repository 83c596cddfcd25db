"""Whether a private domain suits the business: twelve weighted factors, a verdict, and how easily it would flip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.fit import _factor_words as words
from diagnostics.checks.fit._factor_rules import FACTORS, Reading, name_factors, read_factors
from diagnostics.checks.fit._factor_tables import draw_factors, tabulate_factors
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.fit_facts import total_facts, total_loyalty, total_venues
from diagnostics.metrics.gaps import count_shop_gaps
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.fit import FitVerdict, Graded, decide

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="这门生意适合做私域吗？", en="Does a private domain suit this business?")
DEFINITION = Text(
    zh="十二个因素各评 0 至 4 分，乘以权重；得分率 = 加权得分 ÷ 满分。因素取自国信证券《2020 私域流量深度研究》的七因素"
    "与实务文章（高复购高毛利、人群、周期、阶段、渠道、重视程度），分档与权重是本工具的设定，可逐项修改。"
    "有数据的因素用数据，其余依需求表；没有答案的因素不计入，并给出它们全取最低或最高分时的结论。"
    "结论只是三档：适合、有条件适合、暂不适合；同时列出起决定作用的三个因素，以及改动几个单项就会翻转。",
    en="Twelve factors, graded 0 to 4 and weighted; share reached = weighted grades over the best possible. Factors "
    "after Guosen Securities, “Private traffic” (2020), its seven, and practitioners' articles (repeat buying, "
    "margin, audience, cycle, stage, channels, attention); steps and weights are settings of this workbook and "
    "can each be changed. Data go before the sheet; factors without an answer are left out, and the verdict is also "
    "given "
    "with all of them at the worst and at the best grade. Three verdicts: suits, suits under conditions, not yet; with "
    "the three factors that decide it and how many single changes would flip it.",
)
METRICS = {"repurchase": "repurchase_user", "loyalty": "repurchase_user", "cycle": "cycle", "ticket": "aov_order"}
CORE = ("repurchase", "margin", "cycle")
NAME = "fit.factors"
LEAST_KNOWN = 6


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Every factor as read, with its weight, and the verdict on them."""

    readings: tuple[Reading, ...]
    weights: Mapping[str, float]
    verdict: FitVerdict

    @property
    def known(self) -> tuple[Reading, ...]:
        """Factors with a grade."""
        return tuple(one for one in self.readings if one.grade is not None)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what the orders of the period tell."""
    if not tables.has("order_lines", "paid_amount"):
        return {}
    engagement = tables.engagement
    valued = value_lines(tables["order_lines"], engagement.gmv_basis)
    lines = within(valued, engagement.horizon.current)
    products = tables["products"] if tables.has("products", "product_id", "unit_cost") else None
    asked = {"facts": total_facts(lines, products), "loyalty": total_loyalty(lines), "venues": total_venues(lines)}
    if tables.has("order_lines", "customer"):
        asked["gaps"] = count_shop_gaps(valued, engagement.horizon.as_of)
    return asked


def measure(replies: Replies) -> Fit | NotComputable:
    """Grade every factor and decide."""
    readings = read_factors(replies)
    known = sum(one.grade is not None for one in readings)
    if known < LEAST_KNOWN:
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(known)), unlocked_by=words.UNLOCK)
    limits = find_limits(NAME, LIMITS, replies.engagement)
    weights = {name: limits[f"weight_{name}"] for name in FACTORS}
    graded = tuple(Graded(id=one.factor, weight=weights[one.factor], grade=one.grade) for one in readings)
    return Fit(readings=readings, weights=weights, verdict=decide(graded, limits))


def judge(measured: Fit, limits: Limits) -> tuple[Finding, ...]:
    """Raise the core factors that are weak where the verdict is not that it suits; else its weakest factor."""
    verdict = measured.verdict.verdict
    if verdict == "fit":
        return ()
    known = {one.factor: one for one in measured.known}
    weak = [known[name] for name in CORE if name in known and (known[name].grade or 0) <= limits["weak_grade"]]
    if not weak and verdict == "weak":
        weak = [known[measured.verdict.deciding[0]]]
    return tuple(_find(one, measured) for one in weak)


def _find(one: Reading, measured: Fit) -> Finding:
    factor = FACTORS[one.factor]
    return Finding(
        code="fit.weak_fit",
        scope={"factor": one.factor},
        title=words.TITLE.fill(factor=factor.name, value=one.value),
        cause=words.CAUSE.fill(
            factor=factor.name,
            grade=word_number(one.grade),
            weight=word_number(measured.weights[one.factor]),
            origin=one.origin,
            rule=factor.rule,
            verdict=words.VERDICTS[measured.verdict.verdict],
            share=word_percent(measured.verdict.share, 0),
        ),
        action=words.ACTIONS.get(one.factor, words.OTHER_ACTION),
        owner_role="manager",
        validation=Validation(metric=METRICS.get(one.factor, "ltv_simple"), direction="up", window_days=180),
        stop_rule=words.STOP,
        # What data count is surer than what a sheet estimates.
        confidence=0.8 if one.n is not None else 0.6,
        impact_reason=words.NO_MONEY,
        severity="medium" if measured.verdict.verdict == "weak" else "low",
        evidence=(Evidence(table="factors", n=one.n, value=float(one.grade or 0)),),
    )


def tell(measured: Fit) -> Text:
    """The verdict, what decides it, how it would flip."""
    verdict = measured.verdict
    said = words.ANSWER.fill(
        verdict=words.VERDICTS[verdict.verdict],
        known=word_number(len(measured.known)),
        share=word_percent(verdict.share, 0),
        deciding=name_factors(verdict.deciding),
    )
    if not verdict.could_flip:
        return said + words.SOLID
    return said + (words.SHAKY if verdict.flips else words.FIRM).fill(
        near=word_number(len(verdict.flips)),
        names=name_factors(verdict.flips),
        n=word_number(len(verdict.could_flip)),
    )


def caveats(measured: Fit) -> tuple[Text, ...]:
    """What the unknown factors leave open."""
    if len(measured.known) == len(measured.readings):
        return ()
    return (words.OPEN.fill(low=words.VERDICTS[measured.verdict.low], high=words.VERDICTS[measured.verdict.high]),)


def tabulate(measured: Fit) -> tuple[Exhibit, ...]:
    """A factor a row, with weight, grade, origin and steps."""
    return tabulate_factors(measured)


def draw(measured: Fit, language: Language) -> Figure:
    """Weighted points of each known factor; weak ones stand out."""
    return draw_factors(measured, language)


LIMITS = (
    Limit(
        name="fit_from",
        value=0.6,
        reason=Text(
            zh="得分率六成以上为适合：平均每个因素好于中档；本工具的设定",
            en="from 60% it suits: the mean factor is better than the middle grade; a setting of this workbook",
        ),
    ),
    Limit(
        name="conditional_from",
        value=0.4,
        reason=Text(
            zh="四成到六成为有条件适合：弱项要先补；本工具的设定",
            en="from 40% it suits under conditions: weak factors come first; a setting of this workbook",
        ),
    ),
    Limit(
        name="weak_grade",
        value=1,
        reason=Text(zh="0 分或 1 分算偏弱", en="grades 0 and 1 are weak"),
    ),
    *(
        Limit(name=f"weight_{name}", value=factor.weight, reason=words.HEAVY if factor.weight > 1 else words.LIGHT)
        for name, factor in FACTORS.items()
    ),
)

# Margin 10% is graded 0 and a cycle of 200 days 2 (both weigh 2), ticket 250 is 3, price 1, mature 3, attention 2 less
# 1: 4 + 3 + 1 + 3 + 1 = 12 of 8 x 4 = 32 points, 37.5%.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-07", "003-08", "001-65", "001-66", "001-83"),
    finds=("fit.weak_fit",),
    needs=(),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="38%",
        finds=(("fit.weak_fit", {"factor": "margin"}),),
        brief=Brief(
            answers={
                "gross_margin": 0.1,
                "repurchase_cycle_days": 200,
                "aov_stated": 250.0,
                "positioning": "price",
                "company_stage": "mature",
                "management_attention": 2,
            }
        ),
    ),
    place=10,
)
