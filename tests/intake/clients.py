"""Small clients for the tests: exports as text, taken in with a fixed key."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.recognition.mapping import read_mappings
from diagnostics.intake.take_in import take_in
from diagnostics.model.account import IntakeAccount
from diagnostics.model.brief import Brief

KEY = b"0123456789abcdef0123456789abcdef"


def layout_columns(layout_id: str) -> list[str]:
    """The raw headers of a layout, as the platform writes them."""
    layout = next(layout for layout in load_layouts() if layout.id == layout_id)
    return [name.split("#")[0] for name in layout.columns]


def export_csv(layout_id: str, rows: list[dict[str, str]], *, extra: tuple[str, ...] = ()) -> str:
    """CSV text of an export with the layout's headers; cells that a row does not name are empty."""
    columns = [*layout_columns(layout_id), *extra]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return text.getvalue()


def take(
    folder: Path, files: dict[str, str | bytes], mappings: object = (), brief: Brief | None = None
) -> IntakeAccount:
    """Write files under `exports`, take them in, check that every row is accounted for."""
    for name, content in files.items():
        path = folder / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    account = take_in(
        folder / "exports",
        vault=folder / "vault",
        layouts=load_layouts(),
        mappings=read_mappings(mappings),
        key=KEY,
        brief=brief or Brief(),
        progress=lambda _name: None,
    )
    assert all(file.rows_read == file.rows_kept + file.rows_rejected for file in account.files)
    return account


def read(folder: Path, name: str) -> list[dict[str, object]]:
    """The rows of a table of the vault."""
    return parquet.read_table(folder / "vault" / f"{name}.parquet").to_pylist()


def table(folder: Path, name: str) -> pa.Table:
    """A table of the vault."""
    return parquet.read_table(folder / "vault" / f"{name}.parquet")
