"""What a contact is worth follows the spend of contacts against like buyers of the same channels."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.statistics.hops import add_rates, value_contact

SPEND = pd.DataFrame(
    {
        "channel": ["tmall", "douyin", "jd"],
        "reached": [300, 100, 20],
        "unreached": [900, 400, 800],
        "reached_mean": [120.0, 80.0, 900.0],
        "matched_mean": [100.0, 70.0, 10.0],
        "unreached_mean": [90.0, 60.0, 10.0],
        "difference_error": [4.0, 8.0, 1.0],
    }
)


def test_channels_are_weighted_by_their_contacts_and_small_ones_left_out():
    worth = value_contact(SPEND, buyers=400, customers=800, matched=0.5, yearly=2.0)
    assert worth.difference == pytest.approx(2 * (0.75 * 20 + 0.25 * 10))
    assert worth.others == pytest.approx(2 * (0.75 * 90 + 0.25 * 60))
    assert (worth.share, worth.matched) == (0.5, 0.5)
    # 17.5 against twice the root of (0.75 × 4)² + (0.25 × 8)².
    assert worth.is_clear == (2 * np.sqrt(3**2 + 2**2) < 17.5)


def test_stores_alone_count_where_they_are_known():
    stores = SPEND.assign(channel=["store", "douyin", "jd"])
    assert value_contact(stores, buyers=1, customers=2, matched=1.0, yearly=1.0).difference == pytest.approx(20)


@pytest.mark.parametrize("change", [{"reached": 99}, {"unreached": 99}, {"matched_mean": np.nan}])
def test_without_enough_of_both_kinds_nothing_is_valued(change):
    assert value_contact(SPEND.assign(**change), buyers=1, customers=2, matched=1.0, yearly=1.0) is None


def test_few_scans_give_no_rate():
    rated = add_rates(pd.DataFrame({"hop": ["a", "a"], "scans": [29, 30], "passed": [10, 15]}))
    assert rated.set_index("scans").rate.dropna().to_dict() == {30: 0.5}
