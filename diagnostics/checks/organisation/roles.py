"""Which roles the private domain needs, who fills them, and whether each has indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.organisation._role_cards import CARDS, count_heads, name_role, weigh_indicators
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, word_heads, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

Gap = Literal["", "nobody", "no_indicator", "weights"]

QUESTION = Text(
    zh="私域需要的岗位都有人、都有考核吗？", en="Is every role that is needed filled, and has it indicators?"
)
DEFINITION = Text(
    zh="依需求表判断。需要的岗位由现状推出：有企业微信就要有人一对一，有社群就要社群运营，有会员体系就要会员运营，"
    "有门店就要导购，"
    "有直播就要直播岗，三个及以上渠道要有人出数。极简模式只要求负责人与社群运营，代运营只要求负责人。缺口 = 没有人，"
    "或写了考核"
    "却没有这一岗的指标，或该岗权重合计不是 100%（允许相差 1 个百分点）。岗位卡的指标与权重是范例，可改。",
    en="Judged from the sheet. Needed roles follow from what there is: WeCom needs somebody for one-to-one service, "
    "groups a community role, a membership a member role, stores guides, live sessions a live role, three channels and "
    "more somebody for figures. The minimal mode asks only for a lead and a community role, an agency only for a lead. "
    "A gap = nobody, or indicators are stated but none for this role, or its weights don't sum to 100% (one point "
    "aside). Indicators and weights on the role cards are examples to be edited.",
)
ALL_THERE = Text(
    zh="需要的 {n} 个岗位都有人{kpis}，合计 {fte} 人、每月 {cost}。",
    en="All roles needed ({n}) are filled{kpis}: {fte} full-time equivalents, {cost} a month.",
)
WITH_KPIS = Text(zh="、都有考核", en=" and have indicators")
SOME_LACK = Text(
    zh="需要的 {n} 个岗位里 {gaps} 个有缺口：{list}；全队 {fte} 人、每月 {cost}。",
    en="Roles needed: {n}; with a gap: {gaps} ({list}). The team is {fte} full-time equivalents, {cost} a month.",
)
NO_KPIS = Text(
    zh="需求表没有写现有考核，是否有指标未作判断。",
    en="The sheet states no current indicators, so whether roles have any was not judged.",
)
GAPS: dict[Gap, Text] = {
    "nobody": Text(zh="没有人", en="nobody holds the role"),
    "no_indicator": Text(zh="没有指标", en="the role has no indicators"),
    "weights": Text(zh="权重合计 {weight}", en="weights sum to {weight}"),
}
ITEM = Text(zh="{role}{gap}", en="{role}: {gap}")
TITLE = Text(zh="{role}岗{gap}", en="{role}: {gap}")
CAUSE = Text(
    zh="需要这一岗的原因：{reason}；现有 {fte} 人，考核指标 {kpis} 项（需求表）。",
    en="Needed because {reason}; filled by {fte} full-time equivalents with {kpis} indicators (sheet).",
)
ACTION_NOBODY = Text(
    zh="先指定一位兼任者并写进日程（每周不少于一天），职责：{duty}；试行指标：{kpis}。三个月后按工作量决定是否专设。",
    en="Name somebody part-time first, a day a week at least, for {duty}; try the indicators {kpis}. Decide on a post "
    "of "
    "its own after three months, by the work there is.",
)
ACTION_KPI = Text(
    zh="给这一岗定三到五项能从数据取数的指标，权重合计 100%，可从这里改起：{kpis}。",
    en="Give the role three to five indicators that data can tell, with weights that sum to 100%; begin from: {kpis}.",
)
STOP = Text(
    zh="三个月后这一岗的指标没有一项能按月取数，或工作量不足每周一天，则并入相邻岗位。",
    en="Merge the role with its neighbour if after three months none of its indicators can be read monthly, or there "
    "is "
    "less than a day's work a week.",
)
NO_MONEY = Text(
    zh="缺岗的损失要看它管的那一段，已在相应问题里计算", en="what an empty role costs shows in what it would look after"
)
REASONS: dict[str, Text] = {
    "manager": Text(zh="私域要有人对结果负责", en="somebody must answer for the result"),
    "account": Text(zh="有企业微信或个人号好友", en="there are WeCom or personal accounts"),
    "group": Text(zh="有社群", en="there are groups"),
    "member": Text(zh="有会员体系", en="there is a membership"),
    "store_guide": Text(zh="有门店渠道", en="there are stores"),
    "live": Text(zh="做直播", en="there are live sessions"),
    "data": Text(zh="有三个及以上渠道要出数", en="three channels and more need figures"),
    "service": Text(zh="企微与店铺都要接待", en="contacts and shops are to be received"),
}
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
    """All roles, those needed first; `has_kpis` says whether the sheet states indicators at all."""

    posts: tuple[Post, ...]
    has_kpis: bool
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing but whether there are live sessions: one row if so."""
    return (
        {"live": tables["live_sessions"].select("channel").limit(1)} if tables.has("live_sessions", "session") else {}
    )


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
    """Put heads and indicators beside the roles needed."""
    brief = replies.engagement.brief
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
        currency=replies.engagement.currency,
    )


def judge(measured: Team, limits: Limits) -> tuple[Finding, ...]:
    """Raise every role that is needed and not filled, not assessed, or assessed by weights that don't add up."""
    return tuple(_find(post, gap, measured) for post in measured.posts if (gap := post.find_gap(limits)))


def _word_gap(post: Post, gap: Gap) -> Text:
    return GAPS[gap].fill(weight=word_percent(post.weight, 0))


def _find(post: Post, gap: Gap, measured: Team) -> Finding:
    card = CARDS[post.role]
    action = ACTION_NOBODY if gap == "nobody" else ACTION_KPI
    return Finding(
        code="team.role_gap",
        scope={"role": post.role},
        title=TITLE.fill(role=name_role(post.role), gap=_word_gap(post, gap)),
        cause=CAUSE.fill(
            reason=REASONS[post.role],
            fte=word_heads(post.fte),
            kpis=word_number(post.indicators),
        ),
        action=action.fill(duty=card.duty, kpis=card.word_indicators()),
        owner_role="manager",
        validation=Validation(metric="kpi_ach", direction="up", window_days=90),
        stop_rule=STOP,
        confidence=0.7,
        impact_reason=NO_MONEY,
        severity="medium" if gap == "nobody" and post.role == "manager" else "low",
        evidence=(Evidence(table="posts", n=len(measured.posts), value=post.fte),),
    )


def tell(measured: Team) -> Text:
    """How many roles are needed, and which have a gap."""
    needed = [post for post in measured.posts if post.is_needed]
    gaps = [(post, gap) for post in needed if (gap := post.find_gap(DEFAULTS))]
    return (SOME_LACK if gaps else ALL_THERE).fill(
        n=word_number(len(needed)),
        gaps=word_number(len(gaps)),
        list=join_texts(ITEM.fill(role=name_role(post.role), gap=_word_gap(post, gap)) for post, gap in gaps),
        kpis=WITH_KPIS if measured.has_kpis else NOTHING,
        fte=word_heads(sum(post.fte for post in measured.posts)),
        cost=word_money(sum(post.cost for post in measured.posts), measured.currency),
    )


def caveats(measured: Team) -> tuple[Text, ...]:
    """What the sheet leaves open."""
    return () if measured.has_kpis else (NO_KPIS,)


def tabulate(measured: Team) -> tuple[Exhibit, ...]:
    """The roles as they are; and a card for each of those needed."""
    rows = [
        {
            "role": name_role(post.role),
            "needed": REASONS[post.role] if post.is_needed else NOTHING,
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
    posts = Exhibit(name="posts", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
    return posts, _show_cards(measured)


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
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# Groups and WeCom need a lead, an account role, a service role and a community role; nobody fills the last.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-31", "003-32", "003-33", "000-29"),
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
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="社群运营没有人",
        finds=(("team.role_gap", {"role": "group"}),),
        brief=Brief(
            answers={
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
