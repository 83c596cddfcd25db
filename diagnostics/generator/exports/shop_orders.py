"""The part of the orders that one platform's files need, and the orders that nobody paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.draws import Flags, Ints, open_stream
from diagnostics.generator.orders import Lines, Orders

if TYPE_CHECKING:
    from diagnostics.generator.world import World

UNPAID_SHARE = 0.05
UNPAID_DELAY = 7_200


@dataclass(frozen=True, kw_only=True)
class ShopOrders:
    """Orders of one channel in order of time; `lines.order` points into them.

    `origin` is the position among all orders. An unpaid order is a copy of a paid one, hours earlier.
    """

    origin: Ints
    is_paid: Flags
    created: Ints
    first_line: Ints
    line_count: Ints
    lines: Lines
    whole: Orders

    def __len__(self) -> int:
        return len(self.origin)

    @property
    def person(self) -> Ints:
        """Who ordered."""
        return self.whole.person[self.origin]

    @property
    def day(self) -> Ints:
        """The day of each order."""
        return self.created // 86_400


def choose_orders(world: World, channel: int, *, unpaid_share: float = UNPAID_SHARE) -> ShopOrders:
    """The paid orders of a channel, and a share of unpaid ones among them."""
    orders = world.orders
    paid = np.flatnonzero(orders.channel == channel)
    stream = open_stream(world.seed, f"unpaid {channel}")
    copied = paid[stream.random(len(paid)) < unpaid_share]
    origin = np.concatenate([paid, copied])
    created = np.concatenate([orders.created[paid], np.maximum(orders.created[copied] - UNPAID_DELAY, 0)])
    is_paid = np.arange(len(origin)) < len(paid)
    order = np.argsort(created, kind="stable")
    return _attach_lines(orders, origin[order], is_paid[order], created[order])


def _attach_lines(orders: Orders, origin: Ints, is_paid: Flags, created: Ints) -> ShopOrders:
    counts = np.bincount(orders.lines.order, minlength=len(orders))
    starts = np.cumsum(counts) - counts
    line_count = counts[origin]
    first_line = np.cumsum(line_count) - line_count
    order = np.repeat(np.arange(len(origin), dtype=np.int64), line_count)
    place = np.arange(len(order), dtype=np.int64) - first_line[order]
    lines = orders.lines.take(starts[origin][order] + place)
    return ShopOrders(
        origin=origin,
        is_paid=is_paid,
        created=created,
        first_line=first_line,
        line_count=line_count,
        lines=Lines(
            order=order,
            product=lines.product,
            quantity=lines.quantity,
            list_fen=lines.list_fen,
            payable_fen=lines.payable_fen,
            paid_fen=np.where(is_paid[order], lines.paid_fen, 0),
            refund_fen=np.where(is_paid[order], lines.refund_fen, 0),
        ),
        whole=orders,
    )


def cut(orders: ShopOrders, chosen: Flags) -> ShopOrders:
    """Some of the orders, with their lines."""
    position = np.cumsum(chosen) - 1
    inside = chosen[orders.lines.order]
    lines = orders.lines.take(inside)
    counts = orders.line_count[chosen]
    return ShopOrders(
        origin=orders.origin[chosen],
        is_paid=orders.is_paid[chosen],
        created=orders.created[chosen],
        first_line=np.cumsum(counts) - counts,
        line_count=counts,
        lines=Lines(
            order=position[lines.order],
            product=lines.product,
            quantity=lines.quantity,
            list_fen=lines.list_fen,
            payable_fen=lines.payable_fen,
            paid_fen=lines.paid_fen,
            refund_fen=lines.refund_fen,
        ),
        whole=orders.whole,
    )


def join_names(orders: ShopOrders, names: tuple[str, ...], separator: str) -> list[str]:
    """The product names of each order in one cell."""
    words = np.array(names, dtype=object)[orders.lines.product].tolist()
    ends = (orders.first_line + orders.line_count).tolist()
    return [separator.join(words[first:last]) for first, last in zip(orders.first_line.tolist(), ends, strict=True)]
