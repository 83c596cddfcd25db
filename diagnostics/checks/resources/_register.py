"""What the sheet lists as resources: the criteria of a key resource, how far each is landed, which demand it serves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diagnostics.model.wording import Text, name_verbatim, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.model.brief import Brief, Row

Stage = Literal["found", "landed", "levered", "serving"]
Side = Literal["supply", "demand", "both"]

LONGEST = 18
TYPES: dict[str, tuple[Text, Side, tuple[str, ...]]] = {
    "traffic": (
        Text(zh="流量", en="Traffic"),
        "demand",
        ("引流", "客流", "流量", "拉新", "曝光", "traffic", "visitors"),
    ),
    "content": (Text(zh="内容", en="Content"), "demand", ("内容", "种草", "素材", "直播", "content", "posts")),
    "supply": (
        Text(zh="供应链", en="Supply"),
        "supply",
        ("货", "品", "库存", "新品", "供应", "goods", "stock", "range"),
    ),
    "channel": (Text(zh="渠道", en="Channel"), "supply", ("渠道", "门店", "经销", "铺", "channel", "store", "dealer")),
    "people": (
        Text(zh="人员", en="People"),
        "both",
        ("服务", "售后", "导购", "客服", "顾问", "service", "advice", "staff"),
    ),
    "data": (
        Text(zh="数据", en="Data"),
        "both",
        ("数据", "会员", "打通", "标签", "分佣", "data", "member", "commission"),
    ),
    "money": (Text(zh="资金", en="Money"), "both", ("预算", "资金", "费用", "补贴", "budget", "cost")),
    "partner": (Text(zh="合作方", en="Partner"), "supply", ("合作", "异业", "达人", "商家", "partner", "influencer")),
    "brand": (Text(zh="品牌", en="Brand"), "demand", ("品牌", "口碑", "信任", "认知", "brand", "trust")),
}
LEVERS: dict[Side, Text] = {
    "supply": Text(zh="杠杆在供给侧", en="the lever is on the supply side"),
    "demand": Text(zh="杠杆在需求侧", en="the lever is on the demand side"),
    "both": Text(zh="供需两侧都用得上", en="it serves both sides"),
}
STAGES: dict[Stage, Text] = {
    "found": Text(zh="已发现，未落地", en="known, not secured yet"),
    "landed": Text(zh="已落地，未撬动", en="secured, not in use"),
    "levered": Text(zh="已撬动", en="in use"),
    "serving": Text(zh="已对上需求", en="serves a demand"),
}
NEXT: dict[Stage, Text] = {
    "found": Text(zh="谈成并定负责人：由虚转实", en="agree on it and name an owner: make it real"),
    "landed": Text(zh="定负责人与第一个用法", en="name an owner and its first use"),
    "levered": Text(zh="对上一条需求", en="match it with a demand"),
    "serving": Text(zh="量化它带来的结果", en="measure what it brings"),
}


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One resource of the sheet; scores run from 1 to 5, `None` where the sheet is silent.

    `demands` are those that its name or kind answers, by their words: a proposal for the session, no fact.
    """

    name: str
    kind: str
    owner: str
    is_real: bool
    impact: int | None
    scarcity: int | None
    replaceable: int | None
    demands: tuple[str, ...]
    is_used: bool

    @property
    def stage(self) -> Stage:
        """How far it has come: found, landed, used, serving a demand."""
        if not self.is_real:
            return "found"
        if not self.owner and not self.is_used:
            return "landed"
        return "serving" if self.demands else "levered"

    def is_key(self, limits: Mapping[str, float]) -> bool:
        """Whether it meets all three criteria: direct effect, scarce, hard to replace."""
        scores = (self.impact, self.scarcity, self.replaceable)
        if None in scores:
            return False
        impact, scarcity, replaceable = (int(score or 0) for score in scores)
        return impact >= limits["impact"] and scarcity >= limits["scarcity"] and replaceable <= limits["replaceable"]

    @property
    def side(self) -> Side:
        """Whether it works on the supply or the demand side of the market."""
        return TYPES[self.kind][1] if self.kind in TYPES else "both"

    @property
    def weight(self) -> int:
        """Effect times scarcity times how hard it is to replace; 0 where a score lacks."""
        if self.impact is None or self.scarcity is None or self.replaceable is None:
            return 0
        return self.impact * self.scarcity * (6 - self.replaceable)


@dataclass(frozen=True, kw_only=True)
class Register:
    """All resources, demands, what the client wants and what it calls key."""

    resources: tuple[Resource, ...]
    keys: tuple[Resource, ...]
    demands: tuple[str, ...]
    wanted: tuple[str, ...]
    named: str

    @property
    def idle(self) -> tuple[Resource, ...]:
        """Key resources that are not in use."""
        return tuple(one for one in self.keys if one.stage in {"found", "landed"})

    @property
    def unserved(self) -> tuple[str, ...]:
        """Demands that no resource answers."""
        return tuple(demand for demand in self.demands if not any(demand in one.demands for one in self.resources))

    @property
    def side(self) -> Side:
        """The side on which the key resources (or, without any, all) weigh most."""
        weights: dict[Side, int] = dict.fromkeys(LEVERS, 0)
        for one in self.keys or self.resources:
            weights[one.side] += one.weight
        if weights["supply"] == weights["demand"]:
            return "both"
        return "supply" if weights["supply"] > weights["demand"] else "demand"


def read_resources(brief: Brief) -> tuple[Resource, ...]:
    """The resources of the sheet, weightiest first; used are those whose name appears among touchpoints or ways."""
    demands = brief.choices("demands")
    used = " ".join(str(value) for row in brief.rows("touchpoints") for value in row.values())
    found = tuple(_read(row, demands, used) for row in brief.rows("resources") if row.get("resource"))
    return tuple(sorted(found, key=lambda one: (-one.weight, one.name)))


def name_resource(one: Resource) -> Text:
    """What the client calls it, cut to what a table holds."""
    return name_verbatim(shorten(one.name, LONGEST))


def _read(row: Row, demands: tuple[str, ...], used: str) -> Resource:
    name, kind = str(row["resource"]).strip(), str(row.get("type") or "")
    return Resource(
        name=name,
        kind=kind,
        owner=str(row.get("owner") or "").strip(),
        is_real=row.get("status") == "real",
        impact=_score(row.get("impact")),
        scarcity=_score(row.get("scarcity")),
        replaceable=_score(row.get("replaceable")),
        demands=tuple(demand for demand in demands if _answers(name, kind, demand)),
        is_used=name in used,
    )


def _answers(name: str, kind: str, demand: str) -> bool:
    words = TYPES[kind][2] if kind in TYPES else ()
    said = demand.lower()
    return name.lower() in said or any(word in said for word in words)


def _score(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
