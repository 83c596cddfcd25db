"""Douyin's order export, with the buyer id that the client's ERP adds as a last column."""

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
from diagnostics.generator.exports.tmall import lines_in_order
from diagnostics.generator.identities import name_accounts, number_orders
from diagnostics.generator.layouts import read_columns
from diagnostics.generator.people import PROVINCES
from diagnostics.generator.places import DOUYIN
from diagnostics.generator.season import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diagnostics.generator.world import World

BUYER = "买家ID"
FIRST_ORDER = 6_920_000_000_000_000_000
ORDER_STEP = 1_009
SHIPPING_DAYS, OPEN_DAYS, TOMORROW_DAYS = 5, 2, 1
TABBED = Dialect(encoding="utf-8-sig", empty="-")
FLOWS = ("直播", "短视频", "商品卡")
CODES = tuple(product.code for product in PRODUCTS)
NAMES = tuple(product.name for product in PRODUCTS)


def export_douyin(world: World) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each half-yearly file."""
    orders = choose_orders(world, DOUYIN)
    numbers = number_orders(FIRST_ORDER, orders.created, ORDER_STEP)
    provinces = world.people.province[orders.person]
    for name, chosen in split_half_years(orders.day):
        content = _fill_lines(cut(orders, chosen), numbers[chosen], provinces[chosen])
        yield f"抖音/fxg_export_{name}.csv", write_csv((*read_columns("douyin_order_75"), BUYER), content, TABBED)


def _state(orders: ShopOrders) -> list[str]:
    refunded = orders.lines.refund_fen > 0
    order = orders.lines.order
    unpaid, day = ~orders.is_paid[order], orders.day[order]
    words = np.array(["待支付", "已关闭", "已发货"], dtype=object)[:, None]
    chosen = [unpaid & (day >= DAYS - OPEN_DAYS), unpaid | refunded, day >= DAYS - SHIPPING_DAYS]
    return list(np.select(chosen, words, "已完成").tolist())


def _name_flows(number: Ints, day: Ints) -> list[str]:
    flows = np.array(FLOWS, dtype=object)[np.select([number % 20 < 9, number % 20 < 14], [0, 1], 2)]  # noqa: PLR2004 - 45 % live, 25 % video
    return list(np.where(day >= DAYS - TOMORROW_DAYS, "数据将于第二天更新", flows).tolist())


def _fill_lines(orders: ShopOrders, numbers: Ints, provinces: Ints) -> dict[str, Content]:
    lines, order = orders.lines, orders.lines.order
    paid = orders.is_paid[order]
    asked = np.where(paid, lines.paid_fen, lines.payable_fen)
    saved = ((lines.payable_fen - asked) / 100).tolist()
    coupon = (orders.whole.coupon[orders.origin][order] & paid).tolist()
    discount = [f"店铺劵-{fen:.2f}" if used else f"{fen:.2f}" for fen, used in zip(saved, coupon, strict=True)]
    after_sale = np.where(lines.refund_fen > 0, np.array("退款成功", dtype=object), "-").tolist()
    done = paid & (lines.refund_fen == 0) & (orders.day[order] < DAYS - SHIPPING_DAYS)
    created = orders.created[order]
    cipher = Cells(values=((orders.person[order] + 1) * 40_503 + created).tolist(), frame="##%x/Qy8=##1##")
    return {
        "主订单编号": fill(numbers[order], "\t%d"),
        "子订单编号": fill(numbers[order] + lines_in_order(orders), "\t%d"),
        "支付方式": "支付宝",
        "选购商品": look_up(NAMES, lines.product, "\t%s"),
        "货号": look_up(CODES, lines.product, "\t%s"),
        "商品ID": fill(3_600_000_000_000_000_000 + lines.product * 7_919, "\t%d"),
        "商家编码": look_up(CODES, lines.product, "\t%s"),
        "商品数量": fill(lines.quantity),
        "商品金额": fill_money(lines.payable_fen // lines.quantity),
        "订单提交时间": fill_times(created, "\t%s"),
        "支付完成时间": fill_times_where(orders.whole.paid_at[orders.origin][order], paid, "-", "\t%s"),
        "订单完成时间": fill_times_where(created + 6 * 86_400, done, "-", "\t%s"),
        "APP渠道": "抖音",
        "订单状态": Cells(values=_state(orders)),
        "售后状态": Cells(values=after_sale),
        "订单类型": "普通订单",
        "订单应付金额": fill_money(asked),
        "运费": "0.00",
        "优惠总金额": Cells(values=saved, frame="%.2f"),
        "平台优惠": "0.00",
        "商家优惠": Cells(values=discount),
        "达人优惠": "0.00",
        "收件人": cipher,
        "收件人手机号": cipher,
        "省": look_up(PROVINCES, provinces[order]),
        "详细地址": cipher,
        "流量体裁": Cells(values=_name_flows(numbers[order] % 1_000, orders.day[order])),
        BUYER: Cells(values=name_accounts(orders.person[order], DOUYIN), frame="\t%s"),
    }
