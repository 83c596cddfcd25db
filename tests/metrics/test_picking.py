"""Firsts and quantiles by grouping equal a walk over the rows."""

import ibis
import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.picking import pick_first, pick_most
from diagnostics.metrics.quantiles import count_up
from diagnostics.workbook.engine import fetch

SEEDS = (1, 2, 3)


def invent(seed):
    draw, rows = np.random.default_rng(seed), 60
    return pd.DataFrame(
        {
            "key": np.array(["a", "b", "c", None])[draw.integers(0, 4, rows)],
            "at": draw.integers(0, 4, rows),
            "name": np.array(["x", "y", "z"])[draw.integers(0, 3, rows)],
            "paid": draw.integers(0, 100, rows),
        }
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_row_tells_and_of_two_at_once_the_first_by_name(seed):
    raw = invent(seed)
    ours = fetch(pick_first(ibis.memtable(raw), ("key",), by="at", name="name", total="paid"))
    theirs = raw.sort_values(["at", "name"]).groupby("key", dropna=False)
    assert ours.key.nunique(dropna=False) == len(ours) == theirs.ngroups
    for one in ours.itertuples():
        rows = raw[raw.key.isna() if pd.isna(one.key) else raw.key == one.key].sort_values(["at", "name"])
        assert (one.at, one.name, one.total) == (rows["at"].iloc[0], rows["name"].iloc[0], rows.paid.sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_largest_row_tells_and_of_two_alike_the_first_by_name(seed):
    raw = invent(seed).dropna()
    ours = fetch(pick_most(ibis.memtable(raw), ("key",), by="at", name="name")).set_index("key")["name"]
    theirs = raw.sort_values(["at", "name"], ascending=[False, True]).groupby("key")["name"].first()
    assert ours.to_dict() == theirs.to_dict()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("tenths", [1, 5, 9, 10])
def test_a_quantile_is_the_smallest_value_with_its_share_at_or_below_it(seed, tenths):
    raw = invent(seed).dropna()
    rows = ibis.memtable(raw)
    counted = count_up(rows, rows["paid"], "key")
    cuts = counted.group_by("key").agg(cut=counted["value"].min(where=counted.reached * 10 >= counted.whole * tenths))
    ours = fetch(cuts).set_index("key").cut.to_dict()
    for key, own in raw.groupby("key"):
        values = sorted(own.paid)
        assert ours[key] == next(value for place, value in enumerate(values, 1) if place * 10 >= len(values) * tenths)
