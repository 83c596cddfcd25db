"""Every known export, written as its platform writes it, is recognised and arrives whole in the canonical tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from diagnostics.generator.forms.write import write_export
from diagnostics.intake.recognition.fingerprint import THRESHOLD, score_layout
from tests.intake.clients import read, take
from tests.intake.forms import (
    LAYOUTS,
    NEEDS_ORDERS,
    compared,
    expect,
    kept_alone,
    name_of,
    own_rows,
    paid_by_order,
    path_of,
    refunded_by_order,
    rejections,
    rows_of,
    true_files,
)

FED = [layout for layout in LAYOUTS if layout.recipe]
ORDERS = [layout for layout in FED if layout.recipe.table == "order_lines"]
NARROWEST_MARGIN = 0.25


def bare_id(line_id):
    """A line id without the channel, which stands before it where two platforms use the same numbers."""
    return line_id.split(":")[-1]


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    folder = tmp_path_factory.mktemp("true")
    account = take(folder, true_files())
    return folder, {(file.path, file.sheet): file for file in account.files}


@pytest.fixture(scope="module")
def tables(taken):
    folder, _ = taken
    return {path.stem: read(folder, path.stem) for path in (folder / "vault").glob("*.parquet")}


def file_of(layout, taken):
    return next(file for (path, _), file in taken[1].items() if path == path_of(layout))


@pytest.mark.parametrize("layout", LAYOUTS, ids=name_of)
def test_a_file_in_its_true_form_is_recognised(layout, taken):
    file = file_of(layout, taken)
    assert file.layout == layout.id
    assert file.score > THRESHOLD


@pytest.mark.parametrize("layout", LAYOUTS, ids=name_of)
def test_every_row_is_kept_or_rejected_for_the_right_reason(layout, taken):
    file = file_of(layout, taken)
    assert file.rejected == rejections(layout)
    assert file.rows_kept == (len(kept_alone(layout)) if layout.recipe else 0)


@pytest.mark.parametrize("layout", FED, ids=name_of)
def test_values_arrive_unchanged(layout, tables):
    rows = own_rows(layout, tables[layout.recipe.table])
    names = compared(layout)
    written = [tuple(expect(layout, row, name) for name in names) for row in kept_alone(layout)]
    arrived = [tuple(bare_id(row[name]) if name == "line_id" else row[name] for name in names) for row in rows]
    assert sorted(map(repr, arrived)) == sorted(map(repr, written))


@pytest.mark.parametrize("layout", ORDERS, ids=name_of)
def test_what_orders_paid_and_got_back_ties_to_the_cent(layout, tables):
    paid, refunded = defaultdict(Decimal), defaultdict(Decimal)
    for line in own_rows(layout, tables["order_lines"]):
        paid[line["order_id"]] += line["paid_amount"]
        refunded[line["order_id"]] += line["refund_amount"]
    assert paid == paid_by_order(layout)
    assert refunded == refunded_by_order(layout)


@pytest.mark.parametrize("layout", FED, ids=name_of)
def test_what_odd_cells_say_is_read(layout, tables):
    rows = tables[layout.recipe.table]
    for odd in layout.form.odd:
        for name, word in odd.reads.items():
            if word != "paid" and name not in compared(layout):
                assert any(str(row[name]) == word for row in own_rows(layout, rows)), name


def test_items_without_dates_take_them_from_the_orders_of_the_same_platform(tmp_path):
    orders, items = (
        next(layout for layout in LAYOUTS if layout.id == name) for name in ("tb_order_legacy", NEEDS_ORDERS)
    )
    ids = [row.values["订单编号"] for row in rows_of(orders)]
    tied = [replace(row, values={**row.values, "订单编号": ids[at // 2]}) for at, row in enumerate(rows_of(items))]
    files = {"orders.csv": write_export(orders, rows_of(orders)), "items.csv": write_export(items, tied)}
    account = take(tmp_path, files)
    by_path = {file.path: file for file in account.files}
    assert by_path["items.csv"].rejected == {"unpaid": 1, "damaged_id": 1}
    lines = [line for line in read(tmp_path, "order_lines") if line["order_id"] in ids[:3]]
    assert [line["product_id"] for line in lines].count(None) == 0
    assert sum(line["paid_amount"] for line in lines) == sum(
        row.values["买家实际支付金额"] for row in rows_of(orders)[:3]
    )


def test_a_second_sheet_of_the_same_workbook_is_an_export_of_its_own(taken):
    (layout,) = [layout for layout in LAYOUTS if layout.form.companion]
    sheets = {sheet: file.layout for (path, sheet), file in taken[1].items() if path == path_of(layout)}
    assert sheets == {layout.form.sheet: layout.id, **dict.fromkeys(layout.form.companion)}


def test_the_same_seed_writes_the_same_bytes():
    assert true_files() == true_files()


def test_no_layout_is_taken_for_another():
    margins = {}
    for layout in LAYOUTS:
        scores = {other.id: score_layout(layout.columns, other) for other in LAYOUTS}
        best, runner_up = sorted(scores.values(), reverse=True)[:2]
        assert scores[layout.id] == best == 1.0
        margins[layout.id] = best - runner_up
    assert min(margins.values()) > NARROWEST_MARGIN, min(margins, key=margins.get)
