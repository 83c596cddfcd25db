"""What kind of value a column of an export holds: by what it feeds, else by the words of its header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from diagnostics.model.tables import CANONICAL_TABLES

if TYPE_CHECKING:
    from diagnostics.intake.recognition.layouts import Layout

_BY_NAME = {
    "order_id": "id",
    "line_id": "id",
    "contact": "id",
    "session": "id",
    "group": "id",
    "unionid": "account",
    "customer": "account",
    "phone": "phone",
    "product_id": "code",
    "product": "product",
    "staff": "person",
    "owner": "person",
    "anchor": "person",
    "referrer": "person",
    "store": "store",
    "entrance": "store",
    "region": "province",
    "shop": "shop",
    "source": "source",
    "quantity": "quantity",
    "paid_at": "time",
    "reply_share": "share",
}
_BY_TYPE = {
    "money": "money",
    "int": "count",
    "float": "count",
    "date": "day",
    "timestamp": "time",
    "bool": "flag",
    "string": "word",
}
_WORKING_MONEY = frozenset(["unit_price", "order_paid", "order_refund", "line_amount"])
_BY_UNIT = {"positive": "money", "coupon": "word", "filled": "word", "percent": "share", "seconds": "count"}
_BY_HEADER = (
    (r"手机|电话|mobiles?$|Phone", "phone"),
    (r"^日期$|统计日期|^stat_date$|^ref_date$|^stat_time$", "day"),
    (r"时间$|时间（|^create_?time$|join_time$|Time$", "time"),
    (r"率$|占比$|_rate$|percentage$", "share"),
    (r"地址$", "address"),
    (r"金额|价$|费$|优惠$|货款|邮费|折扣|补贴|佣金|实付|应收|抵扣|合计|Price|Amount", "money"),
    (r"人数|次数|件数|笔数|张数|数$|_cnt$|_pv$|_uv$|_user$|_count$|_total$|时长$|^Qty$|_sec$|depth$|session$", "count"),
    (r"订单号|单号|编号|流水号|订单$|[iI][dD]$|^Id$", "id"),
    (r"姓名|联系人|收件人$|客户名称|^老客$|员工$|^name$", "person"),
    (r"昵称|会员名|帐号|账号$", "account"),
    (r"^省$|省份$", "province"),
    (r"标题$|商品名称$|^title$|ItemName", "product"),
)


def name_kinds(layout: Layout) -> dict[str, str]:
    """The kind of each column's values, by normalised header; columns without one stay empty.

    What the form says goes before what the column feeds, and that before the words of the header.
    """
    fed: dict[str, str] = {}
    recipe = layout.recipe
    kinds = {column.name: column.type for column in CANONICAL_TABLES[recipe.table].columns} if recipe else {}
    for canonical, sources in recipe.columns.items() if recipe else ():
        unit = recipe.units.get(canonical) if recipe else None
        kind = _BY_UNIT.get(unit or "") or ("money" if canonical in _WORKING_MONEY else _BY_NAME.get(canonical))
        for source in sources:
            fed.setdefault(source, kind or _BY_TYPE[kinds.get(canonical, "string")])
    named = {name: layout.form.kinds.get(name) or fed.get(name) or _read_header(name) for name in layout.columns}
    return {name: kind for name, kind in named.items() if kind}


def _read_header(name: str) -> str:
    return next((kind for pattern, kind in _BY_HEADER if re.search(pattern, name)), "")
