"""The tables and the picture of what is known and on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.research import _market_words as words
from diagnostics.checks.research._evidence import tell_sales, word_figure
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_number,
    word_price,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from diagnostics.checks.research._evidence import Evidence
    from diagnostics.model.wording import Language

SHOWN = 5


def _say_parts(measured: Evidence) -> Mapping[str, Text]:
    """What each part says."""
    brief = measured.brief
    named = [name_verbatim(shorten(name, 16)) for name in brief.choices("competitors")]
    rivals = NOTHING
    if named:
        rivals = words.SAYS_COMPETITORS.fill(n=word_number(len(named)), names=join_texts(named[:SHOWN]))
        if measured.prices is not None:
            low, middle, high = (word_price(price, measured.currency) for price in measured.prices)
            own = words.SAYS_PRICE.fill(low=low, middle=middle, high=high)
            rivals = Text(zh=rivals.zh + own.zh, en=rivals.en + own.en)
    files = join_texts(name_verbatim(shorten(name, 24)) for name in brief.choices("research_inputs")[:SHOWN])
    reviews = words.SAYS_FEEDBACK.fill(n=word_number(measured.reviews)) if measured.reviews else NOTHING
    again = [words.AGAIN[reason] for reason in brief.choices("repurchase_reasons") if reason in words.AGAIN]
    unknown = word_number(None)
    return {
        "market": words.SAYS_FILES.fill(names=files) if measured.sources["market"] else NOTHING,
        "sales": tell_sales(measured),
        "competitors": rivals,
        "feedback": reviews,
        "logic": words.SAYS_LOGIC.fill(
            reason=words.REASONS.get(brief.text("positioning") or "", unknown),
            again=join_texts(again) if again else unknown,
            trial=words.TRIALS.get(brief.text("trial_cost") or "", unknown),
        ),
    }


def show_evidence(measured: Evidence) -> tuple[Exhibit, ...]:
    """The five parts, and the estimates beside the orders."""
    said = _say_parts(measured)
    parts = pd.DataFrame(
        [
            {
                "part": words.PARTS[part],
                "source": words.SOURCES[source],
                "says": said[part] if source else None,
                "lacks": words.LACKS.get(part) if not source or part == "competitors" else None,
            }
            for part, source in measured.sources.items()
        ],
        dtype=object,
    )
    estimates = pd.DataFrame(
        [
            {
                "name": words.FIGURES[one.id],
                "stated": word_figure(one.id, one.stated, measured.currency),
                "measured": word_figure(one.id, one.measured, measured.currency),
                "verdict": words.FITS if one.fits else words.FITS_NOT,
            }
            for one in measured.estimates
        ],
        dtype=object,
    )
    return (
        Exhibit(
            name="parts",
            title=Text(zh="五块调研的依据", en="What five parts of research rest on"),
            fields=(
                Field(name="part", label=Text(zh="调研", en="Part")),
                Field(name="source", label=Text(zh="依据", en="Evidence")),
                Field(name="says", label=Text(zh="说了什么", en="What it says")),
                Field(name="lacks", label=Text(zh="还缺什么", en="What is missing")),
            ),
            frame=parts,
        ),
        Exhibit(
            name="estimates",
            title=Text(zh="客户自估与订单", en="The client's estimates and the orders"),
            fields=(
                Field(name="name", label=Text(zh="指标", en="Figure")),
                Field(name="stated", label=Text(zh="自估", en="Estimate")),
                Field(name="measured", label=Text(zh="实测", en="Measured")),
                Field(name="verdict", label=Text(zh="对照", en="Verdict")),
            ),
            frame=estimates,
        ),
    )


def draw_estimates(measured: Evidence, language: Language) -> Figure:
    """Measured over estimated, a bar a figure."""
    ratios = [one.measured / one.stated for one in measured.estimates]
    figure = draw_bars(
        [words.FIGURES[one.id].word(language) for one in measured.estimates],
        ratios,
        [word_figure(one.id, one.measured, measured.currency).word(language) for one in measured.estimates],
        axis_label=words.AXIS.word(language),
        marked={place for place, one in enumerate(measured.estimates) if not one.fits},
        reference=1.0,
        reference_label=words.EQUAL.word(language),
    )
    scale_count(figure.axes[0].xaxis, 1)
    return figure
