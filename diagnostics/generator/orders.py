"""The orders and lines that really came in, with what was refunded of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.generator.baskets import Baskets
from diagnostics.generator.draws import Flags, Ints, open_stream
from diagnostics.generator.places import DOUYIN, JD, STORE
from diagnostics.generator.purchases import Purchases
from diagnostics.generator.season import DAY_SECONDS

LONGEST_PAYING_SECONDS = 600
PARTLY_REFUNDED = 0.2
LAST_SECOND = DAY_SECONDS - 1


@dataclass(frozen=True, kw_only=True)
class Lines:
    """One entry per line; `order` is the position of its order; amounts in fen."""

    order: Ints
    product: Ints
    quantity: Ints
    list_fen: Ints
    payable_fen: Ints
    paid_fen: Ints
    refund_fen: Ints

    def take(self, chosen: Flags | Ints) -> Lines:
        """Some of the lines, by mask or position."""
        return Lines(
            order=self.order[chosen],
            product=self.product[chosen],
            quantity=self.quantity[chosen],
            list_fen=self.list_fen[chosen],
            payable_fen=self.payable_fen[chosen],
            paid_fen=self.paid_fen[chosen],
            refund_fen=self.refund_fen[chosen],
        )


@dataclass(frozen=True, kw_only=True)
class Orders:
    """One entry per paid order, in order of time; amounts in fen, times in seconds since the first day began.

    `surged` marks refunds that a steady refund rate would have spared.
    """

    person: Ints
    turn: Ints
    day: Ints
    created: Ints
    paid_at: Ints
    channel: Ints
    coupon: Flags
    list_fen: Ints
    payable_fen: Ints
    paid_fen: Ints
    refund_fen: Ints
    surged: Flags
    lines: Lines

    def __len__(self) -> int:
        return len(self.person)


def sum_by(order: Ints, fen: Ints, count: int) -> Ints:
    """Exact sums of a line amount by order."""
    totals = np.zeros(count, dtype=np.int64)
    np.add.at(totals, order, fen)
    return totals


def _refund_lines(baskets: Baskets, purchases: Purchases, refunded: Flags, seed: int) -> Ints:
    """Refund whole orders; of some, outside Douyin and stores, half of each line. JD's export shows none."""
    stream = open_stream(seed, "refunds")
    whole_only = (purchases.channel == DOUYIN) | (purchases.channel == STORE)
    half = (stream.random(len(purchases)) < PARTLY_REFUNDED) & ~whole_only
    fen = np.where(half[baskets.order], baskets.paid_fen // 2, baskets.paid_fen)
    return np.where((refunded & (purchases.channel != JD))[baskets.order], fen, 0)


def collect_orders(
    purchases: Purchases, baskets: Baskets, kept: Flags, refunds: tuple[Flags, Flags], seed: int
) -> Orders:
    """Keep the orders that no trouble takes away."""
    position = np.cumsum(kept) - 1
    refund_fen = _refund_lines(baskets, purchases, refunds[0], seed)
    chosen = kept[baskets.order]
    lines = Lines(
        order=position[baskets.order[chosen]],
        product=baskets.product[chosen],
        quantity=baskets.quantity[chosen],
        list_fen=baskets.list_fen[chosen],
        payable_fen=baskets.payable_fen[chosen],
        paid_fen=baskets.paid_fen[chosen],
        refund_fen=refund_fen[chosen],
    )
    count = int(kept.sum())
    created = purchases.second[kept]
    waited = open_stream(seed, "paying").integers(5, LONGEST_PAYING_SECONDS, len(purchases))[kept]
    end_of_day = created - created % DAY_SECONDS + LAST_SECOND
    return Orders(
        person=purchases.person[kept],
        turn=purchases.turn[kept],
        day=purchases.day[kept],
        created=created,
        paid_at=np.minimum(created + waited, end_of_day),
        channel=purchases.channel[kept],
        coupon=baskets.coupon[kept],
        list_fen=sum_by(lines.order, lines.list_fen, count),
        payable_fen=sum_by(lines.order, lines.payable_fen, count),
        paid_fen=sum_by(lines.order, lines.paid_fen, count),
        refund_fen=sum_by(lines.order, lines.refund_fen, count),
        surged=refunds[1][kept],
        lines=lines,
    )
