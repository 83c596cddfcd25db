"""Read XLSX, XLSM, XLSB, XLS and ODS workbooks: every sheet, every cell as text, after a look at size and password.

Only values are read: macros are never run, links to other files never followed, formulas never computed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import python_calamine

from diagnostics.intake.reading.grid import Grid, UnreadableError, make_grid

# A real export packs 5 to 20 times; these two together mean a file made to fill the memory.
_HIGHEST_RATIO = 300
_MOST_UNPACKED_BYTES = 1_500_000_000
_MOST_STATED_CELLS = 200_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"')
_PLAIN_INTEGER = 1e15
_ROWS_OF_BLOCK = 20_000
_LOOKED_AT = 1024
_OTHER_DOCUMENTS = ("word/", "ppt/", "visio/")


def read_workbook(data: bytes) -> Iterator[Grid]:
    """Every sheet that holds something, block by block; `UnreadableError` for a password, a bomb or a damaged file."""
    _refuse_danger(data)
    kind = "xls" if data.startswith(_OLE) else "ods" if _OPEN_DOCUMENT in data[:_LOOKED_AT] else "xlsx"
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            yield from _read_sheet(workbook.get_sheet_by_name(name), kind)
    except python_calamine.PasswordError as error:
        raise _locked() from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise _damaged() from error
    except BaseException as error:
        # So the reader says that it met what its authors held to be impossible; the class itself is not exported.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from error


def _read_sheet(sheet: python_calamine.CalamineSheet, kind: str) -> Iterator[Grid]:
    """The rows of a sheet in blocks, from its first row, be it empty."""
    above = 0
    begins = True
    rest = iter(sheet.iter_rows())
    while cells := [[_as_text(cell) for cell in row] for row in islice(rest, _ROWS_OF_BLOCK)]:
        if not begins or any(any(row) for row in cells):
            numbers = range(above + 1, above + len(cells) + 1)
            yield replace(make_grid(cells, numbers, sheet=sheet.name, encoding=kind), begins=begins)
            begins = False
        above += len(cells)


def _locked() -> UnreadableError:
    return UnreadableError(reason="password", advice="The workbook has a password; save a copy without one.")


def _refuse_danger(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked()
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_other(archive, data)
            _refuse_bomb(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _damaged() from error


def _damaged() -> UnreadableError:
    return UnreadableError(
        reason="damaged_workbook",
        advice="The workbook is cut off or damaged; export it again, or open it and save it as XLSX.",
    )


def _refuse_other(archive: zipfile.ZipFile, data: bytes) -> None:
    """Refuse archives that are no workbook, and those with a password."""
    names = archive.namelist()
    if any(name.startswith(_OTHER_DOCUMENTS) for name in names):
        raise UnreadableError(
            reason="unsupported_format", advice="This is a document, no table; send the export itself."
        )
    if not any(name.startswith("xl/") for name in names) and _OPEN_DOCUMENT not in data[:_LOOKED_AT]:
        raise UnreadableError(reason="archive", advice="This is an archive; unpack it into the exports folder.")
    if any(member.flag_bits & 1 for member in archive.infolist()):
        raise _locked()


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if unpacked > _MOST_UNPACKED_BYTES or (unpacked / packed > _HIGHEST_RATIO and unpacked > _MOST_UNPACKED_BYTES / 10):
        raise UnreadableError(
            reason="zip_bomb", advice="The workbook unpacks to an absurd size; export it again, by month."
        )
    for member in members:
        if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            with archive.open(member) as sheet:
                found = _DIMENSION.search(sheet.read(4 * _LOOKED_AT))
            if found and _column_number(found[1]) * int(found[2]) > _MOST_STATED_CELLS:
                raise UnreadableError(
                    reason="oversized_sheet", advice="A sheet claims too many cells; save it again as CSV."
                )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _as_text(cell: object) -> str:
    """A cell as a person sees it; whole numbers without a decimal point."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _PLAIN_INTEGER else repr(cell)
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return "" if cell is None else str(cell)
