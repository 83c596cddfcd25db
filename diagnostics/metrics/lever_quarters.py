"""What GMV is made of in every quarter of the compared periods, for levels that a business has already reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.levers import ask_months, sum_parts

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.tables import Tables

MONTHS_A_QUARTER = 3


def ask_quarters(tables: Tables) -> dict[str, ir.Table]:
    """The query `quarters`; none without a period to compare with."""
    monthly, _ = ask_months(tables)
    return {} if monthly is None else {"quarters": sum_quarters(monthly)}


def sum_quarters(monthly: ir.Table) -> ir.Table:
    """One row a channel, period, quarter (0 is the first of its period), known or not, covered or not.

    The sums are those of `metrics.levers.sum_levers`; `monthly` come from `metrics.levers.cover_months`.
    """
    placed = monthly.mutate(quarter=(monthly.turn // MONTHS_A_QUARTER).cast("int64"))
    return placed.group_by("channel", "is_current", "known", "covered", "quarter").agg(**sum_parts(placed))
