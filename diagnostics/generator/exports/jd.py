"""JD's order export: one row per order and product, with the order's amounts on each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.assortment import PRODUCTS
from diagnostics.generator.cells import (
    Cells,
    Content,
    Dialect,
    fill,
    fill_money,
    fill_times,
    fill_times_where,
    look_up,
    split_half_years,
    write_csv,
)
from diagnostics.generator.draws import Ints
from diagnostics.generator.exports.shop_orders import ShopOrders, choose_orders, cut
from diagnostics.generator.identities import mask_names, name_accounts, number_orders, number_phones
from diagnostics.generator.layouts import read_columns
from diagnostics.generator.orders import sum_by
from diagnostics.generator.people import PROVINCES
from diagnostics.generator.places import JD
from diagnostics.generator.season import DAY_SECONDS, DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diagnostics.generator.world import World

FIRST_ORDER = 302_000_000_000
SHIPPING_DAYS = 4
ESTIMATED_DAYS = 30
NOTE = "（系统计算中，该值仅供参考）"
CODES = tuple(product.code for product in PRODUCTS)
NAMES = tuple(product.name for product in PRODUCTS)


def export_jd(world: World) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each half-yearly file."""
    orders = choose_orders(world, JD)
    numbers = number_orders(FIRST_ORDER, orders.created)
    for name, chosen in split_half_years(orders.day):
        content = _fill_rows(world, cut(orders, chosen), numbers[chosen])
        dialect = Dialect(encoding="gb18030")
        yield f"京东/订单导出_{name}.csv", write_csv(read_columns("jd_order_2026"), content, dialect)


def _state(orders: ShopOrders) -> list[str]:
    order = orders.lines.order
    words = np.array(["已取消", "等待确认收货"], dtype=object)[:, None]
    chosen = [~orders.is_paid[order], orders.day[order] >= DAYS - SHIPPING_DAYS]
    return list(np.select(chosen, words, "完成").tolist())


def _estimate(fen: Ints, day: Ints) -> list[str]:
    """What the merchant will receive; for the last days JD still computes."""
    late = (day >= DAYS - ESTIMATED_DAYS).tolist()
    return [f"{yuan:.2f}{NOTE if open_ else ''}" for yuan, open_ in zip((fen / 100).tolist(), late, strict=True)]


def _fill_rows(world: World, orders: ShopOrders, numbers: Ints) -> dict[str, Content]:
    lines, order = orders.lines, orders.lines.order
    person, paid_at, is_paid = orders.person[order], orders.whole.paid_at[orders.origin][order], orders.is_paid[order]
    paid = sum_by(order, lines.paid_fen, len(orders))
    payable = sum_by(order, lines.payable_fen, len(orders))
    asked = np.where(orders.is_paid, paid, payable)
    finished = is_paid & (orders.day[order] < DAYS - SHIPPING_DAYS)
    return {
        "订单号": fill(numbers[order]),
        "商品ID": fill(100_000_000_000 + lines.product * 137),
        "商品名称": look_up(NAMES, lines.product),
        "订购数量": fill(lines.quantity),
        "支付方式": "在线支付",
        "下单时间": fill_times(orders.created[order]),
        "京东价": fill_money(lines.payable_fen // lines.quantity),
        "订单金额": fill_money(payable[order]),
        "商家应收": Cells(values=_estimate(asked[order], orders.day[order])),
        "余额支付": "0.00",
        "应付金额": fill_money(asked[order]),
        "订单状态": Cells(values=_state(orders)),
        "订单类型": "SOP",
        "下单帐号": Cells(values=name_accounts(person, JD)),
        "客户姓名": Cells(values=mask_names(person)),
        "客户地址": look_up(PROVINCES, world.people.province[person], "%s****"),
        "联系电话": Cells(values=[f"1******{phone[-4:]}" for phone in number_phones(person)]),
        "运费金额": "0.00",
        "付款确认时间": fill_times_where(paid_at, is_paid),
        "货号": look_up(CODES, lines.product),
        "订单完成时间": fill_times_where(orders.created[order] + 6 * DAY_SECONDS, finished),
        "订单来源": "京东APP",
        "商家SKUID": look_up(CODES, lines.product),
    }
