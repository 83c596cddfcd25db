"""Boxes of text and tables on a slide: native, editable, and filled with plain text only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from diagnostics.report.slide_fit import TableFit, clean, fit_text

ACCENT, INK, MUTED = RGBColor(0x0F, 0x5C, 0x5C), RGBColor(0x1D, 0x25, 0x27), RGBColor(0x56, 0x64, 0x6A)
RULE = RGBColor(0xD5, 0xDD, 0xDD)
TINT, WHITE = RGBColor(0xF1, 0xF6, 0xF5), RGBColor(0xFF, 0xFF, 0xFF)
# A plain table of PowerPoint: no banding, no colours of its own.
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


class Box(NamedTuple):
    """A place on the slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """The same in the units of the file."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


def add_text(
    slide: Any,
    box: Box,
    texts: Sequence[str],
    sizes: Sequence[float],
    colour: RGBColor = INK,
    *,
    bold: bool = False,
    fill: RGBColor | None = None,
) -> Any:
    """Paragraphs in a box, in the largest letters at which they fit."""
    shape = slide.shapes.add_textbox(*box.emu)
    if fill is not None:
        shape.fill.solid()
        shape.fill.fore_color.rgb = fill
    fill_frame(shape.text_frame, box, texts, sizes, colour, bold=bold)
    return shape


def fill_frame(
    frame: Any, box: Box, texts: Sequence[str], sizes: Sequence[float], colour: RGBColor, *, bold: bool = False
) -> None:
    """Put paragraphs into a frame of the size of `box`."""
    inset = 4.0
    size, fitted = fit_text(texts, box.width - 2 * inset, box.height - 2 * inset, sizes)
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(inset)
    frame.auto_size, frame.vertical_anchor = MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    for place, text in enumerate(fitted):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(size * 0.5) if place < len(fitted) - 1 else Pt(0)
        write_run(paragraph, text, size, colour, bold=bold)


def write_run(paragraph: Any, text: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    """One run of text; its typefaces come from the theme."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = colour


def add_number(slide: Any, box: Box, number: int) -> None:
    """The slide's number, as a field that follows when slides are moved."""
    paragraph = slide.shapes.add_textbox(*box.emu).text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    write_run(paragraph, str(number), 10, MUTED)
    run = paragraph.runs[0]._r  # noqa: SLF001 - the library has no fields
    field = run.makeelement(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    run.getparent().replace(run, field)
    field.extend(list(run))


def add_table(
    slide: Any,
    box: Box,
    headers: Sequence[str],
    fit: TableFit,
    *,
    numeric: Sequence[bool] = (),
    marked: int | None = None,
) -> Any:
    """A native table; columns of numbers align right, the marked row stands out."""
    frame = slide.shapes.add_table(len(fit.rows) + 1, len(headers), *box._replace(height=sum(fit.heights)).emu)
    table = frame.table
    frame._element.find(f".//{qn('a:tableStyleId')}").text = PLAIN_TABLE  # noqa: SLF001 - the library has no styles
    table.horz_banding = False
    for column, width in zip(table.columns, fit.widths, strict=True):
        column.width = Pt(width)
    for line, (row, height) in enumerate(zip([headers, *fit.rows], fit.heights, strict=True)):
        table.rows[line].height = Pt(height)
        for place, text in enumerate(row):
            cell = table.cell(line, place)
            _rule(cell)
            _fill_cell(
                cell, clean(text), fit.size, is_header=line == 0, is_marked=marked is not None and line == marked + 1
            )
            if place < len(numeric) and numeric[place]:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return frame


def _rule(cell: Any) -> None:
    """Thin lines under and beside a cell, so that blank ones can be written into."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - the library has no borders
    for side in ("a:lnR", "a:lnB"):
        line = properties.makeelement(qn(side), {"w": "6350"})
        fill = line.makeelement(qn("a:solidFill"), {})
        fill.append(fill.makeelement(qn("a:srgbClr"), {"val": str(RULE)}))
        line.append(fill)
        properties.append(line)


def _fill_cell(cell: Any, text: str, size: float, *, is_header: bool, is_marked: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(5)
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.fill.solid()
    cell.fill.fore_color.rgb = ACCENT if is_header else TINT if is_marked else WHITE
    write_run(cell.text_frame.paragraphs[0], text, size, WHITE if is_header else INK, bold=is_header or is_marked)
