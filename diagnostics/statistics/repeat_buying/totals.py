"""What groups of customers will do in all, by several yardsticks, and how far earlier forecasts of it missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from diagnostics.statistics.repeat_buying.customer_value import Purses, Terms, value_rows, vary_rows
from diagnostics.statistics.repeat_buying.forecast import FITS_WELL, Forecast, Misfit, combine, draw_parameters
from diagnostics.statistics.repeat_buying.histories import Numbers, Places, pick_rows, thin_rows
from diagnostics.statistics.repeat_buying.likelihood import Layout, lay_out
from diagnostics.statistics.repeat_buying.predict import chance_of, expect_purchases, vary_purchases
from diagnostics.statistics.repeat_buying.rolling import Base, Stand

if TYPE_CHECKING:
    import pandas as pd

# What the models missed on the development cuts of two real shops (28 cuts, root mean square of the log error 0.22),
# taken as so many holdouts: a client's own holdouts are few, and may all lie in one season.
USUAL_MISS, USUAL_CUTS = 0.2, 4
# Over half a year and more a trend runs longer: there they missed money by more.
USUAL_MONEY_MISS = 0.25
# A total of fewer expected purchases is chance alone.
LEAST_EXPECTED = 30.0
# So many rows, every n-th customer's, stand for all where only spread is asked for.
SAMPLE, FEW = 1_000, 250
SPEND_SEED = 1_000

# A stand, purses and their layout, the parameters of purchases and of spend, the days ahead: a number a row.
Expect: TypeAlias = Callable[[Stand, Purses, Layout, Numbers, Numbers, float], Numbers]


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """What is foretold of a customer of each row, its mean and variance; and what came of the row's customers."""

    expect: Expect
    vary: Expect
    count: Callable[[pd.DataFrame], Numbers]
    # Stands in for `expect` where only its ratio by draw of the parameters is asked for.
    swift: Expect


def _expect(stand: Stand, _: Purses, layout: Layout, own: Numbers, __: Numbers, ahead: float) -> Numbers:
    return expect_purchases(stand.model, own, layout, ahead)


def _vary(stand: Stand, _: Purses, layout: Layout, own: Numbers, __: Numbers, ahead: float) -> Numbers:
    return vary_purchases(stand.model, own, layout, ahead)


def _chance(stand: Stand, _: Purses, layout: Layout, own: Numbers, __: Numbers, ahead: float) -> Numbers:
    return np.asarray(1 - chance_of(stand.model, own, layout, ahead, 0.0))


def _spread(stand: Stand, purses: Purses, layout: Layout, own: Numbers, spend: Numbers, ahead: float) -> Numbers:
    share = _chance(stand, purses, layout, own, spend, ahead)
    return share * (1 - share)


PURCHASES = Yardstick(
    expect=_expect,
    swift=_expect,
    vary=_vary,
    count=lambda rows: (rows.later * rows.customers).to_numpy(dtype=np.float64)
)
BUYERS = Yardstick(
    expect=_chance,
    swift=_chance,
    vary=_spread,
    count=lambda rows: rows.customers.where(rows.later > 0, 0).to_numpy(dtype=np.float64)
)


def measure_money(annual_rate: float = 0.0, margins: Mapping[str, float] | None = None) -> Yardstick:
    """Net spend, discounted at an annual rate, times the margin of the group where there is one.

    What came is net spend as it came: misses are those of spend without discount.
    """
    known = margins or {}

    def expect_at(rate: float) -> Expect:
        def expect(stand: Stand, purses: Purses, layout: Layout, own: Numbers, spend: Numbers, ahead: float) -> Numbers:
            terms = Terms(days=ahead, annual_rate=rate, margin=known.get(stand.group))
            return value_rows(stand.model, own, spend, purses, terms, layout)

        return expect

    def vary(stand: Stand, purses: Purses, layout: Layout, own: Numbers, spend: Numbers, ahead: float) -> Numbers:
        terms = Terms(days=ahead, annual_rate=0.0, margin=known.get(stand.group))
        return vary_rows(stand.model, own, spend, purses, terms, layout)

    # Discount changes the spread by less than the spread is known.
    return Yardstick(
        expect=expect_at(annual_rate),
        swift=expect_at(0.0),
        vary=vary,
        count=lambda rows: rows.later_net.to_numpy(dtype=np.float64),
    )


@dataclass(frozen=True, kw_only=True)
class Miss:
    """What was foretold at an earlier cut for a segment, what came, and the relative noise of what came."""

    cut: str
    segment: str
    ahead: float
    foretold: float
    came: float
    noise: float

    @property
    def error(self) -> float:
        """Foretold over what came, minus 1."""
        return self.foretold / self.came - 1

    @property
    def excess(self) -> float:
        """The squared log error beyond noise."""
        return float(np.log(self.foretold / self.came)) ** 2 - self.noise**2


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The forecast of one segment, with its number of customers."""

    segment: str
    customers: float
    forecast: Forecast


def look_back(bases: Sequence[Base], yardstick: Yardstick, column: str | None = None) -> tuple[Miss, ...]:
    """How each earlier cut's forecast did, for all customers or for each value of a column of the rows.

    Totals of fewer than 30 expected purchases, and such of which nothing came, are left out: they tell of chance only.
    """
    cuts = len(bases[0].past) if bases else 0
    found = [_miss([base.past[place] for base in bases], yardstick, column) for place in range(cuts)]
    return tuple(miss for own in found for miss in own)


def measure_misses(
    misses: Sequence[Miss], *, independent: int | None = None, usual: float = USUAL_MISS
) -> Misfit:
    """The misfit of forecasts that missed so, with what such models usually miss as `USUAL_CUTS` more holdouts.

    Misses of one cut share its season: the degrees of freedom are the cuts', not the segments'; windows that overlap
    are `independent` ones fewer.
    """
    cuts = len({miss.cut for miss in misses}) if independent is None else independent
    own = max(float(np.mean([miss.excess for miss in misses])), 0.0) if misses else 0.0
    size = np.sqrt((cuts * own + USUAL_CUTS * usual**2) / (cuts + USUAL_CUTS))
    return Misfit(size=float(size), cuts=cuts + USUAL_CUTS)


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
    sums: dict[str, list[_Sum]] = {}
    for seed, base in enumerate(bases):
        for segment, own in _sum_up(base.now, yardstick, ahead, column, seed=seed).items():
            sums.setdefault(segment, []).append(own)
    return tuple(
        Tally(segment=segment, customers=sum(own.customers for own in parts), forecast=_join(parts, misfit, confidence))
        for segment, parts in sorted(sums.items())
    )


@dataclass(frozen=True, kw_only=True)
class _Sum:
    """A segment of one stand: `ratios` are its means by draw of the parameters, over the mean."""

    customers: float
    mean: float
    purchases: float
    variance: float
    came: float
    ratios: Numbers


def _sum_up(
    stand: Stand, yardstick: Yardstick, ahead: float, column: str | None, *, seed: int | None = None
) -> dict[str, _Sum]:
    """The sums of each segment; without a `seed` no parameters are drawn."""
    labels = np.zeros(len(stand.rows)).astype(str) if column is None else stand.rows[column].astype(str).to_numpy()
    names, code = np.unique(labels, return_inverse=True)
    purses = stand.purses
    counts, layout = purses.histories.counts, lay_out(purses.histories)
    sample, thin, kept = _thin(purses, SAMPLE)
    weights, place = sample.histories.counts, code[kept]

    def add(values: Numbers, places: Places) -> Numbers:
        return np.bincount(places, values, len(names)).astype(np.float64)

    paid = stand.spend.parameters if stand.spend is not None else np.ones(1)
    mean = add(counts * yardstick.expect(stand, purses, layout, stand.fit.parameters, paid, ahead), code)
    middle = add(weights * yardstick.swift(stand, sample, thin, stand.fit.parameters, paid, ahead), place)
    dispersion = _disperse(stand, yardstick, purses, paid, ahead)
    drawn = [
        add(weights * yardstick.swift(stand, sample, thin, own, spend, ahead), place)
        for own, spend in _draw(stand, seed)
    ]
    bought = add(counts * expect_purchases(stand.model, stand.fit.parameters, layout, ahead), code)
    came = add(yardstick.count(stand.rows), code)
    return {
        _name(name, column): _Sum(
            customers=float(counts[code == at].sum()),
            mean=float(mean[at]),
            purchases=float(bought[at]),
            variance=float(mean[at]) * dispersion,
            came=float(came[at]),
            ratios=np.array([_divide(own, middle)[at] for own in drawn]),
        )
        for at, name in enumerate(names)
    }


def _thin(purses: Purses, most: int) -> tuple[Purses, Layout, Places]:
    """Rows that stand for all, laid out, and which they are."""
    kept, weights = thin_rows(purses.histories.counts, most)
    histories = pick_rows(purses.histories, kept, weights)
    return (
        Purses(histories=histories, spend=purses.spend[kept], square=purses.square[kept]),
        lay_out(histories),
        kept,
    )


def _disperse(stand: Stand, yardstick: Yardstick, purses: Purses, paid: Numbers, ahead: float) -> float:
    """Variance over mean, of all of the stand: that of its segments differs too little to be worth the integrals."""
    sample, thin, _ = _thin(purses, FEW)
    counts, own = sample.histories.counts, stand.fit.parameters
    mean = float(counts @ yardstick.swift(stand, sample, thin, own, paid, ahead))
    return float(counts @ yardstick.vary(stand, sample, thin, own, paid, ahead)) / mean if mean > 0 else 0.0


def _name(name: str, column: str | None) -> str:
    return "" if column is None else str(name)


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


def _join(parts: Sequence[_Sum], misfit: Misfit, confidence: float) -> Forecast:
    mean = sum(part.mean for part in parts)
    ratios = sum((part.mean * part.ratios for part in parts), start=np.zeros_like(parts[0].ratios))
    variance = sum(part.variance for part in parts)
    return combine(mean, ratios / max(mean, 1e-300), variance, confidence=confidence, misfit=misfit)


def _miss(stands: Sequence[Stand], yardstick: Yardstick, column: str | None) -> list[Miss]:
    cut, parts = stands[0].cut, dict[str, list[_Sum]]()
    for stand in stands:
        for segment, own in _sum_up(stand, yardstick, cut.ahead, column).items():
            parts.setdefault(segment, []).append(own)
    found = []
    for segment, own in sorted(parts.items()):
        foretold, came = sum(one.mean for one in own), sum(one.came for one in own)
        if min(foretold, came) <= 0 or sum(one.purchases for one in own) < LEAST_EXPECTED:
            continue
        noise = float(np.sqrt(sum(one.variance for one in own))) / foretold
        found.append(
            Miss(cut=cut.name, segment=segment, ahead=cut.ahead, foretold=foretold, came=came, noise=noise)
        )
    return found
