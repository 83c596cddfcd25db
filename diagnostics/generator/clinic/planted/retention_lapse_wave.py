"""More of the active repeat customers with high spend stay away than a year before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.cuts import draw_some, take_away
from diagnostics.generator.clinic.floors import shares_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from datetime import date

    from diagnostics.generator.clinic.client import Client

LAPSED, LEAST, YEAR = 0.9, 150, 365
SEGMENTS = 2


@dataclass(frozen=True, kw_only=True)
class AtRisk:
    """Active repeat customers with high spend before the last `line` days: who came, and what they then spent."""

    line: int
    stayed: pd.Series[float]
    count: int

    @property
    def lapsed(self) -> float:
        """The share that stayed away."""
        return 1 - len(self.stayed) / max(self.count, 1)


def list_days(client: Client) -> pd.DataFrame:
    """One row a customer and day: `spent`, and `gap`, the days to the customer's next purchase day."""
    lines = client.lines
    spent = (lines.paid_amount - lines.refund_amount).rename("spent")
    days = spent.groupby([lines.customer.astype(str), lines.ordered_at.dt.normalize().rename("day")]).sum()
    frame = days.reset_index()
    return frame.assign(gap=-frame.groupby("customer").day.diff(-1).dt.days)


def find_at_risk(client: Client, days: pd.DataFrame, end: date) -> AtRisk:
    """Those at risk at the end of a period, over as long a past as both periods have."""
    line = int(np.quantile(days.gap.dropna(), LAPSED, method="inverted_cdf"))
    span = (client.previous.end - client.lines.ordered_at.min().date()).days
    age = (pd.Timestamp(end) - days.day).dt.days - 1
    now, past = days[(age >= 0) & (age < line)], days[(age >= line) & (age < span)]
    each = (
        past.assign(age=age).groupby("customer").agg(times=("age", "size"), last=("age", "min"), spent=("spent", "sum"))
    )
    risk = each[(each.times > 1) & (each["last"] <= 2 * line)]
    high = risk[risk.spent >= risk.spent.quantile(0.5, interpolation="lower")] if len(risk) else risk
    stayed = now[now.customer.isin(high.index)].groupby("customer").spent.sum()
    return AtRisk(line=line, stayed=stayed, count=len(high))


def _compare(client: Client) -> tuple[AtRisk, AtRisk]:
    days = list_days(client)
    return find_at_risk(client, days, client.previous.end), find_at_risk(client, days, client.current.end)


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """High spenders, where enough of them are at risk at both ends and the past is two lapse lines long."""
    del rng
    before, now = _compare(client)
    span = (client.previous.end - client.lines.ordered_at.min().date()).days
    return {"segment": "repeat_high"} if min(before.count, now.count) >= LEAST and span > 2.2 * now.line else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of two shares, both segments together."""
    del scope
    before, now = _compare(client)
    return limits["rise"] + shares_apart(before.lapsed, before.count, now.lapsed, now.count, looked_at=SEGMENTS)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let so many who came stay away in the last window that the share lapsed rises by `gap`.

    It costs what they would have spent, each window of a year anew.
    """
    del scope
    _, now = _compare(client)
    share = gap / max(1 - now.lapsed, 1e-9)
    if share >= 1:
        return None
    lines = client.lines
    start = pd.Timestamp(client.current.end) - pd.Timedelta(days=now.line)
    inside = (lines.ordered_at >= start) & lines.customer.astype(str).isin(now.stayed.index)
    changed = take_away(client, inside & draw_some(rng, lines.customer.where(inside), share))
    return Planted(client=changed, effect=gap * now.count * float(now.stayed.mean()) * YEAR / now.line)


PLANTING = Planting(code="retention.lapse_wave", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
