"""Runs the clinic's clients through the checks: opens their tables, examines them, and ranks what is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from diagnostics.checks.check import Replies
from diagnostics.checks.examination import find_gaps, resolve_limits
from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.generator.clinic.planting import list_plantings
from diagnostics.model.brief import Brief
from diagnostics.model.section import NotComputable
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.plan.ranking import rank_findings
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, make_sharer, open_typed
from diagnostics.workbook.plan_settings import load_levers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import ibis
    import ibis.expr.types as ir
    import pandas as pd

    from diagnostics.generator.clinic.client import Client
    from diagnostics.generator.clinic.planting import Scope
    from diagnostics.model.finding import Finding


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A planted trouble: where, how many floors strong, the floor, and the true effect a year (`None`: no money)."""

    code: str
    scope: Scope
    strength: float
    floor: float
    effect: float | None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the checks said of one planted trouble: `finding` is `None` where it was missed in its scope.

    `place` is its rank where money that is told twice counts once.
    """

    client: int
    trouble: Trouble
    finding: Finding | None
    place: int | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the stated range holds the true effect; `None` where either is not known."""
        impact = self.finding.impact if self.finding is not None else None
        if impact is None or self.trouble.effect is None:
            return None
        return impact.low <= self.trouble.effect <= impact.high


@cache
def list_detectors() -> tuple[str, ...]:
    """The names of all checks that may raise a finding."""
    return tuple(name for name in list_all_checks() if load_check(name).finds)


@cache
def find_detector(code: str) -> str:
    """The name of the check that may raise a code; `KeyError` where none does."""
    for name in list_detectors():
        if code in load_check(name).finds:
            return name
    raise KeyError(code)


def read_limits(code: str) -> dict[str, float]:
    """The limits of the check that may raise a code, by name."""
    return resolve_limits(load_check(find_detector(code)), {})


@dataclass(frozen=True)
class OpenedWhenAsked(Mapping[str, "ir.Table"]):
    """Frames as tables on an engine, each opened when it is first asked for: one check needs but a few."""

    engine: ibis.BaseBackend
    frames: Mapping[str, pd.DataFrame]
    opened: dict[str, ir.Table] = field(default_factory=dict)

    def __getitem__(self, name: str) -> ir.Table:
        if name not in self.opened:
            self.opened.update(open_typed(self.engine, {name: self.frames[name]}))
        return self.opened[name]

    def __contains__(self, name: object) -> bool:
        return name in self.frames

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)


def open_client(client: Client) -> Tables:
    """The tables of a client on an engine of its own."""
    engine = connect(threads=1)
    by_name = OpenedWhenAsked(engine, client.tables)
    filled = {
        name: frozenset(column for column in frame.columns if frame[column].notna().any())
        for name, frame in client.tables.items()
    }
    engagement = fix_engagement(
        by_name,
        client=f"clinic {client.number}",
        title=name_verbatim(f"{client.trade.name} {client.number}"),
        currency="CNY",
        brief=Brief(answers=client.answers),
    )
    return Tables(by_name=by_name, available=filled, engagement=engagement, fetch=fetch, share=make_sharer(engine))


def examine_client(tables: Tables, names: Iterable[str]) -> tuple[Finding, ...]:
    """What some checks raise of a client, ranked; a check whose tables are not there raises nothing."""
    found = [finding for name in names for finding in _judge(load_check(name), tables)]
    return rank_findings(found, tables.engagement.annual_gmv, load_levers())


def plant_trouble(client: Client, code: str, strength: float, seed: Sequence[int]) -> tuple[Client, Trouble] | None:
    """The client with a trouble of `strength` floors; `None` where it can't have it, or none so strong."""
    planting = list_plantings()[code]
    rng = np.random.default_rng([*seed, client.number])
    scope = planting.choose(rng, client)
    if scope is None:
        return None
    floor = planting.floor(client, scope, read_limits(code))
    planted = planting.plant(rng, client, scope, strength * floor)
    if planted is None:
        return None
    return planted.client, Trouble(code=code, scope=scope, strength=strength, floor=floor, effect=planted.effect)


def find_trouble(client: int, trouble: Trouble, findings: Sequence[Finding]) -> Outcome:
    """The outcome for a planted trouble: the first finding of its code whose scope holds the planted one."""
    scope = trouble.scope.items()
    own = [finding for finding in findings if finding.code == trouble.code and scope <= finding.scope.items()]
    if not own:
        return Outcome(client=client, trouble=trouble, finding=None)
    leaders = [finding.rank for finding in findings if finding.same_money_as is None]
    place = leaders.index(own[0].same_money_as or own[0].rank) + 1
    return Outcome(client=client, trouble=trouble, finding=own[0], place=place)


def try_alone(client: Client, code: str, strength: float, seed: Sequence[int]) -> Outcome | None:
    """Whether one trouble is found by the check that may raise it; `None` where it can't be planted."""
    planted = plant_trouble(client, code, strength, seed)
    if planted is None:
        return None
    findings = examine_client(open_client(planted[0]), [find_detector(code)])
    return find_trouble(client.number, planted[1], findings)


def try_together(
    client: Client, codes: Iterable[str], strengths: Iterable[float], seed: Sequence[int], names: Iterable[str]
) -> list[Outcome]:
    """What becomes of several troubles of one client among the findings of some checks."""
    troubles = []
    for code, strength in zip(codes, strengths, strict=True):
        planted = plant_trouble(client, code, strength, seed)
        if planted is not None:
            client, trouble = planted
            troubles.append(trouble)
    findings = examine_client(open_client(client), names) if troubles else ()
    return [find_trouble(client.number, trouble, findings) for trouble in troubles]


def _judge(check: Any, tables: Tables) -> tuple[Finding, ...]:
    if find_gaps(check, tables):
        return ()
    frames: dict[str, pd.DataFrame] = {
        query: tables.fetch(expression) for query, expression in check.query(tables).items()
    }
    measured = check.measure(Replies(frames=frames, engagement=tables.engagement))
    if isinstance(measured, NotComputable):
        return ()
    found: tuple[Finding, ...] = check.judge(measured, resolve_limits(check, {}))
    return found
