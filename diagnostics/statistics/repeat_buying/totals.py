"""What groups of customers will do in all, by a yardstick, with ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from diagnostics.statistics.repeat_buying.customer_value import Purses
from diagnostics.statistics.repeat_buying.forecast import FITS_WELL, Forecast, Misfit, combine, draw_parameters
from diagnostics.statistics.repeat_buying.gamma_gamma import thin_spend
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


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """One stand by a yardstick, row by row, for sums over any column of its rows.

    `means`, `purchases` and `came` are those of all customers of a row. `kept` are rows that stand for all, `middle`
    their means, `drawn` the same by draw of the parameters; `dispersion` is variance over mean.
    """

    stand: Stand
    means: Numbers
    purchases: Numbers
    came: Numbers
    dispersion: float
    kept: Places
    middle: Numbers
    drawn: tuple[Numbers, ...]


def weigh_now(bases: Sequence[Base], yardstick: Yardstick, ahead: float) -> tuple[Weighed, ...]:
    """Today's customers within `ahead` days, with parameters drawn for the ranges."""
    return tuple(weigh(base.now, yardstick, ahead, seed=seed) for seed, base in enumerate(bases))


def weigh_past(bases: Sequence[Base], yardstick: Yardstick) -> tuple[tuple[Weighed, ...], ...]:
    """The customers of each earlier cut, all bases of a cut together."""
    cuts = len(bases[0].past) if bases else 0
    return tuple(
        tuple(weigh(stand, yardstick, stand.cut.ahead) for stand in (base.past[place] for base in bases))
        for place in range(cuts)
    )


def weigh(stand: Stand, yardstick: Yardstick, ahead: float, *, seed: int | None = None) -> Weighed:
    """A stand by a yardstick; without a `seed` no parameters are drawn."""
    scene = Scene(
        stand=stand,
        purses=(purses := stand.purses),
        layout=lay_out(purses.histories),
        own=stand.fit.parameters,
        spend=thin_spend(stand.spend.parameters, stand.kept) if stand.spend is not None else np.ones(1),
        ahead=ahead,
    )
    thin, kept = _thin(scene, SAMPLE)
    counts, weights = purses.histories.counts, thin.purses.histories.counts
    means = counts * yardstick.expect(scene)
    return Weighed(
        stand=stand,
        means=means,
        purchases=means if yardstick is PURCHASES else counts * PURCHASES.expect(scene),
        came=yardstick.count(stand.rows),
        dispersion=_disperse(scene, yardstick),
        kept=kept,
        middle=weights * yardstick.swift(thin),
        drawn=tuple(
            weights * yardstick.swift(replace(thin, own=own, spend=spend)) for own, spend in _draw(stand, seed)
        ),
    )


def foretell(
    weighed: Sequence[Weighed],
    column: str | None = None,
    *,
    misfit: Misfit = FITS_WELL,
    factor: float = 1.0,
    confidence: float = 0.8,
) -> tuple[Tally, ...]:
    """The totals, each times a `factor`: one of all customers, or one a value of a column of the rows."""
    sums: dict[str, list[Sum]] = {}
    for one in weighed:
        for segment, own in sum_up(one, column).items():
            sums.setdefault(segment, []).append(own)
    return tuple(
        Tally(
            segment=segment,
            customers=sum(own.customers for own in parts),
            purchases=sum(own.purchases for own in parts),
            forecast=_join(parts, misfit, factor, confidence),
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


def sum_up(weighed: Weighed, column: str | None) -> dict[str, Sum]:
    """The sums of each segment of a stand (`""` is all of it)."""
    rows = weighed.stand.rows
    labels = np.zeros(len(rows)).astype(str) if column is None else rows[column].astype(str).to_numpy()
    names, code = np.unique(labels, return_inverse=True)
    place = code[weighed.kept]

    def add(values: Numbers, places: Places) -> Numbers:
        return np.bincount(places, values, len(names)).astype(np.float64)

    mean, bought, came = (add(values, code) for values in (weighed.means, weighed.purchases, weighed.came))
    customers, middle = add(rows.customers.to_numpy(dtype=np.float64), code), add(weighed.middle, place)
    ratios = np.array([_divide(add(own, place), middle) for own in weighed.drawn]).reshape(-1, len(names))
    return {
        "" if column is None else str(name): Sum(
            customers=float(customers[at]),
            mean=float(mean[at]),
            purchases=float(bought[at]),
            variance=float(mean[at]) * weighed.dispersion,
            came=float(came[at]),
            ratios=ratios[:, at],
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
    if stand.spend is None:
        return [(own, np.ones(1)) for own in draws]
    spends, kept = draw_parameters(stand.spend, seed=seed + SPEND_SEED), stand.kept
    return [(own, thin_spend(spend, kept)) for own, spend in zip(draws, spends, strict=True)]


def _divide(part: Numbers, whole: Numbers) -> Numbers:
    """By segment; a segment that the sample missed gets the ratio of all."""
    ratio = part.sum() / max(whole.sum(), 1e-300)
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), ratio)


def _join(parts: Sequence[Sum], misfit: Misfit, factor: float, confidence: float) -> Forecast:
    mean = sum(part.mean for part in parts)
    ratios = sum((part.mean * part.ratios for part in parts), start=np.zeros_like(parts[0].ratios))
    variance = sum(part.variance for part in parts) * factor
    return combine(mean * factor, ratios / max(mean, 1e-300), variance, confidence=confidence, misfit=misfit)
