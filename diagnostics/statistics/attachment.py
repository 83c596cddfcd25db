"""Orders and what they hold together: sizes, attach rates, pairs, and what falls short of before or of the best."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.statistics.certainty import find_likely, value_likely
from diagnostics.statistics.lift import bound_lift
from diagnostics.statistics.proportions import newcombe_difference, wilson
from diagnostics.statistics.standardisation import compare_groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

LEAST_ORDERS = 100
LEAST_TOGETHER = 30


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """What a category or product lacks against the comparison period or the best channel; money a year."""

    unit: str
    name: str
    channels: tuple[str, ...]
    best: str
    now: float
    reference: float
    gap: float
    low: float
    orders: float
    value: float
    money: tuple[float, float, float]


def find_falls(now: pd.DataFrame, before: pd.DataFrame, growth: float, yearly: float) -> tuple[Shortfall, ...]:
    """Each unit against the comparison period at the channels of now; Bonferroni's interval for so many units.

    The money is an 80 % range from the error of the rate and that of what an attached order brings.
    A unit whose attached orders kept pace with all orders (`growth` is now over before) is left out: its rate
    fell because of additional small orders, which take nothing away.
    """
    merged = now.merge(before, on=["unit", "channel"], suffixes=("", "_before"))
    units = [(str(unit), rows) for unit, rows in merged.groupby("unit") if rows.orders.sum() >= LEAST_ORDERS]
    found = []
    for unit, rows in units:
        change = compare_groups(
            (rows.attached, rows.orders),
            (rows.attached_before, rows.orders_before),
            confidence=1 - 0.05 / len(units),
        )
        if change is None or rows.attached.sum() >= rows.attached_before.sum() * growth:
            continue
        value, error = _value_attached(rows, change.fall * change.n)
        likely = find_likely(change.low, change.fall, change.high, len(units))
        orders = change.n * yearly
        found.append(
            Shortfall(
                unit=unit,
                name=str(rows["name"].max()),
                channels=(),
                best="",
                now=change.now,
                reference=change.before,
                gap=change.fall,
                low=change.low,
                orders=change.n,
                value=value,
                money=value_likely(likely, orders * value, orders * error),
            )
        )
    return tuple(found)


def _value_attached(rows: pd.DataFrame, lost: float) -> tuple[float, float]:
    """Mean gmv that an attached order brings, and its standard error as that of so many lost ones.

    Those lost are drawn as those that are left, so their own mean strays, too.
    """
    attached = max(float(rows.attached.sum()), 1.0)
    value = float(rows.companion_gmv.sum()) / attached
    variance = max(float(rows.companion_squares.sum()) / attached - value**2, 0.0)
    return value, math.sqrt(variance * (1 / attached + 1 / max(lost, 1.0)))


def find_behind(now: pd.DataFrame, yearly: float) -> tuple[Shortfall, ...]:
    """Each unit's channels against its best channel, one shortfall a channel that lies below it."""
    judged = now[(now.orders >= LEAST_ORDERS) & (now.channel != "")]
    found = []
    for unit, rows in judged.groupby("unit"):
        records = rows.to_dict("records")
        best = max(records, key=lambda row: row["attached"] / row["orders"])
        for row in records:
            if row is best:
                continue
            low, _ = newcombe_difference(
                best["attached"], best["orders"], row["attached"], row["orders"], 1 - 0.05 / len(judged)
            )
            found.append(_set_behind(str(unit), best, row, float(low), yearly))
    return tuple(found)


def _set_behind(unit: str, best: Mapping[Any, Any], row: Mapping[Any, Any], low: float, yearly: float) -> Shortfall:
    now, reference = row["attached"] / row["orders"], best["attached"] / best["orders"]
    # Too few attached orders of its own: then the best channel says what one brings.
    source = row if row["attached"] >= LEAST_TOGETHER else best
    value = float(source["companion_gmv"]) / max(float(source["attached"]), 1.0)
    scale = float(row["orders"]) * value * yearly * (reference - now)
    return Shortfall(
        unit=unit,
        name=str(row["name"]),
        channels=(row["channel"],),
        best=best["channel"],
        now=now,
        reference=reference,
        gap=reference - now,
        low=low,
        orders=float(row["orders"]),
        value=value,
        # Channels have buyers of their own: a quarter to all of the gap can be closed.
        money=(scale / 4, scale / 2, scale),
    )


def share_single(sizes: pd.DataFrame) -> float:
    """Share of orders that hold one product, from rows of `count_sizes`."""
    return float(sizes.orders[sizes["size"] == 1].sum() / sizes.orders.sum())


def summarise_sizes(sizes: pd.DataFrame) -> pd.DataFrame:
    """One row a channel, most orders first: orders, single (share), products and units an order, and spend."""
    singles = sizes[sizes["size"] == 1].groupby("channel").orders.sum()
    frame = sizes.groupby("channel")[["orders", "products", "units", "gmv"]].sum()
    frame = frame.assign(
        single=singles.reindex(frame.index).fillna(0) / frame.orders,
        products_per_order=frame.products / frame.orders,
        units_per_order=frame.units / frame.orders,
        spend=frame.gmv / frame.orders,
    )
    return frame.sort_values("orders", ascending=False).reset_index()


def spread_sizes(now: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    """One row a size of order: size, orders, share with its interval, and share_before (NaN without a period)."""
    frame = now.groupby("size").orders.sum().rename("orders").to_frame()
    total = float(frame.orders.sum())
    low, high = wilson(frame.orders, total)
    frame = frame.assign(share=frame.orders / total, low=low, high=high, share_before=float("nan"))
    if before is not None and before.orders.sum():
        former = before.groupby("size").orders.sum().reindex(frame.index).fillna(0)
        frame = frame.assign(share_before=former / float(before.orders.sum()))
    return frame.reset_index()


def summarise_units(now: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    """One row a unit, most orders first: rate with its interval, rate_before, and value of an attached order."""

    def total(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.groupby("unit").agg(
            name=("name", "max"),
            orders=("orders", "sum"),
            attached=("attached", "sum"),
            companion_gmv=("companion_gmv", "sum"),
        )

    frame = total(now).sort_values("orders", ascending=False)
    low, high = wilson(frame.attached, frame.orders)
    former = total(before) if before is not None else None
    rate_before = (former.attached / former.orders).reindex(frame.index) if former is not None else float("nan")
    return frame.assign(
        rate=frame.attached / frame.orders,
        low=low,
        high=high,
        rate_before=rate_before,
        value=frame.companion_gmv / frame.attached.where(frame.attached > 0),
    ).reset_index()


def bound_pairs(pairs: pd.DataFrame, of: int) -> pd.DataFrame:
    """Pairs in 30 orders and more that go together more than by chance, the surest first; `of` products gave them."""
    kept = pairs[pairs.together >= LEAST_TOGETHER]
    # The strongest of so many pairs is strong by chance too: the interval is Bonferroni's for all of them.
    confidence = 1 - 0.05 / (of * (of - 1) / 2)
    lift, low, high = bound_lift(kept.together, kept.sku_orders, kept.other_orders, kept.orders, confidence)
    bounded = kept.assign(lift=lift, low=low, high=high)
    clear = bounded[bounded.low > 1]
    return clear.sort_values(["low", "sku", "other"], ascending=[False, True, True], ignore_index=True)
