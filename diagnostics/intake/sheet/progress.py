"""How far a form is answered, as the reader sees it: by chapter of the report and tier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.chapters import load_chapters
from diagnostics.intake.sheet.conditions import judge_applies
from diagnostics.intake.sheet.fields import TIERS, SheetField
from diagnostics.intake.sheet.reader import SheetReading
from diagnostics.model.chapters import ChapterTitle


@dataclass(frozen=True, kw_only=True)
class Stand:
    """The fields of one tier that one chapter uses: how many apply, how many are answered, which are not.

    `missing` are asked for and empty, `faulty` can't be read, `open` are optional and empty; fields that do not
    apply are none of them.
    """

    chapter: ChapterTitle
    tier: str
    asked: int
    answered: int
    missing: tuple[str, ...]
    faulty: tuple[str, ...]
    open: tuple[str, ...]


def count_progress(reading: SheetReading) -> tuple[Stand, ...]:
    """One stand for each chapter and tier that has a field, in the order of the report."""
    return tuple(
        stand for chapter in load_chapters() for tier in TIERS if (stand := _count(chapter, tier, reading)).asked
    )


def tell_status(field: SheetField, reading: SheetReading) -> str:
    """`not_applicable`, `faulty`, `answered`, `missing` or `open` (it need not be answered)."""
    if field.key in reading.not_applicable:
        return "not_applicable"
    if field.key in reading.faulty:
        return "faulty"
    if field.key in reading.brief.answers:
        return "answered"
    return "missing" if field.is_asked and (field.is_required or judge_applies(field, reading.brief)) else "open"


def _count(chapter: ChapterTitle, tier: str, reading: SheetReading) -> Stand:
    stands = dict(_list_stands(chapter, tier, reading))
    by = {status: tuple(key for key, own in stands.items() if own == status) for status in set(stands.values())}
    return Stand(
        chapter=chapter,
        tier=tier,
        asked=len(stands),
        answered=len(by.get("answered", ())),
        missing=by.get("missing", ()),
        faulty=by.get("faulty", ()),
        open=by.get("open", ()),
    )


def _list_stands(chapter: ChapterTitle, tier: str, reading: SheetReading) -> Iterator[tuple[str, str]]:
    for field in load_fields():
        if field.tier == tier and chapter.number in field.chapters:
            status = tell_status(field, reading)
            if status != "not_applicable":
                yield field.key, status
