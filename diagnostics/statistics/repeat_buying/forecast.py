"""What a group of customers will buy in all, with an interval for both kinds of doubt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import gammaincinv, ndtri, stdtrit
from scipy.stats.qmc import Sobol

from diagnostics.statistics.repeat_buying.estimate import Fit
from diagnostics.statistics.repeat_buying.flags import RIDGE_ERROR
from diagnostics.statistics.repeat_buying.histories import Histories, Numbers, pick_rows, thin_rows
from diagnostics.statistics.repeat_buying.likelihood import Layout, lay_out
from diagnostics.statistics.repeat_buying.model import Model
from diagnostics.statistics.repeat_buying.predict import discount_purchases, expect_purchases, vary_purchases

# A power of two, as Sobol points want it; quasi-random points make so few do for an 80 % interval.
DRAWS = 64
# So many customers, evenly spaced through the sorted histories, stand for all where only spread is asked for.
SAMPLE = 2_000
SEED = 20_260_831
# Points at which the three kinds of doubt are mixed; evenly spread over the cube, so that so few give three digits.
POINTS = 4_096


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """A group's total: its mean, the interval of the total that will be seen, and both parts of its spread.

    `parameter_error` is the standard error of the mean from the fit, `process_error` the spread that would remain if
    the parameters were known: what single customers do by chance. `model_error` is what rolling holdouts showed the
    model to miss beyond both, 0 if that was not measured.
    """

    mean: float
    low: float
    high: float
    confidence: float
    parameter_error: float
    process_error: float
    model_error: float = 0.0

    @property
    def error(self) -> float:
        """Standard error of the total, of both kinds."""
        return float(np.hypot(np.hypot(self.parameter_error, self.process_error), self.model_error))


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """A model's own relative error of totals, as found on so many holdouts (as many independent ones)."""

    size: float
    cuts: float


FITS_WELL = Misfit(size=0.0, cuts=1.0)


def forecast_purchases(
    model: Model,
    fit: Fit,
    histories: Histories,
    ahead: float,
    *,
    rate: float = 0.0,
    confidence: float = 0.8,
    misfit: Misfit = FITS_WELL,
) -> Forecast:
    """(Discounted) purchases of all these customers together within the time `ahead`.

    Parameters are drawn from the fit's covariance on the log scale. Season, campaigns and a market that changes are
    outside the model: without `misfit` (see `measure_misfit`) the interval is the least that must be allowed for.
    """
    sample = lay_out(pick_rows(histories, *thin_rows(histories.counts, SAMPLE)))

    def total(parameters: Numbers, rows: Layout) -> float:
        if rate == 0:
            means = expect_purchases(model, parameters, rows, ahead)
        else:
            means = discount_purchases(model, parameters, rows, ahead=ahead, rate=rate)
        return float(rows.histories.counts @ means)

    mean = total(fit.parameters, lay_out(histories))
    drawn = np.array([total(parameters, sample) for parameters in draw_parameters(fit)])
    variance = float(sample.histories.counts @ vary_purchases(model, fit.parameters, sample, ahead, rate))
    return combine(
        mean, drawn / max(total(fit.parameters, sample), 1e-300), variance, confidence=confidence, misfit=misfit
    )


def draw_parameters(fit: Fit, *, draws: int = DRAWS, seed: int = SEED) -> Numbers:
    """Parameters as they might be, one row a draw (a power of two of them), the same for the same seed.

    Along a ridge the normal approximation holds for a step or so only: no direction is wider than `RIDGE_ERROR`.
    """
    sizes, ways = np.linalg.eigh(fit.log_covariance)
    spread = np.minimum(np.sqrt(np.maximum(sizes, 0.0)), RIDGE_ERROR)
    points = ndtri(Sobol(len(fit.parameters), rng=np.random.default_rng(seed)).random(draws))
    # Antithetic halves keep the mean where it is.
    both = np.concatenate([points[: draws // 2], -points[: draws // 2]])
    return np.asarray(fit.parameters * np.exp((both * spread) @ ways.T), dtype=np.float64)


def combine(
    mean: float, ratios: Numbers, variance: float, *, confidence: float, misfit: Misfit = FITS_WELL
) -> Forecast:
    """Mix the doubt on the mean (its ratios by draw), the model's misfit and the variance of the process.

    The process is taken as gamma distributed, the misfit as log-t with a degree of freedom a holdout.
    """
    if mean <= 0:
        return Forecast(mean=0.0, low=0.0, high=0.0, confidence=confidence, parameter_error=0.0, process_error=0.0)
    ratios = ratios[np.isfinite(ratios) & (ratios > 0)]
    centred = mean * ratios / ratios.mean()
    draw, miss, process = _spread_points()
    means = centred[(draw * len(centred)).astype(np.int64)] * np.exp(misfit.size * stdtrit(misfit.cuts, miss))
    dispersion = variance / mean
    mixed = gammaincinv(means / dispersion, process) * dispersion if dispersion > 0 else means
    low, high = np.quantile(mixed, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Forecast(
        mean=mean,
        low=float(low),
        high=float(high),
        confidence=confidence,
        parameter_error=float(centred.std()),
        process_error=float(np.sqrt(variance)),
        model_error=mean * misfit.size,
    )


@cache
def _spread_points() -> tuple[Numbers, Numbers, Numbers]:
    """Quantiles of draw, misfit and process; the same at every call."""
    points = Sobol(3, rng=np.random.default_rng(SEED)).random(POINTS)
    draw, miss, process = np.clip(points, 0.5 / POINTS, 1 - 0.5 / POINTS).T
    return draw, miss, process
