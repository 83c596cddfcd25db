"""Newcomers of the last year come back less than those of the year before did at the same age."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.generator.clinic.cuts import OPENING_DAYS, draw_some, find_firsts, take_away
from diagnostics.generator.clinic.floors import shares_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np

    from diagnostics.generator.clinic.client import Client

FOLLOWED = 90
LEAST = 200
# Three months are a little more or less than 90 days.
SLACK = timedelta(days=5)


def count_halves(client: Client) -> list[tuple[float, float]]:
    """Share that bought again within 90 days, and number, of newcomers of the same months of last year and this."""
    lines, firsts = client.lines, find_firsts(client.lines)
    months = firsts.day.dt.to_period("M")
    followed = (months + 1).dt.start_time + timedelta(days=FOLLOWED) <= pd.Timestamp(client.current.end)
    new = firsts[(months.dt.start_time >= find_opening(lines)) & followed].assign(month=months)
    joined = lines[["customer", "ordered_at"]].merge(new[["customer", "day"]], on="customer")
    wait = (joined.ordered_at.dt.normalize() - joined.day).dt.days
    back = new.customer.isin(set(joined.customer[(wait > 0) & (wait <= FOLLOWED)]))
    late = new.month.isin(set(new.month + 12))
    early = new.month.isin(set(new.month - 12))
    return [(float(back[side].mean()), float(side.sum())) for side in (early, late)]


def find_opening(lines: pd.DataFrame) -> pd.Timestamp:
    """From when on a first purchase is taken for one."""
    opening: pd.Timestamp = (lines.ordered_at.min() + timedelta(days=OPENING_DAYS)).normalize() - SLACK
    return opening


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """The whole client, where both years brought enough newcomers."""
    del rng
    return {} if min(n for _, n in count_halves(client)) >= LEAST else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of two shares."""
    del scope
    before, after = count_halves(client)
    return limits["least_fall"] + shares_apart(*before, *after)


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let so many newcomers never come back that the share of all falls by `gap`, from where the newer half begins.

    With more than two years of data that is before the last year. It costs the missing second purchases: the gap, times
    a year's newcomers, times what a second purchase day brings.
    """
    del scope
    _, (share, _) = count_halves(client)
    if gap > share:
        return None
    lines, firsts = client.lines, find_firsts(client.lines)
    current = pd.Timestamp(client.current.start)
    worse = firsts[firsts.day >= min(current, find_opening(lines) + pd.DateOffset(years=1))]
    day_of = lines.customer.map(firsts.set_index("customer").day).astype("datetime64[s]")
    later = lines.ordered_at.dt.normalize() > day_of
    lost = later & lines.customer.isin(worse.customer) & draw_some(rng, lines.customer, gap / share)
    changed = take_away(client, lost)
    return Planted(client=changed, effect=gap * int((firsts.day >= current).sum()) * value_second_day(changed.lines))


def value_second_day(lines: pd.DataFrame) -> float:
    """Mean spend, less refunds, on customers' second purchase day."""
    spent = lines.assign(day=lines.ordered_at.dt.normalize(), net=lines.paid_amount - lines.refund_amount)
    days = spent.groupby(["customer", "day"], observed=True).net.sum().reset_index()
    return float(days[days.groupby("customer", observed=True).cumcount() == 1].net.mean())


PLANTING = Planting(
    code="retention.cohort_decay", choose=choose, floor=floor, rule="limit plus half-width", plant=plant
)
