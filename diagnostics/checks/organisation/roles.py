"""Which roles the private domain needs, who fills them, how they are assessed, and what suits the stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.organisation import _role_words as words
from diagnostics.checks.organisation._role_cards import CARDS, count_heads, name_role, weigh_indicators
from diagnostics.checks.organisation._stage_indicators import (
    NO_START,
    STAGE_LIMITS,
    StageIndicators,
    find_stage,
    show_stage,
    tell_stage,
)
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.rewards import total_sales
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, word_heads, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.organisation._role_words import Gap
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MANY_CHANNELS = 3
MINIMAL, OUTSOURCED = frozenset({"manager", "group"}), frozenset({"manager"})


@dataclass(frozen=True, kw_only=True)
class Post:
    """One role: whether it is needed, who fills it and what it is assessed by."""

    role: str
    is_needed: bool
    fte: float
    cost: float
    indicators: int | None
    weight: float | None

    def find_gap(self, limits: Mapping[str, float]) -> Gap:
        """What is wrong with it, if it is needed."""
        if not self.is_needed:
            return ""
        if self.fte <= 0:
            return "nobody"
        if self.indicators == 0:
            return "no_indicator"
        return "weights" if self.weight is not None and abs(self.weight - 1) > limits["weight_slack"] else ""


@dataclass(frozen=True, kw_only=True)
class Team:
    """All roles, those needed first; `has_kpis` says whether the sheet states indicators at all.

    `stage` is `None` where the sheet does not say when the private domain began.
    """

    posts: tuple[Post, ...]
    has_kpis: bool
    stage: StageIndicators | None
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask whether there are live sessions (one row if so), and for the sales of the period."""
    asked = {}
    if tables.has("live_sessions", "session"):
        asked["live"] = tables["live_sessions"].select("channel").limit(1)
    if tables.has("order_lines", "paid_amount"):
        engagement = tables.engagement
        lines = value_lines(tables["order_lines"], engagement.gmv_basis)
        asked["sales"] = total_sales(within(lines, engagement.horizon.current))
    return asked


def find_needed(brief: Brief, *, has_live: bool) -> set[str]:
    """The roles that follow from channels, containers, membership and mode."""
    containers = {str(row.get("type")) for row in brief.rows("containers")}
    channels = {str(row.get("channel")) for row in brief.rows("main_channels")}
    needed = {"manager"}
    if containers & {"wecom", "personal_wechat"}:
        needed |= {"account", "service"}
    if "group" in containers:
        needed.add("group")
    if brief.text("member_system") not in {None, "none"}:
        needed.add("member")
    if "store" in channels or (brief.number("store_count") or 0) > 0:
        needed.add("store_guide")
    if has_live or brief.rows("live_roles"):
        needed.add("live")
    if len(channels) >= MANY_CHANNELS:
        needed.add("data")
    modes = {"minimal": MINIMAL, "outsourced": OUTSOURCED}
    mode = brief.text("team_mode")
    return needed & modes[mode] if mode in modes else needed


def measure(replies: Replies) -> Team | NotComputable:
    """Put heads and indicators beside the roles needed, and find what suits the stage."""
    engagement = replies.engagement
    brief = engagement.brief
    heads, weights = count_heads(brief), weigh_indicators(brief)
    has_kpis = bool(brief.rows("current_kpis"))
    needed = find_needed(brief, has_live="live" in replies and len(replies["live"]) > 0)
    posts = []
    for role in CARDS:
        fte, cost = heads.get(role, (0.0, 0.0))
        count, weight = weights.get(role, (0, None))
        if role in needed or fte > 0:
            posts.append(
                Post(
                    role=role,
                    is_needed=role in needed,
                    fte=fte,
                    cost=cost,
                    indicators=count if has_kpis else None,
                    weight=weight,
                )
            )
    return Team(
        posts=tuple(sorted(posts, key=lambda post: not post.is_needed)),
        has_kpis=has_kpis,
        stage=find_stage(
            replies.frames.get("sales"), engagement, find_limits("organisation.roles", LIMITS, engagement)
        ),
        currency=engagement.currency,
    )


def judge(measured: Team, limits: Limits) -> tuple[Finding, ...]:
    """Raise every role that is needed and not filled, not assessed, or assessed by weights that don't add up."""
    return tuple(_find(post, gap, measured) for post in measured.posts if (gap := post.find_gap(limits)))


def _word_gap(post: Post, gap: Gap) -> Text:
    return words.GAPS[gap].fill(weight=word_percent(post.weight, 0))


def _find(post: Post, gap: Gap, measured: Team) -> Finding:
    card = CARDS[post.role]
    action = words.ACTION_NOBODY if gap == "nobody" else words.ACTION_KPI
    return Finding(
        code="team.role_gap",
        scope={"role": post.role},
        title=words.TITLE.fill(role=name_role(post.role), gap=_word_gap(post, gap)),
        cause=words.CAUSE.fill(
            reason=words.REASONS[post.role],
            fte=word_heads(post.fte),
            kpis=word_number(post.indicators),
        ),
        action=action.fill(duty=card.duty, kpis=card.word_indicators()),
        owner_role="manager",
        validation=Validation(metric="kpi_ach", direction="up", window_days=90),
        stop_rule=words.STOP,
        confidence=0.7,
        impact_reason=words.NO_MONEY,
        severity="medium" if gap == "nobody" and post.role == "manager" else "low",
        evidence=(Evidence(table="posts", n=len(measured.posts), value=post.fte),),
    )


def tell(measured: Team) -> Text:
    """How many roles are needed and which have a gap; the stage, its indicators, and the cost of the team."""
    needed = [post for post in measured.posts if post.is_needed]
    gaps = [(post, gap) for post in needed if (gap := post.find_gap(DEFAULTS))]
    said = (words.SOME_LACK if gaps else words.ALL_THERE).fill(
        n=word_number(len(needed)),
        gaps=word_number(len(gaps)),
        list=join_texts(words.ITEM.fill(role=name_role(post.role), gap=_word_gap(post, gap)) for post, gap in gaps),
        kpis=words.WITH_KPIS if measured.has_kpis else NOTHING,
        fte=word_heads(sum(post.fte for post in measured.posts)),
        cost=word_money(sum(post.cost for post in measured.posts), measured.currency),
    )
    return said + tell_stage(measured.stage) if measured.stage is not None else said


def caveats(measured: Team) -> tuple[Text, ...]:
    """What the sheet leaves open."""
    return () if measured.has_kpis else (words.NO_KPIS,)


def lacks(measured: Team) -> Mapping[str, Text]:
    """What the stage asks for, where its start is not stated."""
    return {} if measured.stage is not None else {BY_STAGE: NO_START}


def tabulate(measured: Team) -> tuple[Exhibit, ...]:
    """The roles as they are; a card for each of those needed; the stages, and what the team brings and costs."""
    stage = show_stage(measured.stage) if measured.stage is not None else ()
    return _show_posts(measured), _show_cards(measured), *stage


def _show_posts(measured: Team) -> Exhibit:
    rows = [
        {
            "role": name_role(post.role),
            "needed": words.REASONS[post.role] if post.is_needed else NOTHING,
            "fte": post.fte,
            "cost": post.cost or None,
            "indicators": post.indicators,
            "weight": post.weight,
            "gap": _word_gap(post, gap) if (gap := post.find_gap(DEFAULTS)) else NOTHING,
        }
        for post in measured.posts
    ]
    fields = (
        Field(name="role", label=Text(zh="岗位", en="Role")),
        Field(name="needed", label=Text(zh="需要它的原因", en="Needed because")),
        Field(name="fte", label=Text(zh="人数", en="FTE"), unit="number", digits=1),
        Field(name="cost", label=Text(zh="月成本", en="Cost a month"), unit="money"),
        Field(name="indicators", label=Text(zh="指标数", en="Indicators"), unit="count"),
        Field(name="weight", label=Text(zh="权重合计", en="Weights"), unit="share"),
        Field(name="gap", label=Text(zh="缺口", en="Gap")),
    )
    title = Text(zh="岗位与缺口", en="Roles and gaps")
    return Exhibit(name="posts", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_cards(measured: Team) -> Exhibit:
    rows = [
        {"role": name_role(post.role), "duty": CARDS[post.role].duty, "kpis": CARDS[post.role].word_indicators()}
        for post in measured.posts
        if post.is_needed
    ]
    fields = (
        Field(name="role", label=Text(zh="岗位", en="Role")),
        Field(name="duty", label=Text(zh="职责", en="Answers for")),
        Field(name="kpis", label=Text(zh="指标与权重（范例，可改）", en="Indicators and weights (examples)")),
    )
    title = Text(zh="岗位卡", en="Role cards")
    return Exhibit(name="cards", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Team, language: Language) -> Figure:
    """Heads by role; roles with a gap stand out."""
    posts = measured.posts
    return draw_bars(
        [name_role(post.role).word(language) for post in posts],
        [post.fte for post in posts],
        [word_heads(post.fte).en for post in posts],
        axis_label=Text(zh="折合全职人数", en="Full-time equivalents").word(language),
        marked=[place for place, post in enumerate(posts) if post.find_gap(DEFAULTS)],
    )


LIMITS = (
    Limit(
        name="weight_slack",
        value=0.011,
        reason=Text(
            zh="权重合计与 100% 相差超过 1 个百分点才算写错，四舍五入不计",
            en="weights are wrong if they miss 100% by more than a point; rounding is not",
        ),
    ),
    *STAGE_LIMITS,
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}

BY_STAGE = "002-44"

# Groups and WeCom need a lead, an account role, a service role and a community role; nobody fills the last. Begun 14
# months before the end of February 2024, so growing; of its six indicators first orders and reply times are assessed.
# 48,000 a month is 576,000 a year, at a margin of 50% earned by 1,152,000.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("003-31", "003-32", "003-33", "000-29", BY_STAGE),
    finds=("team.role_gap",),
    needs=(),
    asks=(Asked(key="headcount", label=Text(zh="团队人数", en="Headcount by role")),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="需要的 4 个岗位里 1 个有缺口：社群运营没有人；全队 4 人、每月 4.8万元。私域处于成长期（启动 14 个月），"
        "该期 6 项主指标里 2 项已在考核；人力一年 57.6万元",
        finds=(("team.role_gap", {"role": "group"}),),
        brief=Brief(
            answers={
                "pd_start_date": date(2023, 1, 1),
                "gross_margin": 0.5,
                "containers": ({"type": "wecom", "users": 900}, {"type": "group", "users": 500}),
                "headcount": (
                    {"role": "manager", "fte": 1.0, "monthly_cost": 20000.0},
                    {"role": "account", "fte": 2.0, "monthly_cost": 20000.0},
                    {"role": "service", "fte": 1.0, "monthly_cost": 8000.0},
                ),
                "current_kpis": (
                    {"role": "私域负责人", "kpi": "私域GMV", "weight": 1.0},
                    {"role": "客服", "kpi": "响应时长", "weight": 1.0},
                    {"role": "个人号运营", "kpi": "首单转化", "weight": 1.0},
                ),
            }
        ),
    ),
    place=10,
)
