"""How something is spread: the share of each part, and how uneven the shares are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike


def find_gini(people: ArrayLike, held: ArrayLike) -> float:
    """Gini's coefficient from cumulative shares (ascending, ending at 1) with the largest first: 0 even, near 1 uneven.

    By the trapezoid rule, so groups count as even within and the coefficient is at least a little low. Source:
    C. Gini (1912), Variabilita e mutabilita; the form of the Lorenz curve, M. O. Lorenz (1905).

    >>> round(find_gini([0.5, 1.0], [1.0, 1.0]), 2), round(find_gini([0.5, 1.0], [0.5, 1.0]), 2)
    (0.5, 0.0)
    """
    places, shares = (np.concatenate([[0.0], np.asarray(values, dtype=np.float64)]) for values in (people, held))
    return float(2 * np.trapezoid(shares, places) - 1)


def share_out(values: pd.Series) -> pd.Series:
    """Each value as a part of all; empty where all of them are nothing or less."""
    whole = values.sum()
    return values / whole if whole > 0 else values * float("nan")
