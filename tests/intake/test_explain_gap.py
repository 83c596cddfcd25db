from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.intake.totals.explain_gap import OpenGap, explain_gaps, name_main_cause

# No sum of some equals a sum of others, give or take the tolerance.
SIZES = {"refunds": 90_000, "unpaid": -150_000, "duplicates": -400_000}
MISSING = 620_000


def month(gap, **cells):
    return OpenGap(gap=gap, tolerance=30_000, **cells)


def explain(gap, **cells):
    (parts,) = explain_gaps([month(gap, **cells)])
    return {part.cause: round(part.amount * 100) for part in parts}


@pytest.mark.parametrize("planted", [*SIZES, *combinations(SIZES, 2)], ids=str)
@pytest.mark.parametrize("is_silent", [False, True])
def test_each_cause_is_found_alone_and_in_pairs_with_days_missing_or_not(planted, is_silent):
    names = (planted,) if isinstance(planted, str) else planted
    noise = 4_000
    gap = sum(SIZES[name] for name in names) - MISSING * is_silent - noise
    found = explain(gap, possible=SIZES, shortfalls={"missing_days": (MISSING, MISSING + 20_000)})
    assert set(found) - {"unexplained"} == {*names, *(["missing_days"] if is_silent else [])}
    assert all(found[name] == SIZES[name] for name in names)
    assert sum(found.values()) == gap


def test_days_missing_alone_take_what_they_may_and_no_more():
    shortfalls = {"missing_days": (300_000, 350_000)}
    assert explain(-280_000, shortfalls=shortfalls) == {"missing_days": -280_000}
    assert explain(-340_000, shortfalls=shortfalls) == {"missing_days": -340_000}
    assert explain(-500_000, shortfalls=shortfalls) == {"missing_days": -350_000, "unexplained": -150_000}


def test_a_day_off_is_no_cause_where_the_totals_tie_out():
    assert explain(-20_000, shortfalls={"missing_days": (300_000, 350_000)}) == {}


def test_what_fits_nothing_is_not_explained():
    assert explain(-500_000, possible=SIZES) == {"unexplained": -500_000}


def test_one_month_that_fits_by_chance_does_not_speak_for_all():
    gaps = [month(-130_000, possible={"unpaid": -130_000})]
    gaps += [month(-400_000, possible={"unpaid": -130_000}) for _ in range(5)]
    assert {name_main_cause(parts) for parts in explain_gaps(gaps)} == {"unexplained"}


def test_a_definition_that_mends_most_months_is_named_in_all_of_them():
    gaps = [month(-130_000 - 1_000 * number, possible={"unpaid": -130_000}) for number in range(5)]
    gaps.append(month(-400_000, possible={"unpaid": -130_000}))
    parts = [{part.cause: part.amount for part in one} for one in explain_gaps(gaps)]
    assert all(one["unpaid"] == -1300 for one in parts)
    assert parts[-1]["unexplained"] == -2700


def test_measured_parts_count_even_where_they_cancel_out():
    found = explain(0, known={"orders_without_items": 200_000, "items_without_orders": -200_000})
    assert found == {"orders_without_items": 200_000, "items_without_orders": -200_000}


def test_the_shortfall_that_fits_is_taken_before_the_one_that_would_hide_it():
    shortfalls = {"absent_channels": (200_000, 200_000), "missing_days": (50_000, 55_000)}
    assert explain(-50_000, shortfalls=shortfalls) == {"missing_days": -50_000}
    assert explain(-250_000, shortfalls=shortfalls) == {"absent_channels": -200_000, "missing_days": -50_000}


AMOUNT = st.integers(-(10**9), 10**9)
NAMES = st.sampled_from(["refunds", "unpaid", "duplicates", "set_aside"])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.builds(
            OpenGap,
            gap=AMOUNT,
            tolerance=st.integers(0, 10**7),
            known=st.dictionaries(st.sampled_from(["fees", "unsettled"]), AMOUNT),
            possible=st.dictionaries(NAMES, AMOUNT),
            shortfalls=st.dictionaries(
                st.sampled_from(["missing_days", "absent_channels"]),
                st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(lambda pair: tuple(sorted(pair))),
            ),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_parts_sum_to_the_gap_whatever_comes(gaps):
    for gap, parts in zip(gaps, explain_gaps(gaps), strict=True):
        cents = [round(part.amount * 100) for part in parts]
        assert sum(cents) == gap.gap or (not parts and abs(gap.gap) <= gap.tolerance)
        lacking = {part.cause: -round(part.amount * 100) for part in parts if part.cause in gap.shortfalls}
        assert all(0 <= amount <= gap.shortfalls[name][1] for name, amount in lacking.items())


def test_the_order_of_months_does_not_matter():
    draw = random.Random(5)  # noqa: S311 - a fixed seed
    gaps = [month(draw.randint(-300_000, 200_000), possible=SIZES) for _ in range(6)]
    parts = dict(zip(map(id, gaps), explain_gaps(gaps), strict=True))
    turned = gaps[::-1]
    assert dict(zip(map(id, turned), explain_gaps(turned), strict=True)) == parts
