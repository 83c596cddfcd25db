"""What one contact costs, by everything that states a cost: pools, rewards, partners, campaigns, referrals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.acquisition import _scene_words as words
from diagnostics.checks.acquisition._scenes import find_scene
from diagnostics.model.brief import to_number
from diagnostics.model.wording import Text, name_verbatim, shorten

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.model.brief import Brief

MONTHS = 12
PER_ADD = "per_add"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One thing paid for: a year's or a log's cost, the people it brought, its scene if any, who states it.

    `on_top` is what is paid for every contact whatever brought it, and so is the whole cost of none.
    """

    name: Text
    scene: str
    cost: float
    adds: float | None
    source: Text
    on_top: bool = False

    @property
    def each(self) -> float | None:
        """The cost of one contact."""
        return self.cost / self.adds if self.adds else None


def list_costs(brief: Brief, yearly_adds: float, ads: Mapping[str, float], extra: pd.DataFrame | None) -> list[Cost]:
    """Every cost known: of the sheet a year's, of campaigns and referrals (`extra`: what, cost, joined) the log's.

    `ads` holds the contacts added in the period by scene.
    """
    found = [*_read_pools(brief), *_read_rewards(brief, yearly_adds), *_read_partners(brief)]
    if extra is not None:
        for row in extra.to_dict("records"):
            is_referral = row["what"] == "referral"
            joined = float(row["joined"] or 0) if is_referral else ads.get("ad", 0.0)
            if float(row["cost"] or 0) > 0:
                found.append(
                    Cost(
                        name=words.REWARDS if is_referral else words.CAMPAIGNS,
                        scene="referral" if is_referral else "ad",
                        cost=float(row["cost"]),
                        adds=joined or None,
                        source=words.REFERRALS if is_referral else words.SPEND_LOG,
                    )
                )
    return found


def _read_pools(brief: Brief) -> list[Cost]:
    rows = []
    for row in brief.rows("public_pools"):
        cost, adds, said = read(row, "cost"), read(row, "adds"), str(row.get("pool") or "")
        if cost is not None and said:
            scene = find_scene(said)
            rows.append(
                Cost(
                    name=name_verbatim(shorten(said, 18)),
                    scene=scene.id if scene else "",
                    cost=cost * MONTHS,
                    adds=None if adds is None else adds * MONTHS,
                    source=words.SHEET_POOL,
                )
            )
    return rows


def _read_rewards(brief: Brief, yearly_adds: float) -> list[Cost]:
    costs = [read(row, "cost") for row in brief.rows("incentives") if row.get("type") == PER_ADD]
    known = [cost for cost in costs if cost is not None]
    if not known:
        return []
    return [
        Cost(
            name=words.STAFF_REWARD,
            scene="",
            cost=sum(known),
            adds=yearly_adds or None,
            source=words.SHEET_REWARD,
            on_top=True,
        )
    ]


def _read_partners(brief: Brief) -> list[Cost]:
    return [
        Cost(
            name=words.PARTNER.fill(name=name_verbatim(shorten(str(row["partner"]), 14))),
            scene="partner",
            cost=read(row, "cost") or 0.0,
            adds=read(row, "users"),
            source=words.SHEET_PARTNER,
        )
        for row in brief.rows("partner_log")
        if row.get("partner")
    ]


def read(row: Mapping[str, object], name: str) -> float | None:
    """A number of a row of the sheet; `None` where it was left empty."""
    return to_number(row.get(name))
