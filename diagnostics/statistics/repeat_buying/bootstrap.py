"""Bootstrap of a fit: customers drawn again as new counts of the same rows."""

from __future__ import annotations

import numpy as np

from diagnostics.statistics.repeat_buying.estimate import Fit
from diagnostics.statistics.repeat_buying.histories import Histories, Numbers
from diagnostics.statistics.repeat_buying.likelihood import lay_out, reweigh
from diagnostics.statistics.repeat_buying.model import Model, fit_layout


def bootstrap(model: Model, fit: Fit, histories: Histories, *, draws: int, seed: int) -> Numbers:
    """Parameters of as many fits, one row each, starting from `fit`; fits that did not converge are left out.

    Drawing n customers with replacement is one multinomial draw of the rows' counts, whatever n is.
    Source: B. Efron (1979), Annals of Statistics 7:1-26.
    """
    layout, rng = lay_out(histories), np.random.default_rng(seed)
    share = histories.counts / histories.customers
    counts = rng.multinomial(round(histories.customers), share, size=draws).astype(np.float64)
    fits = [fit_layout(model, reweigh(layout, own), start=fit.parameters) for own in counts]
    kept = [one.parameters for one in fits if one is not None and one.converged]
    return np.array(kept).reshape(-1, len(fit.parameters))
