"""The shape of a check: ask, measure, judge, tell, tabulate, draw, and an example that proves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from diagnostics.model.account import IntakeAccount
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Finding
from diagnostics.model.reading import Reading
from diagnostics.model.section import Asked, Exhibit, Need, NotComputable
from diagnostics.model.wording import Language, Text

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.engagement import Engagement
    from diagnostics.model.tables import Tables

Limits = Mapping[str, float]
Measured = TypeVar("Measured")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A threshold by name, with the reason for its value; a client's settings may override it."""

    name: str
    value: float
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Replies:
    """What the engine answered to a check's queries: one small frame per query, and the engagement.

    Money arrives as float64 summed exactly on the engine; days as datetime64.
    """

    frames: Mapping[str, pd.DataFrame]
    engagement: Engagement

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def __contains__(self, name: str) -> bool:
        return name in self.frames


@dataclass(frozen=True, kw_only=True)
class Example:
    """A client small enough to work out by hand, and what the check must say of it.

    `tables` are little text tables: a header row and rows, cells separated by spaces or `|`, `-` for empty.
    Missing optional canonical columns stay empty. `finds` lists `(code, scope)` in any order, all of them.
    `says` is a part of the Chinese or English answer. `period` covers the days observed.
    """

    tables: Mapping[str, str]
    says: str
    finds: tuple[tuple[str, Mapping[str, str]], ...] = ()
    brief: Brief = field(default_factory=Brief)
    account: IntakeAccount = field(default_factory=IntakeAccount)
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Check(Generic[Measured]):
    """One question to a business.

    `query` meets tables and returns named expressions, nothing is run in it, so that the same questions
    can be printed as SQL or answered elsewhere; `measure` turns the replies into a small record with the
    help of `statistics/`; `judge` is arithmetic on that record; `tell` answers the question in one
    sentence; `tabulate` gives the tables behind it; `draw` gives one picture.
    `track` gives the values of metrics that a later run is compared with.
    `lacks` names the capabilities that it could not answer for this client although it answered others, each with the
    reason and what would bring it; the reasons stand among the caveats.
    `judges` are those of its `answers` that rest on the requirement sheet alone although others are computed.
    `uses` names tables beyond its `needs` without which a part of the question stays open.
    `asks` are fields of the requirement sheet that must be answered; a check without `needs` and `uses` is
    marked as judged from the sheet, even where it confirms an answer with data that happen to be there.
    """

    question: Text
    definition: Text
    answers: tuple[str, ...]
    finds: tuple[str, ...]
    needs: tuple[Need, ...]
    limits: tuple[Limit, ...]
    query: Callable[[Tables], Mapping[str, ir.Table]]
    measure: Callable[[Replies], Measured | NotComputable]
    judge: Callable[[Measured, Limits], tuple[Finding, ...]]
    tell: Callable[[Measured], Text]
    tabulate: Callable[[Measured], tuple[Exhibit, ...]]
    draw: Callable[[Measured, Language], Figure]
    example: Example
    caveats: Callable[[Measured], tuple[Text, ...]] = lambda _measured: ()
    track: Callable[[Measured], tuple[Reading, ...]] = lambda _measured: ()
    lacks: Callable[[Measured], Mapping[str, Text]] = lambda _measured: {}
    place: int = 100
    asks: tuple[Asked, ...] = ()
    judges: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
