"""Calendar and like days sum to the change; a promotion of one period only is calendar."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from diagnostics.model.promotions import PhaseDays
from diagnostics.model.wording import NOTHING
from diagnostics.statistics.calendar_effect import find_losses, measure_calendar, split_calendar

DAYS = arrays(np.int64, (4, 2), elements=st.integers(0, 40))
DAILY = arrays(np.float64, (3, 4, 2), elements=st.floats(-50, 1e4))


@given(DAYS, DAILY)
@settings(max_examples=60, deadline=None)
def test_parts_sum_to_the_change(days, daily):
    sums = days * daily
    calendar, rest = split_calendar(days, sums)
    change = sums[..., 1].sum() - sums[..., 0].sum()
    assert calendar.sum() + rest.sum() == pytest.approx(change, abs=1e-9 * (1 + abs(sums).sum()))


def test_a_day_that_sells_the_same_moves_nothing_but_the_calendar():
    days = np.array([[0, 8], [27, 11], [4, 12]])
    calendar, rest = split_calendar(days, days * np.array([[10.0], [300.0], [100.0]]))
    assert not rest.any()
    assert calendar.tolist() == [80, -4800, 800]


def test_no_shift_is_all_like_days():
    calendar, rest = split_calendar([[3, 3], [27, 27]], [[900.0, 600.0], [2700.0, 2700.0]])
    assert not calendar.any()
    assert rest.tolist() == [-300, 0]


def test_channels_are_split_apart_and_the_sum_has_an_interval():
    phases = [PhaseDays(phase="double11_peak", name=NOTHING, before=0, after=2)]
    phases.append(PhaseDays(phase="ordinary", name=NOTHING, before=30, after=28))
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        [
            (channel, now, phase, bucket, days * rng.gamma(2.0, size))
            for channel, size in (("jd", 5.0), ("tmall", 10.0))
            for bucket in range(50)
            for phase, now, days in (("double11_peak", True, 8), ("ordinary", True, 28), ("ordinary", False, 30))
        ],
        columns=["channel", "is_current", "phase", "bucket", "gmv"],
    )
    effect = measure_calendar(frame, phases)
    for place, channel in enumerate(effect.channels):
        part = frame[frame.channel == channel]
        peak = part.gmv[part.phase == "double11_peak"].sum()
        ordinary = part[part.phase == "ordinary"].groupby("is_current").gmv.sum() / [30, 28]
        assert effect.calendar[place].sum() == pytest.approx(peak - 2 * ordinary.mean())
        assert effect.low[place] < effect.calendar[place].sum() < effect.high[place]
    assert find_losses(effect) == {channel: -gmv for channel, gmv in effect.by_channel.items()}
    assert effect.total_low < effect.total < effect.total_high
    assert find_losses(None) == {}
