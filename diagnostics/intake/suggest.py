"""Suggest a mapping for an unknown file, ready to edit, from the headers of all known exports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import yaml

from diagnostics.intake.layouts import Layout

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLES = 2
_LONGEST = 24
_LIKELY_TABLE = "order_lines"
# Words of order files that no known layout uses.
_ALSO = {
    "日期": "ordered_at",
    "订单编号": "order_id",
    "付款日期": "ordered_at",
    "时间": "ordered_at",
    "交易时间": "ordered_at",
    "金额": "paid_amount",
    "实付金额": "paid_amount",
    "实收金额": "paid_amount",
    "数量": "quantity",
    "购买数量": "quantity",
    "商品": "product",
    "品名": "product",
    "商品名": "product",
    "单号": "order_id",
    "小票号": "order_id",
    "会员号": "customer",
    "会员卡号": "customer",
    "买家昵称": "customer",
    "手机号": "phone",
    "手机": "phone",
    "门店": "store",
    "导购": "staff",
    "渠道": "channel",
    "省份": "region",
    "order_id": "order_id",
    "date": "ordered_at",
    "customer_id": "customer",
    "amount": "paid_amount",
    "quantity": "quantity",
    "price": "unit_price",
}


def suggest_mapping(path: str, table: pa.Table, layouts: Sequence[Layout]) -> str:
    """YAML of a mapping: the likeliest table, its columns by guess, and the other columns as comments.

    Samples show the shape of cells only: digits as 9, letters as a, Chinese characters as 字.
    """
    names = table.column_names
    target, guessed = _guess(names, layouts)
    entry = {"file": path, "table": target, "columns": {name: guessed[name] for name in guessed}}
    text = yaml.safe_dump({"mappings": [entry]}, allow_unicode=True, sort_keys=False, width=200)
    lines = [f"# {name}: {_sample(table[name])}" for name in names]
    return text + "# columns of the file, with the shape of their cells:\n" + "\n".join(lines) + "\n"


def _guess(names: Sequence[str], layouts: Sequence[Layout]) -> tuple[str, dict[str, str]]:
    meanings: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for layout in layouts:
        for column, sources in layout.recipe.columns.items() if layout.recipe else ():
            for source in sources:
                meanings[layout.recipe.table if layout.recipe else ""][source][column] += 1
    for word, column in _ALSO.items():
        meanings[_LIKELY_TABLE][word][column] += 1
    fits = {table: sum(name in known for name in names) for table, known in meanings.items()}
    target = max(fits, key=lambda table: (fits[table], table == _LIKELY_TABLE))
    guessed: dict[str, str] = {}
    for name in names:
        if found := meanings[target].get(name):
            guessed.setdefault(found.most_common(1)[0][0], name)
    return target, guessed


def _sample(cells: pa.ChunkedArray) -> str:
    shapes = [_shape(str(cell)) for cell in cells.drop_null().unique()[: _SAMPLES * 2].to_pylist() if str(cell).strip()]
    return " | ".join(list(dict.fromkeys(shapes))[:_SAMPLES])


def _shape(cell: str) -> str:
    """The shape of a cell without its content."""
    masked = re.sub(r"[^\W\d_a-zA-Z]", "字", re.sub(r"[a-zA-Z]", "a", re.sub(r"\d", "9", cell)))
    return " ".join(masked.split())[:_LONGEST]
