"""Applies the consultant's notes to what a run found; a note that fits nothing is told, never dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from diagnostics.model.wording import Text
from diagnostics.workbook.notes import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Section
    from diagnostics.workbook.notes import Notes, Reword, Spot, Typed

Kind = Literal["accept", "drop", "reword", "comment", "withdraw"]
COMMENT = Text(zh="顾问补充：{words}", en="The consultant adds: {words}")


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A note whose finding or section the run does not have: of which kind, on what, and what was typed."""

    kind: Kind
    name: str
    scope: dict[str, str]
    typed: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edited:
    """Findings and sections after the notes, and what the notes did.

    `dropped` holds each finding left out with the reason; `accepted` and `reworded` count findings.
    """

    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]
    dropped: tuple[tuple[Finding, Text], ...]
    accepted: int
    reworded: int
    lost: tuple[Lost, ...]


def apply_notes(findings: Sequence[Finding], sections: Sequence[Section], typed: Typed) -> Edited:
    """Drop, reword and add findings, put comments into sections."""
    notes = typed.notes
    dropped = [(finding, reason) for finding in findings if (reason := _find_reason(finding, notes)) is not None]
    gone = {id(finding) for finding, _ in dropped}
    kept = [finding for finding in findings if id(finding) not in gone]
    return Edited(
        findings=(*(reword(finding, notes.reword) for finding in kept), *(one.to_finding() for one in notes.add)),
        sections=tuple(_comment(section, notes) for section in sections),
        dropped=tuple(dropped),
        accepted=_count(kept, notes.accept),
        reworded=_count(kept, notes.reword),
        lost=_list_lost(findings, sections, typed),
    )


def reword(finding: Finding, notes: Sequence[Reword]) -> Finding:
    """The finding in the consultant's words, note by note."""
    for note in notes:
        if note.fits(finding):
            finding = replace(
                finding,
                title=say(note.title) if note.title else finding.title,
                cause=say(note.cause) if note.cause else finding.cause,
                action=say(note.action) if note.action else finding.action,
                stop_rule=say(note.stop_rule) if note.stop_rule else finding.stop_rule,
                owner_role=note.owner or finding.owner_role,
            )
    return finding


def _find_reason(finding: Finding, notes: Notes) -> Text | None:
    return next((say(note.reason) for note in notes.drop if note.fits(finding)), None)


def _count(findings: Sequence[Finding], notes: Sequence[Spot]) -> int:
    return sum(any(note.fits(finding) for note in notes) for finding in findings)


def _comment(section: Section, notes: Notes) -> Section:
    said = notes.comments.get(section.check)
    return section if said is None else replace(section, comments=(COMMENT.fill(words=say(said)),))


def _list_lost(findings: Sequence[Finding], sections: Sequence[Section], typed: Typed) -> tuple[Lost, ...]:
    notes = typed.notes
    spots: list[tuple[Kind, Spot, list[Text]]] = [
        *(("accept", note, []) for note in notes.accept),
        *(("drop", note, [say(note.reason)]) for note in notes.drop),
        *(("reword", note, _list_words(note)) for note in notes.reword),
    ]
    lost = [
        Lost(kind=kind, name=note.code, scope=dict(note.scope), typed=tuple(words))
        for kind, note, words in spots
        if not any(note.fits(finding) for finding in findings)
    ]
    known = {section.check for section in sections}
    lost += [
        Lost(kind="comment", name=name, scope={}, typed=(say(said),))
        for name, said in notes.comments.items()
        if name not in known and said is not None
    ]
    lost += [Lost(kind="withdraw", name=spot.code, scope=dict(spot.scope)) for spot in typed.idle]
    return tuple(lost)


def _list_words(note: Reword) -> list[Text]:
    return [say(part) for part in (note.title, note.cause, note.action, note.stop_rule) if part]
