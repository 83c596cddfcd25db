"""Axes that speak the report's language: money, shares, counts and months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import FuncFormatter, MaxNLocator

from diagnostics.model.wording import Language, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axis import Axis

MOST_MONTH_LABELS = 13


def scale_money(axis: Axis, currency: str, language: Language) -> None:
    """Ticks as money: 20.0万元, CNY 200.0k."""
    axis.set_major_locator(MaxNLocator(5))
    axis.set_major_formatter(FuncFormatter(lambda value, _: word_money(value, currency).word(language)))


def scale_share(axis: Axis, digits: int = 0) -> None:
    """Ticks as percentages."""
    axis.set_major_locator(MaxNLocator(5))
    axis.set_major_formatter(FuncFormatter(lambda value, _: word_percent(value, digits).en))


def scale_count(axis: Axis, digits: int = 0) -> None:
    """Ticks as numbers with thousands commas."""
    axis.set_major_locator(MaxNLocator(5, integer=digits == 0))
    axis.set_major_formatter(FuncFormatter(lambda value, _: word_number(value, digits).en))


def label_months(axis: Axis, months: Sequence[pd.Timestamp]) -> None:
    """Ticks at 0, 1, 2 … with the months' names, thinned so that they don't touch."""
    step = max(1, -(-len(months) // MOST_MONTH_LABELS))
    places = list(range(0, len(months), step))
    axis.set_ticks(places, [f"{months[place]:%y-%m}" for place in places])
