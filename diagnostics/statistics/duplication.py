"""Which parts of a range share their buyers: duplication of purchase, and what the size of each would make likely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

# Pairs from fewer buyers are shown and not set against the law.
LEAST_BUYERS = 30


@dataclass(frozen=True, kw_only=True)
class Duplication:
    """`shares` (part by part): of the row's buyers who also bought the column, NaN on the diagonal.

    `coefficient` is D of the law: a share is D times the column's penetration on the whole. `ratios` are shares by
    what the law expects: above 1 the two share more buyers than their sizes explain.
    """

    shares: pd.DataFrame
    ratios: pd.DataFrame
    coefficient: float


def duplicate(pairs: pd.DataFrame, parts: Sequence[str], buyers: int) -> Duplication | None:
    """From a, b and both (customers who bought both, a = b too), and how many bought anything; `None` without pairs.

    Source: A. S. C. Ehrenberg (1988), Repeat-Buying, chapter 10: b_ij = D x b_j, D by the sum of shares over the sum
    of penetrations.

    >>> pairs = pd.DataFrame({"a": ["x", "x", "y", "y"], "b": ["x", "y", "x", "y"], "both": [60, 30, 30, 50]})
    >>> found = duplicate(pairs, ["x", "y"], 100)
    >>> float(found.shares.loc["x", "y"]), round(found.coefficient, 3)
    (0.5, 1.0)
    """
    table = pairs.pivot_table(index="a", columns="b", values="both", aggfunc="sum", fill_value=0)
    table = table.reindex(index=list(parts), columns=list(parts), fill_value=0).astype(float)
    own = np.diag(table.to_numpy()).copy()
    if len(parts) < 2 or not buyers or own.min() <= 0:  # noqa: PLR2004 - a pair has two parts
        return None
    shares = table.to_numpy() / own[:, None]
    np.fill_diagonal(shares, np.nan)
    penetration = own / buyers
    expected = np.where(np.isnan(shares), np.nan, penetration[None, :])
    coefficient = float(np.nansum(shares) / np.nansum(expected))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = shares / (coefficient * expected)
    small = (own[:, None] < LEAST_BUYERS) | (own[None, :] < LEAST_BUYERS)
    return Duplication(
        shares=pd.DataFrame(shares, index=table.index, columns=table.columns),
        ratios=pd.DataFrame(np.where(small, np.nan, ratios), index=table.index, columns=table.columns),
        coefficient=coefficient,
    )
