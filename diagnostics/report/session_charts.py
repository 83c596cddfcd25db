"""What the charts of the session hold: categories and series of numbers, as a table of the report states them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diagnostics.model.finding import Finding
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import CURRENCY_NAMES, Language, Text, shorten
from diagnostics.report.cells import is_empty, word_value
from diagnostics.report.outline import FindingCard
from diagnostics.report.session_agenda import ChartKind, Source
from diagnostics.report.words import Words
from diagnostics.report.xlsx_cells import DIGITS, number_format

MOST_BARS = 10
MOST_POINTS = 36  # three years of months
LONGEST_LABEL = 18
LONGEST_TITLE = 18
# From here on money is counted in ten thousands (Chinese) or in thousands (English), as the report's words do.
LARGE = 1e5
SCALES: dict[Language, float] = {"zh": 1e4, "en": 1e3}
UNITS = Text(zh="万{currency}", en="{currency} k")
TITLED = Text(zh="{title}（{unit}）", en="{title} ({unit})")
MONEY, LARGE_MONEY = "#,##0", "#,##0.0"


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series; a value that was not observed is `None`."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart of bars side by side, stacked bars or lines.

    `code` is Excel's format of its numbers; large money is divided by `scale`, and the title says so.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    code: str
    scale: float = 1.0


def draw_exhibit(exhibit: Exhibit, source: Source, *, currency: str, language: Language) -> Chart | None:
    """The columns that the source names as a chart; `None` if it names none, or the table lacks or leaves out one."""
    fields = {field.name: field for field in exhibit.fields}
    if source.chart is None or not {source.label, *source.values} <= set(fields) or exhibit.frame.empty:
        return None
    shown = exhibit.frame.head(MOST_POINTS if source.chart == "line" else max(MOST_BARS, _count_months(source, fields)))
    label = fields[source.label]
    series = [
        Series(name=fields[name].label.word(language), values=tuple(_read(value) for value in shown[name]))
        for name in source.values
        if fields[name].unit in DIGITS
    ]
    kept = tuple(one for one in series if any(value is not None for value in one.values))
    if not kept:
        return None
    names = [
        "" if is_empty(value) else word_value(value, label, currency=currency).word(language)
        for value in shown[source.label]
    ]
    field = fields[source.values[0]]
    chart = Chart(
        kind=source.chart,
        title=exhibit.title.word(language),
        categories=tuple(shorten(name, LONGEST_LABEL) or "—" for name in names),
        series=kept,
        code=number_format(field),
    )
    return _scale(chart, currency, language) if field.unit in {"money", "price"} else chart


def draw_sizes(
    cards: Sequence[FindingCard], findings: Sequence[Finding], words: Words, *, currency: str, language: Language
) -> Chart | None:
    """Low, middle and high of the largest findings' money; `None` if none is sized."""
    sized = [(card, one.impact) for card, one in zip(cards, findings, strict=True) if one.impact is not None]
    top = sized[:MOST_BARS]
    if not top:
        return None
    series = tuple(
        Series(name=words[f"session_{end}"], values=tuple(float(getattr(impact, end)) for _, impact in top))
        for end in ("low", "mid", "high")
    )
    titles = tuple(f"#{card.rank} {shorten(card.title, LONGEST_TITLE)}" for card, _ in top)
    chart = Chart(kind="bar", title=words["session_sizes"], categories=titles, series=series, code=MONEY)
    return _scale(chart, currency, language)


def _count_months(source: Source, fields: dict[str, Field]) -> int:
    return 12 if fields[source.label].unit == "month" else 0


def _read(value: object) -> float | None:
    if is_empty(value):
        return None
    number = float(value)  # type: ignore[arg-type] # the field's unit says that it is a number
    return number if math.isfinite(number) else None


def _scale(chart: Chart, currency: str, language: Language) -> Chart:
    """Large money in the unit of the language, which the title names."""
    largest = max((abs(value) for one in chart.series for value in one.values if value is not None), default=0.0)
    if largest < LARGE:
        return chart
    scale = SCALES[language]
    name = CURRENCY_NAMES.get(currency, (currency, currency))
    unit = UNITS.fill(currency=Text(zh=name[0], en=name[1]))
    return replace(
        chart,
        title=TITLED.fill(title=chart.title, unit=unit).word(language),
        series=tuple(
            replace(one, values=tuple(None if value is None else value / scale for value in one.values))
            for one in chart.series
        ),
        code=LARGE_MONEY,
        scale=scale,
    )
