"""Shows a short page on the terminal: its sentences and tables, in one language."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from diagnostics.report.outline import TableBlock
    from diagnostics.report.sheet import Sheet

# In a pipe there is no width to fit into: no row is broken.
WIDE = 240


def show_sheet(sheet: Sheet) -> None:
    """Title, sentences, tables and what to bear in mind, on standard output."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    console.print(f"[bold]{escape(sheet.title)}[/bold]\n{escape(sheet.subtitle)}")
    for sentence in sheet.lead:
        console.print(escape(sentence))
    for table in sheet.tables:
        console.print(_lay(table))
    for note in sheet.notes:
        console.print(f"· {escape(note)}")


def _lay(block: TableBlock) -> Table:
    table = Table(title=escape(block.title), title_justify="left", show_lines=False)
    for header, numeric in zip(block.headers, block.numeric, strict=True):
        table.add_column(escape(header), justify="right" if numeric else "left", overflow="fold")
    for row in block.rows:
        table.add_row(*(escape(cell.shown) for cell in row))
    return table
