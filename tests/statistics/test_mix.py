"""Rate and mix sum to the change of an average; what no segment did is mix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diagnostics.statistics.mix import split_mix

WEIGHTS = arrays(np.float64, 4, elements=st.floats(0.5, 1e4))
LEVELS = arrays(np.float64, 4, elements=st.floats(0.0, 1e4))


@given(WEIGHTS, LEVELS, WEIGHTS, LEVELS)
@settings(max_examples=60, deadline=None)
def test_parts_sum_to_the_change(weights0, levels0, weights1, levels1):
    split = split_mix(weights0, weights0 * levels0, weights1, weights1 * levels1)
    change = np.average(levels1, weights=weights1) - np.average(levels0, weights=weights0)
    assert split.rate.sum() + split.mix.sum() == pytest.approx(change, abs=1e-6)


def test_every_segment_rises_and_the_average_falls():
    split = split_mix([100, 100], [20_000, 5_000], [40, 160], [8_400, 8_800])
    assert split.after < split.before
    assert split.rate.sum() > 0
    assert split.mix.sum() < 0


def test_a_segment_that_comes_is_mix_alone():
    split = split_mix([10, 0], [1_000, 0], [10, 10], [1_000, 3_000])
    assert split.rate.sum() == 0
    assert split.mix.sum() == pytest.approx(100)
