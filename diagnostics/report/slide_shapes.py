"""Boxes of text, tables and charts on a slide: native, editable, and filled with plain text only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from diagnostics.report.session_charts import Chart
from diagnostics.report.slide_books import write_book
from diagnostics.report.slide_fit import TableFit, clean, fit_text

ACCENT, INK, MUTED = RGBColor(0x0F, 0x5C, 0x5C), RGBColor(0x1D, 0x25, 0x27), RGBColor(0x56, 0x64, 0x6A)
RULE = RGBColor(0xD5, 0xDD, 0xDD)
TINT, WHITE = RGBColor(0xF1, 0xF6, 0xF5), RGBColor(0xFF, 0xFF, 0xFF)
SERIES = (ACCENT, RGBColor(0xC8, 0x7F, 0x2B), RGBColor(0x6F, 0x8F, 0xA8), RGBColor(0xA9, 0xB8, 0xB4))
KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
# A plain table of PowerPoint: no banding, no colours of its own.
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
FEW_BARS = 14


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


def add_chart(slide: Any, box: Box, chart: Chart) -> Any:
    """A native chart whose numbers stand in a workbook inside it."""
    data = CategoryChartData(number_format=chart.code)
    data.categories = [clean(name, 60) for name in chart.categories]
    for one in chart.series:
        data.add_series(clean(one.name, 60), one.values)
    frame = slide.shapes.add_chart(KINDS[chart.kind], *box.emu, data)
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(write_book(chart))
    drawn.font.size, drawn.font.color.rgb = Pt(11), INK
    drawn.has_title = True
    write_run(drawn.chart_title.text_frame.paragraphs[0], clean(chart.title, 80), 11, MUTED)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for series, colour in zip(drawn.plots[0].series, SERIES, strict=False):
        _colour(series, colour, is_line=chart.kind == "line")
    _set_axes(drawn, chart)
    return frame


def _colour(series: Any, colour: RGBColor, *, is_line: bool) -> None:
    if is_line:
        series.format.line.color.rgb, series.smooth = colour, False
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        return
    series.invert_if_negative = False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour


def _set_axes(drawn: Any, chart: Chart) -> None:
    numbers, names = drawn.value_axis, drawn.category_axis
    numbers.tick_labels.number_format, numbers.tick_labels.number_format_is_linked = chart.code, False
    numbers.major_gridlines.format.line.color.rgb = RULE
    numbers.format.line.fill.background()
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot = drawn.plots[0]
    if chart.kind == "bar":
        names.reverse_order = True
        # With the order of names turned round, numbers would stand on top.
        numbers.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        plot.gap_width, plot.overlap = 60, 0
    if chart.kind == "stacked":
        plot.gap_width, plot.overlap = 50, 100
    values = [value for one in chart.series for value in one.values if value is not None]
    # Labels of bars below zero would cover the names.
    if chart.kind == "bar" and len(values) <= FEW_BARS and min(values) >= 0:
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = chart.code, False
        labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(10)
