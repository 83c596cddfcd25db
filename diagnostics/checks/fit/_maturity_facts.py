"""What the sheet states of how the private domain is run: one fact each, told from the answers by a fixed rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.facts import Fact
from diagnostics.model.brief import to_number
from diagnostics.model.names import MEETING_IDS
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.model.brief import Brief

CONNECTED = frozenset({"api", "realtime"})
YEAR_MONTHS = 12
# A position has one role or two; attention of 4 is where the sheet's scale puts a budget and weekly questions.
MOST_ROLES, ATTENTIVE, WILLING = 2, 4, 3
GOAL_PARTS = ("metric", "baseline", "target", "deadline", "owner_role")

Told = bool | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A fact's name, and how it is told from the sheet; `None` where the sheet is silent."""

    name: Text
    tell: Callable[[Brief], Told]


def _any(key: str, is_so: Callable[[dict[str, object]], bool]) -> Callable[[Brief], Told]:
    """Whether a row of a table is so; silent without rows."""
    return lambda brief: any(is_so(dict(row)) for row in rows) if (rows := brief.rows(key)) else None


def _all(key: str, is_so: Callable[[dict[str, object]], bool]) -> Callable[[Brief], Told]:
    return lambda brief: all(is_so(dict(row)) for row in rows) if (rows := brief.rows(key)) else None


def _stated(key: str) -> Callable[[Brief], Told]:
    """A plan that is not written down is not there."""
    return lambda brief: bool(brief.answers.get(key))


def _has_role(role: str) -> Callable[[Brief], Told]:
    return _any("headcount", lambda row: row.get("role") == role and (to_number(row.get("fte")) or 0.0) > 0)


def _choice(key: str, wanted: Callable[[str], bool]) -> Callable[[Brief], Told]:
    return lambda brief: wanted(answer) if (answer := brief.text(key)) else None


def _count(key: str, column: str, least: int) -> Callable[[Brief], Told]:
    """Whether a table names so many different values in a column; silent without rows."""
    return lambda brief: len({row.get(column) for row in rows} - {None}) >= least if (rows := brief.rows(key)) else None


def _points_alike(brief: Brief) -> Told:
    rules = {(row.get("earn"), row.get("burn")) for row in brief.rows("points_rules")}
    return len(rules) == 1 if rules else None


def _benefits_cross(brief: Brief) -> Told:
    places: dict[object, set[object]] = {}
    for row in brief.rows("benefits"):
        places.setdefault(row.get("benefit"), set()).add(row.get("channel"))
    return any(len(channels) > 1 for channels in places.values()) if places else None


def _half_connected(brief: Brief) -> Told:
    rows = brief.rows("systems")
    return sum(row.get("integration") in CONNECTED for row in rows) * 2 >= len(rows) if rows else None


def _attention(brief: Brief) -> Told:
    score = brief.number("management_attention")
    return None if score is None else score >= ATTENTIVE


def _history(brief: Brief) -> Told:
    months = brief.number("history_months")
    return None if months is None else months >= YEAR_MONTHS


def _one_role(brief: Brief) -> Told:
    named = brief.choices("pd_positioning")
    return len(named) <= MOST_ROLES if named else None


def _automation(brief: Brief) -> Told:
    return any(row.get("live") is True for row in brief.rows("automation"))


RULES: dict[str, Rule] = {
    "ways": Rule(name=Text(zh="在用的引流方式", en="ways of acquisition"), tell=_stated("acquisition_ways")),
    "pools": Rule(
        name=Text(zh="公域来源的访客与费用", en="visitors and cost of public pools"),
        tell=_any("public_pools", lambda row: bool(row.get("monthly_visitors"))),
    ),
    "adds": Rule(
        name=Text(zh="公域来源的加粉数", en="contacts added from public pools"),
        tell=_any("public_pools", lambda row: bool(row.get("adds"))),
    ),
    "referral": Rule(
        name=Text(zh="裂变", en="referral"),
        tell=lambda brief: "referral" in ways if (ways := brief.choices("acquisition_ways")) else None,
    ),
    "key": Rule(
        name=Text(zh="跨渠道可比对的身份", en="an identity comparable across channels"),
        tell=_any("key_types", lambda row: row.get("key_type") in MEETING_IDS and row.get("masked") is not True),
    ),
    "history": Rule(name=Text(zh="满 12 个月的订单", en="twelve months of orders"), tell=_history),
    "tags": Rule(name=Text(zh="标签体系", en="a tag dictionary"), tell=_stated("tag_dictionary")),
    "attribution": Rule(
        name=Text(zh="私域归因规则", en="a rule of attribution"),
        tell=_choice("attribution_rule", lambda answer: answer != "none"),
    ),
    "one_role": Rule(name=Text(zh="只有一至两个角色", en="one role or two"), tell=_one_role),
    "position": Rule(
        name=Text(zh="突出的品牌定位", en="a distinct brand position"),
        tell=_choice("positioning", lambda answer: answer != "none"),
    ),
    "goals": Rule(
        name=Text(zh="要素齐全的目标", en="complete goals"),
        tell=_all("goals", lambda row: all(row.get(part) is not None for part in GOAL_PARTS)),
    ),
    "high_value": Rule(
        name=Text(zh="高价值客户定义", en="a definition of top customers"), tell=_stated("high_value_rule")
    ),
    "calendar": Rule(name=Text(zh="营销日历", en="an event calendar"), tell=_stated("events_calendar")),
    "budget": Rule(name=Text(zh="批准的预算", en="an approved budget"), tell=_stated("budget")),
    "tasks": Rule(name=Text(zh="写明的任务", en="written tasks"), tell=_stated("tasks")),
    "sop": Rule(
        name=Text(zh="日常任务的 SOP", en="procedures for daily tasks"),
        tell=lambda brief: any(row.get("has_sop") is True for row in brief.rows("sop_list")),
    ),
    "lead": Rule(name=Text(zh="私域负责人", en="a lead"), tell=_has_role("manager")),
    "analyst": Rule(name=Text(zh="数据分析岗", en="an analyst"), tell=_has_role("data")),
    "kpis": Rule(name=Text(zh="岗位考核指标", en="indicators for roles"), tell=_stated("current_kpis")),
    "links": Rule(name=Text(zh="半数以上系统的接口", en="interfaces on half of the systems"), tell=_half_connected),
    "attention": Rule(name=Text(zh="公司重视（4 分以上）", en="attention of management (4 or 5)"), tell=_attention),
    "background": Rule(name=Text(zh="做私域的理由", en="a reason for doing it"), tell=_stated("marketing_background")),
    "willing": Rule(
        name=Text(zh="各部门配合（3 分以上）", en="cooperation of all departments (3 or more)"),
        tell=_all("dept_cooperation", lambda row: (to_number(row.get("1-5")) or 0.0) >= WILLING),
    ),
    "incentives": Rule(name=Text(zh="一线激励", en="front-line incentives"), tell=_stated("incentives")),
    "membership": Rule(
        name=Text(zh="打通的会员体系", en="bridged memberships"),
        tell=_choice("member_system", lambda answer: answer in {"partly_bridged", "unified"}),
    ),
    "crossing": Rule(
        name=Text(zh="用手机号或 unionid 打通的渠道", en="a channel bridged by phone or unionid"),
        tell=_any("bridge_status", lambda row: row.get("status") == "live" and row.get("id_type") in MEETING_IDS),
    ),
    "contacts": Rule(
        name=Text(zh="可触达的企微好友", en="WeCom contacts"),
        tell=_any("containers", lambda row: row.get("type") == "wecom" and (to_number(row.get("users")) or 0.0) > 0),
    ),
    "points": Rule(name=Text(zh="一致的积分规则", en="one rule for points"), tell=_points_alike),
    "benefits": Rule(name=Text(zh="跨渠道通用的权益", en="a benefit that holds across channels"), tell=_benefits_cross),
    "touchpoints": Rule(
        name=Text(zh="每个触点的下一步", en="next steps for all touchpoints"),
        tell=_all("touchpoints", lambda row: bool(row.get("next_step"))),
    ),
    "resources": Rule(name=Text(zh="资源登记", en="a register of resources"), tell=_stated("resources")),
    "owned": Rule(
        name=Text(zh="每项资源的负责人", en="an owner for every resource"),
        tell=_all("resources", lambda row: bool(row.get("owner"))),
    ),
    "demands": Rule(name=Text(zh="需求清单", en="a list of demands"), tell=_stated("demands")),
    "journey": Rule(name=Text(zh="旅程步骤", en="steps of the journey"), tell=_stated("journey_steps")),
    "automation": Rule(name=Text(zh="上线的自动化", en="a live automation"), tell=_automation),
    "triggers": Rule(
        name=Text(zh="自动化的触发条件", en="triggers of automations"),
        tell=lambda brief: any(row.get("live") is True and row.get("trigger") for row in brief.rows("automation")),
    ),
    "kinds": Rule(name=Text(zh="两种以上的社群", en="groups of two kinds"), tell=_count("groups_list", "type", 2)),
    "tiers": Rule(name=Text(zh="两个以上会员等级", en="two tiers of members"), tell=_count("tiers", "tier", 2)),
    "content": Rule(name=Text(zh="内容岗", en="somebody for content"), tell=_has_role("content")),
    "guides": Rule(name=Text(zh="导购", en="guides"), tell=_has_role("store_guide")),
    "training": Rule(name=Text(zh="培训", en="training"), tell=_stated("training")),
    "selling_points": Rule(name=Text(zh="成条的卖点", en="listed selling points"), tell=_stated("selling_points")),
    "welcome": Rule(
        name=Text(zh="欢迎语", en="a welcome message"),
        tell=lambda brief: any(bool(row.get("welcome_message")) for row in brief.rows("persona_setup")),
    ),
}


def read_facts(brief: Brief) -> dict[str, Fact]:
    """Every fact by id."""
    return {key: Fact(id=key, name=rule.name, holds=rule.tell(brief)) for key, rule in RULES.items()}
