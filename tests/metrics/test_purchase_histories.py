"""Customers as they stood at a cut agree with a recount in pandas, row by row."""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.profit import cost_lines, spend_days
from diagnostics.metrics.purchase_histories import (
    choose_grid,
    count_histories,
    count_spending,
    follow_days,
    stand_at,
    total_costing,
)
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames, print_sql, unbound_tables
from tests.metrics.invented import invent_lines

SINCE, CUT, UNTIL = date(2023, 4, 1), date(2024, 3, 1), date(2024, 9, 1)
SEEDS = (1, 2)


@cache
def open_lines(seed):
    raw = invent_lines(seed)
    tables = open_frames(connect(), {"order_lines": raw})
    return raw, follow_days(spend_days(cost_lines(value_lines(tables["order_lines"], "paid_net"), None)))


def stand(seed):
    return stand_at(open_lines(seed)[1], SINCE, CUT, UNTIL)


def recount(raw):
    """One row a customer by plain loops over purchase days."""
    lines = raw[raw.customer.notna()].assign(day=lambda own: own.ordered_at.dt.normalize())
    rows = []
    for customer, own in lines.groupby("customer"):
        days = sorted(own.day[~own.is_return].unique())
        before = [day for day in days if day < pd.Timestamp(CUT)]
        if not before:
            continue
        first = before[0]
        net = own.paid_amount - own.refund_amount
        later = (own.day >= pd.Timestamp(CUT)) & (own.day < pd.Timestamp(UNTIL))
        by_day = {day: max(net[own.day == day].sum(), 0) for day in before}
        repeats = len(before) - 1
        rows.append(
            {
                "customer": customer,
                "group": "older" if first < pd.Timestamp(SINCE) else "newer",
                "repeats": repeats,
                "last": (before[-1] - first).days,
                "age": (pd.Timestamp(CUT) - first).days,
                "spend": sum(by_day[day] for day in before[1:]) / repeats if repeats else 0.0,
                "kept": sum(by_day[day] > 0 for day in before[1:]),
                "sold": sum(by_day.values()),
                "net": net[(own.day >= first) & (own.day < pd.Timestamp(CUT))].sum(),
                "later": sum(pd.Timestamp(CUT) <= day < pd.Timestamp(UNTIL) for day in days),
                "later_net": net[later].sum(),
            }
        )
    return pd.DataFrame(rows).sort_values("customer", ignore_index=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_customers_stand_at_a_cut_as_their_purchase_days_say(seed):
    expected = recount(open_lines(seed)[0])
    ours = fetch(stand(seed)).sort_values("customer", ignore_index=True)[list(expected.columns)]
    pd.testing.assert_frame_equal(ours, expected, check_dtype=False, atol=1e-6)
    assert set(ours.group) == {"older", "newer"}


@pytest.mark.parametrize("seed", SEEDS)
def test_counted_histories_hold_every_customer_and_all_money(seed):
    customers = recount(open_lines(seed)[0])
    ours = fetch(count_histories(stand(seed), 1, "group"))
    assert ours.customers.sum() == len(customers)
    assert (ours.customers * ours.later).sum() == customers.later.sum()
    assert ours.later_net.sum() == pytest.approx(customers.later_net.sum())
    assert ours.spend.sum() == pytest.approx(customers.spend.sum())
    assert ours.square.sum() == pytest.approx((customers.spend**2).sum())
    for name in ("kept", "sold", "net"):
        assert ours[name].sum() == pytest.approx(customers[name].sum())


def test_a_grid_moves_no_time_by_more_than_half_a_step():
    fine, coarse = (fetch(count_histories(stand(1), grid, "group")) for grid in (1, 7))
    ages = [float((own.customers * own.age).sum() / own.customers.sum()) for own in (fine, coarse)]
    assert abs(ages[0] - ages[1]) <= 3
    assert (coarse["last"] <= coarse.age).all()
    assert (coarse["last"][coarse.repeats == 0] == 0).all()
    assert choose_grid(Period(start=date(2024, 1, 1), end=date(2024, 3, 1))) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_spend_is_counted_to_a_twentieth(seed):
    customers = recount(open_lines(seed)[0])
    paying = customers[customers.kept > 0]
    ours = fetch(count_spending(stand(seed), "group"))
    assert ours.customers.sum() == len(paying)
    assert (ours.kept * ours.customers).sum() == paying.kept.sum()
    mean = (ours.spend * ours.customers).sum() / ours.customers.sum()
    assert mean == pytest.approx((paying.spend * paying.repeats / paying.kept).mean(), rel=0.01)


def test_an_order_paid_back_whole_stays_a_purchase_but_keeps_nothing():
    # First 100; then 50 paid back with its order; then 80, of which a line on another day takes back 30.
    lines = pd.DataFrame(
        {
            "line_id": range(4),
            "order_id": ["a", "b", "c", "c"],
            "channel": "tmall",
            "customer": "0" * 32,
            "ordered_at": pd.to_datetime(["2023-05-01", "2023-06-01", "2023-07-01", "2023-07-09"]),
            "quantity": [1, 1, 1, 0],
            "list_amount": [100.0, 50.0, 80.0, 0.0],
            "paid_amount": [100.0, 50.0, 80.0, 0.0],
            "refund_amount": [0.0, 50.0, 0.0, 30.0],
            "is_return": [False, False, False, True],
        }
    )
    tables = open_frames(connect(), {"order_lines": lines})
    followed = follow_days(spend_days(cost_lines(value_lines(tables["order_lines"], "paid_net"), None)))
    standing = stand_at(followed, SINCE, CUT, UNTIL)
    (row,) = fetch(standing).to_dict("records")
    assert {name: row[name] for name in ("repeats", "kept", "spend", "sold", "net")} == {
        "repeats": 2,
        "kept": 1,
        "spend": 40.0,
        "sold": 180.0,
        "net": 150.0,
    }
    (spending,) = fetch(count_spending(standing)).to_dict("records")
    assert (spending["kept"], spending["customers"]) == (1, 1)
    assert spending["spend"] == pytest.approx(80.0, rel=0.03)


def test_costing_by_first_channel_sums_to_all_of_it():
    raw, followed = open_lines(1)
    period = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))
    ours = fetch(total_costing(followed, SINCE, period))
    known = raw[raw.customer.notna() & raw.customer.isin(raw.customer[~raw.is_return])]
    inside = known[(known.ordered_at >= "2024-01-01") & (known.ordered_at < "2025-01-01")]
    assert ours.net.sum() == pytest.approx((inside.paid_amount - inside.refund_amount).sum())
    assert ours.uncosted.sum() == pytest.approx(ours.net.sum())
    assert np.all(ours.earned == 0)


@pytest.mark.parametrize("dialect", ["spark", "trino", "clickhouse"])
def test_histories_can_be_asked_of_other_engines(dialect):
    lines = value_lines(unbound_tables()["order_lines"], "paid_net")
    followed = follow_days(spend_days(cost_lines(lines, None)))
    standing = stand_at(followed, SINCE, CUT, UNTIL)
    assert "GROUP BY" in print_sql(count_histories(standing, 7, "group"), dialect)
    assert "GROUP BY" in print_sql(count_spending(standing, "group"), dialect)
