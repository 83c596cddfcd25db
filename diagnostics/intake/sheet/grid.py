"""Opens the bytes of a requirement sheet as plain cells, within limits on size."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from diagnostics.intake.sheet.marks import GUIDE_SHEET, PROGRESS_SHEET
from diagnostics.intake.sheet.values import Typed, is_empty
from diagnostics.model.errors import Fault, PersonError

LARGEST_UNPACKED = 20_000_000
MOST_PARTS = 500
MOST_SHEETS = 100
# The form's own worksheets without answers.
NOT_READ = frozenset({GUIDE_SHEET, PROGRESS_SHEET})
MOST_ROWS = 2000
MOST_COLUMNS = 60
NEXT_STEP = (
    "请用 new 命令生成的 requirement_sheet.xlsx 填写，另存为 .xlsx（不加密码）后再试。"
    " / Fill in the requirement_sheet.xlsx that the command new makes, save it as .xlsx without a password, try again."
)
if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cells = Mapping[tuple[int, int], Typed]
Area = tuple[int, int, int, int]
_FORMULA = re.compile(
    rb'<(?:\w+:)?c r="(?P<cell>[A-Z]{1,3}\d{1,7})"[^>]*><(?:\w+:)?f[^>]*>(?P<formula>[^<]*)</(?:\w+:)?f>'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


@dataclass(frozen=True, kw_only=True)
class Unusable:
    """A formula without a stored result, or an error of the spreadsheet."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One worksheet: its filled cells by row and column, counted from 1, and its merged areas.

    A merged area is its first row and column and its last row and column; its value stands in the first cell.
    """

    name: str
    cells: Cells
    rows: int
    merged: tuple[Area, ...] = ()

    @cached_property
    def by_row(self) -> Mapping[int, tuple[tuple[int, int], ...]]:
        """The filled cells of each row."""
        rows: dict[int, tuple[tuple[int, int], ...]] = {}
        for place in self.cells:
            rows[place[0]] = (*rows.get(place[0], ()), place)
        return rows


def open_grids(source: bytes, file_name: str) -> tuple[Grid, ...]:
    """All worksheets of a workbook, as values.

    Raises `PersonError` (exit code 3) if it is no readable .xlsx, or unpacks to more than the limits.
    """
    _check_size(source, file_name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what the library only warns of, such as a date too far off, is a fault here
            return _read_sheets(source)
    except Exception as error:  # the library raises anything at all on a damaged file; the person needs one message
        raise _refuse(file_name, type(error).__name__) from error


def _check_size(source: bytes, file_name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _refuse(file_name, f"{source[:4]!r}") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _refuse(file_name, f"{len(parts)} parts")


def _read_sheets(source: bytes) -> tuple[Grid, ...]:
    book = load_workbook(io.BytesIO(source), read_only=True, data_only=True, keep_links=False)
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        if len(book.sheetnames) != len(_SHEET.findall(archive.read("xl/workbook.xml"))):
            raise KeyError  # a worksheet that is named is not there: the library passes over it without a word
        sheets = [sheet for sheet in book.worksheets[:MOST_SHEETS] if sheet.title not in NOT_READ]
        # The library does not tell merged areas, nor formulas without a result, of a sheet that it reads row by row.
        return tuple(_read_sheet(sheet, archive.read(sheet._worksheet_path)) for sheet in sheets)  # type: ignore[attr-defined]  # noqa: SLF001 - it has no public name


def _read_sheet(sheet: Worksheet, part: bytes) -> Grid:
    # The size that a file states may be wrong.
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # read-only worksheets have it, the stubs do not say so
    cells: dict[tuple[int, int], Typed] = dict(_list_unusable(part))
    last = max((row for row, _ in cells), default=0)
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        for place, cell in enumerate(row, start=1):
            if is_empty(cell.value):
                continue
            value = Unusable(text=str(cell.value)) if cell.data_type == "e" else cell.value
            cells[number, place] = Typed(value=value, is_percent="%" in str(cell.number_format))
            last = max(last, number)
    return Grid(name=sheet.title, cells=cells, rows=last, merged=_list_merged(part))


def _list_unusable(part: bytes) -> Iterator[tuple[tuple[int, int], Typed]]:
    """Formulas without a stored result; as the form writes them itself they are no answer of anybody."""
    for found in _FORMULA.finditer(part):
        left, top, _, _ = range_boundaries(found["cell"].decode("ascii"))
        if top is not None and left is not None and top <= MOST_ROWS and left <= MOST_COLUMNS:
            formula = unescape(found["formula"].decode("utf-8", errors="replace"))
            yield (top, left), Typed(value=Unusable(text=f"={formula}"))


def _list_merged(part: bytes) -> tuple[Area, ...]:
    areas = []
    for found in _MERGED.findall(part)[:MOST_ROWS]:
        left, top, right, bottom = range_boundaries(found.decode("ascii"))
        areas.append((top or 1, left or 1, bottom or 1, right or 1))
    return tuple(areas)


def _refuse(file_name: str, found: str) -> PersonError:
    fault = Fault(file=file_name, found=found, expected="一个可读的 .xlsx 工作簿 / a workbook (.xlsx) that can be read")
    return PersonError(
        f"{file_name} 不是可读的需求澄清表 / is no requirement sheet that can be read",
        next_step=NEXT_STEP,
        faults=(fault,),
    )
