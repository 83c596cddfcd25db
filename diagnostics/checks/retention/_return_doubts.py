"""What a curve's own band leaves out: how far earlier curves missed, and how far quarters differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.between_cohorts import NextShare, foretell_share
from diagnostics.statistics.outstanding_returns import Waits, miss_returns
from diagnostics.statistics.repeat_buying.windows import plan_quarters
from diagnostics.statistics.survival import fit_survival

if TYPE_CHECKING:
    import pandas as pd

    from diagnostics.model.period import Period
    from diagnostics.statistics.repeat_buying.misses import Miss

LEAST_AT_RISK = 30


def look_back(weeks: pd.DataFrame, history: Period) -> tuple[Miss, ...]:
    """How far the curves of four earlier cuts missed the returns of the time after them."""
    age, days, events, censored = (
        weeks[name].to_numpy(dtype=np.float64) for name in ("age", "days", "events", "censored")
    )
    windows = [(float((history.end - window.cut).days), float(window.days)) for window in plan_quarters(history)[1:]]
    waits = Waits(age=age, days=days, events=events, censored=censored)
    return miss_returns(waits, windows, least_at_risk=LEAST_AT_RISK)


def foretell_next(quarters: pd.DataFrame, day: int) -> NextShare | None:
    """What share of the next quarter's new customers may come back, from how far the quarters differed."""
    fitted = [
        fit_survival(own.days, own.events, own.censored, least_at_risk=LEAST_AT_RISK)
        for _, own in quarters.groupby("quarter")
    ]
    shares = [share for curve in fitted if curve is not None and (share := curve.share_by(day)) is not None]
    known = [share for share in shares if share.error > 0]
    return foretell_share([share.value for share in known], [share.error for share in known])
