"""Two kinds of customers compared within strata, so that buying more often does not pass for something else."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# A spread needs two customers, and a mean of fewer than 30 in all is not told.
LEAST_OF_BOTH, LEAST_PEOPLE = 2, 30
Z = 1.96


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The mean of the first kind and that of the second in the first's strata, with the interval of the difference."""

    mean: float
    other: float
    low: float
    high: float
    customers: int

    @property
    def difference(self) -> float:
        """How much more the first kind has."""
        return self.mean - self.other


def compare_kinds(rows: pd.DataFrame, stratum: str, is_first: pd.Series) -> Compared | None:
    """Compare customers of two kinds stratum by stratum, weighted to the first kind's; `None` under 30 customers.

    `rows` hold customers, gmv and squares (sums over the row's customers); `is_first` marks the first kind's rows.
    Only strata with two and more customers of both kinds count. The difference is normal by the spread within strata.
    """
    columns = ["customers", "gmv", "squares"]
    first = rows[is_first].groupby(stratum)[columns].sum().astype("float64")
    second = rows[~is_first].groupby(stratum)[columns].sum().astype("float64")
    both = first.merge(second, left_index=True, right_index=True, suffixes=("", "_other"))
    both = both[(both.customers >= LEAST_OF_BOTH) & (both.customers_other >= LEAST_OF_BOTH)]
    n = both.customers.sum()
    if n < LEAST_PEOPLE:
        return None
    means = {end: both[f"gmv{end}"] / both[f"customers{end}"] for end in ("", "_other")}
    variances = {
        end: (both[f"squares{end}"] / both[f"customers{end}"] - means[end] ** 2).clip(lower=0)
        * both[f"customers{end}"]
        / (both[f"customers{end}"] - 1)
        for end in ("", "_other")
    }
    error = math.sqrt(
        float((both.customers * variances[""] + both.customers**2 * variances["_other"] / both.customers_other).sum())
    ) / float(n)
    mean = float((both.customers * means[""]).sum() / n)
    other = float((both.customers * means["_other"]).sum() / n)
    return Compared(
        mean=mean, other=other, low=mean - other - Z * error, high=mean - other + Z * error, customers=int(n)
    )
