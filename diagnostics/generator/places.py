"""The stores of the invented brand, the staff accounts in and above them, and the channels."""

from __future__ import annotations

from dataclasses import dataclass

CHANNELS = ("tmall", "douyin", "youzan", "jd", "store")
TMALL, DOUYIN, YOUZAN, JD, STORE = range(5)
# City: letters of its stores' codes and its region.
CITIES: dict[str, tuple[str, str]] = {
    "杭州": ("HZ", "华东"),
    "上海": ("SH", "华东"),
    "南京": ("NJ", "华东"),
    "苏州": ("SU", "华东"),
    "广州": ("GZ", "华南"),
    "深圳": ("SZ", "华南"),
    "成都": ("CD", "西南"),
    "武汉": ("WH", "华中"),
}
DISTRICTS = ("中心", "万象", "银泰", "吾悦", "大悦城", "天街", "龙湖", "印象城", "万达", "来福士")
MOST_STORES = 60
FEWEST_STORES = 16
CUSTOMERS_A_STORE = 1_000
GUIDES_A_STORE = 2
DESKS = 20
CUSTOMERS_A_DESK = 3_000
FRANCHISE_EVERY = 4


@dataclass(frozen=True, kw_only=True)
class Store:
    """One store; `code` stands for it in every file."""

    code: str
    name: str
    city: str
    region: str
    ownership: str
    guides: tuple[str, ...]


def list_stores(customers: int) -> tuple[Store, ...]:
    """Stores in turn over the cities: 60 for a full-size client, fewer for a small one.

    >>> [store.code for store in list_stores(1000)][:3]
    ['HZ-01', 'SH-01', 'NJ-01']
    """
    count = min(MOST_STORES, max(FEWEST_STORES, customers // CUSTOMERS_A_STORE))
    cities = list(CITIES)
    return tuple(_describe_store(place, cities[place % len(cities)], place // len(cities)) for place in range(count))


def _describe_store(place: int, city: str, turn: int) -> Store:
    letters, region = CITIES[city]
    code = f"{letters}-{turn + 1:02d}"
    return Store(
        code=code,
        name=f"{city}{DISTRICTS[turn % len(DISTRICTS)]}店",
        city=city,
        region=region,
        ownership="加盟" if place % FRANCHISE_EVERY == FRANCHISE_EVERY - 1 else "直营",
        guides=tuple(f"G-{code}-{number}" for number in range(1, GUIDES_A_STORE + 1)),
    )


def list_desks(customers: int) -> tuple[str, ...]:
    """Accounts of the head office that hold the contacts of the online channels."""
    return tuple(f"HQ-{number:02d}" for number in range(1, max(4, min(DESKS, customers // CUSTOMERS_A_DESK)) + 1))
