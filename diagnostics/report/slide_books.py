"""The workbook inside a chart, and the file around the slides, whose bytes depend on nothing but the slides."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

from diagnostics.report.session_charts import Chart
from diagnostics.report.slide_fit import clean
from diagnostics.report.xlsx import SAFE

EARLIEST = (1980, 1, 1, 0, 0, 0)


def write_book(chart: Chart) -> bytes:
    """The numbers of a chart as XLSX, laid out as its references expect; no cell is a formula or a link."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as file:
        file.set_properties({"created": datetime(*EARLIEST, tzinfo=UTC).replace(tzinfo=None)})
        sheet = file.add_worksheet("Sheet1")
        style = file.add_format({"num_format": chart.code})
        for line, name in enumerate(chart.categories, start=1):
            sheet.write_string(line, 0, clean(name, 60))
        for column, one in enumerate(chart.series, start=1):
            sheet.write_string(0, column, clean(one.name, 60))
            for line, value in enumerate(one.values, start=1):
                if value is not None:
                    sheet.write_number(line, column, value, style)
    return buffer.getvalue()


def repack(packed: bytes) -> bytes:
    """The same archive without the time of its making."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EARLIEST), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
