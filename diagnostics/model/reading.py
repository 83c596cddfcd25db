"""One value of a metric in one run, with how sure it is: what a later run is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Span = Literal["current", "history"]
ReadingUnit = Literal["share", "count", "number", "money", "price", "days"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A metric (an id of the metric dictionary) in a scope, over the current period or the whole history of the run.

    `low` and `high` are its 95 % interval, `None` where its chance can't be told (a sum of everything, a score of
    a person); `n` is how many observations stand behind it. `kind` tells apart several readings of one metric in one
    scope, such as the days after a first order.
    """

    metric: str
    scope: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    unit: ReadingUnit
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    span: Span = "current"

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            message = f"{self.metric}: an interval has two ends"
            raise ValueError(message)
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            message = f"{self.metric}: {self.value} lies outside {self.low} to {self.high}"
            raise ValueError(message)

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...], str]:
        """What makes it the same reading in another run."""
        return self.metric, tuple(sorted(self.scope.items())), self.kind
