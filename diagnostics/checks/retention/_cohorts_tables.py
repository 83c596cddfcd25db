"""The returns of each cohort and its shares by age, as tables and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.pairs import list_pairs
from diagnostics.checks.retention import _cohorts_words as words
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, name_verbatim, word_month, word_number, word_percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.retention.cohorts import Cohorts
    from diagnostics.model.wording import Language

AGES = 12


def name_rows(rows: pd.DataFrame) -> list[Text]:
    """What each row of the picture is called: a month, a quarter, or those older than the data."""
    return [_name_row(kind, start) for kind, start in zip(rows.kind, rows.start, strict=True)]


def _name_row(kind: str, start: pd.Timestamp) -> Text:
    if kind == "older":
        return words.OLDER
    return name_verbatim(f"{start:%Y} Q{start.quarter}") if kind == "quarter" else word_month(start.date())


def tabulate_cohorts(measured: Cohorts) -> tuple[Exhibit, ...]:
    """The returns of each cohort, and the picture's shares."""
    n_field = Field(name="customers", label=Text(zh="新客数", en="New customers"), unit="count")
    returns = (
        Field(name="cohort", label=Text(zh="首购月份", en="First purchase"), unit="month"),
        n_field,
        Field(name="returned", label=Text(zh="90 天内再购", en="Bought again in 90 days"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        *interval_fields("share"),
    )
    ages = tuple(
        Field(name=f"age_{age}", label=Text(zh=f"第 {age} 月", en=f"Month {age}"), unit="share")
        for age in range(1, AGES + 1)
    )
    partial = Field(name="partial", label=Text(zh="数据不完整的月序", en="Incomplete month"), unit="count")
    active = (Field(name="label", label=Text(zh="首购时间", en="First purchase")), n_field, *ages, partial)
    pairs = Text(zh="首购季度之间：回头快慢的差别", en="Between quarters of first purchase: how soon they come back")
    compared = () if measured.differences is None else (list_pairs(measured.differences, _name_quarter, pairs),)
    return (
        Exhibit(
            name="returns",
            title=Text(zh="各月新客 90 天内再次购买", en="New customers who buy again within 90 days, by month"),
            fields=returns,
            frame=measured.returns,
        ),
        Exhibit(
            name="active",
            title=Text(zh="首购后各月有购买的比例", en="Share that buys in each month after the first purchase"),
            fields=active,
            frame=measured.rows.assign(label=pd.Series(name_rows(measured.rows), dtype=object)),
        ),
        *compared,
    )


def _name_quarter(start: str) -> Text:
    return name_verbatim(f"{start[:4]} Q{(int(start[5:7]) + 2) // 3}")


def draw_cohorts(measured: Cohorts, language: Language) -> Figure:
    """The heat map of cohorts by age."""
    labels = [
        Text(zh="{label}（{n}）", en="{label} ({n})").fill(label=label, n=word_number(size)).word(language)
        for label, size in zip(name_rows(measured.rows), measured.rows.customers, strict=True)
    ]
    ages = range(1, AGES + 1)
    values = measured.rows[[f"age_{age}" for age in ages]].to_numpy(dtype=np.float64)
    partial = np.array([[own == age for age in ages] for own in measured.rows.partial], dtype=np.bool_)
    label = Text(
        zh="首购后第几个自然月（括号内为客户数）", en="Calendar months after the first (customers in brackets)"
    )
    return draw_heat(
        labels,
        [str(age) for age in ages],
        values,
        axis_label=label.word(language),
        word=lambda share: word_percent(share, 0).en,
        partial=partial,
    )
