"""Reads the little text tables of an example into frames with the canonical columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.tables import CANONICAL_TABLES

if TYPE_CHECKING:
    from diagnostics.checks.check import Example

EMPTY = "-"
DEFAULTS: dict[str, dict[str, str]] = {
    "order_lines": {
        "channel": "website",
        "quantity": "1",
        "refund_amount": "0",
        "paid_amount": "0",
        "is_return": "false",
    },
}
NUMBERED = {"order_lines": ("line_id", "order_id")}


def read_example(example: Example) -> dict[str, pd.DataFrame]:
    """Frames of text (None for empty) with the columns that were given, and defaults for what was not.

    `line_id` and `order_id` are numbered if they are not given, one order a line.
    """
    return {name: _read_table(name, text) for name, text in example.tables.items()}


def _read_table(name: str, text: str) -> pd.DataFrame:
    rows = [_split(line) for line in text.strip().splitlines() if line.strip()]
    header, body = rows[0], rows[1:]
    if unknown := set(header) - set(CANONICAL_TABLES[name].schema):
        message = f"example table {name} has unknown columns {sorted(unknown)}"
        raise ValueError(message)
    records = [dict(zip(header, row, strict=True)) for row in body]
    frame = pd.DataFrame([{column: None if cell == EMPTY else cell for column, cell in row.items()} for row in records])
    for column in NUMBERED.get(name, ()):
        if column not in frame:
            frame[column] = [str(number) for number in range(len(frame))]
    for column, value in DEFAULTS.get(name, {}).items():
        if column not in frame:
            frame[column] = value
    return frame


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if "|" in line else line.split()
