"""Builds the readings that a check leaves for a later run to be compared with; what was not observed gives none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from diagnostics.model.reading import Reading
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diagnostics.model.reading import ReadingUnit, Span
    from diagnostics.statistics.ratio_change import RatioChange


def track_value(
    metric: str,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    *,
    unit: ReadingUnit = "share",
    n: float | None = None,
    scope: Mapping[str, str] | None = None,
    kind: str = "",
    span: Span = "current",
) -> tuple[Reading, ...]:
    """A metric's value with its 95 % interval, where there is one.

    >>> track_value("cycle", float("nan"), unit="days")
    ()
    """
    if value is None or not math.isfinite(value):
        return ()
    known = low is not None and high is not None and math.isfinite(low) and math.isfinite(high)
    return (
        Reading(
            metric=metric,
            scope=dict(scope or {}),
            kind=kind,
            unit=unit,
            value=float(value),
            # Ends and value are computed apart; the last digit of one must not lie beyond the other.
            low=min(float(low), float(value)) if known and low is not None else None,
            high=max(float(high), float(value)) if known and high is not None else None,
            n=round(n) if n is not None and math.isfinite(n) else None,
            span=span,
        ),
    )


def track_ratios(metric: str, changes: Iterable[RatioChange]) -> tuple[Reading, ...]:
    """The current ratio of each channel."""
    return tuple(
        reading
        for one in changes
        for reading in track_value(
            metric, one.after, one.after_low, one.after_high, n=one.orders, scope={"channel": one.channel}
        )
    )


def track_error(
    metric: str,
    value: float,
    error: float,
    *,
    unit: ReadingUnit = "share",
    n: float | None = None,
    scope: Mapping[str, str] | None = None,
    kind: str = "",
    span: Span = "current",
) -> tuple[Reading, ...]:
    """A metric's value with its standard error; a share's interval stays within 0 and 1."""
    low, high = value - 1.96 * error, value + 1.96 * error
    if unit == "share":
        low, high = max(low, 0.0), min(high, 1.0)
    return track_value(metric, value, low, high, unit=unit, n=n, scope=scope, kind=kind, span=span)


def track_count(
    metric: str,
    count: float,
    n: float,
    *,
    scope: Mapping[str, str] | None = None,
    kind: str = "",
    span: Span = "current",
) -> tuple[Reading, ...]:
    """A share of `n` with Wilson's interval; nothing where nobody was observed.

    >>> track_count("dead", 3, 12)[0].value
    0.25
    """
    if not n > 0:
        return ()
    low, high = wilson(count, n)
    return track_value(metric, count / n, float(low), float(high), n=n, scope=scope, kind=kind, span=span)
