"""Reads the consultant's notes.yaml: findings accepted, dropped, reworded and added, comments, ratings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.model.finding import CONSULTANT, ROLES, SCOPE_KEYS, Evidence, Finding, Impact, Validation
from diagnostics.model.wording import Text, name_verbatim
from diagnostics.workbook.catalog import name_metrics, read_catalog, read_rubrics
from diagnostics.workbook.plain_yaml import read_documents
from diagnostics.workbook.settings import Words, to_text

if TYPE_CHECKING:
    from pathlib import Path

Key = tuple[str, tuple[tuple[str, str], ...]]
BASIS = Text(zh="金额依据：{basis}", en="Basis of the amount: {basis}")
NOT_SIZED = Text(zh="顾问判断，未折算金额", en="a judgement of the consultant, not sized in money")


def _be_one_of(known: Callable[[], Any], what: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in known():
            message = f"{what}; known are {', '.join(sorted(known()))}"
            raise ValueError(message)
        return value

    return check


def _be_filled(value: str | Words) -> str | Words:
    if not (value.strip() if isinstance(value, str) else value.zh.strip() and value.en.strip()):
        message = "a text that is not empty"
        raise ValueError(message)
    return value


# A consultant may type one text for both languages.
Said = Annotated[str | Words, AfterValidator(_be_filled)]
Role = Annotated[str, AfterValidator(_be_one_of(lambda: ROLES, "a role"))]
Rubric = Annotated[str, AfterValidator(_be_one_of(read_rubrics, "a rubric of catalog/rubrics.csv"))]
Code = Annotated[
    str, AfterValidator(_be_one_of(lambda: {row["code"] for row in read_catalog("finding_codes.csv")}, "a code"))
]
Metric = Annotated[str, AfterValidator(_be_one_of(name_metrics, "a metric of catalog/metrics.csv"))]
Place = Annotated[str, AfterValidator(_be_one_of(lambda: SCOPE_KEYS, "a key of scope"))]


class _Typed(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class Spot(_Typed):
    """The findings of a code, in a scope if one is given."""

    code: str
    scope: dict[str, str] = Field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Code and scope as typed."""
        return self.code, tuple(sorted(self.scope.items()))

    def fits(self, finding: Finding) -> bool:
        """Whether the note speaks of this finding."""
        return finding.code == self.code and self.scope.items() <= finding.scope.items()


class Drop(Spot):
    """Findings that the client's report leaves out."""

    reason: Said


class Reword(Spot):
    """Other words for findings; what is not given stays."""

    title: Said | None = None
    cause: Said | None = None
    action: Said | None = None
    stop_rule: Said | None = None
    owner: Role | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _change_something(self) -> Self:
        if not any((self.title, self.cause, self.action, self.stop_rule, self.owner)):
            message = "at least one of title, cause, action, stop_rule and owner"
            raise ValueError(message)
        return self


class Money(_Typed):
    """What a judgement is worth a year, and on which basis it was estimated."""

    low: Annotated[FiniteFloat, Field(ge=0)]
    mid: Annotated[FiniteFloat, Field(ge=0)]
    high: Annotated[FiniteFloat, Field(ge=0)]
    basis: Said

    @model_validator(mode="after")
    def _rise(self) -> Self:
        if not self.low <= self.mid <= self.high:
            message = "low, mid and high in this order"
            raise ValueError(message)
        return self


class Addition(Spot):
    """A finding of the consultant's own: a code of the catalog, and everything that a finding must say."""

    code: Code
    scope: dict[Place, str] = Field(default_factory=dict)
    title: Said
    cause: Said
    action: Said
    stop_rule: Said
    owner: Role
    metric: Metric
    direction: Literal["up", "down"]
    window_days: Annotated[int, Field(ge=1, le=1_000)] = 90
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5
    severity: Literal["medium", "low", "info"] = "low"
    money: Money | None = None
    by: str = ""

    def to_finding(self) -> Finding:
        """The finding, marked by its evidence as a judgement."""
        cause = say(self.cause)
        return Finding(
            code=self.code,
            scope=dict(self.scope),
            title=say(self.title),
            cause=cause + BASIS.fill(basis=say(self.money.basis)) if self.money else cause,
            action=say(self.action),
            owner_role=self.owner,
            validation=Validation(metric=self.metric, direction=self.direction, window_days=self.window_days),
            stop_rule=say(self.stop_rule),
            confidence=self.confidence,
            impact=Impact(low=self.money.low, mid=self.money.mid, high=self.money.high) if self.money else None,
            impact_reason=None if self.money else NOT_SIZED,
            severity=None if self.money else self.severity,
            evidence=(Evidence(check=CONSULTANT),),
        )


class Rating(_Typed):
    """A person's mark, 1 to 5, with the reason for it and who gave it."""

    score: Annotated[int, Field(ge=1, le=5)]
    reason: Said
    by: Annotated[str, AfterValidator(_be_filled)]
    day: date | None = None


class Notes(_Typed):
    """The consultant's hand, as one part of notes.yaml holds it; `withdraw` takes back what earlier parts said."""

    withdraw: tuple[Spot, ...] = ()
    accept: tuple[Spot, ...] = ()
    drop: tuple[Drop, ...] = ()
    reword: tuple[Reword, ...] = ()
    add: tuple[Addition, ...] = ()
    comments: dict[str, Said | None] = Field(default_factory=dict)
    ratings: dict[Rubric, Rating | None] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _decide(self) -> Self:
        if both := {spot.key for spot in self.accept} & {drop.key for drop in self.drop}:
            message = f"{', '.join(sorted(code for code, _ in both))} either accepted or dropped, not both"
            raise ValueError(message)
        return self


@dataclass(frozen=True, kw_only=True)
class Typed:
    """notes.yaml as it was read: what it comes to, its text, and whether that text held anybody's number.

    `text` is masked; where `is_whole` is false, writing it back would lose what was typed.
    """

    notes: Notes
    text: str = ""
    is_whole: bool = True
    idle: tuple[Spot, ...] = ()


def read_notes(path: Path) -> Typed:
    """The notes, or none; `PersonError` lists every fault in them.

    The file may have several parts with a line `---` between them, such as the report's form appends: a later part
    goes before the earlier ones where both speak of the same.
    """
    if not path.exists():
        return Typed(notes=Notes())
    parts = read_documents(path, Notes, mask_text)
    raw = path.read_text(encoding="utf-8-sig")
    notes, idle = merge_parts(parts)
    return Typed(notes=notes, text=mask_text(raw), is_whole=mask_text(raw) == raw, idle=idle)


def merge_parts(parts: list[Notes]) -> tuple[Notes, tuple[Spot, ...]]:
    """What several parts come to, the later before the earlier, and the withdrawals that found nothing."""
    merged, idle = Notes(), []
    for part in parts:
        gone = {spot.key for spot in part.withdraw}
        earlier = {note.key for note in (*merged.accept, *merged.drop, *merged.reword, *merged.add)}
        idle += [spot for spot in part.withdraw if spot.key not in earlier]
        decided = gone | {note.key for note in (*part.accept, *part.drop)}
        merged = Notes.model_construct(
            accept=_keep(merged.accept, decided) + part.accept,
            drop=_keep(merged.drop, decided) + part.drop,
            reword=_keep(merged.reword, gone) + part.reword,
            add=_keep(merged.add, gone | {note.key for note in part.add}) + part.add,
            comments={name: said for name, said in (merged.comments | part.comments).items() if said},
            ratings={name: mark for name, mark in (merged.ratings | part.ratings).items() if mark},
        )
    return merged, tuple(idle)


def say(words: str | Words) -> Text:
    """A typed text in both languages, without anybody's number."""
    return name_verbatim(mask_text(words)) if isinstance(words, str) else to_text(words)


Keyed = TypeVar("Keyed", bound=Spot)


def _keep(notes: tuple[Keyed, ...], gone: set[Key]) -> tuple[Keyed, ...]:
    return tuple(note for note in notes if note.key not in gone)
