"""Visitors by month and day: steady conversion is what makes the visitors of a healthy shop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.generator.draws import NORMAL, Flags, Floats, Ints, draw, open_stream
from diagnostics.generator.orders import Orders
from diagnostics.generator.places import TMALL, YOUZAN
from diagnostics.generator.purchases import Purchases
from diagnostics.generator.season import DAYS, MONTHS, number_months, weigh_days

TMALL_CONVERSION, PROMOTION_CONVERSION = 0.042, 0.05
SHOP_CONVERSION = 0.06
PROMOTION_MONTHS = frozenset({6, 11})
NOISE = 0.012
FIRST_MONTH = 9


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """Tmall's visitors, buyers and paid fen by month (24), the mini-program's visitors by day (730)."""

    tmall_visitors: Ints
    tmall_buyers: Ints
    tmall_paid_fen: Ints
    shop_visitors: Ints


def count_buyers(person: Ints, month: Ints) -> Ints:
    """Distinct buyers by month."""
    pairs = np.unique(month * (person.max() + 1 if len(person) else 1) + person)
    return np.bincount(pairs // (person.max() + 1 if len(person) else 1), minlength=MONTHS).astype(np.int64)


def _convert(month: int) -> float:
    return PROMOTION_CONVERSION if (month + FIRST_MONTH - 1) % 12 + 1 in PROMOTION_MONTHS else TMALL_CONVERSION


def make_traffic(purchases: Purchases, unspoilt: Flags, orders: Orders, seed: int) -> Traffic:
    """Visitors as they would be with all of `unspoilt` orders; buyers and amounts as they came."""
    stream = open_stream(seed, "traffic")
    months = number_months()
    conversion = np.array([_convert(month) for month in range(MONTHS)])
    chosen = unspoilt & (purchases.channel == TMALL)
    wanted = count_buyers(purchases.person[chosen], months[purchases.day[chosen]])
    tmall = orders.channel == TMALL
    paid = np.zeros(MONTHS, dtype=np.int64)
    np.add.at(paid, months[orders.day[tmall]], orders.paid_fen[tmall])
    visitors = np.round(wanted / conversion * (1 + NOISE * draw(stream, NORMAL, MONTHS))).astype(np.int64)
    return Traffic(
        tmall_visitors=visitors,
        tmall_buyers=count_buyers(orders.person[tmall], months[orders.day[tmall]]),
        tmall_paid_fen=paid,
        shop_visitors=_visit_shop(orders, months, stream),
    )


def _visit_shop(orders: Orders, months: Ints, stream: np.random.Generator) -> Ints:
    chosen = orders.channel == YOUZAN
    buyers = count_buyers(orders.person[chosen], months[orders.day[chosen]])
    weights: Floats = weigh_days(store=False)[-DAYS:]
    share = weights / np.bincount(months, weights=weights)[months]
    noise = 1 + 4 * NOISE * draw(stream, NORMAL, DAYS)
    return np.maximum(np.round(buyers[months] / SHOP_CONVERSION * share * noise), 1).astype(np.int64)
