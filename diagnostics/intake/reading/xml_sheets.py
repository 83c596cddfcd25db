"""Read workbooks in the XML of Excel 2003, as older shop systems write them; nothing in them is fetched or expanded."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from diagnostics.intake.reading.blocks import Stream
from diagnostics.intake.reading.grid import Grid, UnreadableError, make_grid

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_MOST_COLUMNS = 4096
_MOST_ROWS = 1_048_576
_PART = 1 << 20


def read_xml_sheets(stream: Stream) -> Iterator[Grid]:
    """Every sheet that holds something.

    `UnreadableError` for XML that is damaged, that defines entities or links to other files, or that is no workbook.
    """
    book = _Book()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = book.begin
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.add
    parser.StartDoctypeDeclHandler = _refuse_entities
    try:
        while part := stream.read(_PART):
            parser.Parse(part, False)  # noqa: FBT003 - not the last part
            yield from book.take()
        parser.Parse(b"", True)  # noqa: FBT003 - the last part
    except expat.ExpatError as error:
        raise UnreadableError(
            reason="damaged_workbook", advice="The XML workbook is cut off or damaged; save it again as XLSX."
        ) from error
    except (LookupError, ValueError) as error:
        advice = "The XML workbook is in an unknown encoding; save it again as XLSX."
        raise UnreadableError(reason="damaged_workbook", advice=advice) from error
    yield from book.take()
    if not book.sheets:
        raise UnreadableError(reason="unsupported_format", advice="This XML is no workbook; send it as XLSX or CSV.")


def _refuse_entities(*_said: object) -> None:
    raise UnreadableError(
        reason="entities", advice="The XML defines entities or links to other files; save it again as XLSX."
    )


class _Book:
    """Collects the rows of the sheet that is open."""

    def __init__(self) -> None:
        self.sheets = 0
        self._name = ""
        self._rows: list[list[str]] = []
        self._numbers: list[int] = []
        self._row: list[str] | None = None
        self._number = self._at = 0
        self._text: list[str] | None = None
        self._ready: list[Grid] = []

    def begin(self, tag: str, attrs: dict[str, str]) -> None:
        """Begin a sheet, a row or a cell."""
        kind = tag.removeprefix(f"{_SPREADSHEET} ")
        if kind == "Worksheet":
            self.sheets += 1
            self._name, self._number = attrs.get(f"{_SPREADSHEET} Name", ""), 0
        elif kind == "Row" and self.sheets:
            self._number = _place(attrs, self._number, _MOST_ROWS)
            self._row, self._at = [], 0
        elif kind == "Cell" and self._row is not None:
            self._at = _place(attrs, self._at, _MOST_COLUMNS)
        elif kind == "Data" and self._row is not None:
            self._text = []

    def end(self, tag: str) -> None:
        """End a cell, a row or a sheet."""
        kind = tag.removeprefix(f"{_SPREADSHEET} ")
        if kind == "Data" and self._text is not None and self._row is not None:
            self._row += [""] * (self._at - len(self._row))
            if self._at:
                self._row[self._at - 1] = "".join(self._text)
            self._text = None
        elif kind == "Row" and self._row is not None:
            if any(self._row):
                self._rows.append(self._row)
                self._numbers.append(self._number)
            self._row = None
        elif kind == "Worksheet":
            self._close_sheet()

    def add(self, text: str) -> None:
        """Add to the cell that is open."""
        if self._text is not None:
            self._text.append(text)

    def take(self) -> list[Grid]:
        """The sheets that are complete."""
        ready, self._ready = self._ready, []
        return ready

    def _close_sheet(self) -> None:
        if self._rows:
            self._ready.append(make_grid(self._rows, self._numbers, sheet=self._name, encoding="xml"))
            self._rows, self._numbers = [], []


def _place(attrs: dict[str, str], before: int, most: int) -> int:
    """The number of a row or cell: what it states, else the next."""
    stated = attrs.get(f"{_SPREADSHEET} Index", "")
    place = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 10 else before + 1  # noqa: PLR2004
    if place > most:
        raise UnreadableError(
            reason="oversized_sheet", advice="A sheet claims too many rows or columns; save it again as CSV."
        )
    return max(place, before + 1)
