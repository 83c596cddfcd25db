"""Role cards: duty, indicators and example weights of each role, and the words by which a sheet names it.

After team templates published by 华商网 (2023) and 9ku, KPI sets by stage of 人人都是产品经理; weights are examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.model.brief import to_number
from diagnostics.model.finding import ROLES
from diagnostics.model.wording import Text, join_texts, name_verbatim, word_percent

if TYPE_CHECKING:
    from diagnostics.model.brief import Brief

Indicators = tuple[tuple[Text, float], ...]


@dataclass(frozen=True, kw_only=True)
class RoleCard:
    """One role: what it answers for, its indicators with example weights (shares that sum to 1), and its names."""

    duty: Text
    indicators: Indicators
    words: tuple[str, ...]

    def word_indicators(self) -> Text:
        """The indicators with their weights in a sentence."""
        return join_texts(
            Text(zh="{name} {weight}", en="{name} {weight}").fill(name=name, weight=word_percent(weight, 0))
            for name, weight in self.indicators
        )


def _list(*pairs: tuple[str, str, float]) -> Indicators:
    return tuple((Text(zh=zh, en=en), weight) for zh, en, weight in pairs)


CARDS: dict[str, RoleCard] = {
    "manager": RoleCard(
        duty=Text(zh="计划、资源与结果", en="plan, resources and result"),
        indicators=_list(
            ("私域GMV", "private GMV", 0.4),
            ("复购", "repeat buying", 0.25),
            ("费用率", "cost share", 0.15),
            ("团队建设", "team", 0.2),
        ),
        words=("负责人", "总监", "manager", "lead"),
    ),
    "acquisition": RoleCard(
        duty=Text(zh="场景、渠道码与成本", en="scenes, codes and cost"),
        indicators=_list(
            ("净增好友", "net adds", 0.4),
            ("加粉率", "add rate", 0.2),
            ("30天留存", "30-day keep", 0.25),
            ("单粉成本", "cost per add", 0.15),
        ),
        words=("引流", "拉新", "投放", "acquisition"),
    ),
    "account": RoleCard(
        duty=Text(zh="一对一服务与打标签", en="one-to-one service and tags"),
        indicators=_list(
            ("首单转化", "first orders", 0.3),
            ("回复率与时长", "reply rate and time", 0.25),
            ("高价值客户覆盖", "cover of top customers", 0.2),
            ("删除率（反向）", "delete rate (reverse)", 0.15),
            ("标签覆盖", "tag coverage", 0.1),
        ),
        words=("个人号", "企微", "账号", "account"),
    ),
    "group": RoleCard(
        duty=Text(zh="群节奏与群规", en="rhythm and rules of groups"),
        indicators=_list(
            ("活跃成员率", "active members", 0.25),
            ("群转化", "group conversion", 0.35),
            ("留存", "keep", 0.2),
            ("用户内容与KOC", "user content and KOC", 0.2),
        ),
        words=("社群", "群运营", "group", "community"),
    ),
    "content": RoleCard(
        duty=Text(zh="内容日历与活动", en="calendar and events"),
        indicators=_list(
            ("活动增量", "event lift", 0.4),
            ("互动", "interaction", 0.3),
            ("内容成本", "content cost", 0.15),
            ("复盘卡", "review cards", 0.15),
        ),
        words=("内容", "活动", "content"),
    ),
    "product": RoleCard(
        duty=Text(zh="货品角色与测款", en="product roles and tests"),
        indicators=_list(
            ("连带", "attach", 0.3),
            ("首单品复购", "repeat of first items", 0.3),
            ("毛利", "margin", 0.25),
            ("测款准度", "accuracy of tests", 0.15),
        ),
        words=("选品", "商品", "merch", "product"),
    ),
    "member": RoleCard(
        duty=Text(zh="等级、权益与打通", en="tiers, benefits and bridge"),
        indicators=_list(
            ("会员增速倍数", "member growth ratio", 0.3),
            ("存量首购", "first purchases of stock", 0.25),
            ("打通率", "bridge rate", 0.25),
            ("积分核销", "points burned", 0.2),
        ),
        words=("会员", "crm", "member"),
    ),
    "live": RoleCard(
        duty=Text(zh="播前、播中、播后分工", en="roles before, during and after a session"),
        indicators=_list(
            ("曝光到观看", "exposure to view", 0.25),
            ("千次观看成交", "GMV per thousand views", 0.35),
            ("成交率", "pay rate", 0.25),
            ("答疑时长", "time to answer", 0.15),
        ),
        words=("直播", "主播", "live", "host"),
    ),
    "data": RoleCard(
        duty=Text(zh="标签与报表", en="tags and reports"),
        indicators=_list(("准时", "on time", 0.3), ("质量", "quality", 0.4), ("被采用", "adoption", 0.3)),
        words=("数据", "分析", "data", "analyst"),
    ),
    "service": RoleCard(
        duty=Text(zh="接待与售后", en="reception and after-sales"),
        indicators=_list(
            ("首次响应时长", "time to first reply", 0.4),
            ("解决率", "share solved", 0.35),
            ("满意度", "satisfaction", 0.25),
        ),
        words=("客服", "service"),
    ),
    "store_guide": RoleCard(
        duty=Text(zh="加粉与接待", en="adds and reception"),
        indicators=_list(
            ("目标达成", "achievement", 0.5),
            ("留存", "keep", 0.2),
            ("非主营连带", "non-core attach", 0.15),
            ("培训", "training", 0.15),
        ),
        words=("导购", "店长", "门店", "站长", "guide", "store"),
    ),
}


# A finding's owner of the stores is their lead; the sheet counts the guides in them.
NAMES: dict[str, Text] = {
    "store_guide": Text(zh="门店导购", en="Store guides"),
    "service": Text(zh="客服", en="Customer service"),
    "acquisition": Text(zh="引流运营", en="Acquisition"),
    "manager": Text(zh="私域负责人", en="Private-domain lead"),
}


def name_role(role: str) -> Text:
    """What a role of the headcount is called; a role of the client's own keeps its word."""
    return NAMES.get(role) or ROLES.get(role) or name_verbatim(role)


def find_role(said: str) -> str | None:
    """The role that a free text names; `None` if none is recognised.

    >>> find_role("社群运营"), find_role("财务")
    ('group', None)
    """
    lowered = said.lower().strip()
    if lowered in CARDS:
        return lowered
    return next((role for role, card in CARDS.items() if any(word in lowered for word in card.words)), None)


def count_heads(brief: Brief) -> dict[str, tuple[float, float]]:
    """By role, full-time equivalents and cost a month (0 where it is not stated)."""
    heads: dict[str, tuple[float, float]] = {}
    for row in brief.rows("headcount"):
        role, fte, cost = str(row.get("role")), row.get("fte"), row.get("monthly_cost")
        people, money = heads.get(role, (0.0, 0.0))
        heads[role] = (people + (to_number(fte) or 0.0), money + (to_number(cost) or 0.0))
    return heads


def weigh_indicators(brief: Brief) -> dict[str, tuple[int, float]]:
    """By role recognised, how many indicators it has today and the sum of their weights."""
    found: dict[str, tuple[int, float]] = {}
    for row in brief.rows("current_kpis"):
        role = find_role(str(row.get("role") or ""))
        if role is not None:
            count, weight = found.get(role, (0, 0.0))
            found[role] = (count + 1, weight + (to_number(row.get("weight")) or 0.0))
    return found
