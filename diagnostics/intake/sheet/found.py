"""One filled cell of a form and its place."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from diagnostics.intake.sheet.faults import Place
from diagnostics.intake.sheet.grid import Grid
from diagnostics.intake.sheet.values import Typed

HEADING_ROWS = 40


@dataclass(frozen=True, kw_only=True)
class Found:
    """One filled cell and its place."""

    typed: Typed
    place: Place


def word_cell(grid: Grid, row: int, column: int) -> str:
    """The text of a cell, folded; empty if the cell is."""
    typed = grid.cells.get((row, column))
    return unicodedata.normalize("NFKC", str(typed.value)).strip().casefold() if typed else ""
