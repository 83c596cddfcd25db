"""The parts of a change sum to it, agree with published numbers, and tell rate from mix."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diagnostics.statistics.decomposition import decompose, log_mean, settle_cents, split_by_orders

# The toy of the R package LMDIR (M. Heun), tests/testthat/test_lmdi.R: two segments of three factors in four years.
YEARS = np.array([[[1, 10, 2], [4, 5, 3]], [[4, 5, 3], [5, 6, 4]], [[8, 2, 4], [5, 7, 5]], [[10, 1, 5], [6, 8, 6]]])
TOTALS = [80, 180, 239, 338]
ADDITIVE = [
    [69.79006598, -9.455125793, 39.66505981],
    [42.96021467, -34.31902656, 50.3588119],
    [54.01064234, -9.021284671, 54.01064234],
]
MULTIPLICATIVE = [
    [1.761117821, 0.926191306, 1.379410116],
    [1.229284572, 0.847970248, 1.273773912],
    [1.208140223, 0.968911503, 1.208140223],
]
SHAPLEY = [[74.333333, -16.666667, 42.333333], [48.0, -41.5, 52.5], [54.666667, -10.333333, 54.666667]]

POSITIVE = arrays(np.float64, (3, 4), elements=st.floats(0.01, 1000, allow_subnormal=False))
ANY = arrays(np.float64, (3, 4), elements=st.floats(-100, 100, allow_subnormal=False) | st.just(0.0))


@pytest.mark.parametrize("year", range(3))
def test_the_published_example_comes_out(year):
    split = decompose(YEARS[year], YEARS[year + 1])
    assert split.before == TOTALS[year]
    assert split.after == TOTALS[year + 1]
    np.testing.assert_allclose(split.by_factor, ADDITIVE[year], atol=1e-8)
    np.testing.assert_allclose(split.ratios, MULTIPLICATIVE[year], atol=1e-8)
    by_orders = split_by_orders(YEARS[year].astype(float), YEARS[year + 1].astype(float)).sum(axis=0)
    np.testing.assert_allclose(by_orders, SHAPLEY[year], atol=1e-6)


@given(POSITIVE, POSITIVE)
@settings(max_examples=60, deadline=None)
def test_parts_sum_to_the_change_and_ratios_multiply_to_it(before, after):
    split = decompose(before, after)
    scale = before.prod(axis=-1).sum() + after.prod(axis=-1).sum()
    assert split.effects.sum() == pytest.approx(split.after - split.before, abs=1e-9 * scale)
    assert split.ratios.prod() == pytest.approx(split.after / split.before, rel=1e-6)


@given(ANY, ANY)
@settings(max_examples=60, deadline=None)
def test_parts_sum_to_the_change_with_zeros_and_negatives(before, after):
    split = decompose(before, after)
    # Shapley values pass through products of both sides.
    scale = 1 + np.maximum(abs(before), abs(after)).prod(axis=-1).sum()
    assert split.effects.sum() == pytest.approx(split.after - split.before, abs=1e-9 * scale)


@given(POSITIVE, POSITIVE)
@settings(max_examples=30, deadline=None)
def test_back_undoes_forth(before, after):
    # A change in the last digit of a product is no more than rounding.
    last_digit = 1e-14 * max(before.prod(axis=-1).max(), after.prod(axis=-1).max())
    back = -decompose(after, before).effects
    np.testing.assert_allclose(decompose(before, after).effects, back, rtol=1e-7, atol=last_digit)


@given(POSITIVE)
@settings(max_examples=30, deadline=None)
def test_no_change_gives_no_parts(before):
    assert not decompose(before, before).effects.any()


@given(POSITIVE, POSITIVE)
@settings(max_examples=30, deadline=None)
def test_the_order_of_factors_does_not_matter(before, after):
    turned = decompose(before[:, ::-1], after[:, ::-1]).effects[:, ::-1]
    np.testing.assert_allclose(decompose(before, after).effects, turned, rtol=1e-6, atol=1e-9)


def test_shapley_is_the_mean_over_all_orders():
    before, after = np.array([2.0, 0.0, 5.0, 1.5]), np.array([3.0, 4.0, 0.0, -1.0])
    walked = np.zeros(4)
    orders = list(permutations(range(4)))
    for order in orders:
        now = before.copy()
        for factor in order:
            old = now.prod()
            now[factor] = after[factor]
            walked[factor] += (now.prod() - old) / len(orders)
    np.testing.assert_allclose(split_by_orders(before, after), walked)


def test_a_segment_that_enters_is_a_term_of_its_own():
    split = decompose([[10.0, 2.0], [np.nan, np.nan]], [[12.0, 2.0], [5.0, 3.0]])
    assert split.whole.tolist() == [0.0, 15.0]
    assert split.effects.sum() + split.whole.sum() == pytest.approx(split.after - split.before)
    assert split.ratios.prod() * split.whole_ratio == pytest.approx(39 / 20)


def test_better_conversion_in_every_channel_counts_as_better_even_where_the_total_falls():
    # Simpson: conversion rises in both channels (50 to 55 %, 5 to 6 %) and falls over all (27.5 to 18.25 %).
    before = np.array([[100.0, 0.50], [100.0, 0.05]])
    after = np.array([[50.0, 0.55], [150.0, 0.06]])
    assert (after.prod(axis=1).sum() / 200) < (before.prod(axis=1).sum() / 200)
    over_all = decompose([[200.0, 0.275]], [[200.0, 0.1825]])
    assert over_all.by_factor[1] < 0
    assert decompose(before, after).by_factor[1] > 0


def test_replicates_are_split_all_at_once():
    before, after = YEARS[:2].astype(float), YEARS[1:3].astype(float)
    both = decompose(before, after).effects
    np.testing.assert_allclose(both[0], decompose(before[0], after[0]).effects)
    np.testing.assert_allclose(both[1], decompose(before[1], after[1]).effects)


@given(arrays(np.float64, 7, elements=st.floats(-1e7, 1e7, allow_subnormal=False)))
@settings(max_examples=60, deadline=None)
def test_cents_sum_to_the_change_in_cents(parts):
    change = round(float(parts.sum()), 2)
    settled = settle_cents(parts, change)
    assert settled.sum() == round(change * 100)
    assert np.all(np.abs(settled - parts * 100) <= 1 + 1e-6)


def test_cents_of_something_else_are_refused():
    with pytest.raises(ValueError, match="not the parts"):
        settle_cents([1.0, 2.0], 4.0)


def test_the_logarithmic_mean_lies_between_geometric_and_arithmetic():
    a, b = np.array([1.0, 3.0, 1e6]), np.array([2.0, 3.0 + 1e-12, 1.0])
    mean = log_mean(a, b)
    assert np.all(mean >= np.sqrt(a * b) - 1e-9)
    assert np.all(mean <= (a + b) / 2 + 1e-9)
