"""What a fit by maximum likelihood hands back: parameters, how sure they are, and what to beware of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.statistics.repeat_buying.flags import Flag, find_flags
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.peak import Objective, Peak


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

    `pairs` are a shape and its scale (or the two of a beta): only the ratio matters when the shape is large.
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
        flags=find_flags(objective, peak, model=model, names=names, pairs=pairs, customers=customers),
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
