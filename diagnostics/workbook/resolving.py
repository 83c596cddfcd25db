"""Chooses where the persons behind the keys are found: in this process, or on the cluster of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.intake.people.engine_persons import resolve_on_engine
from diagnostics.intake.people.persons import Persons, Resolver, resolve
from diagnostics.workbook.engine import connect, is_embedded, make_loader, make_sharer

if TYPE_CHECKING:
    import pyarrow as pa

    from diagnostics.intake.people.link_rules import LinkRules


def make_resolver(url: str) -> Resolver:
    """What finds persons beside an engine; one that can't be reached is told here, before any file is read."""
    engine = connect(url)
    if is_embedded(engine):
        return resolve

    def resolve_there(evidence: pa.Table, rules: LinkRules) -> Persons:
        return resolve_on_engine(evidence, rules, load=make_loader(engine), keep=make_sharer(engine))

    return resolve_there
