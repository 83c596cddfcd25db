"""What the action of each finding takes: effort by role, outlay, lever, and what must be true first."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diagnostics.model.finding import ROLES
from diagnostics.model.wording import Text

PHASES = (
    Text(zh="第 1–30 天", en="Days 1–30"),
    Text(zh="第 31–60 天", en="Days 31–60"),
    Text(zh="第 61–90 天", en="Days 61–90"),
)
# Base steps that are measured, not found wanting: by name, what they are called.
GATES: dict[str, Text] = {
    "reception": Text(zh="新好友有人接待", en="new contacts are received"),
    "repeat": Text(zh="老客自己会回来", en="customers come back by themselves"),
}
LEVERS: dict[str, Text] = {
    "users": Text(zh="访客", en="visitors"),
    "conversion": Text(zh="转化", en="conversion"),
    "repeat": Text(zh="复购", en="repeat buying"),
    "basket": Text(zh="客单", en="basket"),
    "price": Text(zh="价格与毛利", en="price and margin"),
    "refunds": Text(zh="退款", en="refunds"),
    "reach": Text(zh="触达", en="reach"),
    "first_order": Text(zh="首单", en="first orders"),
    "cost": Text(zh="获客成本", en="acquisition cost"),
    "range": Text(zh="货盘", en="range of goods"),
    "community": Text(zh="社群", en="groups"),
    "service": Text(zh="服务", en="service"),
    "stores": Text(zh="门店", en="stores"),
    "live": Text(zh="直播", en="live selling"),
    "referral": Text(zh="裂变", en="referral"),
    "campaigns": Text(zh="活动与推送", en="campaigns and pushes"),
    "team": Text(zh="团队", en="team"),
    "knowledge": Text(zh="识人", en="knowing customers"),
    "direction": Text(zh="方向", en="direction"),
    "risk": Text(zh="风险", en="risk"),
    "data": Text(zh="数据", en="data"),
    "privacy": Text(zh="合规", en="privacy"),
}


@dataclass(frozen=True, kw_only=True)
class PlanAction:
    """What carrying out the action of a finding's code takes.

    `phase` is the first (0 to 2) in which it can start. `days` are person-days by role. `outlay` is money spent
    outside the team, low and high, as shares of the middle of the gain a year. `after` are codes whose open findings
    must be carried out in an earlier phase, `gates` base steps that must have been measured as passed.
    """

    code: str
    lever: str
    phase: int
    days: Mapping[str, float]
    outlay: tuple[float, float]
    after: tuple[str, ...]
    gates: tuple[str, ...]
    reason: Text

    def __post_init__(self) -> None:
        low, high = self.outlay
        faults = [
            *(role for role in self.days if role not in ROLES),
            *(gate for gate in self.gates if gate not in GATES),
            *([self.lever] if self.lever not in LEVERS else []),
        ]
        is_sound = 0 <= self.phase < len(PHASES) and 0 <= low <= high and all(d > 0 for d in self.days.values())
        if faults or not is_sound or not self.days:
            message = f"the action of {self.code} is not sound: {', '.join(faults) or 'phase, days or outlay'}"
            raise ValueError(message)


def read_actions(table: str) -> dict[str, PlanAction]:
    r"""The actions by finding code, from the text of a CSV; days as `role:days role:days`, lists parted by `;`.

    >>> head = "code,lever,phase,days,outlay_low,outlay_high,after,gates,reason_zh,reason_en"
    >>> read_actions(head + "\ndata.date_gap,data,1,data:1,0,0,,,补导,export again")["data.date_gap"].days
    {'data': 1.0}
    """
    return {row["code"]: _read_row(row) for row in csv.DictReader(table.splitlines())}


def is_among(code: str, codes: Iterable[str]) -> bool:
    """Whether a finding's code is one of these, or begins with one that ends in a dot, which means a whole area.

    >>> is_among("live.funnel_leak", ["live."]), is_among("live.funnel_leak", ["live.funnel"])
    (True, False)
    """
    return any(code == one or (one.endswith(".") and code.startswith(one)) for one in codes)


def _read_row(row: Mapping[str, str]) -> PlanAction:
    pairs = [part.split(":") for part in row["days"].split()]
    return PlanAction(
        code=row["code"],
        lever=row["lever"],
        phase=int(row["phase"]) - 1,
        days={role: float(days) for role, days in pairs},
        outlay=(float(row["outlay_low"]), float(row["outlay_high"])),
        after=_split(row["after"]),
        gates=_split(row["gates"]),
        reason=Text(zh=row["reason_zh"], en=row["reason_en"]),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
