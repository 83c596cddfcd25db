"""Draws what orders hold: pieces, list prices, discounts, coupons and refunds, as the canonical order lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from diagnostics.generator.clinic.days import Ints
    from diagnostics.generator.clinic.trades import Trade

# No product of a healthy client holds more of what is sold, about.
MOST_SOLD = 0.14
# Unit cost and popularity of products that bring customers, that sell on, and that earn, beside the trade's own.
ROLES = ((1.2, 1.6), (1.0, 1.0), (0.75, 0.8))


def draw_products(rng: np.random.Generator, trade: Trade, count: int) -> pd.DataFrame:
    """The canonical `products`, with `popularity` beside them."""
    price = np.round(rng.lognormal(np.log(trade.price), trade.spread, count), 1)
    role = np.arange(count) // len(trade.categories) % len(ROLES)
    dear, wanted = np.array(ROLES)[role].T
    popularity = rng.dirichlet(6.0 * wanted)
    sold = popularity * price / (popularity * price).sum()
    popularity *= np.minimum(1.0, MOST_SOLD / sold)
    return pd.DataFrame(
        {
            "product_id": [f"P{number:03}" for number in range(count)],
            "product": [f"{trade.name} {number}" for number in range(count)],
            "category": np.array(trade.categories)[np.arange(count) % len(trade.categories)],
            "list_price": price,
            "unit_cost": np.round(price * trade.cost * dear * rng.uniform(0.92, 1.08, count), 2),
            "popularity": popularity / popularity.sum(),
        }
    )


def fill_orders(
    rng: np.random.Generator, orders: pd.DataFrame, products: pd.DataFrame, trade: Trade, first: date
) -> pd.DataFrame:
    """The canonical `order_lines` of orders (person, day, channel, turn); every client gives different discounts."""
    channel, person, day = (orders[name].to_numpy(dtype=np.int64) for name in ("channel", "person", "day"))
    pieces = 1 + rng.poisson(trade.items - 1, len(orders))
    order = np.repeat(np.arange(len(orders)), pieces)
    product = rng.choice(len(products), len(order), p=products.popularity.to_numpy())
    level = np.array([outlet.price for outlet in trade.outlets])[channel]
    listed = np.round(products.list_price.to_numpy()[product] * level[order], 2)
    coupon = rng.random(len(orders)) < trade.coupons
    month = day // 30
    mood = np.clip(rng.normal(1, 0.08, month.max() + 1), 0.8, 1.2)[month]
    depth = trade.discount * (0.6 + 0.9 * coupon) * mood * rng.uniform(0.75, 1.25, len(orders))
    paid = np.round(listed * (1 - depth[order]), 2)
    refunded = (rng.random(len(orders)) < trade.refunds)[order]
    usual = trade.discount * (0.6 + 0.9 * trade.coupons) * mood
    return pd.DataFrame(
        {
            "usual_depth": usual[order],
            "line_id": np.arange(len(order)),
            "order_id": order,
            "channel": _name(channel[order], [outlet.channel for outlet in trade.outlets]),
            "customer": _name(person[order], draw_keys(rng, int(person.max()) + 1)),
            "ordered_at": _draw_times(rng, day, first)[order],
            "product_id": _name(product, products["product_id"].tolist()),
            "product": _name(product, products["product"].tolist()),
            "category": pd.Categorical(products.category.to_numpy()[product]),
            "quantity": 1.0,
            "list_amount": listed,
            "paid_amount": paid,
            "refund_amount": np.where(refunded, paid, 0.0),
            "is_return": False,
            "used_coupon": coupon[order],
        }
    )


def _name(codes: Ints, names: list[str]) -> pd.Categorical[Any]:
    """Numbers as the names they stand for, each name kept once."""
    named: pd.Categorical[Any] = pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(names))
    return named


def draw_keys(rng: np.random.Generator, count: int) -> list[str]:
    """Pseudonyms: 32 random hexadecimal digits each."""
    high, low = (rng.integers(0, 2**63, count, dtype=np.int64) for _ in range(2))
    return [f"{one:016x}{other:016x}" for one, other in zip(high.tolist(), low.tolist(), strict=True)]


def _draw_times(rng: np.random.Generator, days: Ints, first: date) -> NDArray[np.datetime64]:
    seconds = rng.integers(8 * 3600, 23 * 3600, len(days))
    return np.datetime64(first, "s") + days * np.timedelta64(86_400, "s") + seconds * np.timedelta64(1, "s")
