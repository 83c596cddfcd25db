"""What one check leaves behind for the report: its answer, tables, figure and findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from diagnostics.model.finding import Finding
from diagnostics.model.reading import Reading
from diagnostics.model.wording import Language, Text

if TYPE_CHECKING:
    import pandas as pd

# `points` are a difference of two shares, as a share: 0.071 is shown as 7.1 points.
Unit = Literal["text", "channel", "money", "price", "count", "number", "share", "points", "days", "date", "month"]
Status = Literal["computed", "judged", "not_computable", "failed"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column of an exhibit: its name in the frame, its label and how its values are worded."""

    name: str
    label: Text
    unit: Unit = "text"
    digits: int | None = None


def interval_fields(unit: Unit, *, digits: int | None = None, prefix: str = "") -> tuple[Field, Field]:
    """The columns `low` and `high` of an interval, their names after a prefix.

    >>> [field.name for field in interval_fields("share", prefix="loser_")]
    ['loser_low', 'loser_high']
    """
    labels = {"low": Text(zh="区间下限", en="Interval, low"), "high": Text(zh="区间上限", en="Interval, high")}
    low, high = (Field(name=f"{prefix}{end}", label=label, unit=unit, digits=digits) for end, label in labels.items())
    return low, high


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """A table that a client may see: title, columns and rows.

    An empty value (None, NaN, NaT) stands for "not observed" and is shown as an empty cell, never as 0.
    A text cell may hold a `Text` where its words differ between the languages.
    """

    name: str
    title: Text
    fields: tuple[Field, ...]
    frame: pd.DataFrame
    note: Text | None = None

    def __post_init__(self) -> None:
        if self.frame.empty:
            # A frame made of no rows has no columns either.
            object.__setattr__(self, "frame", self.frame.reindex(columns=[f.name for f in self.fields]))
        if missing := [f.name for f in self.fields if f.name not in self.frame.columns]:
            message = f"exhibit {self.name}: the frame lacks {missing}"
            raise ValueError(message)


@dataclass(frozen=True, kw_only=True)
class Need:
    """A canonical table, with columns, without which a check can't run."""

    table: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field of the requirement sheet without whose answer a check can't judge, named as the sheet names it."""

    key: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class NotComputable:
    """An outcome: this can't be computed, and why."""

    reason: Text
    unlocked_by: Text | None = None


# The reason of every question that compares two periods and finds only one.
NO_PREVIOUS = Text(
    zh="数据不足两个可比期；至少需要两个完整月份的订单",
    en="the data hold no two comparable periods; at least two whole months of orders are needed",
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """The outcome of one check, as it is stored in a run.

    Of its capabilities, `lacking` holds those that it could not answer, each with the reason, and `judged` those that
    rest on the requirement sheet alone.
    """

    check: str
    wing: str
    question: Text
    definition: Text
    status: Status
    answer: Text | None = None
    reason: Text | None = None
    unlocked_by: Text | None = None
    caveats: tuple[Text, ...] = ()
    comments: tuple[Text, ...] = ()
    findings: tuple[Finding, ...] = ()
    capabilities: tuple[str, ...] = ()
    lacking: dict[str, Text] = field(default_factory=dict)
    judged: tuple[str, ...] = ()
    limits: dict[str, float] = field(default_factory=dict)
    limit_reasons: dict[str, Text] = field(default_factory=dict)
    seconds: float = 0.0
    place: int = 100
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Examined:
    """A section with its tables and its figures (SVG text by language), still in memory."""

    section: Section
    exhibits: Sequence[Exhibit] = ()
    figures: dict[Language, str] = field(default_factory=dict)
    fault: str = ""
