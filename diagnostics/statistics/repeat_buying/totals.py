"""What groups of customers will do in all, by a yardstick, with ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from diagnostics.statistics.repeat_buying.customer_value import Purses
from diagnostics.statistics.repeat_buying.forecast import FITS_WELL, Forecast, Misfit, combine, draw_parameters
from diagnostics.statistics.repeat_buying.histories import Numbers, Places, pick_rows, thin_rows
from diagnostics.statistics.repeat_buying.likelihood import lay_out
from diagnostics.statistics.repeat_buying.rolling import Base, Stand
from diagnostics.statistics.repeat_buying.yardsticks import PURCHASES, Scene, Yardstick

# So many rows, every n-th customer's, stand for all where only a ratio by draw, or the spread, is asked for.
SAMPLE, FEW = 1_000, 250
SPEND_SEED = 1_000


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The forecast of one segment, with its number of customers and the purchases expected of them."""

    segment: str
    customers: float
    purchases: float
    forecast: Forecast


def foretell(
    bases: Sequence[Base],
    yardstick: Yardstick,
    ahead: float,
    column: str | None = None,
    *,
    misfit: Misfit = FITS_WELL,
    confidence: float = 0.8,
) -> tuple[Tally, ...]:
    """The totals of today's customers within `ahead` days: one of all, or one a value of a column of the rows."""
    sums: dict[str, list[Sum]] = {}
    for seed, base in enumerate(bases):
        for segment, own in sum_up(base.now, yardstick, ahead, column, seed=seed).items():
            sums.setdefault(segment, []).append(own)
    return tuple(
        Tally(
            segment=segment,
            customers=sum(own.customers for own in parts),
            purchases=sum(own.purchases for own in parts),
            forecast=_join(parts, misfit, confidence),
        )
        for segment, parts in sorted(sums.items())
    )


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A segment of one stand: `ratios` are its means by draw of the parameters, over the mean."""

    customers: float
    mean: float
    purchases: float
    variance: float
    came: float
    ratios: Numbers


def sum_up(
    stand: Stand, yardstick: Yardstick, ahead: float, column: str | None, *, seed: int | None = None
) -> dict[str, Sum]:
    """The sums of each segment of a stand (`""` is all of it); without a `seed` no parameters are drawn."""
    labels = np.zeros(len(stand.rows)).astype(str) if column is None else stand.rows[column].astype(str).to_numpy()
    names, code = np.unique(labels, return_inverse=True)
    paid = stand.spend.parameters if stand.spend is not None else np.ones(1)
    scene = Scene(
        stand=stand,
        purses=(purses := stand.purses),
        layout=lay_out(purses.histories),
        own=stand.fit.parameters,
        spend=paid,
        ahead=ahead,
    )
    thin, kept = _thin(scene, SAMPLE)
    counts, weights, place = purses.histories.counts, thin.purses.histories.counts, code[kept]

    def add(values: Numbers, places: Places) -> Numbers:
        return np.bincount(places, values, len(names)).astype(np.float64)

    mean = add(counts * yardstick.expect(scene), code)
    middle = add(weights * yardstick.swift(thin), place)
    drawn = [
        add(weights * yardstick.swift(replace(thin, own=own, spend=spend)), place) for own, spend in _draw(stand, seed)
    ]
    bought = add(counts * PURCHASES.expect(scene), code)
    came, dispersion = add(yardstick.count(stand.rows), code), _disperse(scene, yardstick)
    return {
        "" if column is None else str(name): Sum(
            customers=float(counts[code == at].sum()),
            mean=float(mean[at]),
            purchases=float(bought[at]),
            variance=float(mean[at]) * dispersion,
            came=float(came[at]),
            ratios=np.array([_divide(own, middle)[at] for own in drawn]),
        )
        for at, name in enumerate(names)
    }


def _thin(scene: Scene, most: int) -> tuple[Scene, Places]:
    """Rows that stand for all, and which they are."""
    purses = scene.purses
    kept, weights = thin_rows(purses.histories.counts, most)
    histories = pick_rows(purses.histories, kept, weights)
    sample = Purses(histories=histories, spend=purses.spend[kept], square=purses.square[kept])
    return replace(scene, purses=sample, layout=lay_out(histories)), kept


def _disperse(scene: Scene, yardstick: Yardstick) -> float:
    """Variance over mean, of all of the stand: that of its segments differs too little to be worth the integrals."""
    few, _ = _thin(scene, FEW)
    counts = few.purses.histories.counts
    mean = float(counts @ yardstick.swift(few))
    return float(counts @ yardstick.vary(few)) / mean if mean > 0 else 0.0


def _draw(stand: Stand, seed: int | None) -> list[tuple[Numbers, Numbers]]:
    if seed is None:
        return []
    draws = draw_parameters(stand.fit, seed=seed)
    spends = draw_parameters(stand.spend, seed=seed + SPEND_SEED) if stand.spend else np.ones((len(draws), 1))
    return list(zip(draws, spends, strict=True))


def _divide(part: Numbers, whole: Numbers) -> Numbers:
    """By segment; a segment that the sample missed gets the ratio of all."""
    ratio = part.sum() / max(whole.sum(), 1e-300)
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), ratio)


def _join(parts: Sequence[Sum], misfit: Misfit, confidence: float) -> Forecast:
    mean = sum(part.mean for part in parts)
    ratios = sum((part.mean * part.ratios for part in parts), start=np.zeros_like(parts[0].ratios))
    variance = sum(part.variance for part in parts)
    return combine(mean, ratios / max(mean, 1e-300), variance, confidence=confidence, misfit=misfit)
