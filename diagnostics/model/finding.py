"""What is wrong with a business: how big, how sure, why, what to do, and how to see whether it worked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from diagnostics.model.wording import Text

Severity = Literal["high", "medium", "low", "info"]
Direction = Literal["up", "down"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low", "info")
# Stands in a finding's evidence in place of a check: a person's judgement.
CONSULTANT = "consultant"

SCOPE_KEYS = frozenset(
    [
        "channel",
        "shop",
        "store",
        "city",
        "staff",
        "sku",
        "category",
        "price_band",
        "cohort",
        "segment",
        "group",
        "campaign",
        "touchpoint",
        "step",
        "hop",
        "session",
        "goal",
        "table",
        "file",
        "resource",
        "role",
        "scenario",
        "brand",
        "factor",
        "training",
        "tag",
        "requirement",
    ]
)

ROLES: dict[str, Text] = {
    "manager": Text(zh="私域负责人", en="Private-domain lead"),
    "acquisition": Text(zh="引流负责人", en="Acquisition lead"),
    "account": Text(zh="个人号/导购运营", en="Account and guide operations"),
    "group": Text(zh="社群运营", en="Community operations"),
    "content": Text(zh="内容运营", en="Content operations"),
    "product": Text(zh="商品/选品", en="Merchandising"),
    "live": Text(zh="直播运营", en="Live operations"),
    "data": Text(zh="数据分析", en="Data analysis"),
    "member": Text(zh="会员运营", en="Membership operations"),
    "service": Text(zh="客服主管", en="Service lead"),
    "store_guide": Text(zh="门店/区域负责人", en="Store and regional lead"),
    "channel": Text(zh="渠道/店铺运营", en="Channel and shop operations"),
}


@dataclass(frozen=True, kw_only=True)
class Impact:
    """A range of money in the client's currency, per year: what is lost today or could be won."""

    low: float
    mid: float
    high: float
    per: Literal["year"] = "year"

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.mid <= self.high:
            message = f"an impact must satisfy 0 <= low <= mid <= high: {self.low}, {self.mid}, {self.high}"
            raise ValueError(message)


@dataclass(frozen=True, kw_only=True)
class Validation:
    """The metric (an id of the metric dictionary) that will tell whether the action worked."""

    metric: str
    direction: Direction
    window_days: int


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a finding comes from: check, table, figure, how many observations, which value."""

    check: str = ""
    table: str = ""
    figure: str = ""
    n: int | None = None
    value: float | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One trouble, as the consultant will present it.

    `severity` is set by the plan from money and confidence; a check sets it only for a finding without
    money (`impact` is `None`, then `impact_reason` says why). `same_money_as` is the rank of a foregoing finding that
    tells of the same money from another side, so that the two are not added up.
    """

    code: str
    scope: dict[str, str]
    title: Text
    cause: Text
    action: Text
    owner_role: str
    validation: Validation
    stop_rule: Text
    confidence: float
    impact: Impact | None = None
    impact_reason: Text | None = None
    severity: Severity | None = None
    evidence: tuple[Evidence, ...] = field(default_factory=tuple)
    rank: int | None = None
    same_money_as: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            message = f"{self.code}: confidence must lie in 0 to 1, not {self.confidence}"
            raise ValueError(message)
        if unknown := set(self.scope) - SCOPE_KEYS:
            message = f"{self.code}: unknown scope {sorted(unknown)}"
            raise ValueError(message)
        if self.owner_role not in ROLES:
            message = f"{self.code}: unknown role {self.owner_role}"
            raise ValueError(message)
        if self.impact is None and (self.impact_reason is None or self.severity is None):
            message = f"{self.code}: a finding without money needs impact_reason and severity"
            raise ValueError(message)
