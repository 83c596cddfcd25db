"""Whether groups of customers come back at different speeds: log-rank tests, held to a stated error rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy.stats import chi2
from statsmodels.stats.multitest import multipletests

from diagnostics.model.wording import Text, word_number
from diagnostics.statistics.survival import Numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Control: TypeAlias = Literal["holm", "benjamini-hochberg"]
METHODS: dict[Control, str] = {"holm": "holm", "benjamini-hochberg": "fdr_bh"}
STATED: dict[Control, Text] = {
    "holm": Text(
        zh="{pairs} 组两两比较，P 值按 Holm 法校正（控制至少误判一次的概率）",
        en="{pairs} pairs compared, p values adjusted after Holm (chance of any false alarm)",
    ),
    "benjamini-hochberg": Text(
        zh="{pairs} 组两两比较，P 值按 Benjamini-Hochberg 法校正（控制误判所占比例）",
        en="{pairs} pairs compared, p values adjusted after Benjamini-Hochberg (share of false alarms)",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Durations:
    """A group's durations: how many ended on each day with the event and without it (as `fit_survival` takes them)."""

    days: ArrayLike
    events: ArrayLike
    censored: ArrayLike


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two groups compared: events of `one` per event expected if both were alike, and the p values."""

    one: str
    other: str
    ratio: float
    statistic: float
    p: float
    adjusted: float


@dataclass(frozen=True, kw_only=True)
class Differences:
    """All groups at once, each pair, groups too small to be compared, and the multiplicity control in words."""

    statistic: float
    p: float
    pairs: tuple[Difference, ...]
    left_out: tuple[str, ...]
    control: Text


def compare_cohorts(
    groups: Mapping[str, Durations], *, least: float = 30, control: Control = "holm"
) -> Differences | None:
    """Compare all groups of at least `least` customers; `None` if fewer than two are left, or nobody came back.

    Source: N. Mantel (1966), Cancer Chemotherapy Reports 50:163-170; S. Holm (1979), Scandinavian Journal of
    Statistics 6:65-70; Y. Benjamini and Y. Hochberg (1995), JRSS B 57:289-300.
    """
    arrays = {name: [np.asarray(part, dtype=np.float64) for part in _parts(own)] for name, own in groups.items()}
    kept = {name: parts for name, parts in arrays.items() if parts[1].sum() + parts[2].sum() >= least}
    tables = _line_up(list(kept.values()))
    if len(kept) <= 1 or not tables[0].any():
        return None
    whole = log_rank(*tables)
    names = list(kept)
    found = [(names[i], names[j], *_compare(tables, (i, j))) for i, j in combinations(range(len(names)), 2)]
    adjusted = multipletests([p for *_, p in found], method=METHODS[control])[1]
    return Differences(
        statistic=whole[0],
        p=whole[1],
        pairs=tuple(
            Difference(one=one, other=other, ratio=ratio, statistic=statistic, p=p, adjusted=float(own))
            for (one, other, ratio, statistic, p), own in zip(found, adjusted, strict=True)
        ),
        left_out=tuple(name for name in groups if name not in kept),
        control=STATED[control].fill(pairs=word_number(len(found))),
    )


def log_rank(events: Numbers, at_risk: Numbers) -> tuple[float, float]:
    """Chi-squared statistic and p value; both arrays have a row a group and a column a day."""
    all_events, all_risk = events.sum(axis=0), at_risk.sum(axis=0)
    share = at_risk / np.maximum(all_risk, 1)
    gap = (events - share * all_events).sum(axis=1)[:-1]
    spread = all_events * (all_risk - all_events) / np.maximum(all_risk - 1, 1)
    covariance = (np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T)[:-1, :-1]
    statistic = float(gap @ np.linalg.pinv(covariance, hermitian=True) @ gap)
    return statistic, float(chi2.sf(statistic, len(events) - 1))


def _compare(tables: tuple[Numbers, Numbers], pair: Sequence[int]) -> tuple[float, float, float]:
    events, at_risk = (table[list(pair)] for table in tables)
    expected = float((at_risk[0] / np.maximum(at_risk.sum(axis=0), 1) * events.sum(axis=0)).sum())
    ratio = float(events[0].sum()) / expected if expected else float("nan")
    return ratio, *log_rank(events, at_risk)


def _parts(own: Durations) -> tuple[ArrayLike, ArrayLike, ArrayLike]:
    return own.days, own.events, own.censored


def _line_up(groups: Sequence[Sequence[Numbers]]) -> tuple[Numbers, Numbers]:
    """Events and numbers at risk, a row a group, a column each distinct day."""
    days = np.unique(np.concatenate([own[0] for own in groups])) if groups else np.zeros(0)
    events, at_risk = np.zeros((len(groups), len(days))), np.zeros((len(groups), len(days)))
    for row, (own_days, ended, lost) in enumerate(groups):
        place = np.searchsorted(days, own_days)
        events[row] = np.bincount(place, ended, len(days))
        ending = np.bincount(place, ended + lost, len(days))
        at_risk[row] = np.cumsum(ending[::-1])[::-1]
    return events, at_risk
