from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from material import make_exhibit

from diagnostics.model.section import Field
from diagnostics.model.wording import Text, name_verbatim
from diagnostics.report.cells import build_cell, build_table
from diagnostics.report.outline import Cell

LABEL = name_verbatim("x")


@pytest.mark.parametrize(
    ("unit", "value", "shown", "sort"),
    [
        ("money", Decimal("12345678.00"), "1,234.6万元", 12345678.0),
        ("price", 186.2, "186.20元", 186.2),
        ("count", np.int64(18204), "18,204", 18204.0),
        ("number", 1.5, "1.50", 1.5),
        ("share", np.float64(0.234), "23.4%", 0.234),
        ("days", 1, "1 天", 1.0),
        ("date", pd.Timestamp("2024-03-01"), "2024-03-01", "2024-03-01T00:00:00"),
        ("month", date(2024, 3, 1), "2024-03", "2024-03-01"),
        ("channel", "tmall", "天猫", "天猫"),
        ("text", "{{ 7 }}", "{{ 7 }}", "{{ 7 }}"),
        ("text", Text(zh="甲", en="a"), "甲", "甲"),
        ("text", np.True_, "是", "是"),
        ("share", Text(zh="不适用", en="n/a"), "不适用", "不适用"),
        ("count", "many", "many", "many"),
    ],
)
def test_a_value_is_worded_by_its_unit_and_sorts_by_itself(unit, value, shown, sort):
    cell = build_cell(value, Field(name="x", label=LABEL, unit=unit), currency="CNY", language="zh")
    assert cell == Cell(shown=shown, sort=sort)


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NaT, pd.NA])
@pytest.mark.parametrize("unit", ["text", "money", "date", "channel"])
def test_what_was_not_observed_is_an_empty_cell_and_no_zero(nothing, unit):
    cell = build_cell(nothing, Field(name="x", label=LABEL, unit=unit), currency="CNY", language="en")
    assert cell == Cell(shown="", sort=None)


def test_a_long_table_shows_its_first_rows_and_says_how_many_there_are():
    table = build_table(make_exhibit(60), currency="CNY", language="en")
    assert (len(table.rows), table.total_rows) == (25, 60)
    assert table.rows[0][0].shown == "Shop 000"
    assert table.numeric == (False, False, True, True)


def test_an_exhibit_without_rows_is_a_table_without_rows():
    table = build_table(make_exhibit(0), currency="CNY", language="zh")
    assert (table.rows, table.total_rows, table.headers[0]) == ((), 0, "店铺")
