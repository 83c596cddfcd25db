"""Brings together what the report shows of the consultant's notes and what its form needs to write new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diagnostics.model.finding import ROLES, SCOPE_KEYS
from diagnostics.model.wording import Text, shorten
from diagnostics.report.hand import Hand, LostNote, Rated
from diagnostics.report.scopes import PLACES, word_scope
from diagnostics.workbook.catalog import name_metrics, read_catalog, read_rubrics
from diagnostics.workbook.notes import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Section
    from diagnostics.workbook.editing import Edited
    from diagnostics.workbook.notes import Notes, Reword, Typed
    from diagnostics.workbook.settings import Words

LONGEST_CHOICE = 60
PARTS = ("title", "cause", "action", "stop_rule")


def build_hand(found: Sequence[Finding], sections: Sequence[Section], typed: Typed, edited: Edited, run: str) -> Hand:
    """What the notes did to the findings and sections of a run; `found` are the findings before the notes."""
    return Hand(
        found=len(found),
        accepted=edited.accepted,
        reworded=edited.reworded,
        added=len(typed.notes.add),
        dropped=edited.dropped,
        lost=tuple(LostNote(kind=n.kind, name=n.name, scope=n.scope, typed=n.typed) for n in edited.lost),
        ratings=list_ratings(typed.notes),
        form=_fill_form(found, sections, typed, run),
    )


def list_ratings(notes: Notes) -> tuple[Rated, ...]:
    """The marks that were given, in the order of the rubrics."""
    return tuple(
        Rated(name=one.name, low=one.low, high=one.high, score=mark.score, reason=say(mark.reason), by=mark.by)
        for name, one in read_rubrics().items()
        if (mark := notes.ratings.get(name)) is not None
    )


def _fill_form(found: Sequence[Finding], sections: Sequence[Section], typed: Typed, run: str) -> dict[str, Any]:
    notes = typed.notes
    return {
        "run": run,
        "base": typed.text if typed.is_whole else None,
        "findings": [_fill_finding(finding, notes) for finding in found],
        "sections": [
            {"id": s.check, "name": _pair(s.question), "said": _pair(notes.comments.get(s.check))} for s in sections
        ],
        "rubrics": [
            {
                "id": name,
                "name": _pair(one.name),
                "asks": _pair(one.asks),
                "low": _pair(one.low),
                "high": _pair(one.high),
                "score": mark.score if (mark := notes.ratings.get(name)) else None,
                "reason": _pair(mark.reason if mark else None),
                "by": mark.by if mark else "",
            }
            for name, one in read_rubrics().items()
        ],
        "codes": [row["code"] for row in read_catalog("finding_codes.csv")],
        "roles": [{"id": name, "name": _pair(role)} for name, role in ROLES.items()],
        "metrics": [{"id": name, "name": _pair(metric)} for name, metric in name_metrics().items()],
        "places": [{"id": key, "name": _pair(PLACES[key])} for key in sorted(SCOPE_KEYS)],
    }


def _fill_finding(finding: Finding, notes: Notes) -> dict[str, Any]:
    key = (finding.code, tuple(sorted(finding.scope.items())))
    exact = [note for note in (*notes.accept, *notes.drop, *notes.reword) if note.key == key]
    fitting = [note for note in (*notes.accept, *notes.drop, *notes.reword) if note.fits(finding)]
    drop = next((note for note in notes.drop if note.key == key), None)
    accepted = any(note.key == key for note in notes.accept)
    rewords = [note for note in notes.reword if note.key == key]
    return {
        "code": finding.code,
        "scope": dict(finding.scope),
        "place": {language: shorten(word_scope(finding.scope, language), LONGEST_CHOICE) for language in ("zh", "en")},
        "now": {part: _pair(getattr(finding, part)) for part in PARTS},
        "state": "drop" if drop else "accept" if accepted else "open",
        "reason": _pair(drop.reason if drop else None),
        "words": {part: _pair(_last(rewords, part)) for part in PARTS},
        "owner": _last(rewords, "owner") or "",
        "typed": bool(exact),
        "wide": len(fitting) > len(exact),
    }


def _last(rewords: Sequence[Reword], part: str) -> Any:
    return next((said for note in reversed(rewords) if (said := getattr(note, part))), None)


def _pair(said: str | Words | Text | None) -> dict[str, str]:
    if said is None:
        return {"zh": "", "en": ""}
    text = said if isinstance(said, Text) else say(said)
    return {"zh": text.zh, "en": text.en}
