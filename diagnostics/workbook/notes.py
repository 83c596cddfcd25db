"""Reads the consultant's notes.yaml and applies them: findings dropped, reworded or added to, sections commented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.workbook.settings import Words, read_yaml, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Section


class Note(BaseModel):
    """What to do with the findings of a code, in a scope if one is given."""

    model_config = ConfigDict(extra="forbid")
    code: str
    scope: dict[str, str] = Field(default_factory=dict)
    reason: str = ""
    title: Words | None = None
    cause: Words | None = None
    action: Words | None = None

    def fits(self, finding: Finding) -> bool:
        """Whether the note speaks of this finding."""
        return finding.code == self.code and self.scope.items() <= finding.scope.items()


class Notes(BaseModel):
    """The consultant's hand."""

    model_config = ConfigDict(extra="forbid")
    drop: tuple[Note, ...] = ()
    reword: tuple[Note, ...] = ()
    comments: dict[str, Words] = Field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Edited:
    """Findings and sections after the notes; `lost` names notes whose finding or section is gone."""

    findings: tuple[Finding, ...]
    sections: tuple[Section, ...]
    lost: tuple[str, ...]


def read_notes(path: Path) -> Notes:
    """The notes, or none; `PersonError` lists every fault in them."""
    return Notes() if not path.exists() else read_yaml(path, Notes, mask_text)


def apply_notes(findings: Sequence[Finding], sections: Sequence[Section], notes: Notes) -> Edited:
    """Drop and reword findings, put comments into sections; a note is never lost in silence."""
    kept = [finding for finding in findings if not any(note.fits(finding) for note in notes.drop)]
    lost = [note.code for note in (*notes.drop, *notes.reword) if not any(note.fits(f) for f in findings)]
    lost += [name for name in notes.comments if name not in {section.check for section in sections}]
    return Edited(
        findings=tuple(_reword(finding, notes.reword) for finding in kept),
        sections=tuple(_comment(section, notes.comments.get(section.check)) for section in sections),
        lost=tuple(lost),
    )


def _reword(finding: Finding, notes: Sequence[Note]) -> Finding:
    for note in notes:
        if note.fits(finding):
            finding = replace(
                finding,
                title=to_text(note.title) if note.title else finding.title,
                cause=to_text(note.cause) if note.cause else finding.cause,
                action=to_text(note.action) if note.action else finding.action,
            )
    return finding


def _comment(section: Section, comment: Words | None) -> Section:
    return section if comment is None else replace(section, caveats=(*section.caveats, to_text(comment)))
