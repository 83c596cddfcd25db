"""Units that lose more members than they gain, beyond how far weekly flows scatter."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, t

LEAST_WEEKS = 4


def estimate_losses(flows: pd.DataFrame) -> pd.DataFrame:
    """Flows with `weekly` (mean loss a week), its 95% interval `low`, `high`, `rate` and `low_rate`, and `adjusted` p.

    Rates are the loss over the weeks as a share of the members at their start. Student's t over weeks; weeks hang
    together little, so no further widening. Adjusted by Benjamini and Hochberg; NaN under 4 weeks.
    """
    mean = flows.loss / flows.weeks
    variance = ((flows.squares - flows.weeks * mean**2) / (flows.weeks - 1).clip(lower=1)).clip(lower=0)
    # A week in which one person more left is the least that can scatter.
    error = np.sqrt(np.maximum(variance, 1.0) / flows.weeks)
    known = flows.weeks >= LEAST_WEEKS
    free = (flows.weeks - 1).clip(lower=1)
    half = t.ppf(0.975, free) * error
    adjusted = np.full(len(flows), np.nan)
    if known.any():
        adjusted[known] = false_discovery_control(t.sf((mean / error)[known], free[known]))
    start = pd.to_numeric(flows.start).astype(float)
    start = start.where(start > 0)
    return flows.assign(
        weekly=mean,
        low=(mean - half).where(known),
        high=(mean + half).where(known),
        rate=flows.loss / start,
        low_rate=((mean - half) * flows.weeks / start).where(known),
        adjusted=adjusted,
    )
