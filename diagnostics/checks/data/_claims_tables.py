"""The table and the picture of figures that the requirement sheet states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.charts.theme import new_figure
from diagnostics.checks.data import _claims_words as words
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_change, word_period

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.data._claims import Claims
    from diagnostics.model.wording import Language

MOST_ROWS = 12


def tabulate_claims(measured: Claims) -> Exhibit:
    """Every figure, stated and measured, and what to clarify."""
    ordered = sorted(measured.claims, key=measured.measure_gap, reverse=True)
    rows = []
    for claim in ordered:
        verdict = measured.judge(claim)
        low, high = claim.interval or (None, None)
        rows.append(
            {
                "name": claim.name,
                "stated": measured.word(claim, claim.stated),
                "measured": measured.word(claim, claim.measured),
                "low": NOTHING if low is None else measured.word(claim, low),
                "high": NOTHING if high is None else measured.word(claim, high),
                "n": claim.n,
                "period": word_period(measured.period.start, measured.period.end),
                "verdict": words.VERDICTS[verdict],
                "clarify": words.ASKS[claim.kind] if verdict == "differs" else NOTHING,
            }
        )
    fields = (
        Field(name="name", label=Text(zh="项目", en="Figure")),
        Field(name="stated", label=Text(zh="填写值", en="Stated")),
        Field(name="measured", label=Text(zh="数据值", en="Measured")),
        Field(name="low", label=Text(zh="区间下限", en="Low end")),
        Field(name="high", label=Text(zh="区间上限", en="High end")),
        Field(name="n", label=Text(zh="样本量", en="Observations"), unit="count"),
        Field(name="period", label=Text(zh="统计期", en="Period")),
        Field(name="verdict", label=Text(zh="结论", en="Verdict")),
        Field(name="clarify", label=Text(zh="请澄清", en="Please clarify")),
    )
    title = Text(zh="需求表填写值与数据值", en="Figures of the requirement sheet beside the data")
    return Exhibit(name="claims", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw_claims(measured: Claims, language: Language) -> Figure:
    """Stated over measured, the widest gaps first."""
    finite = [claim for claim in measured.claims if claim.measured]
    if not finite:
        return new_figure()[0]
    shown = sorted(finite, key=measured.measure_gap, reverse=True)[:MOST_ROWS]
    figure = draw_bars(
        [claim.name.word(language) for claim in shown],
        [min(claim.ratio, 3.0) for claim in shown],
        [word_change(claim.ratio - 1).word(language) for claim in shown],
        axis_label=Text(zh="填写值 ÷ 数据值", en="Stated / measured").word(language),
        marked=[place for place, claim in enumerate(shown) if measured.judge(claim) == "differs"],
        reference=1.0,
        reference_label=Text(zh="相符", en="Equal").word(language),
    )
    axes = figure.axes[0]
    axes.set_xlim(0, max(1.0, *(min(claim.ratio, 3.0) for claim in shown)) * 1.35)
    return figure
