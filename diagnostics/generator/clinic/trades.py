"""The trades that the clinic's clients belong to: how often their customers buy, what, where and at which price."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """A channel of a trade: its part of new customers, its price level, visitors a buyer (0: none are stated)."""

    channel: str
    weight: float
    price: float = 1.0
    visitors: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Trade:
    """What is usual in a trade; a client differs from it by chance.

    `cycle` are days between two purchases, `again` the chance of a further one, `price` the median list price of a
    piece and `spread` the standard deviation of its logarithm, `items` pieces an order, `discount` the usual depth,
    `coupons`, `refunds`, `members` and `reach` shares of orders and customers, `season` the amplitude of the year,
    `promotion` how many times a usual day a promotion day sells, `cost` unit cost as a share of the list price, and
    `won_for` what a new customer costs, as a share of a first order.
    """

    name: str
    outlets: tuple[Outlet, ...]
    cycle: float
    again: float
    price: float
    spread: float
    items: float
    discount: float
    coupons: float
    refunds: float
    members: float
    reach: float
    season: float
    promotion: float
    cost: float
    won_for: float
    categories: tuple[str, ...]


def _outlet(channel: str, weight: float, price: float = 1.0, visitors: float = 0.0) -> Outlet:
    return Outlet(channel=channel, weight=weight, price=price, visitors=visitors)


TRADES: tuple[Trade, ...] = (
    Trade(
        name="beauty",
        outlets=(_outlet("tmall", 4, 1, 25), _outlet("douyin", 3, 0.85, 60), _outlet("youzan", 2, 1.05, 12)),
        cycle=55,
        again=0.52,
        price=130,
        spread=0.5,
        items=1.6,
        discount=0.18,
        coupons=0.45,
        refunds=0.05,
        members=0.5,
        reach=0.55,
        season=0.15,
        promotion=3.5,
        cost=0.3,
        won_for=0.5,
        categories=("面膜", "精华", "面霜", "彩妆"),
    ),
    Trade(
        name="food",
        outlets=(_outlet("tmall", 4, 1, 15), _outlet("pdd", 3, 0.8), _outlet("youzan", 3, 1.0, 8)),
        cycle=32,
        again=0.66,
        price=42,
        spread=0.35,
        items=2.6,
        discount=0.1,
        coupons=0.35,
        refunds=0.02,
        members=0.4,
        reach=0.5,
        season=0.2,
        promotion=2.0,
        cost=0.45,
        won_for=0.3,
        categories=("坚果", "饼干", "茶饮", "礼盒"),
    ),
    Trade(
        name="mother_and_baby",
        outlets=(_outlet("tmall", 3, 1, 18), _outlet("jd", 3, 1.05, 14), _outlet("store", 3, 1.1)),
        cycle=40,
        again=0.68,
        price=98,
        spread=0.6,
        items=2.0,
        discount=0.12,
        coupons=0.4,
        refunds=0.03,
        members=0.7,
        reach=0.6,
        season=0.08,
        promotion=2.5,
        cost=0.55,
        won_for=0.4,
        categories=("奶粉", "纸尿裤", "洗护", "童装"),
    ),
    Trade(
        name="fashion",
        outlets=(_outlet("tmall", 5, 1, 40), _outlet("douyin", 4, 0.8, 70), _outlet("store", 2, 1.2)),
        cycle=75,
        again=0.45,
        price=220,
        spread=0.55,
        items=1.4,
        discount=0.28,
        coupons=0.3,
        refunds=0.2,
        members=0.4,
        reach=0.5,
        season=0.35,
        promotion=3.0,
        cost=0.35,
        won_for=0.2,
        categories=("女装", "男装", "鞋靴", "配饰"),
    ),
    Trade(
        name="durable",
        outlets=(_outlet("tmall", 4, 1, 90), _outlet("jd", 4, 1.02, 70), _outlet("store", 2, 1.1)),
        cycle=150,
        again=0.16,
        price=900,
        spread=0.8,
        items=1.1,
        discount=0.12,
        coupons=0.25,
        refunds=0.05,
        members=0.25,
        reach=0.45,
        season=0.1,
        promotion=4.0,
        cost=0.6,
        won_for=0.15,
        categories=("厨电", "清洁", "空气", "配件"),
    ),
    Trade(
        name="chain_retail",
        outlets=(_outlet("store", 4), _outlet("youzan", 3, 0.95, 10), _outlet("meituan", 3, 1.05)),
        cycle=24,
        again=0.75,
        price=28,
        spread=0.3,
        items=2.2,
        discount=0.06,
        coupons=0.3,
        refunds=0.01,
        members=0.6,
        reach=0.6,
        season=0.1,
        promotion=1.6,
        cost=0.4,
        won_for=0.2,
        categories=("饮品", "面点", "小食", "零售"),
    ),
)
