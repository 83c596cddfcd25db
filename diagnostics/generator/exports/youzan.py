"""Youzan's order export and customer export: the brand's own shop, with plain phones."""

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
    pick,
    split_half_years,
    write_csv,
)
from diagnostics.generator.draws import Floats, Ints, open_stream
from diagnostics.generator.exports.shop_orders import ShopOrders, choose_orders, cut, join_names
from diagnostics.generator.identities import mask_names, mask_phones, number_orders, number_phones
from diagnostics.generator.layouts import read_columns
from diagnostics.generator.orders import sum_by
from diagnostics.generator.people import PROVINCES
from diagnostics.generator.places import YOUZAN
from diagnostics.generator.season import BURN_IN, DAY_SECONDS, DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diagnostics.generator.world import World

FIRST_ORDER = 20_240_901_000_000_000
PLAIN = Dialect(encoding="utf-8", quoted=True, last_comma=True)
SHIPPING_DAYS = 4
NEVER_BOUGHT_SHARE = 0.06
USUAL_FEN = 24_000
NAMES = tuple(product.name for product in PRODUCTS)


def export_youzan(world: World) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file."""
    orders = choose_orders(world, YOUZAN)
    numbers = number_orders(FIRST_ORDER, orders.created)
    for name, chosen in split_half_years(orders.day):
        content = _fill_orders(world, cut(orders, chosen), numbers[chosen])
        yield f"有赞/订单导出_{name}.csv", write_csv(read_columns("youzan_order_2026"), content, PLAIN)
    yield "有赞/客户导出_20260831.csv", _write_customers(world)


def _name_guides(world: World, person: Ints) -> Cells:
    """The account that looks after a buyer who is a contact."""
    desks = np.array(world.desks, dtype=object)[person % len(world.desks)]
    return Cells(values=np.where(world.is_contact[person], desks, "").tolist())


def _state(orders: ShopOrders, paid: Ints, refund: Ints) -> list[str]:
    closed = ~orders.is_paid | (orders.is_paid & (refund == paid))
    words = np.array(["交易关闭", "已发货"], dtype=object)[:, None]
    return list(np.select([closed, orders.day >= DAYS - SHIPPING_DAYS], words, "交易完成").tolist())


def _fill_orders(world: World, orders: ShopOrders, numbers: Ints) -> dict[str, Content]:
    lines, whole, origin, person = orders.lines, orders.whole, orders.origin, orders.person
    payable, paid, refund = (
        sum_by(lines.order, fen, len(orders)) for fen in (lines.payable_fen, lines.paid_fen, lines.refund_fen)
    )
    asked = np.where(orders.is_paid, paid, payable)
    coupon = whole.coupon[origin] & orders.is_paid
    finished = orders.is_paid & (refund < paid) & (orders.day < DAYS - SHIPPING_DAYS)
    refund_words = np.array(["部分退款", "全额退款"], dtype=object)[:, None]
    return {
        "订单号": fill(numbers, "E%d"),
        "销售渠道": "微商城",
        "归属店铺": "青颜官方商城",
        "订单类型": "普通订单",
        "订单状态": Cells(values=_state(orders, paid, refund)),
        "订单来源": "微信小程序",
        "订单创建时间": fill_times(orders.created),
        "买家付款时间": fill_times_where(whole.paid_at[origin], orders.is_paid),
        "交易成功时间": fill_times_where(orders.created + 6 * DAY_SECONDS, finished),
        "付款方式": pick(orders.is_paid, "微信支付", ""),
        "商品金额合计": fill_money(payable),
        "运费": "0.00",
        "店铺优惠合计": fill_money(payable - asked),
        "应收订单金额": fill_money(asked),
        "订单实付金额": fill_money(paid),
        "支付优惠合计": "0.00",
        "订单实收金额": fill_money(paid - refund),
        "订单抵用积分数": "0",
        "店铺优惠方式": pick(coupon, "优惠券", ""),
        "全部商品名称": Cells(values=join_names(orders, NAMES, ";")),
        "商品种类数": fill(orders.line_count),
        "订单配送方式": "快递发货",
        "收货人省份": look_up(PROVINCES, world.people.province[person]),
        "收货人/提货人": Cells(values=mask_names(person)),
        "收货人手机号/提货人手机号": Cells(values=mask_phones(person)),
        "买家昵称": fill(person + 10_000, "茶友%d"),
        "买家是否会员": pick(world.people.is_member[person], "是", "否"),
        "买家手机号": Cells(values=number_phones(person)),
        "专属导购": _name_guides(world, person),
        "订单退款状态": Cells(
            values=np.select([(refund > 0) & (refund < paid), refund > 0], refund_words, "").tolist()
        ),
        "订单已退款金额": fill_money(refund),
    }


def _list_customers(world: World) -> tuple[Ints, Ints]:
    """Persons of the shop's customer list, buyers first, and how many of them are buyers."""
    orders = world.orders
    buyers = np.bincount(orders.person[orders.channel == YOUZAN], minlength=world.people.count) > 0
    older = (world.people.home == YOUZAN) & (world.before > 0)
    listed = np.flatnonzero(buyers | older)
    silent = np.arange(round(len(listed) * NEVER_BOUGHT_SHARE), dtype=np.int64) + world.people.count
    return np.concatenate([listed, silent]), np.array([len(listed)])


def _write_customers(world: World) -> bytes:
    person, known = _list_customers(world)
    bought = np.arange(len(person)) < known[0]
    number = np.where(bought, person, 0)
    orders, people = world.orders, world.people
    mine = orders.channel == YOUZAN
    counts = np.bincount(orders.person[mine], minlength=people.count) + np.where(people.home == YOUZAN, world.before, 0)
    spent = sum_by(orders.person[mine], orders.paid_fen[mine], people.count)
    spent += np.where(people.home == YOUZAN, world.before, 0) * USUAL_FEN
    last = np.zeros(people.count, dtype=np.int64)
    np.maximum.at(last, orders.person[mine], orders.created[mine])
    refunds = sum_by(orders.person[mine], orders.refund_fen[mine], people.count)
    dates: Floats = open_stream(world.seed, "silent members").random(len(person)) * (DAYS + BURN_IN) - BURN_IN
    since = np.where(bought, people.born_day[number], dates.astype(np.int64)) * DAY_SECONDS + 36_000
    member = ~bought | people.is_member[number]
    count, fen = np.where(bought, counts[number], 0), np.where(bought, spent[number], 0)
    content: dict[str, Content] = {
        "客户姓名": Cells(values=mask_names(person)),
        "客户昵称": fill(person + 10_000, "茶友%d"),
        "客户手机号": Cells(values=number_phones(person)),
        "是否会员": pick(member, "是", "否"),
        "成长值": fill(fen // 100),
        "免费等级": pick(member, "VIP1", ""),
        "客户积分": fill(fen // 100),
        "客户储值余额": "0.00",
        "消费次数": fill(count),
        "消费金额": fill_money(fen),
        "累计退款金额": fill_money(np.where(bought, refunds[number], 0)),
        "笔单价": fill_money(fen // np.maximum(count, 1)),
        "上次消费时间": fill_times_where(last[number], bought & (last[number] > 0)),
        "企微好友": pick(bought & world.is_contact[number], "是", "否"),
        "来源渠道": "微信小程序",
        "来源方式": pick(bought, "下单", "注册"),
        "成为客户时间": fill_times(since),
        "成为会员时间": fill_times_where(since, member),
        "成为会员店铺": pick(member, "青颜官方商城", ""),
        "微信地域": look_up(PROVINCES, people.province[number]),
    }
    return write_csv(read_columns("youzan_customer"), content, Dialect(encoding="utf-8"))
