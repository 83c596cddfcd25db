"""An invented shop of three channels over two years, healthy unless a trouble is planted; text frames by table."""

import numpy as np
import pandas as pd

from diagnostics.checks.check import Replies
from diagnostics.checks.examination import resolve_limits
from diagnostics.checks.shelf import load_check
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, make_sharer, open_frames

START, END = pd.Timestamp("2023-01-01"), pd.Timestamp("2025-01-01")
DAYS = (END - START).days
YEAR = 365
CHANNELS = np.array(["tmall", "douyin", "youzan"])
CATEGORIES = np.array(["tea", "cups", "pots", "snacks"])
PROMOTIONS = ("2023-06-10", "2023-11-05", "2024-06-10", "2024-11-05")
PRODUCTS = 16


def draw_days(rng, count):
    """Days of first purchase: weekends and promotion weeks sell more."""
    weight = np.where((START + pd.to_timedelta(np.arange(DAYS), unit="D")).day_of_week >= 5, 1.3, 1.0)
    for promotion in PROMOTIONS:
        first = (pd.Timestamp(promotion) - START).days
        weight[first : first + 7] *= 2.0
    return rng.choice(DAYS, count, p=weight / weight.sum())


def invent_orders(rng, customers, plain_stays_away):
    """One row an order: customer, day, channel, coupon, turn."""
    first = draw_days(rng, customers)
    home = rng.choice(3, customers, p=[0.5, 0.3, 0.2])
    coupon = rng.random(customers) < 0.65
    again = rng.geometric(0.55, customers) - 1
    if plain_stays_away:
        again[(home == 0) & ~coupon & (rng.random(customers) < 0.8)] = 0
    who = np.repeat(np.arange(customers), again)
    gaps = np.ceil(rng.exponential(60, len(who))).astype(int)
    later = pd.DataFrame({"who": who, "gap": gaps})
    day = first[who] + later.groupby("who").gap.cumsum().to_numpy()
    orders = pd.DataFrame(
        {
            "who": np.concatenate([np.arange(customers), who]),
            "day": np.concatenate([first, day]),
            "channel": np.concatenate([home, home[who]]),
            "coupon": np.concatenate([coupon, rng.random(len(who)) < 0.65]),
        }
    )
    return orders[orders.day < DAYS].reset_index(drop=True)


def invent_lines(rng, orders, thinner):
    """One row an order and product; prices move with monthly offers, and coupons take a tenth off."""
    held = rng.integers(1, 3, len(orders))
    order = np.repeat(np.arange(len(orders)), held)
    product = rng.integers(0, PRODUCTS, len(order))
    price = 40 + 20.0 * np.arange(PRODUCTS)
    offer = 1 - rng.uniform(0, 0.08, (24, PRODUCTS))
    day = orders.day.to_numpy()[order]
    month = np.minimum(day * 24 // DAYS, 23)
    listed = price[product]
    coupon = orders.coupon.to_numpy()[order]
    paid = listed * offer[month, product] * np.where(coupon, 0.9, 1.0)
    paid = np.where((product % 4 == 0) & (day >= YEAR), paid * (1 - thinner), paid)
    keys = np.array([f"{number:032x}" for number in rng.integers(0, 2**60, orders.who.max() + 1)])
    return pd.DataFrame(
        {
            "line_id": np.arange(len(order)),
            "order_id": order,
            "channel": CHANNELS[orders.channel.to_numpy()[order]],
            "customer": keys[orders.who.to_numpy()[order]],
            "ordered_at": START + pd.to_timedelta(day, unit="D"),
            "product_id": [f"P{number}" for number in product],
            "product": [f"product {number}" for number in product],
            "category": CATEGORIES[product % 4],
            "quantity": 1,
            "list_amount": listed.round(2),
            "paid_amount": paid.round(2),
            "refund_amount": 0,
            "is_return": False,
            "used_coupon": coupon,
        }
    )


def invent_spend(rng, orders, cost, dearer):
    """One row a channel and month: about `cost` for each new customer, `dearer` times as much in the second year."""
    opened = orders.sort_values("day").drop_duplicates("who")
    month = START + pd.to_timedelta(opened.day, unit="D")
    counted = opened.assign(month=month.to_numpy().astype("datetime64[M]")).groupby(["channel", "month"]).size()
    rows = []
    for (channel, month), many in counted.items():
        rise = dearer if month >= START + pd.Timedelta(days=YEAR) and channel == 0 else 1.0
        rows.append(
            {
                "campaign": f"ads {month:%Y-%m}",
                "channel": CHANNELS[channel],
                "starts_on": month,
                "ends_on": month + pd.offsets.MonthBegin(1),
                "cost": round(many * cost * rise * rng.uniform(0.8, 1.25), 2),
            }
        )
    return pd.DataFrame(rows)


def invent_shop(seed, *, thinner=0.0, plain_stays_away=False, cost=40.0, dearer=1.0, customers=5000):
    """Frames of orders, products with costs, and campaigns: monthly spend and four promotions that work."""
    rng = np.random.default_rng(seed)
    orders = invent_orders(rng, customers, plain_stays_away)
    price = 40 + 20.0 * np.arange(PRODUCTS)
    products = pd.DataFrame({"product_id": [f"P{i}" for i in range(PRODUCTS)], "unit_cost": (price * 0.4).round(2)})
    promotions = pd.DataFrame(
        {
            "campaign": [f"promotion {day}" for day in PROMOTIONS],
            "channel": None,
            "starts_on": pd.to_datetime(list(PROMOTIONS)),
            "ends_on": pd.to_datetime(list(PROMOTIONS)) + pd.Timedelta(days=7),
            "cost": 2000,
        }
    )
    campaigns = pd.concat([invent_spend(rng, orders, cost, dearer), promotions], ignore_index=True)
    return {"order_lines": invent_lines(rng, orders, thinner), "products": products, "campaigns": campaigns}


def open_shop(frames):
    """The tables of some frames, with what is fixed for a diagnosis of them."""
    engine = connect()
    tables = open_frames(engine, frames)
    engagement = fix_engagement(tables, client="shop", title=name_verbatim("Shop"), currency="CNY")
    return Tables(
        by_name=tables, available=find_available(tables), engagement=engagement, fetch=fetch, share=make_sharer(engine)
    )


def find(name, tables):
    """What a check measures and raises of tables, without its figure."""
    check = load_check(name)
    replies = {query: fetch(expression) for query, expression in check.query(tables).items()}
    measured = check.measure(Replies(frames=replies, engagement=tables.engagement))
    return measured, check.judge(measured, resolve_limits(check, {}))
