"""Whether those who buy often also spend more a purchase, which the Gamma-Gamma model rules out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from diagnostics.model.wording import Text, word_change, word_number
from diagnostics.statistics.repeat_buying.gamma_gamma import Spending
from diagnostics.statistics.repeat_buying.histories import Numbers

# A value misstated by less than this does not change a decision.
BEARABLE = 0.1
# Fewer customers say nothing about a correlation.
LEAST = 30

HOLDS = Text(
    zh="购买次数与每次花费的秩相关为 {correlation}（95% 区间 {low} 至 {high}）；"
    "假定二者独立使总金额偏差 {effect}，可以接受。",
    en="Purchases and spend a purchase have a rank correlation of {correlation} (95% interval {low} to {high}); taking "
    "them as independent misses total money by {effect}, which is bearable.",
)
FAILS = Text(
    zh="购买次数与每次花费的秩相关为 {correlation}（95% 区间 {low} 至 {high}）；假定二者独立会使总金额偏差 {effect}，"
    "客户价值应按购买次数分组看。",
    en="Purchases and spend a purchase have a rank correlation of {correlation} (95% interval {low} to {high}); taking "
    "them as independent would miss total money by {effect}: read customer value by groups of purchases.",
)
UNCLEAR = Text(
    zh="购买次数与每次花费的秩相关为 {correlation}（95% 区间 {low} 至 {high}）；"
    "假定二者独立对总金额的影响（{effect}）还说不准。",
    en="Purchases and spend a purchase have a rank correlation of {correlation} (95% interval {low} to {high}); what "
    "taking them as independent does to total money ({effect}) is not clear yet.",
)


@dataclass(frozen=True, kw_only=True)
class Independence:
    """Correlations of purchases and mean spend, and what ignoring them does to the total.

    `correlation` is Spearman's with its 95 % interval, `pearson` the plain one. `effect` is the spend a customer
    over the spend a purchase, minus 1: by so much total money is missed (above 0: overstated) if every purchase is
    taken at the mean of customers; with its 95 % interval.
    """

    n: int
    correlation: float
    low: float
    high: float
    pearson: float
    effect: float
    effect_low: float
    effect_high: float
    verdict: bool | None
    text: Text


def check_independence(spending: Spending) -> Independence | None:
    """Measure both; `None` for fewer than 30 customers, or if all bought equally often or spent the same.

    `verdict` is true if the effect's interval lies within 10 %, false if it lies outside, else `None`.
    Interval of the rank correlation: D. G. Bonett and T. A. Wright (2000), Psychometrika 65:23-28.
    """
    x, z, w = spending.purchases, spending.spend, spending.counts
    n = spending.customers
    if n < LEAST or np.ptp(x) == 0 or np.ptp(z) == 0:
        return None
    rank = _correlate(_rank(x, w), _rank(z, w), w)
    half = float(ndtri(0.975)) * np.sqrt((1 + rank**2 / 2) / (n - 3))
    low, high = np.tanh(np.arctanh(np.clip(rank, -1 + 1e-12, 1 - 1e-12)) + np.array([-half, half]))
    effect, effect_low, effect_high = _find_effect(x, z, w)
    verdict = _judge(effect_low, effect_high)
    text = {True: HOLDS, False: FAILS, None: UNCLEAR}[verdict].fill(
        correlation=word_number(rank, 2),
        low=word_number(float(low), 2),
        high=word_number(float(high), 2),
        effect=word_change(effect),
    )
    return Independence(
        n=round(n),
        correlation=rank,
        low=float(low),
        high=float(high),
        pearson=_correlate(x, z, w),
        effect=effect,
        effect_low=effect_low,
        effect_high=effect_high,
        verdict=verdict,
        text=text,
    )


def _judge(low: float, high: float) -> bool | None:
    if low >= -BEARABLE and high <= BEARABLE:
        return True
    return False if low > BEARABLE or high < -BEARABLE else None


def _find_effect(x: Numbers, z: Numbers, w: Numbers) -> tuple[float, float, float]:
    """Mean spend of customers over that of purchases, minus 1, by the delta method on the log scale."""
    n = w.sum()
    means = np.array([w @ z, w @ x, w @ (x * z)]) / n
    ratio = means[0] * means[1] / means[2]
    influence = z / means[0] + x / means[1] - x * z / means[2] - 1
    half = float(ndtri(0.975)) * float(np.sqrt(w @ influence**2)) / n
    return float(ratio - 1), float(ratio * np.exp(-half) - 1), float(ratio * np.exp(half) - 1)


def _rank(values: Numbers, counts: Numbers) -> Numbers:
    """Mean ranks of weighted rows."""
    distinct, place = np.unique(values, return_inverse=True)
    sizes = np.bincount(place, counts, len(distinct))
    return np.asarray((np.cumsum(sizes) - sizes / 2)[place], dtype=np.float64)


def _correlate(one: Numbers, other: Numbers, counts: Numbers) -> float:
    share = counts / counts.sum()
    left, right = one - share @ one, other - share @ other
    return float((share @ (left * right)) / np.sqrt((share @ left**2) * (share @ right**2)))
