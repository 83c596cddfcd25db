"""Read the tables of a web page: many shop systems save one under the name of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from diagnostics.intake.reading.decode import decode
from diagnostics.intake.reading.grid import Grid, UnreadableError, make_grid

_MOST_COLUMNS = 4096
_MOST_CELLS = 20_000_000
_MOST_BYTES = 200_000_000
_PART = 1 << 16
# What stands in these is no text of the page.
_SILENT = frozenset(["script", "style", "title", "template"])


def read_web_tables(data: bytes) -> Iterator[Grid]:
    """A grid of each table that has two columns or more; nothing on the page is run or fetched.

    `UnreadableError` for a page without such a table, or one that is absurdly large.
    """
    if len(data) > _MOST_BYTES:
        raise _too_large()
    decoded = decode(data)
    page = _Page()
    try:
        page.take(decoded.data.decode("utf-8"))
    except AssertionError as error:
        # So the parser says that a declaration makes no sense.
        raise _no_table() from error
    tables = [rows for rows in page.tables if any(len(row) > 1 for row in rows)]
    if not tables:
        raise _no_table()
    for number, rows in enumerate(tables, 1):
        name = "" if len(tables) == 1 else f"table {number}"
        yield make_grid(rows, sheet=name, encoding=f"html, {decoded.encoding}")


class _Page(HTMLParser):
    """Collects rows of cells; a cell over several columns or rows fills the first one, as in a spreadsheet."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._below: dict[int, int] = {}
        self._cell: list[str] | None = None
        self._silent = 0
        self._left = _MOST_CELLS

    def take(self, text: str) -> None:
        """Read the page part by part."""
        for start in range(0, len(text), _PART):
            self.feed(text[start : start + _PART])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self._open.append([])
            self.tables.append(self._open[-1])
            self._below = {}
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open:
            self._begin_cell(dict(attrs))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        """End a table, a row or a cell."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        """Add to the cell that is open."""
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        self._end_cell()
        rows = self._open[-1]
        if not rows:
            rows.append([])
        row = rows[-1]
        self._fill_from_above(row)
        width, height = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))
        for at in range(len(row), len(row) + width):
            if height > 1:
                self._below[at] = height - 1
        self._left -= width
        if self._left < 0 or len(row) + width > _MOST_COLUMNS:
            raise _too_large()
        self._cell = []
        row.extend([""] * width)
        self._at = len(row) - width

    def _fill_from_above(self, row: list[str]) -> None:
        """Places that a cell of an earlier row reaches down into stay empty."""
        while self._below.get(len(row), 0) > 0:
            self._below[len(row)] -= 1
            row.append("")

    def _end_cell(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            self._open[-1][-1][self._at] = "".join(self._cell).strip()
        self._cell = None


def _span(said: str | None) -> int:
    digits = (said or "").strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1  # noqa: PLR2004


def _no_table() -> UnreadableError:
    return UnreadableError(
        reason="web_page", advice="This is a web page without a table; send the export itself, as XLSX or CSV."
    )


def _too_large() -> UnreadableError:
    return UnreadableError(reason="too_heavy", advice="The web page is too large; export it again as CSV, by month.")
