"""Bounds of overlap against a search through everything that could be true."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from diagnostics.model.identity import meets
from diagnostics.statistics.overlap_bounds import (
    EXACT,
    Base,
    Bounds,
    LinkError,
    bound_crossing,
    bound_overlap,
    bound_people,
    count_possible,
    read_base,
)
from diagnostics.statistics.reach_bounds import bound_reach

KINDS = ("phone", "unionid", "account")


def match_greatest(first, second):
    """The largest matching of customers one by one."""
    mine = [kind for kind, n in first.items() for _ in range(n)]
    theirs = [kind for kind, n in second.items() for _ in range(n)]
    could_be = [[not (a == b and meets(a)) for b in theirs] for a in mine]
    if not mine or not theirs:
        return 0
    return int((maximum_bipartite_matching(csr_array(np.array(could_be)), perm_type="column") >= 0).sum())


@pytest.mark.parametrize("seed", range(12))
def test_the_upper_end_is_the_largest_matching(seed):
    rng = np.random.default_rng(seed)
    first, second = ({kind: int(rng.integers(0, 7)) for kind in KINDS} for _ in range(2))
    second["hidden"] = int(rng.integers(0, 4))
    assert count_possible(first, second) == match_greatest(first, second)


def test_with_one_meeting_key_it_is_the_formula_of_the_metric_dictionary():
    for keyed, bare, other, other_bare, matched in ((60, 40, 100, 0, 30), (20, 80, 50, 10, 20), (5, 5, 90, 10, 0)):
        bounds = bound_overlap(
            {"phone": keyed, "account": bare}, {"phone": other, "account": other_bare}, {"phone": matched}
        )
        first, second = keyed + bare - matched, other + other_bare - matched
        assert bounds.high == matched + min(first, second, bare + other_bare)
        assert bounds.low == matched


def test_channels_without_a_common_key_are_computed_on_nothing():
    bounds = bound_overlap({"account": 50}, {"phone": 80}, {})
    assert (bounds.low, bounds.high, bounds.computed_on, bounds.point) == (0, 50, 0, None)


def test_a_list_of_accounts_lets_accounts_meet():
    assert bound_overlap({"account": 50}, {"account": 80}, {"account": 20}).computed_on == 1


def test_errors_of_links_widen_both_ends():
    exact = bound_overlap({"phone": 100}, {"phone": 100}, {"phone": 40}, error=EXACT)
    wide = bound_overlap({"phone": 100}, {"phone": 100}, {"phone": 40}, error=LinkError(wrong=0.1, missed=0.1))
    assert (exact.low, exact.high) == (40, 40)
    assert (wide.low, wide.high) == (36, 46)


def test_shares_never_exceed_the_whole():
    assert bound_overlap({"account": 10}, {"account": 90}, {}, hidden=500).over(10).high == 1


@pytest.mark.parametrize("seed", range(30))
def test_bounds_hold_where_keys_are_true(seed):
    """Persons on three channels, each known there by the phone or by an account."""
    rng = np.random.default_rng(seed)
    here = rng.random((200, 3)) < rng.uniform(0.2, 0.8, 3)
    has_phone = rng.random((200, 3)) < rng.uniform(0, 1, 3)
    frame = pd.DataFrame(
        [
            {
                "person": person,
                "channel": str(at),
                "customer": f"P{person}" if has_phone[person, at] else f"A{person}.{at}",
            }
            for person, at in zip(*np.nonzero(here), strict=True)
        ]
    )
    frame["kind"] = np.where(frame.customer.str.startswith("P"), "phone", "account")
    places = frame.groupby("customer").channel.nunique()
    alone = frame[frame.customer.map(places) == 1]
    base = Base(
        channels=frame.groupby("channel").size().to_dict(),
        alone=alone.groupby(["channel", "kind"]).size().to_dict(),
        crossing={"phone": int((places > 1).sum())},
    )
    people, crossing = bound_people(base), bound_crossing(base)
    assert people.low <= frame.person.nunique() <= people.high
    assert crossing.low <= (frame.groupby("person").size() > 1).sum() <= crossing.high
    one, two = (frame[frame.channel == name] for name in ("0", "1"))
    shared = {"phone": len(set(one.customer) & set(two.customer))}
    overlap = bound_overlap(one.kind.value_counts().to_dict(), two.kind.value_counts().to_dict(), shared)
    assert overlap.low <= len(set(one.person) & set(two.person)) <= overlap.high


def test_the_base_is_read_from_rows():
    rows = [
        ("channel", "tmall", "phone", 5),
        ("channel", "jd", "account", 4),
        ("alone", "tmall", "phone", 3),
        ("crossing", "", "phone", 2),
        ("hidden", "jd", "", 7),
    ]
    base = read_base(pd.DataFrame(rows, columns=["part", "channel", "kind", "n"]))
    assert base == Base(channels={"tmall": 5, "jd": 4}, alone={("tmall", "phone"): 3}, crossing={"phone": 2}, hidden=7)
    assert (base.known, base.comparable) == (5, 1.0)


def test_reach_is_bounded_by_contacts_whose_keys_dont_meet():
    rows = [
        ("buyers", "tmall", "account", 100),
        ("buyers", "youzan", "phone", 50),
        ("reached", "youzan", "phone", 20),
        ("contacts", "", "phone", 30),
        ("contacts", "", "unionid", 10),
        ("hidden", "", "", 5),
    ]
    found = bound_reach(pd.DataFrame(rows, columns=["part", "channel", "kind", "n"])).set_index("channel")
    assert found.loc["tmall"].tolist() == [0, 0.45, 0]
    # Fifteen contacts can't be compared, and 5 % of ten may be a second number.
    assert found.loc["youzan"].round(3).tolist() == [0.38, 0.71, 0.667]


def test_a_lower_end_above_the_upper_is_refused():
    with pytest.raises(ValueError, match="exceed"):
        Bounds(low=2, high=1, computed_on=1)
