"""Gaps of first-order products cover what was planted, in rate and in money."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.statistics.product_gaps import bound_gaps


def invent_products(seed, worst=0.2, seen=1.0):
    """Ten products with 800 newcomers each; the first returns `worst` less and spends in proportion."""
    rng = np.random.default_rng(seed)
    rows = []
    for place in range(10):
        rate = 0.35 - (worst if place == 0 else 0)
        returned = rng.random(800) < rate
        spent = returned * rng.gamma(2, 100, 800)
        others = rng.random(7000) < 0.35
        others_spent = others * rng.gamma(2, 100, 7000)
        spread = np.var(np.concatenate([spent, others_spent]), ddof=1)
        rows.append(
            {
                "followed": 800,
                "returned": returned.sum(),
                "expected": 800 * others.mean(),
                "others": 7000,
                "later": spent.sum(),
                "later_expected": 800 * others_spent.mean(),
                "later_variance": spread * 800 * (1 + 800 / 7000),
                "seen_share": seen,
            }
        )
    return pd.DataFrame(rows)


def test_a_large_gap_is_clear():
    assert all(bound_gaps(invent_products(seed)).iloc[0].gap_low > 0.1 for seed in range(80))


def test_the_range_of_the_loss_holds_the_true_one_in_four_cases_of_five():
    truth = 800 * 0.2 * 200
    rows = [bound_gaps(invent_products(seed)).iloc[0] for seed in range(400)]
    assert 0.75 < np.mean([row.loss_low <= truth <= row.loss_high for row in rows]) < 0.85


def test_products_alike_have_no_clear_gap():
    clear = [(bound_gaps(invent_products(seed, worst=0.0)).gap_low > 0).any() for seed in range(60)]
    assert np.mean(clear) < 0.1


def test_what_was_not_seen_raises_the_upper_end_only():
    whole, part = (bound_gaps(invent_products(1, seen=seen)).iloc[0] for seen in (1.0, 0.8))
    assert (part.loss_low, part.loss) == (whole.loss_low, whole.loss)
    assert part.loss_high == pytest.approx(whole.loss_high / 0.8)
    assert bound_gaps(invent_products(1, seen=0.01)).loss_high[0] == pytest.approx(whole.loss_high * 2)


def test_a_single_product_keeps_its_gap_unshrunk_or_whole():
    row = bound_gaps(invent_products(2).head(1)).iloc[0]
    assert 0 <= row.loss_low <= row.loss <= row.loss_high
