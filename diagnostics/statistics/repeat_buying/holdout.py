"""How well a model foretells what customers did after a cut, by several measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.statistics.repeat_buying.estimate import Fit
from diagnostics.statistics.repeat_buying.forecast import FITS_WELL, Misfit
from diagnostics.statistics.repeat_buying.histories import Histories, Numbers, compress
from diagnostics.statistics.repeat_buying.model import Model, fit_model
from diagnostics.statistics.repeat_buying.predict import chance_of, expect_purchases

# A chance below this counts as this: one impossible customer must not decide everything.
LEAST_CHANCE = 1e-12


@dataclass(frozen=True, kw_only=True)
class Holdout:
    """Customers as they stood at a cut, and what they bought within the time `ahead` after it.

    A row is all customers with equal history and equal `bought`; rows may share a history.
    """

    cut: str
    histories: Histories
    bought: Numbers
    ahead: float

    @property
    def actual(self) -> float:
        """All purchases after the cut."""
        return float(self.histories.counts @ self.bought)


@dataclass(frozen=True, kw_only=True)
class Score:
    """A model on one holdout.

    `total_error` is predicted over actual purchases minus 1, NaN if there were none; `absolute_error` the mean
    absolute error of a customer's purchases; `log_score` the mean logarithm of the chance given to what happened
    (higher is better). `total_noise` is the relative sampling error of the actual total. `by_row` are log scores.
    """

    model: str
    cut: str
    fit: Fit
    predicted: float
    actual: float
    total_error: float
    total_noise: float
    absolute_error: float
    log_score: float
    by_row: Numbers


def score_model(model: Model, holdout: Holdout, *, start: Numbers | None = None) -> Score | None:
    """Fit up to the cut (from parameters to `start` from) and compare with what followed; `None` without a fit."""
    rows, counts = holdout.histories, holdout.histories.counts
    fit = fit_model(model, compress(rows.repeats, rows.last, rows.age, counts), start=start)
    if fit is None:
        return None
    expected = expect_purchases(model, fit.parameters, rows, holdout.ahead)
    chances = chance_of(model, fit.parameters, rows, holdout.ahead, holdout.bought)
    by_row = np.log(np.maximum(chances, LEAST_CHANCE))
    predicted, actual = float(counts @ expected), holdout.actual
    noise = float(np.sqrt(counts @ (holdout.bought - expected) ** 2))
    return Score(
        model=model.name,
        cut=holdout.cut,
        fit=fit,
        predicted=predicted,
        actual=actual,
        total_error=predicted / actual - 1 if actual else float("nan"),
        total_noise=noise / actual if actual else float("inf"),
        absolute_error=float(counts @ np.abs(holdout.bought - expected)) / rows.customers,
        log_score=float(counts @ by_row) / rows.customers,
        by_row=by_row,
    )


def measure_misfit(scores: Sequence[Score]) -> Misfit:
    """How far one model's totals missed on several holdouts, beyond the sampling error of the actual totals."""
    missed = [
        max(float(np.log(score.predicted / score.actual)) ** 2 - score.total_noise**2, 0.0)
        for score in scores
        if score.actual and score.predicted
    ]
    return Misfit(size=float(np.sqrt(np.mean(missed))), cuts=len(missed)) if missed else FITS_WELL
