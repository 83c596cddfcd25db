"""Writes the requirement sheet as a workbook to fill in, the same bytes for the same input."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.cells import Lists
from diagnostics.intake.sheet.fields import TIERS, SheetField, choose_tiers
from diagnostics.intake.sheet.guide import write_guide
from diagnostics.intake.sheet.live import APPLIES, lay_out_fields
from diagnostics.intake.sheet.main import order_languages, write_main
from diagnostics.intake.sheet.marks import (
    FORM_VERSION,
    GUIDE_SHEET,
    LISTS_SHEET,
    PROGRESS_SHEET,
    TIER_SHEETS,
    VERSION_MARK,
)
from diagnostics.intake.sheet.progress_sheet import write_progress
from diagnostics.intake.sheet.reader import SheetReading
from diagnostics.intake.sheet.tables import write_table
from diagnostics.model.wording import Language

# A workbook holds the time of its making; ours holds this one, so that equal forms are equal files.
_MADE = datetime(2025, 1, 1)  # noqa: DTZ001 - the format stores naive times
_ZIP_TIME = (2025, 1, 1, 0, 0, 0)
TAB_COLOURS = {"minimum": "C00000", "standard": "1F5FA8", "full": "7F7F7F"}


def write_form(
    language: Language,
    answers: Mapping[str, object] | None = None,
    tiers: Sequence[str] = TIERS,
    reading: SheetReading | None = None,
) -> bytes:
    """The form as the bytes of an .xlsx: a worksheet a tier, progress, a guide, one worksheet a table field.

    Labels are in both languages, `language` says which comes first. `answers`, in the types of
    `Brief.answers`, are filled in; answers to fields of other tiers are left out. With a `reading` of an earlier
    form, the worksheet of progress also says what was read.
    """
    fields = choose_tiers(load_fields(), tiers)
    given = dict(answers or {})
    order = order_languages(language)
    addresses = lay_out_fields(fields)
    book = Workbook()
    book.remove(book.worksheets[0])
    mains = {tier: book.create_sheet(TIER_SHEETS[tier]) for tier in TIERS if tier in tiers}
    progress, guide = book.create_sheet(PROGRESS_SHEET), book.create_sheet(GUIDE_SHEET)
    by_tier = sorted((field for field in fields if field.columns), key=lambda field: TIERS.index(field.tier))
    tables = {field.key: book.create_sheet(field.sheet_name) for field in by_tier}
    lists = Lists(sheet=book.create_sheet(LISTS_SHEET))
    for tier, sheet in mains.items():
        write_main(sheet, tier, addresses, given, lists=lists, language=language)
        sheet.sheet_properties.tabColor = TAB_COLOURS[tier]
    write_progress(progress, addresses, order, reading)
    write_guide(guide, order)
    for field in by_tier:
        write_table(
            tables[field.key],
            field,
            _list_rows(given, field),
            lists,
            order,
            home=addresses.point(field.key, "C").replace("$", ""),
            applies=addresses.point(field.key, APPLIES) if field.applies_when else "",
        )
        tables[field.key].sheet_properties.tabColor = TAB_COLOURS[field.tier]
    _mark_version(lists)
    return _pack(book)


def _list_rows(given: Mapping[str, object], field: SheetField) -> list[Mapping[str, object]]:
    rows = given.get(field.key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, tuple | list) else []


def _mark_version(lists: Lists) -> None:
    lists.sheet["A1"], lists.sheet["B1"] = VERSION_MARK, FORM_VERSION
    lists.sheet.sheet_state = "hidden"


def _pack(book: Workbook) -> bytes:
    book.properties.creator = "private-domain-diagnosis"
    book.properties.created = _MADE
    book.calculation.fullCalcOnLoad = True
    raw, packed = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2025-01-01T00:00:00Z", part)
            target.writestr(zipfile.ZipInfo(name, _ZIP_TIME), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
