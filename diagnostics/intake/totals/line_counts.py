"""Count finished order lines as they pass: by day, against settlements and after-sales, and which shops sold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from diagnostics.intake.calendar import add_days, count_days
from diagnostics.intake.orders.deal import choose_piles
from diagnostics.intake.totals.settled import AFTER_SALES, SETTLED, add_totals, compare_after_sales, compare_settlements
from diagnostics.intake.working import column, filter_rows

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True, kw_only=True)
class LineCounts:
    """What reconciliation and calendar work on: all that is left of the order lines once they are counted.

    `days` of `count_days`, `settled` of `compare_settlements`, `after_sales` of `compare_after_sales`; `shops` by
    channel.
    """

    days: pd.DataFrame
    settled: pd.DataFrame
    after_sales: pd.DataFrame
    shops: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class LineCounter:
    """Counts the order lines of one pile after the other; `tables` are the client's other tables."""

    tables: Mapping[str, pa.Table]
    piles: int
    _days: list[pd.DataFrame] = field(default_factory=list)
    _settled: list[pd.DataFrame] = field(default_factory=list)
    _after_sales: list[pd.DataFrame] = field(default_factory=list)
    _shops: set[tuple[str, str | None]] = field(default_factory=set)

    def add(self, at: int, lines: pa.Table) -> None:
        """Count the lines of pile `at`, of which there may be none, and what other tables say of its orders."""
        if "settlements" in self.tables:
            self._settled.append(compare_settlements(lines, self._of_pile("settlements", at)))
        if "after_sales" in self.tables:
            self._after_sales.append(compare_after_sales(lines, self._of_pile("after_sales", at)))
        if lines.num_rows:
            self._days.append(count_days(lines))
            sold = lines.group_by(["channel", "shop"]).aggregate([])
            self._shops.update(zip(*(sold[name].to_pylist() for name in ("channel", "shop")), strict=True))

    def total(self) -> LineCounts:
        """The counts of all piles together."""
        return LineCounts(
            days=add_days(self._days),
            settled=add_totals(self._settled, SETTLED),
            after_sales=add_totals(self._after_sales, AFTER_SALES),
            shops=name_shops(self._shops),
        )

    def _of_pile(self, name: str, at: int) -> pa.Table:
        """The rows of a table that speak of a pile's orders."""
        table = self.tables[name]
        if self.piles == 1:
            return table
        return filter_rows(table, choose_piles(column(table, "order_id"), self.piles) == at)


def name_shops(sold: set[tuple[str, str | None]]) -> dict[str, frozenset[str]]:
    """Shops by channel, from pairs of both; a channel that names none has none.

    >>> name_shops({("tmall", "A"), ("jd", None)}) == {"tmall": frozenset(["A"]), "jd": frozenset()}
    True
    """
    return {channel: frozenset(shop for of, shop in sold if of == channel and shop) for channel, _ in sold}
