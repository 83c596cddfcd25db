"""The traffic view beside the view of people as an asset, and the three axes of relationship, venue and efficiency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diagnostics.model.section import Unit
from diagnostics.model.wording import Text
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.checks.check import Replies
    from diagnostics.model.brief import Brief

Side = Literal["hall", "people"]
WHOLE_LINK = ("entry_code/state", "owner", "next_step")


@dataclass(frozen=True, kw_only=True)
class View:
    """One figure of a view in both periods; `before` is `None` without a previous period that can be compared."""

    id: str
    side: Side
    name: Text
    unit: Unit
    now: float
    before: float | None

    @property
    def change(self) -> float | None:
        """Relative change from the previous period; of a share there is none."""
        return self.now / self.before - 1 if self.before and self.unit != "share" else None


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One axis: a share with what it is of."""

    id: str
    name: Text
    counts: Text
    part: int
    whole: int

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval of the share."""
        low, high = wilson(self.part, self.whole)
        return float(low), float(high)


NAMES: dict[str, tuple[Side, Text, Unit]] = {
    "visitors": ("hall", Text(zh="访客（逐月相加）", en="Visitors, months added"), "count"),
    "conversion": ("hall", Text(zh="平台买家 ÷ 访客", en="Platforms' buyers over visitors"), "share"),
    "gmv": ("hall", Text(zh="成交额", en="Sales"), "money"),
    "buyers": ("people", Text(zh="客户数", en="Customers"), "count"),
    "repeat": ("people", Text(zh="两天以上购买的客户占比", en="Customers who bought on two days"), "share"),
    "spend": ("people", Text(zh="人均消费", en="Spend per customer"), "price"),
    "reached": ("people", Text(zh="可触达的客户占比", en="Customers within reach"), "share"),
}


def read_views(replies: Replies) -> tuple[View, ...]:
    """Every figure that is known now, with its value before where both periods tell of the same channels."""
    now, before = _read_period(replies, "now"), _read_period(replies, "before")
    return tuple(
        View(id=name, side=side, name=label, unit=unit, now=now[name], before=before.get(name))
        for name, (side, label, unit) in NAMES.items()
        if name in now
    )


def _read_period(replies: Replies, period: str) -> dict[str, float]:
    found: dict[str, float] = {}
    if f"people_{period}" in replies:
        people = replies[f"people_{period}"].iloc[0].fillna(0)
        found["gmv"] = float(people.gmv)
        if people.buyers:
            found |= {
                "buyers": float(people.buyers),
                "repeat": float(people["repeat"] / people.buyers),
                "spend": float(people.known_gmv / people.buyers),
            }
    visits = _read_visits(replies, period)
    if visits is not None:
        if visits.visitors.sum() > 0:
            found["visitors"] = float(visits.visitors.sum())
        if visits.visitors_told.sum() > 0:
            found["conversion"] = float(visits.buyers.sum() / visits.visitors_told.sum())
    if period == "now" and "assets" in replies and replies["assets"].buyers.iloc[0]:
        assets = replies["assets"].iloc[0]
        found["reached"] = float(assets.reached / assets.buyers)
    return found


def _read_visits(replies: Replies, period: str) -> pd.DataFrame | None:
    """Visits of the months that can be compared; without any, all of the current period and none before."""
    if "halls" in replies and not replies["halls"].empty:
        return replies["halls"].rename(columns=lambda name: name.removesuffix(f"_{period}"))
    return replies["hall"] if period == "now" and "hall" in replies else None


def read_axes(replies: Replies) -> tuple[Axis, ...]:
    """The axes that are known."""
    found = []
    if "assets" in replies and replies["assets"].buyers.iloc[0]:
        assets = replies["assets"].iloc[0]
        found.append(
            Axis(
                id="relationship",
                name=Text(zh="关系（人）", en="Relationship"),
                counts=Text(zh="本期买家里可触达的人", en="buyers of the period within reach"),
                part=int(assets.reached),
                whole=int(assets.buyers),
            )
        )
    touchpoints = replies.engagement.brief.rows("touchpoints")
    if touchpoints:
        found.append(_read_venue(replies.engagement.brief))
    if "hall" in replies:
        visits = replies["hall"]
        visits = visits[visits.visitors_told > 0]
        if not visits.empty and visits.buyers.sum() <= visits.visitors_told.sum():
            found.append(
                Axis(
                    id="efficiency",
                    name=Text(zh="效率", en="Efficiency"),
                    counts=Text(
                        zh="平台给出的买家 ÷ 访客（逐月相加）", en="platforms' buyers over visitors, months added"
                    ),
                    part=int(visits.buyers.sum()),
                    whole=int(visits.visitors_told.sum()),
                )
            )
    return tuple(found)


def _read_venue(brief: Brief) -> Axis:
    rows = brief.rows("touchpoints")
    return Axis(
        id="venue",
        name=Text(zh="场域", en="Venue"),
        counts=Text(zh="入口码、负责人、下一步都齐的触点", en="touchpoints with code, owner and next step"),
        part=sum(all(row.get(name) for name in WHOLE_LINK) for row in rows),
        whole=len(rows),
    )
