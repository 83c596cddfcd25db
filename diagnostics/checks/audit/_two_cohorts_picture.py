"""The picture of the question on two cohorts: value by age, and spend by calendar month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.panels import Panel, draw_panels
from diagnostics.checks.audit import _two_cohorts_words as words
from diagnostics.checks.audit._two_cohorts_words import NAMES, word_span
from diagnostics.model.wording import Text
from diagnostics.statistics.cohort_choice import AGE_DAYS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.audit.two_cohorts import TwoCohorts
    from diagnostics.model.wording import Language


def draw_cohorts(measured: TwoCohorts, language: Language) -> Figure:
    """Value to date by age, and spend by calendar month, of both cohorts."""
    labels = {name: word_span(measured, name).word(language) for name in NAMES}
    ages = range(max(len(frame) for frame in measured.ages.values()))
    column = f"{measured.main}_to_date"
    to_date = {
        labels[name]: frame.set_index("age")[column].reindex(ages).tolist() for name, frame in measured.ages.items()
    }
    months = pd.DatetimeIndex(sorted(set(measured.months.month)))
    spent = {
        labels[name]: measured.months[measured.months.cohort == name].set_index("month").spend.reindex(months).tolist()
        for name in NAMES
    }
    return draw_panels(
        [
            Panel(
                label=words.TO_DATE[measured.main].word(language),
                along=Text(zh="首购后天数", en="Days since the first purchase").word(language),
                names=[str((age + 1) * AGE_DAYS) for age in ages],
                series=to_date,
                scale=lambda axis: scale_money(axis, measured.currency, language),
            ),
            Panel(
                label=Text(zh="每月消费额", en="Spend a month").word(language),
                along=Text(zh="月份", en="Month").word(language),
                names=months.strftime("%y-%m").tolist(),
                series=spent,
                scale=lambda axis: scale_money(axis, measured.currency, language),
            ),
        ]
    )
