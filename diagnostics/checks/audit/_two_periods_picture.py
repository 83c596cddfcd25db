"""The picture of the question on two periods: the bridge of the main measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_money
from diagnostics.charts.waterfall import Step, draw_waterfall
from diagnostics.checks.audit import _two_periods_words as words
from diagnostics.model.wording import Text, word_money, word_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.audit.two_periods import TwoPeriods
    from diagnostics.model.wording import Language


def draw_bridge(measured: TwoPeriods, language: Language) -> Figure:
    """The bridge of the main measure."""
    rows = measured.bridges[measured.main]
    steps = [
        _step(words.GROUP_WORDS[group], change, customers, measured, language)
        for group, change, customers in zip(rows.group, rows.change, rows.customers, strict=True)
        if customers
    ]
    ends = [
        Step(
            label=label.word(language),
            effect=float(total),
            word=word_money(float(total), measured.currency).word(language),
        )
        for label, total in ((words.BEFORE, rows.before.sum()), (words.NOW, rows.now.sum()))
    ]
    figure = draw_waterfall(ends[0], steps, ends[1], axis_label=measured.name(measured.main).word(language))
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


def _step(label: Text, change: float, customers: int, measured: TwoPeriods, language: Language) -> Step:
    counted = Text(zh="{label}（{n}）", en="{label} ({n})").fill(label=label, n=word_number(customers))
    return Step(
        label=counted.word(language),
        effect=change,
        word=word_money(change, measured.currency, signed=True).word(language),
    )
