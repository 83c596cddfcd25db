from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest

from diagnostics.intake.orders.absurd import are_absurd
from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.take_in import take_in
from diagnostics.model.brief import Brief
from tests.intake.clients import KEY, read, take
from tests.intake.hostile_files import orders


def lines(*amounts, channel="tmall"):
    return pa.table({"channel": [channel] * len(amounts), "paid_amount": [float(amount) for amount in amounts]})


def test_one_slip_of_trillions_is_told_and_large_wholesale_is_not():
    usual = list(range(1, 101))
    assert are_absurd(lines(*usual, 9e12)).nonzero()[0].tolist() == [100]
    assert not are_absurd(lines(*usual, 90_000)).any()
    assert not are_absurd(lines(*[amount * 100 for amount in usual], 5_000_000)).any()


def test_three_slips_do_not_hide_each_other():
    assert are_absurd(lines(*range(1, 101), 9e12, 8e12, 7e12)).sum() == 3


def test_a_channel_is_judged_by_its_own_and_only_with_enough_lines():
    both = pa.concat_tables(
        [lines(*range(1, 101), 2e6), lines(*[3e6] * 40, channel="b2b"), lines(1, 9e12, channel="new")]
    )
    assert are_absurd(both).nonzero()[0].tolist() == [100]


@pytest.mark.parametrize("largest", [None, 2e6])
def test_nothing_up_to_a_confirmed_amount_is_absurd(largest):
    assert are_absurd(lines(*range(1, 101), 2e6), largest).any() == (largest is None)


def write(count, amount):
    rows = list(csv.reader(io.StringIO(orders(*map(str, range(count))), newline="")))
    rows[1][rows[0].index("买家实际支付金额")] = amount
    paper = io.StringIO(newline="")
    csv.writer(paper).writerows(rows)
    return paper.getvalue()


def test_an_absurd_amount_is_set_aside_named_and_asked_about(tmp_path):
    account = take(tmp_path, {"a.csv": write(60, "9000000000000")})
    (file,) = account.files
    assert file.rejected == {"absurd_amount": 1}
    assert [(place.rows, place.columns) for place in file.places] == [((2,), ("买家实际支付金额",))]
    assert [(group.reason, group.rows, group.amount) for group in account.set_aside] == [("absurd_amount", 1, None)]
    assert len(read(tmp_path, "order_lines")) == 59


def test_a_confirmed_amount_comes_through(tmp_path):
    take(tmp_path, {"a.csv": write(60, "2000000")})
    assert len(read(tmp_path, "order_lines")) == 59
    take_in(
        tmp_path / "exports",
        vault=tmp_path / "vault",
        layouts=load_layouts(),
        mappings=(),
        key=KEY,
        brief=Brief(),
        largest=2e6,
        progress=lambda _name: None,
    )
    assert len(read(tmp_path, "order_lines")) == 60
