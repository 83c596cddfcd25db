"""What a fit by maximum likelihood hands back: parameters, how sure they are, and what to beware of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from diagnostics.model.wording import Text, join_texts, name_verbatim
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.peak import Objective, Peak

# One standard error along the worst direction multiplies the parameters by e^1.5 = 4.5: no value worth quoting.
RIDGE_ERROR = 1.5
# Walking this far (log scale) along the worst direction and losing less than LOSS: the data set no limit there.
WALK = 4.0
LOSS = 0.5
SHARE_OF_WAY = 0.3

RIDGE = Text(
    zh="{model}：{parameters} 只能确定其比值，单个数值没有意义；由此得出的预测仍然可用。",
    en="{model}: of {parameters} only the ratio is known, single values mean nothing; forecasts still hold.",
)
BOUNDARY = Text(
    zh="{model}：{parameters} 趋向 0 或无穷大，数据支持一个更简单的模型。",
    en="{model}: {parameters} run to zero or to infinity; the data support a simpler model.",
)
NOT_CONVERGED = Text(
    zh="{model}：似然函数没有收敛到最大值，结果不可用。",
    en="{model}: the likelihood did not reach its maximum; do not use the result.",
)


@dataclass(frozen=True, kw_only=True)
class Flag:
    """What to beware of, and the parameters concerned."""

    kind: Literal["ridge", "boundary", "not_converged"]
    parameters: tuple[str, ...]
    text: Text


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A model fitted by maximum likelihood.

    `parameters` in the unit of time (or money) of the data; `errors` their standard errors, `log_errors` those of
    their logarithms, from the observed information on the log scale; both infinite for a parameter on the boundary,
    whose row and column of `log_covariance` are 0. `log_likelihood` is per the data's unit of time.
    """

    model: str
    names: tuple[str, ...]
    parameters: Numbers
    log_likelihood: float
    errors: Numbers
    log_errors: Numbers
    log_covariance: Numbers
    customers: float
    slope: float
    evaluations: int
    flags: tuple[Flag, ...]

    @property
    def converged(self) -> bool:
        """Whether the maximum was reached."""
        return all(flag.kind != "not_converged" for flag in self.flags)

    def kinds(self) -> set[str]:
        """The kinds of flags raised."""
        return {flag.kind for flag in self.flags}


def make_fit(
    model: str,
    names: tuple[str, ...],
    pairs: Sequence[tuple[str, str]],
    objective: Objective,
    peak: Peak,
    *,
    units: Numbers,
    shift: float,
    customers: float,
) -> Fit:
    """Turn a peak into a fit; `units` bring the parameters, `shift` the likelihood, to the unit of the data.

    `pairs` are parameters of which only the ratio matters when both are large.
    """
    covariance, log_errors = _invert(peak)
    parameters = np.exp(peak.at) * units
    return Fit(
        model=model,
        names=names,
        parameters=parameters,
        log_likelihood=peak.height + shift,
        errors=parameters * log_errors,
        log_errors=log_errors,
        log_covariance=covariance,
        customers=customers,
        slope=peak.slope,
        evaluations=peak.evaluations,
        flags=_find_flags(model, names, pairs, objective, peak),
    )


def _invert(peak: Peak) -> tuple[Numbers, Numbers]:
    free = ~peak.held
    covariance = np.zeros_like(peak.information)
    errors = np.full(len(peak.at), np.inf)
    if free.any():
        sizes, ways = np.linalg.eigh(peak.information[np.ix_(free, free)])
        # A flat direction gets the largest error that still leaves numbers finite.
        inside = (ways / np.maximum(sizes, 1e-6)) @ ways.T
        covariance[np.ix_(free, free)] = inside
        errors[free] = np.sqrt(np.diag(inside))
    return covariance, errors


def _find_flags(
    model: str, names: tuple[str, ...], pairs: Sequence[tuple[str, str]], objective: Objective, peak: Peak
) -> tuple[Flag, ...]:
    ends = _find_ends(objective, peak)
    lost = {name for name, way in zip(names, ends, strict=True) if way}
    way_of = dict(zip(names, ends, strict=True))
    ridges = [pair for pair in pairs if lost.issuperset(pair) and way_of[pair[0]] == way_of[pair[1]] > 0]
    edges = tuple(name for name in names if name in lost and not any(name in pair for pair in ridges))
    flags = [_flag("ridge", RIDGE, model, pair) for pair in ridges]
    if edges:
        flags.append(_flag("boundary", BOUNDARY, model, edges))
    if not peak.converged and not lost:
        flags.append(_flag("not_converged", NOT_CONVERGED, model, names))
    return tuple(flags)


def _flag(kind: Literal["ridge", "boundary", "not_converged"], text: Text, model: str, names: tuple[str, ...]) -> Flag:
    told = text.fill(model=name_verbatim(model), parameters=join_texts([name_verbatim(name) for name in names]))
    return Flag(kind=kind, parameters=names, text=told)


def _find_ends(objective: Objective, peak: Peak) -> Numbers:
    """For each parameter -1 or 1 if the data let it run to zero or to infinity, else 0."""
    ends = np.where(peak.held, np.sign(peak.at), 0.0)
    free = ~peak.held
    if not free.any():
        return np.asarray(ends)
    sizes, ways = np.linalg.eigh(peak.information[np.ix_(free, free)])
    for size, way in zip(sizes, ways.T, strict=True):
        if size > 1 / RIDGE_ERROR**2:
            break
        step = np.zeros_like(peak.at)
        step[free] = way / np.abs(way).max()
        drops = {sign: peak.height - objective(peak.at + sign * WALK * step)[0] for sign in (1.0, -1.0)}
        sign = min(drops, key=lambda key: drops[key])
        if drops[sign] < LOSS:
            moved = np.abs(step) > SHARE_OF_WAY
            ends = np.where(moved & (ends == 0), np.sign(step) * sign, ends)
    return np.asarray(ends)
