"""What customers will still bring within a stated horizon, discounted, on margin where that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.model.wording import Text, word_days, word_percent
from diagnostics.statistics.repeat_buying.estimate import Fit
from diagnostics.statistics.repeat_buying.forecast import FITS_WELL, Forecast, Misfit, combine, draw_parameters
from diagnostics.statistics.repeat_buying.gamma_gamma import expect_spend
from diagnostics.statistics.repeat_buying.histories import Histories, Numbers, group_rows, pick_rows, thin_rows
from diagnostics.statistics.repeat_buying.likelihood import Layout, lay_out
from diagnostics.statistics.repeat_buying.model import Model
from diagnostics.statistics.repeat_buying.predict import (
    FINE,
    ROUGH,
    discount_purchases,
    expect_purchases,
    vary_purchases,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

DAYS_A_YEAR = 365.25
# Up to so many days ahead few nodes give all digits of a discounted sum.
LONG = 1_100
# So many rows, every n-th customer's, stand for all where only spread is asked for.
SAMPLE = 2_000
# Where the model's variance of a customer's spend is infinite (p x + q at most 2), as if it were just finite.
LEAST_DEPTH = 0.25

ON_MARGIN = Text(
    zh="未来 {days}内的毛利（毛利率 {margin}），年折现率 {rate}；不含首单与获客成本，不作更远的外推。",
    en="Gross margin ({margin} of sales) within the next {days}, discounted at {rate} a year; without acquisition "
    "cost, and nothing beyond that horizon.",
)
ON_SALES = Text(
    zh="未来 {days}内的销售额（毛利未知），年折现率 {rate}；不含获客成本，不作更远的外推。",
    en="Sales (margin not known) within the next {days}, discounted at {rate} a year; without acquisition cost, and "
    "nothing beyond that horizon.",
)


@dataclass(frozen=True, kw_only=True)
class Purses:
    """Customers' histories (in days) with what they spend: a row's mean and mean square of mean spend a purchase.

    Customers without repeat purchases have no known spend: any number stands there.
    """

    histories: Histories
    spend: Numbers
    square: Numbers


def gather_purses(
    repeats: ArrayLike, last: ArrayLike, age: ArrayLike, spend: ArrayLike, counts: ArrayLike | None = None
) -> Purses:
    """Customers with equal histories as one row; `spend` is an entry's mean spend over its repeat purchases."""
    x, t, end, z = (np.asarray(column, dtype=np.float64) for column in (repeats, last, age, spend))
    w = np.ones_like(x) if counts is None else np.asarray(counts, dtype=np.float64)
    known = np.where(x > 0, z, 0.0)
    first, place = group_rows(x, t, end)
    sums = [np.bincount(place, w * part, len(first)).astype(np.float64) for part in (np.ones_like(x), known, known**2)]
    histories = Histories(repeats=x[first], last=t[first], age=end[first], counts=sums[0])
    size = np.maximum(sums[0], 1e-300)
    return Purses(histories=histories, spend=sums[1] / size, square=sums[2] / size)


@dataclass(frozen=True, kw_only=True)
class Value:
    """What a customer of each row is worth on average, and all of them together with an interval.

    The total's interval holds parameter doubt (of both models) and chance; `basis` says horizon, rate and margin.
    """

    by_row: Numbers
    total: Forecast
    mean: float
    basis: Text


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Horizon in days, annual discount rate (0.1 is 10 %), share of margin in sales or `None`."""

    days: float
    annual_rate: float
    margin: float | None = None

    @property
    def rate(self) -> float:
        """The discount rate, continuous, a day."""
        return float(np.log1p(self.annual_rate) / DAYS_A_YEAR)

    @property
    def share(self) -> float:
        """What of a sale counts: the margin, or all of it where that is not known."""
        return 1.0 if self.margin is None else self.margin

    def describe(self) -> Text:
        """What the figure is, in words."""
        text = ON_SALES if self.margin is None else ON_MARGIN
        return text.fill(
            days=word_days(self.days), margin=word_percent(self.margin), rate=word_percent(self.annual_rate)
        )


def value_customers(
    model: Model,
    fit: Fit,
    spend_fit: Fit,
    purses: Purses,
    terms: Terms,
    *,
    confidence: float = 0.8,
    misfit: Misfit = FITS_WELL,
) -> Value | None:
    """Value every row and the whole; `None` if the spend model has no finite mean for customers who bought once.

    Source: P. S. Fader, B. G. S. Hardie and K. L. Lee (2005), Journal of Marketing Research 42:415-430.
    """
    by_row = value_rows(model, fit.parameters, spend_fit.parameters, purses, terms)
    if not np.isfinite(by_row).all():
        return None
    counts = purses.histories.counts
    sample = _thin(purses)
    mean = float(counts @ by_row)
    drawn = np.array(
        [
            float(sample.histories.counts @ value_rows(model, own, spend, sample, terms))
            for own, spend in zip(draw_parameters(fit), draw_parameters(spend_fit, seed=7), strict=True)
        ]
    )
    scale = float(sample.histories.counts @ value_rows(model, fit.parameters, spend_fit.parameters, sample, terms))
    variance = float(sample.histories.counts @ vary_rows(model, fit.parameters, spend_fit.parameters, sample, terms))
    total = combine(mean, drawn / max(scale, 1e-300), variance, confidence=confidence, misfit=misfit)
    customers = purses.histories.customers
    return Value(by_row=by_row, total=total, mean=mean / max(customers, 1e-300), basis=terms.describe())


def value_rows(
    model: Model, parameters: Numbers, spend: Numbers, purses: Purses, terms: Terms, *, layout: Layout | None = None
) -> Numbers:
    """What a customer of each row will bring on average; infinite where the spend model has no mean.

    `layout` is that of the purses' histories, for who asks many times.
    """
    worth = expect_spend(spend, purses.histories.repeats, purses.spend) * terms.share
    return worth * _discount(model, parameters, layout or lay_out(purses.histories), terms.days, terms.rate)


def _discount(model: Model, parameters: Numbers, histories: Layout, days: float, rate: float) -> Numbers:
    if rate == 0:
        return expect_purchases(model, parameters, histories, days)
    nodes = ROUGH if days <= LONG else FINE
    return discount_purchases(model, parameters, histories, ahead=days, rate=rate, nodes=nodes)


def vary_rows(
    model: Model,
    parameters: Numbers,
    spend: Numbers,
    purses: Purses,
    terms: Terms,
    *,
    layout: Layout | None = None,
    nodes: int = FINE,
) -> Numbers:
    """Variance of a customer's value: E[S^2] = p^2 m E[N^2] + p m E[sum of squared discounts], m = E[1 / nu^2]."""
    p, q, gamma = spend
    rows = purses.histories
    x = rows.repeats
    depth = p * x + q - 1
    known = gamma**2 + 2 * gamma * x * purses.spend + x**2 * purses.square
    moment = known / (depth * np.maximum(depth - 1, LEAST_DEPTH))
    laid = layout or lay_out(rows)
    mean = _discount(model, parameters, laid, terms.days, terms.rate)
    twice = _discount(model, parameters, laid, terms.days, 2 * terms.rate)
    square = vary_purchases(model, parameters, laid, terms.days, terms.rate, nodes=nodes) + mean**2
    variance = p**2 * moment * square + p * moment * twice - p**2 * known / depth**2 * mean**2
    return np.asarray(terms.share**2 * np.maximum(variance, 0.0))


def _thin(purses: Purses) -> Purses:
    rows, counts = thin_rows(purses.histories.counts, SAMPLE)
    histories = pick_rows(purses.histories, rows, counts)
    return Purses(histories=histories, spend=purses.spend[rows], square=purses.square[rows])
