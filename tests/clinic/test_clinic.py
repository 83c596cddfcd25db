"""A fixed cut of the clinic: healthy clients are left alone, and every strong trouble is found where it was planted."""

from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest

from diagnostics.generator.clinic.client import invent_client
from diagnostics.generator.clinic.cuts import is_within
from diagnostics.generator.clinic.planting import STRENGTHS, list_plantings
from diagnostics.generator.clinic.trades import TRADES
from diagnostics.workbook.clinic import (
    examine_client,
    find_detector,
    list_detectors,
    open_client,
    plant_trouble,
    try_alone,
    try_together,
)

SEED = 20
# Some troubles can only be told of many customers.
CUSTOMERS, MANY = 4000, 20_000
FIRST = range(3)
STRONGEST = sorted(STRENGTHS, reverse=True)[:2]


@cache
def invent(number, customers=CUSTOMERS):
    return invent_client(number, SEED, customers=customers)


def find_strongest(code):
    """The strongest trouble of a kind that one of the first clients can have, as found or missed."""
    for customers, strength, number in product((CUSTOMERS, MANY), STRONGEST, FIRST):
        outcome = try_alone(invent(number, customers), code, strength, [SEED])
        if outcome is not None:
            return outcome
    return None


@pytest.mark.parametrize("code", list_plantings())
def test_a_strong_trouble_is_found_in_its_scope_by_its_own_check(code):
    outcome = find_strongest(code)
    assert outcome is not None, f"no client can have {code}"
    assert outcome.finding is not None, outcome.trouble


def list_high(number, names):
    told = examine_client(open_client(invent(number)), names)
    return [(finding.code, finding.scope) for finding in told if finding.severity == "high"]


def test_no_check_calls_anything_high_in_a_healthy_client():
    assert list_high(3, list_detectors()) == []


@cache
def list_asked():
    """The checks that may raise a planted trouble."""
    return sorted({find_detector(code) for code in list_plantings()})


def test_the_checks_of_planted_troubles_call_nothing_high_in_another_healthy_client():
    assert list_high(1, list_asked()) == []


def test_two_troubles_of_one_client_stand_among_the_first_three():
    codes = ["lever.discount_deepening", "retention.cohort_decay"]
    outcomes = try_together(invent(2), codes, [4.0, 2.0], [SEED], list_asked())
    assert [outcome.finding.rank <= 3 for outcome in outcomes] == [True, True]
    assert {outcome.place for outcome in outcomes} <= {1, 2, 3}


def test_a_client_is_the_same_for_the_same_seed_and_another_for_another():
    one, same, other = (invent_client(4, seed, customers=900) for seed in (1, 1, 2))
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, same.tables[name])
    assert not one.lines.paid_amount.equals(other.lines.paid_amount)


def test_clients_are_of_every_trade_and_of_many_sizes():
    clients = [invent_client(number, SEED) for number in range(6)]
    assert {client.trade.name for client in clients} == {trade.name for trade in TRADES}
    sizes = [client.customers for client in clients]
    assert max(sizes) > 5 * min(sizes)


def test_each_planted_code_has_a_check_that_may_raise_it():
    for code, planting in list_plantings().items():
        assert planting.code == code
        assert find_detector(code)


@pytest.mark.parametrize("code", ["lever.refund_surge", "lever.discount_deepening"])
def test_a_planted_gap_is_as_wide_as_stated_and_touches_nothing_else(code):
    healthy = invent(1)
    ill, trouble = plant_trouble(healthy, code, 2.0, [SEED])
    column = "refund_amount" if code == "lever.refund_surge" else "paid_amount"
    inside = (healthy.lines.channel == trouble.scope["channel"]) & is_within(healthy.lines, healthy.current)
    base = healthy.lines["paid_amount" if code == "lever.refund_surge" else "list_amount"][inside].sum()
    moved = (ill.lines[column] - healthy.lines[column])[inside].sum()
    # Which orders are struck is left to chance.
    assert abs(moved) / base == pytest.approx(2 * trouble.floor, rel=0.2)
    untouched = [name for name in healthy.tables if name != "order_lines"]
    assert all(ill.tables[name] is healthy.tables[name] for name in untouched)
    assert np.array_equal(ill.lines[column][~inside], healthy.lines[column][~inside])
