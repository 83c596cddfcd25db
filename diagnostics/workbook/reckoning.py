"""Chooses who answers what intake asks of whole tables: this process, or the cluster of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.intake.people.engine_persons import resolve_on_engine
from diagnostics.intake.people.persons import Persons
from diagnostics.intake.reckoning import HERE, Reckoner
from diagnostics.intake.totals.engine_counts import COUNTED, count_on_engine
from diagnostics.intake.totals.line_counts import LineCounts
from diagnostics.workbook.engine import connect, fetch, make_loader, make_sharer, open_vault
from diagnostics.workbook.engine_address import EMBEDDED

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from diagnostics.intake.people.link_rules import LinkRules


def make_reckoner(url: str) -> Reckoner:
    """What answers intake beside an engine; one that can't be reached is told here, before any file is read."""
    if url == EMBEDDED:
        return HERE
    engine = connect(url)

    def resolve_there(evidence: pa.Table, rules: LinkRules) -> Persons:
        return resolve_on_engine(evidence, rules, load=make_loader(engine), keep=make_sharer(engine))

    def count_there(vault: Path) -> LineCounts:
        return count_on_engine(open_vault(engine, vault, only=COUNTED), fetch)

    return Reckoner(resolve=resolve_there, count_lines=count_there)
