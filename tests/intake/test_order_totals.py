from __future__ import annotations

import random
from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.intake.totals.item_totals import add_item_totals, compare_items
from diagnostics.intake.totals.overlaps import add_overlaps, find_overlaps, name_overlaps
from diagnostics.intake.totals.set_aside import add_set_aside, name_set_aside, sum_set_aside
from diagnostics.intake.totals.settled import compare_after_sales, compare_settlements
from tests.intake.order_rows import make_rows, note

NOTHING = note()


def order(number, paid, **cells):
    return {"order_id": number, "order_paid": paid, "_role": "orders", **cells}


def item(number, line, paid, **cells):
    return {"order_id": number, "line_id": line, "paid_amount": paid, "_role": "items", "_grain": "sub_order", **cells}


def aside(pile, noted, kept=None):
    frame = sum_set_aside(pile, noted, kept if kept is not None else make_rows(order("other", 1)))
    return {(row.file, row.reason): (row.rows, row.orders, row.amount) for row in frame.itertuples()}


def test_an_unpaid_order_counts_once_though_orders_items_and_two_files_tell_it():
    pile = make_rows(
        order("1", 80, _fate="unpaid"),
        order("1", 80, _fate="unpaid", _file=1),
        item("1", "1a", 50, _file=2, _fate="unpaid"),
        item("1", "1b", 30, _file=2, _fate="unpaid"),
    )
    noted = note((0, 0, "unpaid"), (1, 1, "unpaid"), (2, 2, "unpaid"), (2, 3, "unpaid"))
    assert aside(pile, noted) == {(0, "unpaid"): (1, 1, 0), (1, "unpaid"): (1, 1, 80), (2, "unpaid"): (2, 1, 0)}


def test_an_order_that_was_paid_later_is_not_missing():
    pile = make_rows(order("1", 80, _fate="unpaid"), order("1", 80, _file=1))
    assert aside(pile, note((0, 0, "unpaid")), pile.slice(1)) == {(0, "unpaid"): (1, 1, 0)}


def test_an_unpaid_order_is_worth_what_was_asked_for_it():
    pile = make_rows(order("1", 0, list_amount=90), {"order_id": "2", "_grain": "line", "paid_amount": 0})
    noted = note((0, 0, "unpaid"), (0, 1, "unpaid"))
    assert aside(pile, noted) == {(0, "unpaid"): (2, 2, 90)}


def test_rows_without_any_amount_are_counted_and_their_amount_stays_unknown():
    (group,) = aside(make_rows(order("1", None)), note((0, 0, "no_amount"))).values()
    assert group[:2] == (1, 1)
    assert np.isnan(group[2])


def test_each_repetition_of_an_order_would_count_again_but_its_repeated_lines_do_not():
    line = {"order_id": "1", "_grain": "order_sku", "order_paid": 100}
    rows = [{**line, "line_id": place, "_file": file} for file in (0, 1, 2) for place in ("a", "b")]
    pile = make_rows(*rows)
    noted = note(*((number // 2, number, "duplicate") for number in range(4)))
    assert aside(pile, noted) == {(0, "duplicate"): (2, 1, 100), (1, "duplicate"): (2, 1, 100)}


def test_damaged_numbers_are_orders_of_their_own():
    pile = make_rows(order("2.1E+18", 30), order("2.1E+18", 40), order("2", 5))
    assert aside(pile, note((0, 0, "damaged_id"), (0, 1, "damaged_id"))) == {(0, "damaged_id"): (2, 2, 70)}


def test_piles_add_up_and_become_records_by_month():
    first = sum_set_aside(make_rows(order("1", 10)), note((0, 0, "unpaid")), make_rows(order("9", 1)))
    second = sum_set_aside(
        make_rows(order("2", 20, ordered_at="2024-03-09T00:00:00"), order("3", None, ordered_at=None)),
        note((0, 0, "unpaid"), (0, 1, "no_date")),
        make_rows(order("9", 1)),
    )
    records = name_set_aside(add_set_aside([first, second, first.iloc[:0]]), {0: "a.csv"})
    assert [(one.month, one.reason, one.rows, one.amount) for one in records] == [
        ("", "no_date", 1, None),
        ("2024-03", "unpaid", 2, 30.0),
    ]
    assert records[1].words.en == "not paid, or closed"


def test_overlapping_files_are_named_with_their_days_and_what_changed():
    pile = make_rows(
        order("1", 10, ordered_at="2024-03-30T00:00:00"),
        order("2", 20, ordered_at="2024-03-31T23:00:00"),
        order("2", 20, _file=1, order_refund=5),
        order("1", 10, _file=1),
        order("3", 30, _file=1),
        order("1", 10, _file=2),
        order("9", 10, _fate="unpaid"),
        order("9", 10, _file=1),
    )
    pairs = name_overlaps(find_overlaps(pile), {0: "a", 1: "b", 2: "c"})
    assert [(one.file, one.other, one.rows, one.orders, one.changed) for one in pairs] == [
        ("a", "b", 1, 1, 1),
        ("a", "c", 1, 1, 0),
        ("b", "c", 1, 1, 0),
    ]
    assert pairs[0].period == (date(2024, 3, 31), date(2024, 4, 1))


def test_orders_and_items_are_compared_order_by_order():
    pile = make_rows(
        order("1", 105),
        order("2", 50),
        order("3", 70, _fate="unpaid"),
        order("4", 40),
        item("1", "1a", 60, _file=1),
        item("1", "1b", 40, _file=1),
        item("3", "3a", 70, _file=1),
        item("4", "4a", None, _file=1),
        item("5", "5a", 25, _file=1, ordered_at="2024-04-01T00:00:00"),
        {"order_id": "6", "order_paid": 999, "channel": "youzan"},
    )
    april, march = compare_items(pile).sort_values("month", ascending=False).to_dict("records")
    assert (march["tied"], march["order_paid"], march["item_paid"], march["unpriced"]) == (1, 105, 100, 1)
    assert (march["orders_alone"], march["orders_alone_paid"], march["items_alone"]) == (1, 50, 0)
    assert (april["items_alone"], april["items_alone_paid"], april["tied"]) == (1, 25, 0)


@pytest.mark.parametrize("seed", range(4))
def test_orders_and_items_of_random_piles_agree_with_a_plain_count(seed):
    draw = random.Random(seed)  # noqa: S311 - a fixed seed
    orders = {str(number): draw.randint(1, 99) for number in range(60) if draw.random() < 0.8}
    items = [
        (str(number), f"{number}-{place}", draw.randint(1, 50))
        for number in range(60)
        if draw.random() < 0.7
        for place in range(draw.randint(1, 3))
    ]
    rows = [order(number, paid) for number, paid in orders.items()] + [item(*one, _file=1) for one in items]
    (counted,) = compare_items(make_rows(*rows)).to_dict("records")
    of_items = {number for number, _, _ in items}
    assert counted["order_paid"] == sum(paid for number, paid in orders.items() if number in of_items)
    assert counted["orders_alone_paid"] == sum(paid for number, paid in orders.items() if number not in of_items)
    assert counted["item_paid"] == sum(paid for number, _, paid in items if number in orders)
    assert counted["items_alone_paid"] == sum(paid for number, _, paid in items if number not in orders)


def test_settlements_are_held_against_what_was_paid_less_refunded():
    lines = make_rows(
        {"order_id": "1", "paid_amount": 100, "refund_amount": 10},
        {"order_id": "1", "paid_amount": 50, "refund_amount": 0, "line_id": "1b"},
        {"order_id": "2", "paid_amount": 30, "refund_amount": 0, "ordered_at": "2024-04-02T00:00:00"},
    )
    settlements = make_rows(
        {"order_id": "1", "settled_amount": 150, "fees": 8, "subsidy": 3},
        {"order_id": "1", "settled_amount": -15, "fees": 0, "subsidy": 0},
        {"order_id": "7", "paid_amount": 20, "fees": 2, "settled_amount": None},
    )
    stamped = settlements.append_column("settled_at", settlements["ordered_at"])
    march, april = compare_settlements(lines, stamped).to_dict("records")
    assert (march["net"], march["amount"], march["fees"], march["subsidy"]) == (140, 135, 8, 3)
    assert (march["unknown_orders"], march["unknown_amount"], march["open_orders"]) == (1, 18, 0)
    assert (april["open_orders"], april["open_net"], april["orders"]) == (1, 30, 0)


def test_refunds_are_held_against_after_sales_cases():
    lines = make_rows(
        {"order_id": "1", "paid_amount": 100, "refund_amount": 100},
        {"order_id": "2", "paid_amount": 30, "refund_amount": 30},
        {"order_id": "3", "paid_amount": 30, "refund_amount": 0},
    )
    cases = make_rows(
        {"order_id": "1", "refund_amount": 90},
        {"order_id": "3", "refund_amount": None},
        {"order_id": "7", "refund_amount": 4},
    )
    (march,) = compare_after_sales(lines, cases.append_column("applied_at", cases["ordered_at"])).to_dict("records")
    assert (march["refunded"], march["recorded"]) == (100, 90)
    assert (march["alone_orders"], march["alone_refunded"]) == (1, 30)
    assert (march["unknown_orders"], march["unknown_amount"]) == (1, 4)


def test_piles_measured_apart_add_up_to_the_pile_measured_whole():
    pile = make_rows(
        order("1", 10),
        order("1", 10, _file=1),
        item("1", "1a", 9, _file=2),
        order("2", 20),
        order("2", 21, _file=1),
        order("3", 5, _fate="unpaid"),
    )
    noted = note((0, 0, "duplicate"), (0, 3, "duplicate"), (0, 5, "unpaid"))
    lines = make_rows({"order_id": "1", "paid_amount": 10}, {"order_id": "2", "paid_amount": 21})
    parts = [pile.slice(0, 3), pile.slice(3)]
    for whole, apart in (
        (sum_set_aside(pile, noted, lines), add_set_aside([sum_set_aside(part, noted, lines) for part in parts])),
        (find_overlaps(pile), add_overlaps([find_overlaps(part) for part in parts])),
        (compare_items(pile), add_item_totals([compare_items(part) for part in parts])),
    ):
        pd.testing.assert_frame_equal(add_up(whole), add_up(apart), check_dtype=False)


def add_up(frame):
    keys = [name for name in ("file", "other", "channel", "day", "month", "reason") if name in frame]
    numbers = frame.select_dtypes("number").columns.difference(keys)
    return frame.groupby(keys, as_index=False)[list(numbers)].sum()
