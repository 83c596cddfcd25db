"""Write an export as bytes, in the form that its layout tells."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from diagnostics.generator.forms.books import pack_xlsx
from diagnostics.generator.forms.lay_out import Sheet, find_days, lay_out, name_columns
from diagnostics.generator.sheets import write_xls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from diagnostics.generator.forms.plain import PlainRow
    from diagnostics.intake.recognition.form import Form
    from diagnostics.intake.recognition.layouts import Layout


def write_export(
    layout: Layout,
    rows: Sequence[PlainRow],
    *,
    columns: Sequence[int] | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """The file of an export.

    `columns` are places in the layout, in the order wanted (all if not given; -1 for a column that the layout
    does not know), `headers` other words for headers.
    """
    places = list(range(len(layout.columns))) if columns is None else list(columns)
    words = name_columns(layout)
    unknown = iter(range(1, len(places) + 1))
    named = [words[at] if at >= 0 else f"未知列{next(unknown)}" for at in places]
    named = [(headers or {}).get(name.strip(), name) for name in named]
    sheet = lay_out(layout, rows, places, named)
    return _WRITERS[layout.form.kind](sheet, layout.form)


def name_file(layout: Layout, rows: Sequence[PlainRow]) -> str:
    """The name that the platform gives the file."""
    first, last = find_days(rows)
    form = layout.form
    return (
        (form.file or f"{layout.export.split(' ')[0]}_{layout.id}.{form.kind}")
        .format(first=first.isoformat(), last=last.isoformat())
        .replace("/", "_")
    )


def _write_text(sheet: Sheet, form: Form) -> bytes:
    r"""Lines that end in CR LF; cells in quotes where the platform quotes all."""
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter="\t" if form.kind == "tsv" else ",",
        quoting=csv.QUOTE_ALL if form.quoted else csv.QUOTE_MINIMAL,
        lineterminator="\r\n",
    )
    for row in sheet.rows:
        writer.writerow([*row, ""] if form.last_comma else row)
    return text.getvalue().encode(form.encoding)


def _write_xlsx(sheet: Sheet, form: Form) -> bytes:
    return pack_xlsx(sheet, form)


def _write_xls(sheet: Sheet, form: Form) -> bytes:
    return write_xls(form.sheet, sheet.rows)


def _write_json(sheet: Sheet, form: Form) -> bytes:
    names = sheet.rows[sheet.header]
    records = [_nest(dict(zip(names, row, strict=True)), form) for row in sheet.rows[sheet.header + 1 :]]
    answer = {"errcode": 0, "errmsg": "ok", form.envelope: records}
    return json.dumps(answer, ensure_ascii=False, indent=1).encode("utf-8")


def _nest(record: Mapping[str, str], form: Form) -> dict[str, object]:
    inner = {name for fields in form.nested.values() for name in fields}
    nested = {word: {name: _as_json(record[name]) for name in of if name in record} for word, of in form.nested.items()}
    return {**nested, **{name: _as_json(cell) for name, cell in record.items() if name not in inner}}


def _as_json(cell: str) -> object:
    """Numbers as numbers, as interfaces answer; long ids stay text."""
    return int(cell) if cell.isdigit() and len(cell) < len("99999999999") else cell


_WRITERS = {"csv": _write_text, "tsv": _write_text, "xlsx": _write_xlsx, "xls": _write_xls, "json": _write_json}
