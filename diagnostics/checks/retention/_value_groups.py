"""Today's customers by channel of the first purchase: what each group earns, and what it is worth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.costing import WELL_COSTED, Costing, read_costing
from diagnostics.checks.standing import OLDER
from diagnostics.statistics.repeat_buying.misses import LEAST_EXPECTED, look_back, measure_misses
from diagnostics.statistics.repeat_buying.rolling import ALL, Base, Cut
from diagnostics.statistics.repeat_buying.totals import Tally, Weighed, foretell

if TYPE_CHECKING:
    from collections.abc import Sequence


def regroup(cut: Cut) -> Cut:
    """Newer customers go by the channel of their first purchase; that of older ones is not known."""

    def name(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(group=frame.channel.where(frame.group != OLDER, OLDER))

    return replace(cut, rows=name(cut.rows), spending=None if cut.spending is None else name(cut.spending))


def find_margins(frame: pd.DataFrame, bases: Sequence[Base], costing: Costing) -> dict[str, float]:
    """The margin of each base's customers, that of all where little of theirs has a cost; empty without costs."""
    if costing.share < WELL_COSTED:
        return {}
    group = frame.channel.where(frame.group != OLDER, OLDER)
    names = [base.name for base in bases]
    group = group.where(group.isin(names), ALL)
    whole = _find_margin(costing)
    found = {name: read_costing(frame[group == name]) for name in names}
    return {name: _find_margin(own) if own.share >= WELL_COSTED else whole for name, own in found.items()}


def _find_margin(costing: Costing) -> float:
    known = costing.net - costing.uncosted
    return costing.earned / known if known > 0 else 0.0


def value_groups(
    now: Sequence[Weighed], past: Sequence[Sequence[Weighed]], independent: float
) -> dict[str, tuple[Tally, ...]]:
    """The whole, by channel group and by cohort; each with the misfit of its own misses before."""

    def tally(column: str | None) -> tuple[Tally, ...]:
        misses = look_back(past, column) or look_back(past)
        return foretell(now, column, misfit=measure_misses(misses, independent=independent))

    return {"total": tally(None), "channels": tally("group"), "cohorts": tally("label")}


def list_groups(tallies: Sequence[Tally]) -> pd.DataFrame:
    """A row a tally: totals, and each a customer; of too few purchases only the mean can be told."""
    rows = []
    for tally in tallies:
        told = tally.forecast
        ends = (told.low, told.high) if tally.purchases >= LEAST_EXPECTED else (np.nan, np.nan)
        whole = dict(zip(("mean", "low", "high"), (told.mean, *ends), strict=True))
        each = {f"{name}_each": amount / tally.customers for name, amount in whole.items()}
        rows.append({"label": tally.segment, "customers": tally.customers, **whole, **each})
    return pd.DataFrame(rows)
