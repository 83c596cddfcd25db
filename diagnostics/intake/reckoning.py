"""Who answers what intake asks of whole tables: this process, or an engine of many machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from diagnostics.intake.people.persons import Resolver, resolve
from diagnostics.intake.totals.line_counts import LineCounts


@dataclass(frozen=True, kw_only=True)
class Reckoner:
    """`resolve` finds the persons; `count_lines` counts the order lines of the vault that lies in a folder.

    Without `count_lines` they are counted here as they pass.
    """

    resolve: Resolver = resolve
    count_lines: Callable[[Path], LineCounts] | None = None


HERE = Reckoner()
