"""Draws a figure and prints it as SVG text: the same bytes for the same data."""

from __future__ import annotations

import warnings
from io import StringIO
from typing import TYPE_CHECKING, TypeVar

from diagnostics.charts.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from diagnostics.model.wording import Language

Measured = TypeVar("Measured")


def draw_svg(name: str, draw: Callable[[Measured, Language], Figure], measured: Measured, language: Language) -> str:
    """The figure as SVG with text kept as text and no date."""
    with apply_theme(), warnings.catch_warnings():
        # Text stays text: a sign that this machine's typeface lacks is drawn by the reader's.
        warnings.filterwarnings("ignore", message=r"(?s)Glyph .* missing from font")
        figure = draw(measured, language)
        paper = StringIO()
        figure.savefig(paper, format="svg", metadata={"Date": None, "Title": name})
    return paper.getvalue()
