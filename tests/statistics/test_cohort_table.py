from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.model.period import choose_horizon
from diagnostics.statistics.cohort_table import find_turn, split_halves, tabulate_ages
from diagnostics.statistics.proportions import newcombe_difference


def make_cohorts(first, returned, customers=100):
    months = pd.date_range(first, periods=len(returned), freq="MS")
    shares = [count / customers for count in returned]
    return pd.DataFrame({"cohort": months, "customers": customers, "returned": returned, "share": shares})


def test_halves_are_the_same_months_a_year_apart_where_there_are_enough():
    older, newer, season_matched = split_halves(make_cohorts("2023-04-01", range(10, 25)))
    assert season_matched
    assert older.months == (date(2023, 4, 1), date(2023, 5, 1), date(2023, 6, 1))
    assert newer.months == (date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1))
    assert (older.returned, newer.returned) == (10 + 11 + 12, 22 + 23 + 24)


@pytest.mark.parametrize("months", [24, 30, 33, 36, 60])
def test_in_a_long_history_the_last_year_is_set_against_the_year_before(months):
    returned = [40] * (months - 12) + [30] * 12
    older, newer, season_matched = split_halves(make_cohorts("2020-04-01", returned))
    assert season_matched
    assert len(newer.months) == 12
    assert not set(older.months) & set(newer.months)
    assert (older.share, newer.share) == (0.4, 0.3)
    assert (older.customers, newer.customers) == (1200, 1200)


def test_missing_months_bring_no_cohort_into_both_halves():
    cohorts = make_cohorts("2020-01-01", range(10, 46)).drop(index=[20, 21, 27, 33])
    older, newer, _ = split_halves(cohorts)
    assert newer.months == tuple(date(2022, month, 1) for month in (1, 2, 3, 5, 6, 7, 8, 11, 12))
    assert older.months == tuple(month.replace(year=2021) for month in newer.months)


def test_the_interval_of_a_long_history_holds_nineteen_in_twenty():
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(300):
        older, newer, _ = split_halves(make_cohorts("2022-04-01", rng.binomial(300, 0.3, 33), customers=300))
        low, high = newcombe_difference(older.returned, older.customers, newer.returned, newer.customers)
        held += low <= 0 <= high
    assert 0.92 < held / 300 < 0.98


def test_a_short_history_is_cut_in_two_and_the_middle_left_out():
    older, newer, season_matched = split_halves(make_cohorts("2024-01-01", [40, 40, 30, 20, 20]))
    assert not season_matched
    assert (older.share, newer.share) == (0.4, 0.2)


def test_one_cohort_can_not_be_compared():
    assert split_halves(make_cohorts("2024-01-01", [40])) is None


def test_the_turn_is_the_first_month_of_the_last_low_run():
    shares = make_cohorts("2024-01-01", [40, 15, 40, 40, 20, 18, 22, 20])
    older, newer, _ = split_halves(shares)
    assert find_turn(shares, older, newer) == date(2024, 5, 1)


def test_unobserved_ages_are_empty_and_the_running_month_is_marked():
    horizon = choose_horizon(date(2024, 1, 1), date(2024, 6, 10))
    active = pd.DataFrame(
        [("2024-01-01", 0, 50), ("2024-03-01", 0, 40), ("2024-03-01", 1, 10), ("2024-03-01", 3, 4)],
        columns=["cohort", "age", "customers"],
    ).assign(cohort=lambda frame: pd.to_datetime(frame.cohort))
    rows = tabulate_ages(active, horizon, date(2024, 2, 1), ages=4, most_rows=12)
    assert rows.kind.tolist() == ["older", "month"]
    row = rows.iloc[1]
    assert [row.age_1, row.age_2, row.age_3] == [0.25, 0.0, 0.1]
    assert np.isnan(row.age_4)
    assert row.partial == 3


def test_many_months_are_pooled_by_quarter_and_only_where_all_were_observed():
    horizon = choose_horizon(date(2024, 1, 1), date(2024, 12, 31))
    months = pd.date_range("2024-01-01", periods=12, freq="MS")
    rows = [(month, 0, 10) for month in months] + [(month, 1, 5) for month in months[:-1]]
    active = pd.DataFrame(rows, columns=["cohort", "age", "customers"])
    pooled = tabulate_ages(active, horizon, date(2024, 1, 1), ages=2, most_rows=6)
    assert pooled.kind.tolist() == ["quarter"] * 4
    assert pooled.customers.tolist() == [30.0] * 4
    assert pooled.age_1.tolist()[:3] == [0.5] * 3
    assert np.isnan(pooled.age_1.tolist()[3])
    assert pooled.partial.isna().all()
