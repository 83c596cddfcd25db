import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import survdiff
from statsmodels.stats.multitest import multipletests

from diagnostics.statistics.cohort_differences import Durations, compare_cohorts

# Everybody is at risk at an event on day 1, so that statsmodels can invert its matrix.
group = st.lists(st.tuples(st.integers(1, 12), st.booleans()), max_size=20).map(
    lambda rows: [(1, True), *rows, (13, False)]
)


def gather(rows):
    days, events = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    return Durations(days=days, events=events, censored=1 - events)


@settings(max_examples=25, deadline=None)
@given(st.lists(group, min_size=2, max_size=4))
def test_the_test_of_all_groups_equals_statsmodels(groups):
    found = compare_cohorts({str(place): gather(own) for place, own in enumerate(groups)}, least=1)
    days, events = zip(*[row for own in groups for row in own], strict=True)
    labels = np.repeat(np.arange(len(groups)), [len(own) for own in groups])
    statistic, p = survdiff(np.array(days, float), np.array(events, float), labels)
    assert found.statistic == pytest.approx(statistic, rel=1e-6, abs=1e-9)
    assert found.p == pytest.approx(p, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("control", "method"), [("holm", "holm"), ("benjamini-hochberg", "fdr_bh")])
def test_pairs_are_adjusted_and_the_method_is_stated(control, method):
    rng = np.random.default_rng(1)
    scales = {"A": 20, "B": 20, "C": 45}
    waits = {name: rng.exponential(scale, 300) for name, scale in scales.items()}
    groups = {
        name: Durations(days=np.ceil(np.minimum(own, 60)), events=own <= 60, censored=own > 60)
        for name, own in waits.items()
    }
    groups["few"] = Durations(days=[5], events=[3], censored=[0])
    found = compare_cohorts(groups, control=control)
    assert found.left_out == ("few",)
    assert [(pair.one, pair.other) for pair in found.pairs] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert [pair.adjusted for pair in found.pairs] == pytest.approx(
        multipletests([pair.p for pair in found.pairs], method=method)[1]
    )
    assert found.pairs[0].adjusted > 0.05 > found.pairs[1].adjusted
    assert found.pairs[1].ratio > 1
    assert "3" in found.control.zh


def test_one_group_or_no_event_is_not_compared():
    quiet = Durations(days=[9], events=[0], censored=[50])
    assert compare_cohorts({"A": quiet, "B": quiet}) is None
    assert compare_cohorts({"A": Durations(days=[9], events=[40], censored=[50])}) is None
    assert compare_cohorts({}) is None
