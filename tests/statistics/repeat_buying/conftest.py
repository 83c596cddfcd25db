"""The CDNOW sample, counted: see data/README.md for where it comes from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from diagnostics.statistics.repeat_buying.histories import Histories, compress

WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Sample:
    rows: pd.DataFrame

    def histories(self, unit: float = WEEK) -> Histories:
        """Distinct histories, in weeks unless told otherwise."""
        rows = self.rows
        return compress(rows.repeats, rows.last_days / unit, rows.age_days / unit, rows.customers)

    def columns(self, *names: str) -> list[np.ndarray]:
        return [self.rows[name].to_numpy(dtype=float) for name in names]

    def spend(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Repeat purchases, mean spend and customers of those who bought again."""
        x, cents, customers = self.columns("repeats", "repeat_spend_cents", "customers")
        some = cents > 0
        return x[some], cents[some] / 100 / x[some], customers[some]


@pytest.fixture(scope="session")
def cdnow() -> Sample:
    """2,357 customers of the first quarter of 1997, up to 1997-09-30 and 39 weeks beyond."""
    return Sample(rows=pd.read_csv(Path(__file__).parents[1] / "data" / "cdnow.csv"))
