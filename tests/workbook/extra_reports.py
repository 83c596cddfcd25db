"""Adds to a generated client what tells of Douyin orders once more: a later export, settlements, after-sales cases."""

import csv

from tests.intake.clients import export_csv

TOLD = 150


def add_reports(case):
    """Some orders are settled or given back, some are not, and each report tells of one that the orders lack."""
    folder = case.exports / "抖音"
    first = min(folder.glob("fxg_export*.csv"))
    lines = first.read_text(encoding="utf-8-sig").splitlines()
    (folder / "补导_订单.csv").write_text("\n".join(lines[:TOLD]), encoding="utf-8-sig")
    orders = [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(lines[:TOLD])]
    orders.append(orders[-1] | {"主订单编号": "6920000000000999999", "子订单编号": "6920000000000999999"})
    settled = [_settle(order) for place, order in enumerate(orders) if place % 3]
    (folder / "结算账单.csv").write_text(export_csv("douyin_settlement", settled), encoding="utf-8-sig")
    returned = [_give_back(order) for place, order in enumerate(orders) if not place % 5]
    (folder / "售后单.csv").write_text(export_csv("douyin_aftersale", returned), encoding="utf-8-sig")


def _settle(order):
    paid = float(order["订单应付金额"])
    return {
        "结算时间": "2024-11-02 08:00:00",
        "订单号": order["主订单编号"],
        "子订单号": order["子订单编号"],
        "下单时间": order["订单提交时间"],
        "用户实付": f"{paid:.2f}",
        "平台补贴": "1.00",
        "支出合计": f"{paid * 0.05:.2f}",
        "结算金额": f"{paid + 1 - round(paid * 0.05, 2):.2f}",
    }


def _give_back(order):
    return {
        "售后单号": f"7{order['子订单编号']}",
        "订单号": order["主订单编号"],
        "商品单号": order["子订单编号"],
        "应付金额": order["订单应付金额"],
        "退商品金额": order["订单应付金额"],
        "售后状态": "同意退款，退款成功",
        "售后申请时间": "2024-11-03 09:00:00",
        "商家退款时间": "2024-11-04 09:00:00",
    }
