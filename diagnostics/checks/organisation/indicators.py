"""Which indicators suit the stage of the private domain, what is assessed today, and what the team brings and costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.organisation._role_cards import count_heads, name_role
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.rewards import total_sales
from diagnostics.model.brief import Brief
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, word_heads, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="这个阶段该考核什么？团队带来多少、花多少？",
    en="What should be assessed at this stage, and what does the team bring and cost?",
)
DEFINITION = Text(
    zh="阶段按私域启动至今的月数：启动期、成长期、成熟期，分界可改；各期主指标取自公开的运营模板（人人都是产品经理等）"
    "，权重由顾问与客户定。"
    "“已在考核”按字面比对需求表的现有考核。人效 = 私域 GMV（按归因规则标记的订单，一年）÷ 总部人数；人力费用率 = "
    "全队年人力成本 ÷ "
    "年 GMV；盈亏平衡 = 人力成本 ÷ 毛利率，即至少要带来的 GMV。",
    en="The stage goes by months since the private domain began: start, growth, mature; the borders can be changed. "
    "Its "
    "main indicators follow published templates of operators; weights are set with the client. “Assessed already” "
    "compares the words of today's indicators in the sheet. GMV per head = private GMV (orders marked by the "
    "attribution "
    "rule, a year) over heads without store guides; labour share = the team's cost a year over annual GMV; break-even "
    "= "
    "labour cost over gross margin, the GMV that it must bring at least.",
)
ANSWER = Text(
    zh="私域处于{stage}（启动 {months} 个月），该期 {n} 项主指标里 {have} 项已在考核；人力一年 {cost}，占 GMV "
    "{share}{breakeven}。",
    en="The private domain is at its {stage} stage ({months} months); of its {n} main indicators {have} are assessed "
    "already. Labour costs {cost} a year, {share} of GMV{breakeven}.",
)
BREAKEVEN = Text(zh="，至少要带来 {gmv} 的 GMV 才够本", en=" and breaks even at {gmv} of GMV")
NO_START = Text(
    zh="需求表没有写私域启动日期", en="the requirement sheet states no day on which the private domain began"
)
Indicator = tuple[Text, tuple[str, ...]]
STAGES: dict[str, tuple[Text, tuple[Indicator, ...]]] = {
    "start": (
        Text(zh="启动期", en="start"),
        (
            (Text(zh="各场景加粉", en="adds by scene"), ("加粉达成", "净增", "adds")),
            (Text(zh="加粉率", en="add rate"), ("加粉率", "add rate")),
            (Text(zh="渠道码覆盖", en="source-code coverage"), ("渠道码", "source")),
            (Text(zh="7 天留存", en="7-day keep"), ("留存", "keep")),
            (Text(zh="首日接待", en="first-day reception"), ("接待", "首次响应", "reception")),
        ),
    ),
    "growth": (
        Text(zh="成长期", en="growth"),
        (
            (Text(zh="活跃成员率", en="active members"), ("活跃", "active")),
            (Text(zh="首单转化", en="first orders"), ("首单", "first order")),
            (Text(zh="群转化", en="group conversion"), ("群转化", "group conversion")),
            (Text(zh="回复率与时长", en="reply rate and time"), ("回复", "响应", "reply")),
            (Text(zh="标签覆盖", en="tag coverage"), ("标签", "tag")),
            (Text(zh="老带新占比", en="referred customers"), ("老带新", "转介绍", "裂变", "refer")),
        ),
    ),
    "mature": (
        Text(zh="成熟期", en="mature"),
        (
            (Text(zh="复购", en="repeat buying"), ("复购", "repeat", "repurchase")),
            (Text(zh="客户终身价值", en="customer value"), ("终身价值", "ltv")),
            (Text(zh="高价值客户占比", en="share of top customers"), ("高价值", "vip", "top")),
            (Text(zh="会员增速倍数", en="member growth ratio"), ("会员增", "member growth")),
            (Text(zh="反哺公域", en="assisted GMV"), ("反哺", "assist")),
            (Text(zh="人效", en="GMV per head"), ("人效", "per head")),
            (Text(zh="费用率", en="cost share"), ("费用率", "cost share")),
        ),
    ),
}
MONTH_DAYS = 365.25 / 12
MONTHS_A_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Indicators:
    """The stage, its indicators with whether each is assessed, and the team's cost beside what it brings."""

    stage: str
    months: float
    assessed: tuple[bool, ...]
    heads: Mapping[str, tuple[float, float]]
    private_gmv: float
    annual_gmv: float
    margin: float | None
    currency: str

    @property
    def cost(self) -> float:
        """Labour cost a year."""
        return MONTHS_A_YEAR * sum(money for _, money in self.heads.values())

    @property
    def desk_heads(self) -> float:
        """Heads without store guides."""
        return sum(fte for role, (fte, _) in self.heads.items() if role != "store_guide")


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sales of the period, and those of the private domain."""
    if not tables.has("order_lines", "paid_amount"):
        return {}
    engagement = tables.engagement
    lines = within(value_lines(tables["order_lines"], engagement.gmv_basis), engagement.horizon.current)
    return {"sales": total_sales(lines)}


def measure(replies: Replies) -> Indicators | NotComputable:
    """Find the stage and compare its indicators with today's."""
    engagement = replies.engagement
    brief, horizon = engagement.brief, engagement.horizon
    start = brief.day("pd_start_date")
    if start is None:
        return NotComputable(reason=NO_START)
    limits = DEFAULTS | dict(engagement.limits.get(NAME, {}))
    months = max((horizon.as_of - start).days / MONTH_DAYS, 0.0)
    stage = "start" if months < limits["start_months"] else "growth" if months < limits["growth_months"] else "mature"
    said = " ".join(str(row.get("kpi") or "").lower() for row in brief.rows("current_kpis"))
    private = float(replies["sales"].private_gmv.fillna(0).iloc[0]) if "sales" in replies else 0.0
    return Indicators(
        stage=stage,
        months=months,
        assessed=tuple(any(word in said for word in words) for _, words in STAGES[stage][1]),
        heads=count_heads(brief),
        private_gmv=private * horizon.yearly,
        annual_gmv=engagement.annual_gmv,
        margin=brief.number("gross_margin"),
        currency=engagement.currency,
    )


def judge(measured: Indicators, limits: Limits) -> tuple[Finding, ...]:
    """Nothing: which indicators to take is agreed with the client; roles without any are raised with the roles."""
    del measured, limits
    return ()


def tell(measured: Indicators) -> Text:
    """The stage, how many of its indicators are assessed, and the cost of the team."""
    share = measured.cost / measured.annual_gmv if measured.annual_gmv else None
    breakeven = NOTHING
    if measured.margin and measured.cost:
        breakeven = BREAKEVEN.fill(gmv=word_money(measured.cost / measured.margin, measured.currency))
    return ANSWER.fill(
        stage=STAGES[measured.stage][0],
        months=word_number(measured.months),
        n=word_number(len(measured.assessed)),
        have=word_number(sum(measured.assessed)),
        cost=word_money(measured.cost, measured.currency),
        share=word_percent(share),
        breakeven=breakeven,
    )


def tabulate(measured: Indicators) -> tuple[Exhibit, ...]:
    """The indicators of all stages, today's marked; and cost and result of the team."""
    return _show_stages(measured), _show_team(measured)


def _show_stages(measured: Indicators) -> Exhibit:
    rows = [
        {
            "stage": label,
            "indicators": join_texts(name for name, _ in indicators),
            "missing": join_texts(
                name for (name, _), is_there in zip(indicators, measured.assessed, strict=True) if not is_there
            )
            if stage == measured.stage
            else NOTHING,
            "now": NOW if stage == measured.stage else NOTHING,
        }
        for stage, (label, indicators) in STAGES.items()
    ]
    fields = (
        Field(name="stage", label=Text(zh="阶段", en="Stage")),
        Field(name="now", label=Text(zh="现在", en="Now")),
        Field(name="indicators", label=Text(zh="主指标（权重可改）", en="Main indicators (weights to be set)")),
        Field(name="missing", label=Text(zh="其中未考核", en="Of these not assessed")),
    )
    title = Text(zh="各阶段的主指标", en="Main indicators by stage")
    return Exhibit(name="stages", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


NOW = Text(zh="●", en="●")


def _show_team(measured: Indicators) -> Exhibit:
    heads = measured.desk_heads
    rows = [
        (Text(zh="总部人数", en="Heads without guides"), word_heads(heads)),
        (Text(zh="全队年人力成本", en="Labour cost a year"), word_money(measured.cost, measured.currency)),
        (
            Text(zh="私域 GMV（一年，按归因标记）", en="Private GMV a year, as marked"),
            word_money(measured.private_gmv or None, measured.currency),
        ),
        (
            Text(zh="人效", en="Private GMV per head"),
            word_money(measured.private_gmv / heads if heads and measured.private_gmv else None, measured.currency),
        ),
    ]
    frame = pd.DataFrame([{"name": name, "value": value} for name, value in rows], dtype=object)
    fields = (
        Field(name="name", label=Text(zh="项目", en="Item")),
        Field(name="value", label=Text(zh="数值", en="Value")),
    )
    title = Text(zh="人效与人力成本", en="What the team brings and costs")
    return Exhibit(name="team", title=title, fields=fields, frame=frame)


def draw(measured: Indicators, language: Language) -> Figure:
    """Cost a month by role."""
    posts = sorted(measured.heads.items(), key=lambda item: -item[1][1])
    figure = draw_bars(
        [name_role(role).word(language) for role, _ in posts],
        [money for _, (_, money) in posts],
        [word_money(money, measured.currency).word(language) for _, (_, money) in posts],
        axis_label=Text(zh="月人力成本", en="Labour cost a month").word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


NAME = "organisation.indicators"
LIMITS = (
    Limit(
        name="start_months",
        value=6,
        reason=Text(
            zh="半年内为启动期；本工具的设定，可改", en="the first half-year is the start; a setting, can be changed"
        ),
    ),
    Limit(
        name="growth_months",
        value=24,
        reason=Text(
            zh="两年以上按成熟期考核复购与价值；本工具的设定，可改",
            en="from two years on repeat buying and value are assessed; a setting, can be changed",
        ),
    ),
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# Begun on 1 January 2021, so mature at the end of February 2024; of its seven indicators repeat buying is assessed.
# 10,000 a month is 120,000 a year, at a margin of 50% earned by 240,000.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-44",),
    finds=(),
    needs=(),
    asks=(
        Asked(key="pd_start_date", label=Text(zh="私域启动时间", en="Private domain start date")),
        Asked(key="headcount", label=Text(zh="团队人数", en="Headcount by role")),
    ),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="24.0万元",
        brief=Brief(
            answers={
                "pd_start_date": date(2021, 1, 1),
                "gross_margin": 0.5,
                "headcount": ({"role": "manager", "fte": 1.0, "monthly_cost": 10000.0},),
                "current_kpis": ({"role": "私域负责人", "kpi": "复购率", "weight": 1.0},),
            }
        ),
    ),
    place=20,
)
