"""The forty products of the invented brand, with price, cost and how often they are bought first or again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.generator.draws import Floats

# Category: letters of its code, cost in percent of the list price, share of first orders, share of other lines.
CATEGORIES: dict[str, tuple[str, int, float, float]] = {
    "洁面": ("JM", 42, 0.19, 0.16),
    "爽肤水": ("SF", 34, 0.08, 0.14),
    "精华": ("JH", 20, 0.14, 0.24),
    "面霜": ("MS", 24, 0.10, 0.18),
    "面膜": ("MM", 40, 0.37, 0.16),
    "防晒": ("FS", 32, 0.12, 0.12),
}
# Name and list price in yuan, the best seller first.
NAMES: dict[str, tuple[tuple[str, int], ...]] = {
    "洁面": (
        ("氨基酸净透洁面乳", 69),
        ("青茶舒缓洁面泡沫", 79),
        ("温和卸妆油", 129),
        ("清颜卸妆水", 89),
        ("男士控油洁面乳", 59),
        ("旅行装洁面乳", 39),
        ("酵素洁面粉", 99),
    ),
    "爽肤水": (
        ("玻尿酸保湿爽肤水", 119),
        ("青茶平衡爽肤水", 109),
        ("二裂酵母精粹水", 189),
        ("舒缓修护喷雾", 79),
        ("烟酰胺亮肤水", 139),
        ("积雪草调理水", 129),
    ),
    "精华": (
        ("烟酰胺焕亮精华", 239),
        ("二裂酵母修护精华", 289),
        ("玻色因抗皱精华", 359),
        ("积雪草舒缓精华", 199),
        ("维C透亮精华", 259),
        ("多肽紧致精华", 329),
        ("水杨酸净肤精华", 169),
        ("青颜臻萃精华油", 399),
    ),
    "面霜": (
        ("神经酰胺修护霜", 219),
        ("玻尿酸水光霜", 179),
        ("玻色因紧致霜", 339),
        ("舒缓特护霜", 199),
        ("清爽保湿乳液", 149),
        ("多效眼霜", 229),
        ("夜间修护霜", 269),
    ),
    "面膜": (
        ("净透补水面膜五片装", 59),
        ("玻尿酸补水面膜十片装", 99),
        ("积雪草舒缓面膜十片装", 109),
        ("二裂酵母修护面膜", 139),
        ("清洁泥膜", 89),
        ("睡眠修护面膜", 119),
        ("眼部凝胶面膜", 79),
    ),
    "防晒": (
        ("轻透防晒乳", 99),
        ("清爽防晒喷雾", 79),
        ("隔离防晒霜", 129),
        ("户外高倍防晒霜", 149),
        ("儿童物理防晒霜", 119),
    ),
}
# Within a category: the first names are bought most; first orders lean on them more than later ones do.
FIRST_LEANING = 0.5
LATER_LEANING = 4.0
# The gateway product leads first orders and is seldom bought again on purpose.
GATEWAY = "QY-MM-01"
GATEWAY_LATER = 0.3


@dataclass(frozen=True, kw_only=True)
class Product:
    """One product; prices in fen."""

    code: str
    name: str
    category: str
    list_fen: int
    cost_fen: int
    first_weight: float
    later_weight: float


def _share(total: float, leaning: float, count: int) -> list[float]:
    weights = [1 / (place + leaning) for place in range(1, count + 1)]
    return [total * weight / sum(weights) for weight in weights]


def _list_category(category: str) -> list[Product]:
    letters, cost, first, later = CATEGORIES[category]
    names = NAMES[category]
    firsts, laters = _share(first, FIRST_LEANING, len(names)), _share(later, LATER_LEANING, len(names))
    codes = [f"QY-{letters}-{place:02d}" for place in range(1, len(names) + 1)]
    return [
        Product(
            code=code,
            name=name,
            category=category,
            list_fen=price * 100,
            cost_fen=price * cost,
            first_weight=firsts[place],
            later_weight=laters[place] * (GATEWAY_LATER if code == GATEWAY else 1),
        )
        for place, (code, (name, price)) in enumerate(zip(codes, names, strict=True))
    ]


PRODUCTS: tuple[Product, ...] = tuple(product for category in CATEGORIES for product in _list_category(category))
FIRST_WEIGHTS: Floats = np.array([product.first_weight for product in PRODUCTS])
LATER_WEIGHTS: Floats = np.array([product.later_weight for product in PRODUCTS])
GATEWAY_PLACE = [product.code for product in PRODUCTS].index(GATEWAY)
