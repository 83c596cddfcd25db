from __future__ import annotations

import random

import pytest

from diagnostics.intake.recognition.fingerprint import THRESHOLD, recognise
from diagnostics.intake.recognition.layouts import load_layouts, parse_layout
from diagnostics.intake.recognition.recipe import WORKING_COLUMNS
from diagnostics.model.tables import CANONICAL_TABLES

LAYOUTS = load_layouts()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_each_layout_is_recognised_in_any_order_with_columns_added(layout):
    names = [*layout.columns, "ERP备注"]
    random.Random(1).shuffle(names)  # noqa: S311 - no secret
    found, score = recognise(names, LAYOUTS)
    assert found == layout
    assert score > THRESHOLD


def test_a_tmall_report_with_a_third_of_its_columns_is_still_one():
    names = next(layout.columns for layout in LAYOUTS if layout.id == "tb_order_2022")[:25]
    found, _ = recognise(names, LAYOUTS)
    assert found is not None
    assert found.id.startswith("tb_order")


def test_strange_headers_belong_to_no_layout():
    found, score = recognise(["InvoiceNo", "StockCode", "Quantity"], LAYOUTS)
    assert found is None
    assert score < THRESHOLD


def test_a_layout_feeds_a_table_or_says_why_not():
    with pytest.raises(ValueError, match="says why"):
        parse_layout("{id: x, platform: x, export: x, columns: [a]}")


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout.recipe], ids=lambda layout: layout.id)
def test_what_a_layout_feeds_is_known_to_the_canonical_table(layout):
    known = {column.name for column in CANONICAL_TABLES[layout.recipe.table].columns} | WORKING_COLUMNS | {"customer"}
    assert set(layout.recipe.columns) <= known
