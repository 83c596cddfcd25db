from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.intake.orders.grain import allocate_orders, share_out


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-(10**9), 10**9), st.lists(st.floats(0, 1e6), min_size=1, max_size=6)),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_shares_sum_to_the_total_of_each_order(orders, shuffle):
    rows = [(number, total, weight) for number, (total, weights) in enumerate(orders) for weight in weights]
    shuffle.shuffle(rows)
    groups, totals, weights = (np.array(part) for part in zip(*rows, strict=True))
    parts = share_out(totals.astype(np.int64), weights.astype(float), groups)
    for number, (total, _) in enumerate(orders):
        assert parts[groups == number].sum() == total


def test_shares_follow_the_weights_to_a_cent():
    parts = share_out(np.array([1000, 1000, 1000]), np.array([1.0, 2.0, 7.0]), np.array([1, 1, 1]))
    assert parts.tolist() == [100, 200, 700]


def test_an_amount_repeated_on_each_row_counts_once():
    lines = pa.table(
        {
            "channel": ["jd", "jd", "jd"],
            "order_id": ["1", "1", "2"],
            "order_paid": [100.0, 100.0, 30.0],
            "line_amount": [80.0, 40.0, 30.0],
        }
    )
    found = allocate_orders(lines)
    assert found["paid_amount"].to_pylist() == [66.67, 33.33, 30.0]


def test_a_total_told_on_the_first_row_of_an_order_counts_for_all_its_rows():
    table = pa.table(
        {
            "channel": ["a"] * 4,
            "order_id": ["1", "1", "1", "2"],
            "order_paid": [30.0, None, None, 5.0],
            "line_amount": [20.0, 10.0, 10.0, 5.0],
            "is_return": [False, False, True, False],
        }
    )
    paid = allocate_orders(table)["paid_amount"].to_pylist()
    assert paid[:2] == [20.0, 10.0]
    assert np.isnan(paid[2])
    assert paid[3] == 5.0
