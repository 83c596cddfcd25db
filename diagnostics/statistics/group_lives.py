"""Whether a group is dead, which of an owner's groups certainly are, and owners who lose more than others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import binomtest, false_discovery_control

if TYPE_CHECKING:
    from collections.abc import Hashable

LEAST_DAYS_TOLD = 0.7


def mark_states(groups: pd.DataFrame, window: int) -> pd.DataFrame:
    """Groups with `state` (`alive`, `dead`, `young`, `untold`), `chance` and `adjusted`.

    Dead: no customer spoke in the window, though its days are told; where an export has no row for a silent day (no
    quiet row at all), the days without a row count as silent. Young: created within the window. `chance` is how
    likely a group that speaks as often as it did before would be silent all window by chance, `adjusted` the same
    for as many groups as are judged (Benjamini and Hochberg); 1 for those alive, NaN for those not judged.
    """
    has_quiet_rows = bool(groups.quiet.sum() > 0)
    told = (groups.rows_now >= LEAST_DAYS_TOLD * window) | (not has_quiet_rows)
    silent = groups.last_talk.isna() | (groups.last_talk >= window)
    created = groups.get("created", pd.Series(np.nan, index=groups.index)).astype(float)
    young = (created < window) | (groups.first_row < window)
    spans = groups.first_row - window + 1
    days = groups.rows_before if has_quiet_rows else spans.clip(lower=0)
    rate = (groups.talks_before + 1) / (days + 2)
    states = np.select([~told, young, silent], ["untold", "young", "dead"], "alive")
    chance = (1 - rate.clip(upper=1)) ** window
    adjusted = np.full(len(groups), np.nan)
    judged = np.isin(states, ["alive", "dead"])
    if judged.any():
        adjusted[judged] = false_discovery_control(np.where(states == "dead", chance, 1.0)[judged])
    return groups.assign(state=states, chance=chance, adjusted=adjusted)


def compare_owners(groups: pd.DataFrame) -> pd.DataFrame:
    """Owners of two judged groups or more: groups, dead, members, and the adjusted p against all others' groups.

    Binomial, one-sided, against the share of dead among the groups of all others (one added to each count);
    adjusted by Benjamini and Hochberg.
    """
    judged = groups[groups.state.isin(["alive", "dead"])].dropna(subset=["owner"])
    dead = judged.assign(dead=judged.state == "dead")
    owners = dead.groupby("owner").agg(groups=("unit", "count"), dead=("dead", "sum"), members=("members", "sum"))
    owners = owners[owners.groups >= 2]  # noqa: PLR2004 - one group says nothing of its owner
    if owners.empty:
        return owners.reset_index().assign(adjusted=[])
    others = [(dead.dead.sum() - row["dead"] + 1, len(dead) - row["groups"] + 2) for row in owners.to_dict("records")]
    counts: list[dict[Hashable, int]] = owners.to_dict("records")
    p = [
        binomtest(int(row["dead"]), int(row["groups"]), float(k / n), alternative="greater").pvalue
        for row, (k, n) in zip(counts, others, strict=True)
    ]
    return (
        owners.assign(adjusted=false_discovery_control(p))
        .reset_index()
        .sort_values(["adjusted", "dead", "owner"], ascending=[True, False, True], ignore_index=True)
    )


def bound_dead(owners: pd.DataFrame, window: int) -> pd.DataFrame:
    """Owners with `dead_least`, how many groups certainly had no message in the window, and `dead_most`.

    Statistics by owner tell only how many groups had a message on each day: at most the sum over the days and at
    least the largest day were active. NaN where under 70 % of the days are told.
    """
    told = owners.days >= LEAST_DAYS_TOLD * window
    active_most = np.minimum(owners.active_sum, owners.groups)
    return owners.assign(
        dead_least=(owners.groups - active_most).where(told), dead_most=(owners.groups - owners.active_most).where(told)
    )
