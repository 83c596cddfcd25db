"""The invented client's answers to the requirement sheet: all of the minimum form, and what its work adds to them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.assortment import CATEGORIES, PRODUCTS
from diagnostics.generator.orders import sum_by
from diagnostics.generator.places import CHANNELS, STORE, TMALL
from diagnostics.generator.season import DAYS, MONTHS, YEAR
from diagnostics.generator.sheet_process import answer_process
from diagnostics.generator.sheet_work import answer_work

if TYPE_CHECKING:
    from diagnostics.generator.draws import Flags
    from diagnostics.generator.world import World

Answers = dict[str, object]

# What the client states lies a little above what its files hold, as it counts some own use.
STATED_ABOVE = 1.02
GOAL_GROWTH = 1.05
GOAL_DEADLINE = date(2027, 8, 31)
CYCLE_DAYS = {"洁面": 75, "爽肤水": 75, "精华": 70, "面霜": 80, "面膜": 60, "防晒": 75}
STARTED = {
    "tmall": date(2019, 3, 1),
    "douyin": date(2021, 6, 1),
    "youzan": date(2020, 5, 1),
    "jd": date(2020, 9, 1),
    "store": date(2018, 4, 1),
}
PRIVATE_DOMAIN_STARTED = date(2024, 3, 5)
PUBLIC_PRICE, MEMBER_PRICE = 0.92, 0.88
SHARE_DIGITS = 4
# Heads, and what one costs a month.
HEADCOUNT = {
    "manager": (1.0, 16_000.0),
    "acquisition": (1.5, 8_000.0),
    "account": (2.0, 7_000.0),
    "group": (1.0, 6_500.0),
    "content": (1.0, 7_500.0),
    "product": (1.0, 8_000.0),
    "live": (0.5, 8_000.0),
    "data": (1.0, 8_500.0),
    "member": (1.0, 7_500.0),
    "service": (1.0, 6_000.0),
}
# What a guide gets for work in the private domain, beside the store's wage.
GUIDE_COST = 60.0


def answer_sheet(world: World) -> Answers:
    """All answers; what the client would know of its own business comes from the world."""
    return (
        _answer_project()
        | _answer_brand(world)
        | _answer_channels(world)
        | _answer_goals(world)
        | _answer_data()
        | _answer_privacy()
        | answer_work(world)
        | answer_process()
    )


def _last_year(world: World) -> Flags:
    return world.orders.day >= DAYS - YEAR


def _paid(world: World) -> float:
    return float(world.orders.paid_fen[_last_year(world)].sum()) / 100


def _answer_project() -> Answers:
    return {
        "client_name": "青颜护肤",
        "client_code": "QINGYAN",
        "project_type": "diagnosis",
        "owner_client": "品牌方电商与私域负责人",
        "meeting_rhythm": "weekly",
        "kickoff_date": date(2026, 9, 7),
        "delivery_date": date(2026, 9, 28),
    }


def _list_categories(world: World) -> tuple[tuple[Answers, ...], float]:
    """Rows of the categories, and the gross margin over all."""
    lines = world.orders.lines
    inside = _last_year(world)[lines.order]
    paid = sum_by(lines.product[inside], lines.paid_fen[inside], len(PRODUCTS))
    units = sum_by(lines.product[inside], lines.quantity[inside], len(PRODUCTS))
    cost = units * np.array([product.cost_fen for product in PRODUCTS])
    rows: list[Answers] = []
    for category in CATEGORIES:
        mine = np.array([product.category == category for product in PRODUCTS])
        share, margin = float(paid[mine].sum() / paid.sum()), 1 - float(cost[mine].sum() / paid[mine].sum())
        rows.append(
            {
                "name": category,
                "gmv_share": round(share, SHARE_DIGITS),
                "margin": round(margin, 2),
                "cycle_days": CYCLE_DAYS[category],
            }
        )
    return tuple(rows), 1 - float(cost.sum() / paid.sum())


def _list_prices() -> tuple[Answers, ...]:
    leaders = {product.category: product for product in reversed(PRODUCTS)}
    return tuple(
        {
            "sku/series": f"{product.code} {product.name}",
            "list_price": product.list_fen / 100,
            "public_price": round(product.list_fen * PUBLIC_PRICE / 100, 2),
            "private_price": round(product.list_fen * PUBLIC_PRICE / 100, 2),
            "member_price": round(product.list_fen * MEMBER_PRICE / 100, 2),
        }
        for product in sorted(leaders.values(), key=lambda product: product.code)
    )


def _answer_brand(world: World) -> Answers:
    categories, margin = _list_categories(world)
    inside = _last_year(world)
    buyers, orders = len(np.unique(world.orders.person[inside])), int(inside.sum())
    return {
        "industry": "beauty",
        "business_model": ("brand_dtc", "ecommerce", "chain", "franchise"),
        "company_stage": "growth",
        "annual_gmv": float(round(_paid(world) * STATED_ABOVE, -3)),
        "gross_margin": round(margin, 2),
        "categories": categories,
        "price_system": _list_prices(),
        "selling_points": ("敏感肌可用", "成分公开", "茶多酚专利配方"),
        "purchase_frequency": round(orders / buyers, 1),
        "aov_stated": float(round(_paid(world) / orders)),
    }


def _list_channels(world: World) -> tuple[Answers, ...]:
    orders, inside = world.orders, _last_year(world)
    rows: list[Answers] = []
    for channel, name in enumerate(CHANNELS):
        mine = inside & (orders.channel == channel)
        new = len(np.unique(orders.person[mine & (orders.turn == 0)]))
        rows.append(
            {
                "channel": name,
                "shop_count": len(world.stores) if channel == STORE else 1,
                "gmv_share": round(float(orders.paid_fen[mine].sum()) / 100 / _paid(world), SHARE_DIGITS),
                "new_customer_share": round(new / max(len(np.unique(orders.person[mine])), 1), 2),
                "start_date": STARTED[name],
            }
        )
    return tuple(rows)


def _answer_channels(world: World) -> Answers:
    owners = len(world.stores) + len(world.desks)
    customers = int((np.bincount(world.orders.person, minlength=world.people.count) > 0).sum())
    return {
        "main_channels": _list_channels(world),
        "pd_start_date": PRIVATE_DOMAIN_STARTED,
        "containers": (
            {"type": "wecom", "account_count": len(world.staff), "users": len(world.contacts)},
            {"type": "group", "account_count": owners * 2, "users": owners * 160},
            {"type": "miniprogram", "account_count": 1, "users": customers // 3},
        ),
        "symptoms": ("pool_small", "gmv_flat") if world.planted else ("other",),
        "member_system": "partly_bridged",
        "bridge_status": tuple(
            {
                "channel": name,
                "brand": "青颜",
                "status": "live",
                "id_type": {"youzan": "phone", "store": "openid"}.get(name, "platform_id"),
            }
            for name in CHANNELS
        ),
    }


def _measure_repurchase(world: World) -> float:
    """Share of the last 12 months' buyers with two orders or more."""
    counts = np.bincount(world.orders.person[_last_year(world)])
    return float((counts > 1).sum() / max((counts > 0).sum(), 1))


def _answer_goals(world: World) -> Answers:
    tmall = world.orders.channel == TMALL
    share = round(100 * float(world.orders.paid_fen[tmall & _last_year(world)].sum()) / 100 / _paid(world))
    repurchase = int(_measure_repurchase(world) * 100) / 100
    guides = float(len(world.staff) - len(world.desks))
    return {
        "marketing_background": f"品牌以天猫为主（约占{share}%），希望用私域承接各渠道客户并提升复购。",
        "goals": (
            {
                "metric": "gmv",
                "baseline": float(round(_paid(world))),
                "target": float(round(_paid(world) * GOAL_GROWTH)),
                "deadline": GOAL_DEADLINE,
                "owner_role": "私域负责人",
            },
            {
                "metric": "repurchase_user",
                "baseline": repurchase,
                "target": repurchase,
                "deadline": GOAL_DEADLINE,
                "owner_role": "会员运营",
            },
        ),
        "tasks": ("诊断各渠道人货场现状", "找出复购与私域承接的主要缺口", "给出三个月的行动计划"),
        "headcount": (
            *({"role": role, "fte": fte, "monthly_cost": fte * cost} for role, (fte, cost) in HEADCOUNT.items()),
            {"role": "store_guide", "fte": guides, "monthly_cost": guides * GUIDE_COST},
        ),
    }


def _answer_data() -> Answers:
    keys = (
        ("天猫订单", "platform_id", False, 1.0),
        ("抖音订单", "platform_id", False, 1.0),
        ("有赞订单与客户", "phone", False, 1.0),
        ("京东订单", "platform_id", False, 1.0),
        ("门店支付账单", "openid", False, 1.0),
        ("企业微信客户", "phone", False, 0.5),
    )
    return {
        "history_months": MONTHS,
        "key_types": tuple(
            {"dataset": dataset, "key_type": key, "masked": masked, "coverage": coverage}
            for dataset, key, masked, coverage in keys
        ),
        "gmv_definition": "paid",
        "repurchase_def": "user_rate",
        "attribution_rule": "member_flag",
    }


def _answer_privacy() -> Answers:
    return {
        "entrust_contract": True,
        "processing_purpose": "私域经营诊断与改进建议",
        "processing_period": date(2027, 3, 31),
        "pi_categories": ("phone", "name", "address", "platform_id"),
        "pia_done": "yes",
        "deid_at_source": "masked",
        "hash_key_holder": "client",
        "cross_border": False,
        "sensitive_pi": False,
        "deletion_confirm": "delete",
    }
