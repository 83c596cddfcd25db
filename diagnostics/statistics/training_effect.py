"""How trained stores moved beside untrained ones: a difference of differences with an interval over stores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

LEAST_STORES = 5


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The relative effect with its 95% interval; `change` of both kinds; `earlier` is the same one window before.

    An `earlier` effect that is not near nothing says that the stores moved apart already before the training.
    `left_out` are stores of either kind without sales in a window.
    """

    effect: float
    low: float
    high: float
    change_trained: float
    change_untrained: float
    earlier: float
    trained: int
    untrained: int
    left_out: int


def estimate_effect(stores: pd.DataFrame, trained: NDArray[np.bool_], *, covers_earlier: bool = False) -> Effect | None:
    """Ratio of ratios: (after / before) of the trained stores over that of the untrained, less 1.

    `stores` has earlier, before, after. Only stores with sales both before and after are compared, for one that
    opened since would grow its kind from nothing; where the data cover the earlier window whole (`covers_earlier`)
    only those with sales there too, so that none opened in the middle of the window before. The error of each log
    ratio is the jackknife's over its stores (delete one), so a large store counts by its size and stores scatter as
    they do; Student's t on the smaller number of stores less 1. `None` under 5 such stores of a kind.
    """
    windows = ["earlier", "before", "after"] if covers_earlier else ["before", "after"]
    is_open = (stores[windows] > 0).all(axis="columns").to_numpy()
    parts = [stores[mask & is_open] for mask in (trained, ~trained)]
    if min(len(part) for part in parts) < LEAST_STORES:
        return None
    logs, variances = zip(*(_log_ratio(part) for part in parts), strict=True)
    gap = logs[0] - logs[1]
    half = float(stdtrit(min(len(part) for part in parts) - 1, 0.975) * np.sqrt(sum(variances)))
    earlier = float("nan")
    if all(part.earlier.sum() > 0 for part in parts):
        sums = [part[["earlier", "before"]].sum() for part in parts]
        earlier = float(sums[0].before / sums[0].earlier / (sums[1].before / sums[1].earlier) - 1)
    return Effect(
        effect=float(np.expm1(gap)),
        low=float(np.expm1(gap - half)),
        high=float(np.expm1(gap + half)),
        change_trained=float(np.expm1(logs[0])),
        change_untrained=float(np.expm1(logs[1])),
        earlier=earlier,
        trained=len(parts[0]),
        untrained=len(parts[1]),
        left_out=int((~is_open).sum()),
    )


def _log_ratio(part: pd.DataFrame) -> tuple[float, float]:
    before, after = part.before.to_numpy(dtype=float), part.after.to_numpy(dtype=float)
    n = len(part)
    left_before, left_after = before.sum() - before, after.sum() - after
    logs = np.log(left_after / left_before)
    variance = (n - 1) / n * float(np.sum((logs - logs.mean()) ** 2))
    return float(np.log(after.sum() / before.sum())), variance
