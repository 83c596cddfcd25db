"""Turns what the requirement sheet leaves open into questions back to the client."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.feeds import word_feeds
from diagnostics.intake.sheet.fields import SheetField
from diagnostics.intake.sheet.reader import SheetReading
from diagnostics.intake.sheet.words import describe_expected
from diagnostics.model.brief import Brief
from diagnostics.model.wording import Text

_QUESTION = Text(zh="请补充「{name}」：{help}", en="Please tell us about “{name}”: {help}")
_WHY = Text(zh="用于{feeds}。", en="Needed for {feeds}.")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question to the client: the field, its section, the question, and what needs the answer."""

    key: str
    section: Text
    question: Text
    why: Text


def ask_client(brief: Brief | SheetReading) -> tuple[Question, ...]:
    """One question for each field that was asked for and left empty, in the order of the sheet.

    Optional fields are not asked for again.
    """
    open_keys = frozenset(brief.unanswered)
    return tuple(
        _word_question(field) for field in load_fields() if field.key in open_keys and field.requirement != "optional"
    )


def _word_question(field: SheetField) -> Question:
    help_text = field.help if field.help.zh else _describe_rows(field)
    return Question(
        key=field.key,
        section=field.section,
        question=_QUESTION.fill(name=field.label, help=help_text),
        why=_WHY.fill(feeds=word_feeds(field.feeds)),
    )


def _describe_rows(field: SheetField) -> Text:
    return Text(zh="{expected}。", en="{expected}.").fill(expected=describe_expected(field.entry))
