"""Begins a run: where its tables are, what intake made of them, and for which days and definitions it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from diagnostics.checks.shelf import list_checks
from diagnostics.workbook.aggregates import open_warehouse
from diagnostics.workbook.examining import open_tables
from diagnostics.workbook.notebooks import choose_notebooks, name_wings
from diagnostics.workbook.reckoning import make_reckoner
from diagnostics.workbook.result_folder import keep_checked
from diagnostics.workbook.stages import intake
from diagnostics.workbook.vault import keep_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from diagnostics.model.account import IntakeAccount
    from diagnostics.model.engagement import Engagement
    from diagnostics.workbook.case import Case
    from diagnostics.workbook.order import Order
    from diagnostics.workbook.run_folder import RunFolder


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What is fixed before the notebooks; `results` holds the digests of a warehouse's result files by name."""

    engagement: Engagement
    results: Mapping[str, str] = field(default_factory=dict)

    @property
    def account(self) -> IntakeAccount:
        """What intake, or the warehouse, told of the data."""
        return self.engagement.account

    def keep(self, run: RunFolder) -> None:
        """Leave in the run what else a vault would tell the notebooks and the report."""
        if self.results:
            keep_words(run.path, self.engagement.account, self.engagement.brief)
            keep_checked(run.path, self.results)

    def name_results(self) -> dict[str, str]:
        """The result files as inputs of the manifest."""
        return {f"results/{name}": digest for name, digest in sorted(self.results.items())}


def begin(case: Case, order: Order, tell: Callable[[str], None]) -> Beginning:
    """Read the client's files, or the result files of its warehouse; `PersonError` tells what can't be used.

    The engagement is fixed here too, so that an engine or a day that can't be is told before anything is begun.
    """
    day = date.fromisoformat(order.as_of) if order.as_of else None
    if order.aggregates is not None:
        return _begin_afar(case, order.aggregates, order.only, day)
    intake(case, lambda file: tell(f"intake · {file}"), reckoner=make_reckoner(order.engine))
    tables = open_tables(case, engine=order.engine, as_of=day)
    tables.close()
    return Beginning(engagement=tables.engagement)


def _begin_afar(case: Case, results: Path, only: tuple[str, ...], as_of: date | None) -> Beginning:
    warehouse = open_warehouse(case, results, as_of=as_of)
    wings = [wing for notebook in choose_notebooks(only) for wing in name_wings(notebook)]
    warehouse.verify(name for wing in wings for name in list_checks(wing))
    return Beginning(engagement=warehouse.tables.engagement, results=warehouse.folder.checked)
