"""Charts on a slide: native, with their numbers in a workbook inside, in the colours of the house."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from diagnostics.report.session_charts import Chart
from diagnostics.report.slide_books import write_book
from diagnostics.report.slide_fit import clean
from diagnostics.report.slide_shapes import ACCENT, INK, MUTED, RULE, Box, write_run

SERIES = (ACCENT, RGBColor(0xC8, 0x7F, 0x2B), RGBColor(0x6F, 0x8F, 0xA8), RGBColor(0xA9, 0xB8, 0xB4))
KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
FEW_BARS = 14


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
