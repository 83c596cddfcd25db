import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.statistics.repeat_buying.histories import Histories, compress, group_rows, pick_rows, thin_rows

rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(4, 6)), min_size=1, max_size=60)


@given(rows)
def test_equal_histories_are_counted_once(drawn):
    drawn = [(x, last if x else 0, age) for x, last, age in drawn]
    found = compress(*zip(*drawn, strict=True))
    counted = {
        (x, last, age): n for x, last, age, n in zip(found.repeats, found.last, found.age, found.counts, strict=True)
    }
    assert counted == {row: drawn.count(row) for row in drawn}


@given(rows)
def test_each_row_finds_its_group(drawn):
    columns = [np.array(column, dtype=float) for column in zip(*drawn, strict=True)]
    first, place = group_rows(*columns)
    for column in columns:
        assert (column[first][place] == column).all()
    assert sorted(set(place)) == list(range(len(first)))


@pytest.mark.parametrize(
    ("row", "reason"),
    [((1, 5, 4, 1), "0 <= last <= age"), ((-1, 0, 4, 1), "repeats >= 0"), ((0, 2, 4, 1), "last 0"),
     ((1.5, 2, 4, 1), "whole"), ((1, np.nan, 4, 1), "finite")],
)  # fmt: skip
def test_impossible_histories_are_refused(row, reason):
    x, last, age, counts = (np.array([value], dtype=float) for value in row)
    with pytest.raises(ValueError, match=reason):
        Histories(repeats=x, last=last, age=age, counts=counts)


def test_a_thin_sample_stands_for_all():
    rng = np.random.default_rng(1)
    x = rng.poisson(rng.gamma(0.5, 3, 20_000))
    whole = compress(x, np.where(x > 0, rng.integers(0, 50, 20_000), 0), np.full(20_000, 52))
    thin = pick_rows(whole, *thin_rows(whole.counts, 300))
    assert len(thin.counts) <= 300
    assert thin.customers == pytest.approx(whole.customers)
    assert thin.bought_again == pytest.approx(whole.bought_again, rel=0.03)
