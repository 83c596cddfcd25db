"""Names of what can make two totals differ, of the totals themselves, and of why two can't be compared."""

from __future__ import annotations

from diagnostics.model.account import Against
from diagnostics.model.wording import Text, name_verbatim

TIES = "ties"
UNEXPLAINED = "unexplained"

# What a total of orders is held against.
SOURCES: dict[Against, Text] = {
    "order_items": Text(zh="宝贝（商品明细）报表", en="Item report"),
    "settlement": Text(zh="结算单", en="Settlement"),
    "after_sales": Text(zh="售后单", en="After-sales report"),
    "sycm": Text(zh="生意参谋", en="Sycm"),
    "sheet": Text(zh="需求表：年 GMV", en="Sheet: annual GMV"),
    "sheet_channel": Text(zh="需求表：渠道 GMV", en="Sheet: GMV by channel"),
}

CAUSES: dict[str, Text] = {
    TIES: Text(zh="相符", en="ties out"),
    "refunds": Text(zh="退款", en="refunds"),
    "unpaid": Text(zh="未付款订单", en="unpaid orders"),
    "missing_days": Text(zh="没有订单的日子", en="days without orders"),
    "duplicates": Text(zh="重叠导出的重复订单", en="duplicates across exports"),
    "set_aside": Text(zh="被剔除的行", en="rows set aside"),
    "absent_channels": Text(zh="没有收到订单的渠道", en="channels without orders"),
    "other_year": Text(zh="统计年度不同", en="another year"),
    # Postage, discounts on whole orders, or some of an order's items missing.
    "order_level": Text(zh="订单与明细金额不等", en="orders and items differ"),
    "orders_without_items": Text(zh="没有商品明细的订单", en="orders without items"),
    "items_without_orders": Text(zh="没有订单的商品明细", en="items without an order"),
    "fees": Text(zh="平台扣费", en="platform fees"),
    "subsidy": Text(zh="平台补贴", en="subsidies"),
    "unsettled": Text(zh="尚未结算的订单", en="orders not settled yet"),
    "unknown_orders": Text(zh="我方没有的订单", en="orders that we lack"),
    "no_record": Text(zh="没有售后记录的退款", en="refunds without an after-sales record"),
    "order_differs": Text(zh="同一订单的金额不同", en="the same orders, other amounts"),
    UNEXPLAINED: Text(zh="无法解释", en="not explained"),
    "no_orders": Text(zh="没有收到这个渠道的订单", en="no orders of this channel arrived"),
    "other_shop": Text(zh="对方是另一家店铺", en="the other total is of another shop"),
    "other_period": Text(zh="订单不在这段时间", en="the orders are of another period"),
    "partial_month": Text(zh="订单只覆盖了部分日子", en="the orders cover only some of the days"),
    "too_few_months": Text(zh="订单不足半年", en="less than half a year of orders"),
    "no_amounts": Text(zh="对方没有金额", en="the other report tells no amounts"),
}


def name_cause(cause: str) -> Text:
    """A cause in words; an unknown one as it is."""
    return CAUSES.get(cause) or name_verbatim(cause.replace("_", " "))
