"""How long a customer has been with the business, as far as the data can tell."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from diagnostics.metrics.customers import first_purchases

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# Who buys regularly shows up within a season; a short history can spare a quarter of its days, no more.
UNKNOWN_DAYS = 90
UNKNOWN_PART = 4


def find_known_from(history: Period) -> date:
    """The day from which a first observed purchase counts as a first purchase.

    Customers first seen earlier may have bought before the data begin: their age is not known.

    >>> from datetime import date
    >>> from diagnostics.model.period import Period
    >>> find_known_from(Period(start=date(2024, 1, 1), end=date(2025, 1, 1)))
    datetime.date(2024, 3, 31)
    """
    return history.start + timedelta(days=min(UNKNOWN_DAYS, history.days // UNKNOWN_PART))


def date_customers(lines: ir.Table, known_from: date) -> ir.Table:
    """One row a known customer: first_day, is_older (first seen before `known_from`, so of unknown age)."""
    first = first_purchases(lines)
    return first.mutate(is_older=first.first_day < known_from)
