"""Where goals that orders can measure will stand at their deadline, at the pace of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.checks.goals._goal_figures import MEASURED, Goal
from diagnostics.metrics.goal_values import CUSTOMER_SUMS, LINE_SUMS
from diagnostics.model.period import MONTHS_A_YEAR, add_months
from diagnostics.statistics.goal_pace import Numbers, Pace, project_amount, project_ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd

    from diagnostics.model.period import Horizon

DAYS_A_YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One goal that orders can measure, and its pace."""

    goal: Goal
    metric: str
    target: float
    deadline: date
    pace: Pace

    @property
    def gap(self) -> float:
        """How far the target is missed, as a share of it; below 0 if it is passed."""
        short = self.target - self.pace.then
        return (-short if self.goal.falls else short) / abs(self.target) if self.target else 0.0

    @property
    def least_gap(self) -> float:
        """The gap at the end of the interval that lies next to the target."""
        near = self.pace.low if self.goal.falls else self.pace.high
        return (
            (near - self.target if self.goal.falls else self.target - near) / abs(self.target) if self.target else 0.0
        )


def track_goals(
    goals: Sequence[Goal], lines: pd.DataFrame, customers: pd.DataFrame, horizon: Horizon
) -> tuple[Tracked, ...]:
    """The goals that orders can measure, with target and day, each carried forward to its deadline."""
    sums = _arrange(lines, LINE_SUMS) | _arrange(customers, CUSTOMER_SUMS)
    tracked = []
    for goal in goals:
        if goal.metric in MEASURED and goal.target is not None and goal.deadline is not None:
            pace = _project(goal.metric, goal.deadline, sums, horizon)
            if pace is not None:
                tracked.append(
                    Tracked(goal=goal, metric=goal.metric, target=goal.target, deadline=goal.deadline, pace=pace)
                )
    return tuple(tracked)


def _project(metric: str, deadline: date, sums: Mapping[str, Numbers], horizon: Horizon) -> Pace | None:
    figure = MEASURED[metric]
    years = max((deadline - horizon.current.end).days / DAYS_A_YEAR, 0.0)
    # A change over less than a year is season as much as pace.
    before = horizon.previous
    has_before = before is not None and before.start == add_months(horizon.current.start, -MONTHS_A_YEAR)
    n = int(sums["orders"][:, 1].sum())
    if not figure.lower:
        return project_amount(sums[figure.upper], years, has_before=has_before, yearly=horizon.yearly, n=n)
    lower = sums[figure.lower]
    upper = lower - sums[figure.upper] if figure.inverted else sums[figure.upper]
    return project_ratio(upper, lower, years, has_before=has_before, is_share=figure.unit == "share", n=n)


def _arrange(frame: pd.DataFrame, columns: tuple[str, ...]) -> dict[str, Numbers]:
    """Each column as (buckets, period: previous, current)."""
    buckets, bucket = np.unique(frame.bucket, return_inverse=True)
    side = frame.is_current.astype(int).to_numpy()
    found = {}
    for column in columns:
        sums = np.zeros((max(len(buckets), 2), 2))
        np.add.at(sums, (bucket, side), frame[column].fillna(0).to_numpy(dtype=float))
        found[column] = sums
    return found
