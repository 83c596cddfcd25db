"""Which indicators suit the stage of the private domain, what is assessed today, and what the team brings and costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Limit
from diagnostics.checks.organisation._role_cards import count_heads
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, word_heads, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.checks.check import Limits
    from diagnostics.model.engagement import Engagement

ANSWER = Text(
    zh="私域处于{stage}（启动 {months} 个月），该期 {n} 项主指标{have}；人力一年 {cost}，占 GMV {share}{breakeven}。",
    en="The private domain is at its {stage} stage ({months} months); {have}. Labour costs {cost} a year, {share} of "
    "GMV{breakeven}.",
)
HAVE = Text(zh="里 {have} 项已在考核", en="of its {n} main indicators {have} are assessed already")
UNSTATED = Text(
    zh="见表，在考核哪几项需求表没有写",
    en="its {n} main indicators are in the table, and the sheet does not say which are assessed",
)
BREAKEVEN = Text(zh="，至少要带来 {gmv} 的 GMV 才够本", en=" and breaks even at {gmv} of GMV")
NO_START = Text(
    zh="需求表没有写私域启动日期，判断不了处于哪个阶段、该考核什么：请补上这一天。",
    en="The requirement sheet states no day on which the private domain began, so its stage and what to assess are not "
    "told: state the day.",
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
NOW = Text(zh="●", en="●")


@dataclass(frozen=True, kw_only=True)
class StageIndicators:
    """The stage, its indicators with whether each is assessed, and the team's cost beside what it brings.

    `assessed` is `None` where the sheet states no indicators at all.
    """

    stage: str
    months: float
    assessed: tuple[bool, ...] | None
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


def find_stage(sales: pd.DataFrame | None, engagement: Engagement, limits: Limits) -> StageIndicators | None:
    """Find the stage and compare its indicators with today's; `None` if the sheet states no start.

    `sales` has one row with `private_gmv` of the current period.
    """
    brief, horizon = engagement.brief, engagement.horizon
    start = brief.day("pd_start_date")
    if start is None:
        return None
    months = max((horizon.as_of - start).days / MONTH_DAYS, 0.0)
    stage = "start" if months < limits["start_months"] else "growth" if months < limits["growth_months"] else "mature"
    said = " ".join(str(row.get("kpi") or "").lower() for row in brief.rows("current_kpis"))
    private = float(sales.private_gmv.fillna(0).iloc[0]) if sales is not None else 0.0
    return StageIndicators(
        stage=stage,
        months=months,
        assessed=tuple(any(word in said for word in words) for _, words in STAGES[stage][1]) if said else None,
        heads=count_heads(brief),
        private_gmv=private * horizon.yearly,
        annual_gmv=engagement.annual_gmv,
        margin=brief.number("gross_margin"),
        currency=engagement.currency,
    )


def tell_stage(measured: StageIndicators) -> Text:
    """The stage, how many of its indicators are assessed, and the cost of the team."""
    share = measured.cost / measured.annual_gmv if measured.annual_gmv else None
    breakeven = NOTHING
    if measured.margin and measured.cost:
        breakeven = BREAKEVEN.fill(gmv=word_money(measured.cost / measured.margin, measured.currency))
    n = word_number(len(STAGES[measured.stage][1]))
    have = UNSTATED if measured.assessed is None else HAVE.fill(have=word_number(sum(measured.assessed)), n=n)
    return ANSWER.fill(
        stage=STAGES[measured.stage][0],
        months=word_number(measured.months),
        n=n,
        have=have.fill(n=n),
        cost=word_money(measured.cost, measured.currency),
        share=word_percent(share),
        breakeven=breakeven,
    )


def show_stage(measured: StageIndicators) -> tuple[Exhibit, ...]:
    """The indicators of all stages, today's marked; and cost and result of the team."""
    return _show_stages(measured), _show_team(measured)


def _show_stages(measured: StageIndicators) -> Exhibit:
    rows = [
        {
            "stage": label,
            "indicators": join_texts(name for name, _ in indicators),
            "missing": join_texts(
                name for (name, _), is_there in zip(indicators, measured.assessed, strict=True) if not is_there
            )
            if stage == measured.stage and measured.assessed is not None
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


def _show_team(measured: StageIndicators) -> Exhibit:
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


STAGE_LIMITS = (
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
