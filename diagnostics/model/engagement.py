"""What is fixed for one diagnosis before any figure is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from diagnostics.model.account import IntakeAccount
from diagnostics.model.brief import Brief
from diagnostics.model.period import Horizon
from diagnostics.model.promotions import Promotion
from diagnostics.model.wording import Text

GmvBasis = Literal["paid", "paid_net"]

GMV_BASIS_WORDS: dict[GmvBasis, Text] = {
    "paid": Text(zh="GMV = 买家实付金额（退款另列）", en="GMV = amount paid by buyers (refunds shown apart)"),
    "paid_net": Text(zh="GMV = 买家实付金额 − 退款", en="GMV = amount paid by buyers − refunds"),
}


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """Client, currency, periods, definitions, the brief and the consultant's limits.

    `title` is the client as the report names it. `annual_gmv` is measured from the current period and scaled
    to a year; it sizes findings.
    `promotions` are the promotion days and holidays of the client's market, empty where none are known.
    `limits` overrides thresholds: `{"people.concentration": {"top_share": 0.6}}`.
    """

    client: str
    title: Text
    currency: str
    horizon: Horizon
    gmv_basis: GmvBasis
    annual_gmv: float
    brief: Brief = field(default_factory=Brief)
    account: IntakeAccount = field(default_factory=IntakeAccount)
    promotions: tuple[Promotion, ...] = ()
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
