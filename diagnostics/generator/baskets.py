"""What an order holds: its lines, and list, payable and paid amounts in fen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.generator.assortment import LATER_WEIGHTS, PRODUCTS
from diagnostics.generator.draws import Flags, Floats, Ints, choose, open_stream
from diagnostics.generator.people import People
from diagnostics.generator.places import STORE
from diagnostics.generator.purchases import Purchases
from diagnostics.generator.season import BURN_IN, is_promotion

LINE_WEIGHTS: Floats = np.array([0.58, 0.28, 0.14])
TWO_UNITS = 0.12
SHOP_DISCOUNT, STORE_DISCOUNT, PROMOTION_DISCOUNT, COUPON_DISCOUNT = 8, 3, 6, 10
COUPON_SHARE, STORE_COUPON_SHARE = 0.35, 0.15
LIST_FEN: Ints = np.array([product.list_fen for product in PRODUCTS])


@dataclass(frozen=True, kw_only=True)
class Baskets:
    """One entry per line; `order` is the position of its order. `coupon` has one entry per order."""

    order: Ints
    product: Ints
    quantity: Ints
    list_fen: Ints
    payable_fen: Ints
    paid_fen: Ints
    coupon: Flags


def _spread(repeats: Ints) -> tuple[Ints, Ints]:
    """The order of each line, and its place in the order."""
    order = np.repeat(np.arange(len(repeats), dtype=np.int64), repeats)
    first = np.cumsum(repeats) - repeats
    return order, np.arange(len(order), dtype=np.int64) - first[order]


def _choose_products(people: People, purchases: Purchases, order: Ints, place: Ints, drawn: Ints) -> Ints:
    """A first order starts with the product that brought the customer; no order holds a product twice."""
    first = people.first_product[purchases.person[order]]
    product = np.where((place == 0) & (purchases.turn[order] == 0), first, drawn)
    for turn in range(1, len(LINE_WEIGHTS)):
        for back in range(1, turn + 1):
            same = (place >= back) & (place == turn)
            same[same] = product[same] == product[np.flatnonzero(same) - back]
            product = np.where(same, (product + 7 * turn + back) % len(PRODUCTS), product)
    return product


def _cut(fen: Ints, percent: Ints) -> Ints:
    return (fen * (100 - percent) + 50) // 100


def make_baskets(people: People, purchases: Purchases, seed: int) -> Baskets:
    """Fill every order."""
    stream = open_stream(seed, "baskets")
    order, place = _spread(1 + choose(stream, LINE_WEIGHTS, len(purchases)))
    drawn = choose(stream, LATER_WEIGHTS, len(order))
    product = _choose_products(people, purchases, order, place, drawn)
    quantity = 1 + (stream.random(len(order)) < TWO_UNITS).astype(np.int64)
    store = purchases.channel == STORE
    coupon = stream.random(len(purchases)) < np.where(store, STORE_COUPON_SHARE, COUPON_SHARE)
    promoted = np.array(is_promotion())[purchases.day + BURN_IN]
    discount = np.where(store, STORE_DISCOUNT, SHOP_DISCOUNT) + promoted * PROMOTION_DISCOUNT
    payable = _cut(LIST_FEN[product], discount[order]) * quantity
    return Baskets(
        order=order,
        product=product,
        quantity=quantity,
        list_fen=LIST_FEN[product] * quantity,
        payable_fen=payable,
        paid_fen=_cut(payable, (coupon * COUPON_DISCOUNT)[order]),
        coupon=coupon,
    )
