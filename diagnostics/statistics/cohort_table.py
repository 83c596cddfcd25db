"""Cohorts of customers as a table of shares by age, and the newer cohorts against the older ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.model.period import MONTHS_A_YEAR, add_months

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from diagnostics.model.period import Horizon

# With fewer months that also exist a year before, the halves are not matched by season.
LEAST_PAIRS = 3


@dataclass(frozen=True, kw_only=True)
class Half:
    """Some cohorts together: their months, how many customers, and how many of those bought again."""

    months: tuple[date, ...]
    customers: int
    returned: int

    @property
    def share(self) -> float:
        """Who bought again."""
        return self.returned / self.customers


def split_halves(whole: pd.DataFrame) -> tuple[Half, Half, bool] | None:
    """Older and newer cohorts, and whether they are the same calendar months a year apart; `None` if too few.

    `whole` has a row a monthly cohort: cohort (datetime64), customers, returned. No cohort is in both: the newer ones
    are those of the last year that have a twin a year before, so what lies further back is in neither.
    """
    months = [stamp.date() for stamp in whole.cohort]
    twinned = [month for month in months if add_months(month, -MONTHS_A_YEAR) in months]
    newer = [month for month in twinned if month > add_months(max(twinned), -MONTHS_A_YEAR)]
    older = [add_months(month, -MONTHS_A_YEAR) for month in newer]
    season_matched = len(newer) >= LEAST_PAIRS
    if not season_matched:
        half = len(months) // 2
        older, newer = months[:half], months[len(months) - half :]
    return (_pool(whole, older), _pool(whole, newer), season_matched) if newer else None


def _pool(whole: pd.DataFrame, months: Sequence[date]) -> Half:
    rows = whole[whole.cohort.isin(pd.to_datetime(list(months)))]
    return Half(months=tuple(months), customers=int(rows.customers.sum()), returned=int(rows.returned.sum()))


def find_turn(shares: pd.DataFrame, older: Half, newer: Half) -> date:
    """The first month of the unbroken run, up to the newest, that lies nearer to the newer share than to the older.

    `shares` has a row a monthly cohort: cohort (datetime64), share.
    """
    middle = (older.share + newer.share) / 2
    turn = newer.months[-1]
    for stamp, share in zip(shares.cohort[::-1], shares.share[::-1], strict=True):
        if share >= middle:
            break
        turn = stamp.date()
    return turn


def tabulate_ages(active: pd.DataFrame, horizon: Horizon, since: date, *, ages: int, most_rows: int) -> pd.DataFrame:
    """One row a cohort: start, kind, customers, age_1 to age_n (shares), partial (the age that is not complete).

    `active` has cohort, age and customers. `kind` is `older` for the one row of the cohorts before `since`, else
    `month`, or `quarter` if there are more than `most_rows` months. A share is NaN where not the whole row was
    observed at that age.
    """
    counts = active.pivot_table(index="cohort", columns="age", values="customers", fill_value=0).sort_index()
    index = pd.DatetimeIndex(counts.index)
    new = index[index >= pd.Timestamp(since)]
    kind = "quarter" if len(new) > most_rows else "month"
    keys = new.to_period("Q" if kind == "quarter" else "M").start_time
    groups = [(key, kind, new[keys == key]) for key in keys.unique()]
    old = index.difference(new)
    listed = [(old[0], "older", old), *groups] if len(old) else groups
    rows = [{"start": key, "kind": name, **_share(counts, own, horizon, ages)} for key, name, own in listed]
    return pd.DataFrame(rows)


def _share(counts: pd.DataFrame, months: pd.DatetimeIndex, horizon: Horizon, ages: int) -> dict[str, float]:
    size = float(counts.loc[months, 0].sum())
    last = horizon.as_of - timedelta(days=1)
    row = {"customers": size, "partial": np.nan}
    for age in range(1, ages + 1):
        month = add_months(months.max().date(), age)
        seen = float(counts.loc[months, age].sum()) if age in counts.columns else 0.0
        row[f"age_{age}"] = seen / size if month <= last else np.nan
        if horizon.current.end <= month <= last:
            row["partial"] = float(age)
    return row
