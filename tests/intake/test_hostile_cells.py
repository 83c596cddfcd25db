"""Cells that people and programs write: how each arrives in the order lines, or why it does not."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.intake.clients import read, take
from tests.intake.hostile_files import orders
from tests.intake.mutations import make_xlsx

SUITES = Path(__file__).resolve().parents[1] / "suites"
NAUGHTY = json.loads((SUITES / "blns" / "blns.json").read_text(encoding="utf-8"))
PAYLOADS = (SUITES / "csv_injection" / "csv-payload.txt").read_text(encoding="utf-8").splitlines()
AT = datetime(2024, 3, 1, 10, 5)  # noqa: DTZ001 - local time, as platforms write it

AMOUNTS = {
    "12.50": "12.50",
    "１２．５０": "12.50",
    "￥1,234.50": "1234.50",
    "1.2万": "12000",
    "12.50元": "12.50",
    "0.00（已退款）": "0",
    "\u200e12.50": "12.50",
    "1,0000": "10000",
}
GIVEN_BACK = ["-12.50", "(12.50)", "（12.50）", "12.50-", "−12.50", "¥-12.50"]
NO_AMOUNTS = ["Infinity", "-Infinity", "NaN", "1e400", "9e15", "12,5", "1.234,50", "1,2,3", "一百", "=1+1", "8美元"]
DATES = ["2024-03-01 10:05:00", "2024/3/1 10:05", "2024年3月1日 10:05", "20240301 100500", "2024-03-01T10:05:00.9"]
DATES += ["45352.4201388889", "1709258700", "1709258700000", "2024-03-01T02:05:00Z", "２０２４-０３-０１ 10:05"]
NO_DATES = ["01/03/2024", "2024-02-30", "0000-00-00", "1900-01-01", "9999-12-31", "昨天", "-1", "0", "1e400"]


def write(rows):
    heads = next(csv.reader(io.StringIO(orders(), newline="")))
    paper = io.StringIO(newline="")
    writer = csv.writer(paper)
    writer.writerow(heads)
    for number, cells in enumerate(rows, 1):
        (row,) = list(csv.DictReader(io.StringIO(orders(str(number)), newline="")))
        writer.writerow([(row | cells).get(name, "") for name in heads])
    return paper.getvalue()


def take_cells(folder, column, cells):
    account = take(folder, {"a.csv": write([{}, *({column: cell} for cell in cells)])})
    lines = {line["order_id"]: line for line in read(folder, "order_lines")}
    assert lines["1"]["paid_amount"] == Decimal("100.01")
    return account.files[0], [lines.get(str(number)) for number in range(2, len(cells) + 2)]


def test_amounts_arrive_to_the_cent_however_they_are_written(tmp_path):
    _, lines = take_cells(tmp_path, "买家实际支付金额", list(AMOUNTS))
    assert [str(line["paid_amount"].normalize()) for line in lines] == [
        str(Decimal(amount).normalize()) for amount in AMOUNTS.values()
    ]


def test_amounts_below_zero_take_back(tmp_path):
    _, lines = take_cells(tmp_path, "买家实际支付金额", GIVEN_BACK)
    assert {(line["is_return"], line["paid_amount"], line["refund_amount"]) for line in lines} == {
        (True, Decimal(0), Decimal("12.50"))
    }


def test_what_is_no_amount_is_named_and_never_guessed(tmp_path):
    file, lines = take_cells(tmp_path, "买家实际支付金额", NO_AMOUNTS)
    assert lines == [None] * len(NO_AMOUNTS)
    assert file.rejected == {"no_amount": len(NO_AMOUNTS)}
    assert [(place.reason, place.rows, place.columns) for place in file.places] == [
        ("no_amount", (3, 4, 5, 6, 7), ("买家实际支付金额",))
    ]


def test_dates_in_ten_spellings_in_one_column_are_one_moment(tmp_path):
    _, lines = take_cells(tmp_path, "订单付款时间", DATES)
    assert {line["ordered_at"] for line in lines} == {AT}


def test_what_is_no_date_is_named(tmp_path):
    rows = [{}, *({"订单付款时间": cell, "订单创建时间": ""} for cell in NO_DATES)]
    (file,) = take(tmp_path, {"a.csv": write(rows)}).files
    assert file.rejected == {"no_date": len(NO_DATES)}
    assert file.places[0].columns == ("订单付款时间", "订单创建时间")


def test_days_of_a_workbook_and_its_numbers_arrive(tmp_path):
    rows = [list(row) for row in csv.reader(io.StringIO(orders("1", "2"), newline=""))]
    paid_at = rows[0].index("订单付款时间")
    rows[1][paid_at], rows[2][paid_at] = 45352.420138888889, "2024/3/1 10:05"
    take(tmp_path, {"a.xlsx": make_xlsx(rows)})
    assert {line["ordered_at"] for line in read(tmp_path, "order_lines")} == {AT}


def test_every_naughty_string_is_a_title_and_costs_no_row(tmp_path):
    titles = [*NAUGHTY, *PAYLOADS, "长" * 300, "\u202egnp.exe", "a\u200bb", "👩‍👩‍👧‍👦", "x" * 100_000]
    file, lines = take_cells(tmp_path, "宝贝标题", titles)
    assert all(lines)
    assert file.rows_kept == len(titles) + 1
    kept = [line["product"] for line in lines]
    assert PAYLOADS[1] in kept
    assert "\u202egnp.exe".strip("\u202e") in kept


@pytest.mark.parametrize("number", ["A" * 300, "００１", "订单-1", "=1+1", "<b>", "0001"])
def test_an_odd_order_number_stays_the_number_it_is(tmp_path, number):
    _, (line,) = _take_number(tmp_path, number)
    assert line["order_id"] == number


def _take_number(folder, number):
    account = take(folder, {"a.csv": write([{"订单编号": number}])})
    return account, read(folder, "order_lines")
