"""What new customers enter with, for how long they are followed, and what they are worth."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.checks.costing import WELL_COSTED
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.model.period import SLACK_DAYS
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from diagnostics.checks.audit.products_back import ProductsBack
    from diagnostics.model.period import Horizon

FOLLOWED_DAYS = 180
SHORT_DAYS = 30
# A history must be this many times longer than the days followed, so that newcomers of several months are in.
ROOM = 3


def choose_window(horizon: Horizon) -> tuple[date, date, int]:
    """First purchases from which day up to which are followed, and for how many days.

    >>> from datetime import date
    >>> from diagnostics.model.period import choose_horizon
    >>> choose_window(choose_horizon(date(2024, 1, 1), date(2025, 12, 31)))
    (datetime.date(2024, 4, 1), datetime.date(2025, 7, 6), 180)
    """
    since = find_newcomers_since(horizon.history)
    days = FOLLOWED_DAYS if (horizon.as_of - since).days >= ROOM * FOLLOWED_DAYS - SLACK_DAYS else SHORT_DAYS
    return since, max(horizon.as_of - timedelta(days=days - 1), since + timedelta(days=1)), days


def rate_entries(entries: pd.DataFrame) -> pd.DataFrame:
    """Entries with value each and the share who bought again, with intervals."""
    low, high = wilson(entries.again, entries.customers)
    spend, net = entries.gmv_first + entries.gmv_later, entries.net_first + entries.net_later
    uncosted = entries.uncosted_first + entries.uncosted_later
    earned = (entries.earned_first + entries.earned_later) / entries.customers
    half = 1.96 * entries.spread / np.sqrt(entries.customers)
    each = spend / entries.customers
    return entries.assign(
        again_share=entries.again / entries.customers,
        low=low,
        high=high,
        crossed_share=entries.crossed / entries.customers,
        first_each=entries.gmv_first / entries.customers,
        each=each,
        each_low=each - half,
        each_high=each + half,
        earned_each=earned.where(uncosted.abs() <= (1 - WELL_COSTED) * net),
    )


def list_entries(measured: ProductsBack) -> Exhibit:
    """One row a first category or product: new customers, their value, and whether they bought again."""
    profit = (Field(name="earned_each", label=Text(zh="人均利润", en="Profit each"), unit="price"),)
    fields = (
        Field(name="label", label=Text(zh="首购", en="Entry")),
        Field(name="customers", label=Text(zh="新客数", en="New customers"), unit="count"),
        Field(name="first_each", label=Text(zh="首日人均", en="First day, each"), unit="price"),
        Field(name="each", label=Text(zh="期内人均消费", en="Spend each"), unit="price"),
        Field(name="each_low", label=Text(zh="消费区间下限", en="Spend, low"), unit="price"),
        Field(name="each_high", label=Text(zh="消费区间上限", en="Spend, high"), unit="price"),
        *(profit if measured.costing.is_known else ()),
        Field(name="again_share", label=Text(zh="再次购买", en="Bought again"), unit="share"),
        Field(name="low", label=Text(zh="再购区间下限", en="Again, low"), unit="share"),
        Field(name="high", label=Text(zh="再购区间上限", en="Again, high"), unit="share"),
        Field(name="crossed_share", label=Text(zh="再购时买了别类", en="Bought another one"), unit="share"),
    )
    title = Text(zh="从哪一类进来，{days} 天内值多少", en="What customers enter with, and their worth over {days} days")
    return Exhibit(name="entries", title=title.fill(days=str(measured.days)), fields=fields, frame=measured.entries)
