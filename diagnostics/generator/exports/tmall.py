"""Tmall's order report and item report, in half-yearly files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.assortment import PRODUCTS
from diagnostics.generator.cells import (
    GB18030,
    Cells,
    Content,
    fill,
    fill_money,
    fill_times,
    fill_times_where,
    look_up,
    pick,
    split_half_years,
    write_csv,
)
from diagnostics.generator.draws import Flags, Ints
from diagnostics.generator.exports.shop_orders import ShopOrders, choose_orders, cut, join_names
from diagnostics.generator.identities import mask_names, mask_phones, name_accounts, number_orders
from diagnostics.generator.layouts import read_columns
from diagnostics.generator.orders import sum_by
from diagnostics.generator.people import PROVINCES
from diagnostics.generator.places import TMALL
from diagnostics.generator.season import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diagnostics.generator.world import World

# The real export has a space behind these headers.
SPACED = frozenset(["收货地址", "联系电话", "订单付款时间", "宝贝标题", "宝贝种类", "物流单号"])
FIRST_ORDER = 2_300_000_000_000_000_000
FIRST_LINE = 2_400_000_000_000_000_000
FIRST_PAYMENT = 2_024_090_122_001_000_000
WAITING_DAYS = 2
SHIPPING_DAYS = 4
DONE, CLOSED, WAITING, SHIPPED = "交易成功", "交易关闭", "等待买家付款", "卖家已发货，等待买家确认"
NAMES = tuple(product.name for product in PRODUCTS)
CODES = tuple(product.code for product in PRODUCTS)


def export_tmall(world: World) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file."""
    orders = choose_orders(world, TMALL)
    numbers = number_orders(FIRST_ORDER, orders.created)
    provinces = world.people.province[orders.person]
    for name, chosen in split_half_years(orders.day):
        part = cut(orders, chosen)
        yield f"天猫/ExportOrderList{name}.csv", _write_orders(part, numbers[chosen], provinces[chosen])
        yield f"天猫/ExportOrderDetailList{name}.csv", _write_items(part, numbers[chosen])


def _state(orders: ShopOrders, refunded: Flags) -> list[str]:
    late = orders.day >= DAYS - SHIPPING_DAYS
    waiting = orders.day >= DAYS - WAITING_DAYS
    closed = ~orders.is_paid | refunded
    states = np.select(
        [~orders.is_paid & waiting, closed, late], np.array([WAITING, CLOSED, SHIPPED], dtype=object)[:, None], DONE
    )
    return list(states.tolist())


def _write_orders(orders: ShopOrders, numbers: Ints, provinces: Ints) -> bytes:
    lines, whole, origin = orders.lines, orders.whole, orders.origin
    paid = sum_by(lines.order, lines.paid_fen, len(orders))
    refund = sum_by(lines.order, lines.refund_fen, len(orders))
    payable = sum_by(lines.order, lines.payable_fen, len(orders))
    refunded = orders.is_paid & (refund == paid)
    coupon = np.where(whole.coupon[origin] & orders.is_paid, payable - paid, 0)
    closed_for = np.where(refunded, "买家申请退款", np.where(orders.is_paid, "订单未关闭", "买家未付款"))
    received = orders.is_paid & ~refunded & (orders.day < DAYS - SHIPPING_DAYS)
    columns = [f"{name} " if name in SPACED else name for name in read_columns("tb_order_2022")]
    content: dict[str, Content] = {
        "订单编号": fill(numbers, '="%d"'),
        "主订单编号": fill(numbers, '="%d"'),
        "买家会员名": Cells(values=name_accounts(orders.person, TMALL)),
        "买家支付宝账号": "***",
        "支付单号": fill(numbers - FIRST_ORDER + FIRST_PAYMENT, '="%d"'),
        "买家应付货款": fill_money(payable),
        "买家应付邮费": "0.00",
        "买家支付积分": "0",
        "总金额": fill_money(payable),
        "返点积分": "0",
        "买家实际支付金额": fill_money(paid),
        "买家实际支付积分": "0",
        "订单状态": Cells(values=_state(orders, refunded)),
        "收货人姓名": Cells(values=mask_names(orders.person)),
        "收货地址": look_up(PROVINCES, provinces, "%s ***"),
        "运送方式": "快递",
        "联系手机": Cells(values=mask_phones(orders.person), frame="'%s"),
        "订单创建时间": fill_times(orders.created),
        "订单付款时间": fill_times_where(whole.paid_at[origin], orders.is_paid, "null"),
        "宝贝标题": Cells(values=join_names(orders, NAMES, "，")),
        "宝贝种类": fill(orders.line_count),
        "宝贝总数量": fill(sum_by(lines.order, lines.quantity, len(orders))),
        "店铺Id": "0",
        "店铺名称": "青颜旗舰店",
        "订单关闭原因": fill(closed_for),
        "是否手机订单": "手机订单",
        "天猫卡券抵扣": fill_money(coupon),
        "退款金额": fill_money(refund),
        "确认收货时间": fill_times_where(orders.created + 5 * 86_400, received, "null"),
        "打款商家金额": fill_money(np.where(received, paid - refund, 0), "%s元"),
        "是否代付": "否",
        "发货时间": fill_times_where(
            orders.created + 86_400, orders.is_paid & ~refunded & (orders.day < DAYS - 1), "null"
        ),
    }
    return write_csv(columns, content, GB18030)


def _write_items(orders: ShopOrders, numbers: Ints) -> bytes:
    lines, order = orders.lines, orders.lines.order
    paid, refunded = orders.is_paid[order], lines.refund_fen > 0
    whole = refunded & (lines.refund_fen == lines.paid_fen)
    refund = np.where(refunded, lines.refund_fen / 100, 0.0).tolist()
    state = np.array(_state(orders, np.bincount(order, whole, len(orders)) == orders.line_count), dtype=object)[order]
    words = [f"{amount:.2f}" if amount else "无退款申请" for amount in refund]
    content: dict[str, Content] = {
        "子订单编号": fill(numbers[order] - FIRST_ORDER + FIRST_LINE + lines_in_order(orders), '="%d"'),
        "主订单编号": fill(numbers[order], '="%d"'),
        "标题": look_up(NAMES, lines.product),
        "价格": fill_money(lines.list_fen // lines.quantity),
        "购买数量": fill(lines.quantity),
        "外部系统编号": look_up(CODES, lines.product),
        "订单状态": Cells(values=state.tolist()),
        "商家编码": look_up(CODES, lines.product),
        "支付单号": fill(numbers[order] - FIRST_ORDER + FIRST_PAYMENT, '="%d"'),
        "买家应付货款": fill_money(lines.payable_fen),
        "买家实际支付金额": fill_money(lines.paid_fen),
        "退款状态": pick(refunded, "退款成功", "没有申请退款"),
        "退款金额": Cells(values=words),
        "订单创建时间": fill_times(orders.created[order]),
        "订单付款时间": fill_times_where(orders.whole.paid_at[orders.origin][order], paid, "null"),
    }
    return write_csv(read_columns("tb_item_new"), content, GB18030)


def lines_in_order(orders: ShopOrders) -> Ints:
    """The place of each line in its order, from 0."""
    order = orders.lines.order
    return np.arange(len(order), dtype=np.int64) - orders.first_line[order]
