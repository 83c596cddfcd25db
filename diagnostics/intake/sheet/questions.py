"""Turns what the requirement sheet leaves open, and what contradicts itself in it, into questions to the client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.conflicts.conflict import Conflict
from diagnostics.intake.sheet.conflicts.find import find_conflicts
from diagnostics.intake.sheet.faults import Place
from diagnostics.intake.sheet.feeds import word_feeds
from diagnostics.intake.sheet.fields import SheetField
from diagnostics.intake.sheet.reader import SheetReading
from diagnostics.intake.sheet.remarks import show_cell
from diagnostics.intake.sheet.words import describe_expected
from diagnostics.model.brief import Brief
from diagnostics.model.wording import Text, join_texts

_QUESTION = Text(zh="请补充「{name}」：{help}", en="Please tell us about “{name}”: {help}")
_WHY = Text(zh="用于{feeds}。", en="Needed for {feeds}.")
_APART = Text(zh="这些回答互相对不上：{names}。", en="These answers do not agree: {names}.")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question to the client: the field, its section, the question, and what needs the answer.

    `keys` are all fields that it concerns, `cells` where their answers stand (`1 必答 Minimum!E20`), as far as known.
    """

    key: str
    section: Text
    question: Text
    why: Text
    keys: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


def ask_client(brief: Brief | SheetReading) -> tuple[Question, ...]:
    """One question for each field that was asked for and left empty, then one for each contradiction.

    Optional fields are not asked for again.
    """
    open_keys = frozenset(brief.unanswered)
    places = brief.places if isinstance(brief, SheetReading) else {}
    missing = tuple(
        _word_question(field, places) for field in load_fields() if field.key in open_keys and field.is_asked
    )
    return (*missing, *ask_about_conflicts(brief))


def ask_about_conflicts(brief: Brief | SheetReading) -> tuple[Question, ...]:
    """One question for each contradiction between answers; with a reading, the cells are named."""
    answers, places = (brief.brief, brief.places) if isinstance(brief, SheetReading) else (brief, {})
    return tuple(_word_conflict(conflict, places) for conflict in find_conflicts(answers))


def _word_question(field: SheetField, places: Mapping[str, Place]) -> Question:
    help_text = field.help if field.help.zh else _describe_rows(field)
    return Question(
        key=field.key,
        section=field.section,
        question=_QUESTION.fill(name=field.label, help=help_text),
        why=_WHY.fill(feeds=word_feeds(field.feeds)),
        keys=(field.key,),
        cells=(show_cell(places[field.key]),) if field.key in places else (),
    )


def _word_conflict(conflict: Conflict, places: Mapping[str, Place]) -> Question:
    fields = {field.key: field for field in load_fields() if field.key in conflict.keys}
    found = [places.get(cell) or places.get(cell.split("/", maxsplit=1)[0]) for cell in conflict.cells]
    return Question(
        key=conflict.keys[0],
        section=fields[conflict.keys[0]].section,
        question=conflict.text,
        why=_APART.fill(names=join_texts(fields[key].label for key in conflict.keys)),
        keys=conflict.keys,
        cells=tuple(dict.fromkeys(show_cell(place) for place in found if place is not None)),
    )


def _describe_rows(field: SheetField) -> Text:
    return Text(zh="{expected}。", en="{expected}.").fill(expected=describe_expected(field.entry))
