"""Settled order rows as piles hold them, made from short tuples."""

from __future__ import annotations

import pyarrow as pa

KINDS = {
    "_file": pa.int64(),
    "_row": pa.int64(),
    "ordered_at": pa.timestamp("us"),
    "_refunded": pa.bool_(),
    "is_return": pa.bool_(),
}
AMOUNTS = (
    "order_paid",
    "order_refund",
    "paid_amount",
    "refund_amount",
    "line_amount",
    "list_amount",
    "quantity",
    "settled_amount",
    "fees",
    "subsidy",
)
DEFAULTS = {
    "_file": 0,
    "channel": "tmall",
    "ordered_at": "2024-03-05T10:00:00",
    "_family": "tmall",
    "_grain": "order",
    "_role": None,
    "_fate": None,
}


def make_rows(*rows: dict[str, object]) -> pa.Table:
    """A table of the rows given; every cell that a row leaves out is as in `DEFAULTS`, or empty."""
    names = dict.fromkeys(["_file", "_row", *DEFAULTS, "order_id", "line_id", "_refunded", "is_return", *AMOUNTS])
    names |= dict.fromkeys(name for row in rows for name in row)
    columns = {}
    for name in names:
        kind = KINDS.get(name, pa.float64() if name in AMOUNTS else pa.string())
        cells = [row.get(name, number if name == "_row" else DEFAULTS.get(name)) for number, row in enumerate(rows)]
        whole = pa.array(cells, pa.string() if name == "ordered_at" else kind)
        columns[name] = whole.cast(kind)
    columns["line_id"] = pa.array([row.get("line_id", row.get("order_id")) for row in rows], pa.string())
    return pa.table(columns)


def note(*rows: tuple[int, int, str]) -> pa.Table:
    """A ledger's rows: file, row, reason."""
    files, numbers, reasons = (list(part) for part in zip(*rows, strict=True)) if rows else ([], [], [])
    return pa.table(
        {
            "_file": pa.array(files, pa.int64()),
            "_row": pa.array(numbers, pa.int64()),
            "reason": pa.array(reasons, pa.string()),
        }
    )
