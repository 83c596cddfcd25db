"""The twelve factors of fit as a table and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.fit import _factor_words as words
from diagnostics.checks.fit._factor_rules import FACTORS
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.fit.factors import Fit
    from diagnostics.model.wording import Language


def tabulate_factors(measured: Fit) -> tuple[Exhibit, ...]:
    """A factor a row, with weight, grade, origin and steps."""
    rows = [
        {
            "factor": FACTORS[one.factor].name,
            "value": one.value,
            "grade": one.grade,
            "weight": measured.weights[one.factor],
            "origin": one.origin,
            "rule": FACTORS[one.factor].rule,
            "source": FACTORS[one.factor].source,
            "flips": words.YES if one.factor in measured.verdict.flips else words.NO,
        }
        for one in measured.readings
    ]
    fields = (
        Field(name="factor", label=Text(zh="因素", en="Factor")),
        Field(name="value", label=Text(zh="现状", en="Today")),
        Field(name="grade", label=Text(zh="评分（0 至 4）", en="Grade (0 to 4)"), unit="count"),
        Field(name="weight", label=Text(zh="权重", en="Weight"), unit="number", digits=1),
        Field(name="origin", label=Text(zh="依据", en="From")),
        Field(name="rule", label=Text(zh="分档", en="Steps")),
        Field(name="source", label=Text(zh="因素出处", en="Named by")),
        Field(name="flips", label=Text(zh="一档即翻转", en="Flips by one grade")),
    )
    title = Text(zh="适配度十二因素", en="Twelve factors of fit")
    return (Exhibit(name="factors", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object)),)


def draw_factors(measured: Fit, language: Language) -> Figure:
    """Weighted points of each known factor; weak ones stand out."""
    known = sorted(measured.known, key=lambda one: -measured.weights[one.factor] * (one.grade or 0))
    points = [measured.weights[one.factor] * (one.grade or 0) for one in known]
    best = Text(zh="{points} / {best}", en="{points} of {best}")
    return draw_bars(
        [FACTORS[one.factor].name.word(language) for one in known],
        points,
        [
            best.fill(points=word_number(got), best=word_number(4 * measured.weights[one.factor])).word(language)
            for one, got in zip(known, points, strict=True)
        ],
        axis_label=Text(zh="加权得分", en="Weighted points").word(language),
        marked=[place for place, one in enumerate(known) if (one.grade or 0) <= 1],
    )
