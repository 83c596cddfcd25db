"""Opens the bytes of a requirement sheet as plain cells, within limits on size."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from diagnostics.intake.sheet.values import Typed, is_empty
from diagnostics.model.errors import Fault, PersonError

LARGEST_UNPACKED = 20_000_000
MOST_PARTS = 500
MOST_SHEETS = 100
MOST_ROWS = 2000
MOST_COLUMNS = 60
NEXT_STEP = (
    "请用 new 命令生成的 requirement_sheet.xlsx 填写，另存为 .xlsx（不加密码）后再试。"
    " / Fill in the requirement_sheet.xlsx that the command new makes, save it as .xlsx without a password, try again."
)
if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cells = Mapping[tuple[int, int], Typed]


@dataclass(frozen=True, kw_only=True)
class Unusable:
    """A formula without a stored result, or an error of the spreadsheet."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One worksheet: its filled cells by row and column, counted from 1."""

    name: str
    cells: Cells
    rows: int


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
            return _read_values(source)
    except Exception as error:  # the library raises anything at all on a damaged file; the person needs one message
        raise _refuse(file_name, type(error).__name__) from error


def _read_values(source: bytes) -> tuple[Grid, ...]:
    typed = _read_sheets(source, values=False)
    if not any(isinstance(cell.value, Unusable) for grid in typed for cell in grid.cells.values()):
        return typed
    results = _read_sheets(source, values=True)
    return tuple(_merge(formulas, values) for formulas, values in zip(typed, results, strict=True))


def _check_size(source: bytes, file_name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _refuse(file_name, f"{source[:4]!r}") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _refuse(file_name, f"{len(parts)} parts")


def _read_sheets(source: bytes, *, values: bool) -> tuple[Grid, ...]:
    book = load_workbook(io.BytesIO(source), read_only=True, data_only=values, keep_links=False)
    return tuple(_read_sheet(sheet) for sheet in book.worksheets[:MOST_SHEETS])


def _read_sheet(sheet: Worksheet) -> Grid:
    # The size that a file states may be wrong.
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # read-only worksheets have it, the stubs do not say so
    cells: dict[tuple[int, int], Typed] = {}
    last = 0
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        for place, cell in enumerate(row, start=1):
            if is_empty(cell.value):
                continue
            value = Unusable(text=str(cell.value)) if cell.data_type in {"f", "e"} else cell.value
            cells[number, place] = Typed(value=value, is_percent="%" in str(cell.number_format))
            last = number
    return Grid(name=sheet.title, cells=cells, rows=last)


def _merge(formulas: Grid, values: Grid) -> Grid:
    cells = {
        place: values.cells.get(place, cell) if isinstance(cell.value, Unusable) else cell
        for place, cell in formulas.cells.items()
    }
    return Grid(name=formulas.name, cells=cells, rows=formulas.rows)


def _refuse(file_name: str, found: str) -> PersonError:
    fault = Fault(file=file_name, found=found, expected="一个可读的 .xlsx 工作簿 / a workbook (.xlsx) that can be read")
    return PersonError(
        f"{file_name} 不是可读的需求澄清表 / is no requirement sheet that can be read",
        next_step=NEXT_STEP,
        faults=(fault,),
    )
