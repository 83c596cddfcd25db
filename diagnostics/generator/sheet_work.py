"""The invented client's answers on its work: membership, team, resources, systems, touchpoints, accounts and groups."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.assortment import PRODUCTS
from diagnostics.generator.places import CHANNELS, STORE
from diagnostics.generator.season import DAY_SECONDS, DAYS, FIRST_DAY, MONTHS, YEAR, list_days
from diagnostics.generator.sheet_image import answer_personas, answer_research

if TYPE_CHECKING:
    from diagnostics.generator.world import World

Answers = dict[str, object]
Rows = tuple[Answers, ...]

CYCLE_DAYS = 52
FRANCHISE = "加盟"
CAPACITY = 5000
GROUPS_AN_OWNER, GROUP_SIZE = 2, 80
# A month's cost of a contact from parcels and from stores, and the budget over what is already laid out a year.
PARCEL_COST, STORE_COST = 34.0, 7.6
BUDGET_OVER_OUTLAY = 1.8
# The last is one that no rule of the plan understands: a person must.
CONSTRAINTS = ("今年不加人", "私域成交价不得低于天猫到手价", "所有对外文案要法务先看")
ADD_REWARD, ADD_REWARD_TEXT = 2.0, "每新增一位好友奖励2元"
# Indicators by role with their weights; the troubled brand never gave its analyst any.
KPIS: dict[str, tuple[tuple[str, float, str], ...]] = {
    "私域负责人": (("私域GMV", 0.5, "年增5%"), ("复购率", 0.3, "不低于现值"), ("费用率", 0.2, "不高于8%")),
    "引流运营": (("净增好友", 0.6, "每月达标"), ("加粉率", 0.4, "不低于55%")),
    "个人号运营": (("首单转化", 0.4, "每月达标"), ("回复率", 0.4, "95%"), ("标签覆盖", 0.2, "80%")),
    "社群运营": (("活跃成员率", 0.4, "10%"), ("群转化", 0.6, "每月达标")),
    "内容运营": (("互动", 0.5, "每月达标"), ("活动增量", 0.5, "每月达标")),
    "选品": (("连带率", 0.5, "1.6"), ("毛利率", 0.5, "不低于65%")),
    "直播运营": (("场次成交", 0.6, "每月达标"), ("退货率", 0.4, "不高于6%")),
    "会员运营": (("会员复购", 0.6, "不低于现值"), ("存量首购", 0.4, "每月达标")),
    "客服": (("首次响应", 0.6, "3分钟"), ("满意度", 0.4, "95%")),
    "门店导购": (("加粉达成", 0.5, "100%"), ("销售达成", 0.5, "100%")),
    "数据分析": (("报表准时", 0.5, "100%"), ("被采用建议", 0.5, "每月2项")),
}
UNASSESSED = "数据分析"


def answer_work(world: World) -> Answers:
    """Answers of the standard and the full form that the generated files bear out or leave open."""
    return (
        _answer_frame(world)
        | _answer_venues(world)
        | _answer_private(world)
        | answer_personas(world)
        | answer_research()
        | _answer_membership()
        | _answer_team(world)
        | _answer_resources(world)
    )


def _answer_frame(world: World) -> Answers:
    heroes = [product.code for product in PRODUCTS if product.category in {"精华", "面霜"}][:3]
    return {
        "owner_consultant": "私域顾问负责人",
        "session_mode": "tencent_meeting",
        "brand_count": 1,
        "positioning": "product",
        "company_gene": ("product", "content"),
        "hero_products": tuple(heroes),
        "repurchase_cycle_days": CYCLE_DAYS,
        "budget": _set_budget(world),
        "constraints": CONSTRAINTS,
        "repurchase_reasons": ("consumption",),
        "is_durable": False,
        "trial_cost": "low",
        "sku_cost_available": True,
        "goal_type": ("repurchase",),
        "processing_method": ("local_only",),
        "report_distribution": ("品牌总经理", "电商与私域负责人"),
        "new_customer_def": "first_in_history",
        "data_inventory": _list_data(world),
    }


def _list_data(world: World) -> Rows:
    names = {"tmall": "GB18030", "douyin": "UTF-8", "youzan": "UTF-8", "jd": "GB18030", "store": "UTF-8"}
    last = list_days(DAYS - 1, DAYS)[0]
    return tuple(
        {
            "dataset": "订单",
            "channel": name,
            "from": FIRST_DAY,
            "to": last,
            "rows": int((world.orders.channel == place).sum()),
            "encoding": names[name],
        }
        for place, name in enumerate(CHANNELS)
    )


def _answer_venues(world: World) -> Answers:
    franchise = sum(store.ownership == FRANCHISE for store in world.stores) / len(world.stores)
    cities = sorted({(store.city, store.region) for store in world.stores})
    tree: list[Answers] = [{"node_id": "HQ", "level": "HQ", "name_code": "HQ"}]
    tree += [
        {"node_id": f"R-{region}", "parent_id": "HQ", "level": "region", "name_code": region, "region": region}
        for region in sorted({region for _, region in cities})
    ]
    tree += [
        {"node_id": f"C-{city}", "parent_id": f"R-{region}", "level": "city", "name_code": city, "region": region}
        for city, region in cities
    ]
    tree += [
        {
            "node_id": store.code,
            "parent_id": f"C-{store.city}",
            "level": "store",
            "name_code": store.code,
            "region": store.region,
        }
        for store in world.stores
    ]
    return {
        "store_count": len(world.stores),
        "store_ownership": ({"direct": round(1 - franchise, 4), "franchise": round(franchise, 4), "dealer": 0.0},),
        "org_tree": tuple(tree),
        "public_pools": _list_pools(world),
        "acquisition_ways": ("content", "offline", "benefit_hook"),
        "fulfilment": ("express", "pickup"),
        "link_policy": "all_channel_neutral",
        "touchpoints": (
            _touch("包裹卡", ("post", "private"), "state=pkg01", "个人号运营", "加企微"),
            _touch("门店台卡", ("in", "private"), "state=store01", "门店导购", "加导购企微"),
            _touch("直播间粉丝群", ("in", "public"), "live01", "直播运营", "入群"),
            _touch("有赞会员中心", ("post", "private"), "yz01", "会员运营", "积分兑换"),
            _touch("小红书笔记", ("pre", "public"), "xhs01", "内容运营", "搜索进店"),
        ),
    }


def _touch(name: str, place: tuple[str, str], code: str, owner: str, step: str) -> Answers:
    return {
        "touchpoint": name,
        "stage": place[0],
        "public/private": place[1],
        "entry_code/state": code,
        "owner": owner,
        "next_step": step,
    }


def _count_adds(world: World) -> tuple[int, int]:
    """Contacts added in the last year, and those of them in stores."""
    late = world.contacts.added >= (DAYS - YEAR) * DAY_SECONDS
    return int(late.sum()), int((late & (world.contacts.store >= 0)).sum())


def _list_pools(world: World) -> Rows:
    adds, in_stores = _count_adds(world)
    scans = int(world.store_days.scans.sum())
    year = slice(MONTHS // 2, MONTHS)
    return (
        {
            "pool": "传统电商",
            "monthly_visitors": int(world.traffic.tmall_visitors[year].mean()),
            "cost": float(round((adds - in_stores) // 12 * PARCEL_COST, -2)),
            "adds": (adds - in_stores) // 12,
        },
        {
            "pool": "线下门店",
            "monthly_visitors": max(scans, in_stores) // 12 + 1,
            "cost": float(round(in_stores // 12 * STORE_COST, -2)),
            "adds": in_stores // 12,
        },
    )


def _set_budget(world: World) -> float:
    """What pools and incentives cost a year, and four fifths as much again."""
    pools = sum(12 * float(str(row["cost"])) for row in _list_pools(world))
    incentives = sum(float(str(row["cost"])) for row in _list_incentives(world))
    return float(round(BUDGET_OVER_OUTLAY * (pools + incentives), -4))


def _answer_private(world: World) -> Answers:
    accounts, held = np.unique(world.contacts.staff, return_counts=True)
    owners = [*(store.code for store in world.stores), *world.desks]
    return {
        "pd_positioning": ("service", "sales", "interaction"),
        "personal_wechat_risk": "no",
        "accounts_matrix": tuple(
            _describe_account(str(account), int(count), is_desk=str(account) in set(world.desks))
            for account, count in zip(accounts, held, strict=True)
        ),
        "groups_list": tuple(
            _describe_group(f"{owner}-{number}", owner, is_desk=owner in set(world.desks))
            for owner in owners
            for number in range(1, GROUPS_AN_OWNER + 1)
        ),
    }


def _describe_account(account: str, count: int, *, is_desk: bool) -> Answers:
    return {
        "account_code": account,
        "persona": "护肤顾问",
        "level": "premium" if is_desk else "standard",
        "owner_role": "个人号运营" if is_desk else "门店导购",
        "capacity": max(CAPACITY, count),
        "contacts": count,
    }


def _describe_group(code: str, owner: str, *, is_desk: bool) -> Answers:
    return {
        "group_code": code,
        "type": "welfare" if is_desk else "store",
        "brand": "青颜",
        **({} if is_desk else {"store": owner}),
        "owner_code": owner,
        "created": date(2024, 4, 1),
        "members": GROUP_SIZE,
    }


def _answer_membership() -> Answers:
    return {
        "tiers": (
            {"channel": "youzan", "tier": "VIP1", "rule": "注册即得"},
            {"channel": "tmall", "tier": "VIP1", "rule": "注册即得"},
            {"channel": "store", "tier": "VIP1", "rule": "注册即得"},
        ),
        "benefits": (
            {"channel": "youzan", "tier": "VIP1", "benefit": "生日礼", "private_only": True, "cost": 15.0},
            {"channel": "youzan", "tier": "VIP1", "benefit": "会员价", "private_only": False, "cost": 0.0},
            {"channel": "tmall", "tier": "VIP1", "benefit": "会员价", "private_only": False, "cost": 0.0},
            {"channel": "store", "tier": "VIP1", "benefit": "会员价", "private_only": False, "cost": 0.0},
        ),
        "points_rules": tuple(
            {"channel": name, "earn": "1元1分", "burn": "100分抵1元", "expiry": "12个月"}
            for name in ("youzan", "tmall", "store")
        ),
        "stored_value": False,
        "high_value_rule": "近12个月消费前20%",
        "super_user_rule": "近12个月消费前20%且购买两次及以上",
        "tag_dictionary": (
            {"tag": "首购渠道", "dimension": "channel", "rule": "首单所在渠道"},
            {"tag": "复购状态", "dimension": "behaviour", "rule": "近12个月购买天数"},
            {"tag": "敏感肌", "dimension": "preference", "rule": "买过舒缓系列"},
            {"tag": "活动参与", "dimension": "participation", "rule": "领取过福利官礼品"},
        ),
    }


def _answer_team(world: World) -> Answers:
    roles = {role: rows for role, rows in KPIS.items() if not (world.planted and role == UNASSESSED)}
    live = (("selection", "P01", "before"), ("operation", "P02", "during"), ("anchor", "P03", "during"))
    return {
        "team_mode": "full",
        "current_kpis": tuple(
            {"role": role, "kpi": kpi, "weight": weight, "target": target}
            for role, rows in roles.items()
            for kpi, weight, target in rows
        ),
        "incentives": _list_incentives(world),
        "live_roles": tuple({"role": role, "person_code": code, "phase": phase} for role, code, phase in live),
        "management_attention": 4,
        "dept_cooperation": ({"department": "电商部", "1-5": 4}, {"department": "零售部", "1-5": 4}),
    }


def _list_incentives(world: World) -> Rows:
    adds, _ = _count_adds(world)
    in_stores = (world.orders.channel == STORE) & (world.orders.day >= DAYS - YEAR)
    store_sales = float(world.orders.paid_fen[in_stores].sum()) / 100
    return (
        {"type": "per_add", "rule": ADD_REWARD_TEXT, "cost": ADD_REWARD * adds},
        {"type": "commission", "rule": "门店销售额2%", "cost": float(round(store_sales * 0.02))},
        {"type": "ranking", "rule": "城市月度榜单前三名各奖500元", "cost": 18_000.0},
    )


def _answer_resources(world: World) -> Answers:
    # The troubled brand holds a patent that nobody has been given to use.
    owned = {} if world.planted else {"owner": "选品"}
    patent = {
        "resource": "茶多酚专利配方",
        "type": "supply",
        **owned,
        "status": "virtual" if world.planted else "real",
        "impact": 5,
        "scarcity": 5,
        "replaceable": 1,
    }
    others = (
        ("门店导购", "people", "门店导购", 4, 3, 3),
        ("有赞会员中心", "data", "会员运营", 4, 3, 3),
        ("天猫旗舰店流量", "traffic", "引流运营", 4, 2, 3),
        ("皮肤科医生顾问", "partner", "内容运营", 3, 4, 2),
    )
    return {
        "resources": (
            patent,
            *(
                {
                    "resource": name,
                    "type": kind,
                    "owner": owner,
                    "status": "real",
                    "impact": impact,
                    "scarcity": scarcity,
                    "replaceable": replaceable,
                }
                for name, kind, owner, impact, scarcity, replaceable in others
            ),
        ),
        "target_resources": ("头部达人合作", "天猫会员通"),
        "key_resource": "茶多酚专利配方",
        "demands": ("新品要先给会员试用", "门店要看到加粉带来的销售", "客户售后要有人管"),
        "systems": (
            _system("天猫店铺后台", "订单与会员", "电商部", "file", 0.0),
            _system("有赞", "微商城与会员", "会员运营", "api", 26_800.0),
            _system("SCRM", "企微好友与社群", "个人号运营", "api", 60_000.0),
            _system("ERP", "订单与库存", "供应链", "file", 48_000.0),
            _system("POS", "门店收银", "零售部", "file", 36_000.0),
        ),
    }


def _system(name: str, purpose: str, owner: str, integration: str, cost: float) -> Answers:
    row: Answers = {"system": name, "vendor": "外购", "purpose": purpose, "owner": owner}
    return row | {"integration": integration, "annual_cost": cost}
