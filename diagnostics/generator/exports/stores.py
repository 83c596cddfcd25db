"""The stores' files: payment bills, targets, master data, scans of the store codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.cells import (
    Cells,
    Content,
    Dialect,
    fill,
    fill_money,
    fill_times,
    look_up,
    pick,
    split_half_years,
    write_csv,
)
from diagnostics.generator.draws import Flags, Ints
from diagnostics.generator.identities import name_accounts
from diagnostics.generator.layouts import read_columns
from diagnostics.generator.places import STORE
from diagnostics.generator.season import DAY_SECONDS, DAYS, YEAR, list_days, start_months
from diagnostics.generator.sheets import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diagnostics.generator.world import World

TICKED = Dialect(encoding="utf-8", quoted=False, empty="`")
FIRST_PAYMENT = 4_200_002_000_000_000_000
REFUND_DELAY = 2 * 3_600
TARGET_COLUMNS = ("门店编码", "城市", "月份", "销售目标", "加粉目标")
STORE_COLUMNS = ("门店编码", "门店名称", "城市", "大区", "归属", "员工数")


def export_stores(world: World) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file."""
    orders = world.orders
    mine = np.flatnonzero(orders.channel == STORE)
    refunded = mine[orders.refund_fen[mine] > 0]
    origin = np.concatenate([mine, refunded])
    is_refund = np.arange(len(origin)) >= len(mine)
    last = (orders.day[origin] + 1) * DAY_SECONDS - 1
    at = np.where(is_refund, np.minimum(orders.paid_at[origin] + REFUND_DELAY, last), orders.paid_at[origin])
    order = np.argsort(at, kind="stable")
    origin, is_refund, at = origin[order], is_refund[order], at[order]
    for name, chosen in split_half_years(at // DAY_SECONDS):
        yield f"门店/微信支付交易账单_{name}.csv", _write_bill(world, origin[chosen], is_refund[chosen], at[chosen])
    yield "门店/门店目标.xlsx", write_xlsx("门店目标", TARGET_COLUMNS, _list_targets(world))
    yield "门店/门店档案.xlsx", write_xlsx("门店档案", STORE_COLUMNS, _list_stores(world))
    yield "门店/门店导购.xlsx", write_xlsx("门店导购", read_columns("linkwechat_store_guide"), _list_scans(world))
    yield "门店/门店群.xlsx", write_xlsx("门店群", read_columns("linkwechat_store_group"), _list_groups(world))


def _write_bill(world: World, origin: Ints, is_refund: Flags, at: Ints) -> bytes:
    person = world.orders.person[origin]
    codes = [store.code for store in world.stores]
    place = world.people.store[person]
    guides = np.array([store.guides for store in world.stores])
    content: dict[str, Content] = {
        "交易时间": fill_times(at, "`%s"),
        "应用ID": "`wx0000qingyan0000",
        "商户ID": "`1600000000",
        "设备号": look_up(codes, place, "`%s"),
        "微信订单号": fill(FIRST_PAYMENT + origin * 7, "`%d"),
        "商户订单号": fill(FIRST_PAYMENT // 10 + origin * 3, "`QY%d"),
        "用户标识": Cells(values=name_accounts(person, STORE), frame="`%s"),
        "交易类型": "`MICROPAY",
        "交易状态": pick(is_refund, "REFUND", "SUCCESS", "`%s"),
        "付款银行": "`OTHERS",
        "货币种类": "`CNY",
        "总金额": fill_money(world.orders.paid_fen[origin], "`%s"),
        "代金券金额": "`0.00",
        "门店ID": look_up(codes, place, "`%s"),
        "门店名称": look_up(codes, place, "`%s"),
        "收银员ID": fill(guides[place, origin % guides.shape[1]], "`%s"),
    }
    return write_csv(read_columns("wxpay_bill"), content, TICKED)


def _list_targets(world: World) -> Iterator[tuple[object, ...]]:
    for place, store in enumerate(world.stores):
        for number, month in enumerate(start_months()[-12:]):
            sales, adds = int(world.targets.sales[place, number]), int(world.targets.adds[place, number])
            yield store.code, store.city, month.isoformat(), sales, adds


def _list_stores(world: World) -> Iterator[tuple[object, ...]]:
    for store in world.stores:
        yield store.code, store.name, store.city, store.region, store.ownership, len(store.guides)


def _list_scans(world: World) -> Iterator[tuple[object, ...]]:
    days = [day.isoformat() for day in list_days(DAYS - YEAR, DAYS)]
    counts = world.store_days
    for place, store in enumerate(world.stores):
        scans, added = counts.scans[place], counts.added[place]
        totals = (np.cumsum(scans).tolist(), np.cumsum(added).tolist(), scans.tolist(), added.tolist())
        for day, *numbers in zip(days, *totals, strict=True):
            yield day, store.city, store.code, *numbers


def _list_groups(world: World) -> Iterator[tuple[object, ...]]:
    days = [day.isoformat() for day in list_days(DAYS - YEAR, DAYS)]
    counts = world.store_days
    for place, store in enumerate(world.stores):
        flows = (counts.group_scans[place], counts.joined[place], counts.left[place])
        totals = [np.cumsum(flow).tolist() for flow in flows] + [flow.tolist() for flow in flows]
        for day, *numbers in zip(days, *totals, strict=True):
            yield day, store.city, store.code, *numbers
