"""What the consultant's notes did, for the full report, and the data of the form that writes new ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from diagnostics.model.finding import Finding
from diagnostics.model.wording import Language, Text, word_number
from diagnostics.report import hand_words as say
from diagnostics.report.outline import Cell, Chapter, HandBlock, Opening, Outline, TableBlock
from diagnostics.report.scopes import word_scope
from diagnostics.report.setting import list_table

RATINGS_CHAPTER = "ratings"
Row = tuple[Cell | str, ...]


@dataclass(frozen=True, kw_only=True)
class Rated:
    """A person's mark: what was rated, the ends of the scale, the mark from 1 to 5, why, and by whom."""

    name: Text
    low: Text
    high: Text
    score: int
    reason: Text
    by: str


@dataclass(frozen=True, kw_only=True)
class LostNote:
    """A note that fits nothing in the run: its kind, what it is on, and what was typed."""

    kind: str
    name: str
    scope: Mapping[str, str]
    typed: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Hand:
    """The consultant's hand in a report.

    `found` counts the findings of the run itself; `form` is the data of the form, ready for JSON.
    """

    found: int
    accepted: int
    reworded: int
    added: int
    dropped: tuple[tuple[Finding, Text], ...]
    lost: tuple[LostNote, ...]
    ratings: tuple[Rated, ...]
    form: Mapping[str, object]


def show_hand(outline: Outline, hand: Hand) -> Outline:
    """The outline with the consultant's ratings as a chapter, and the notes in a part of their own.

    Print leaves that part out: what was dropped is no business of the client's.
    """
    language = outline.language
    tables = (_list_dropped(hand.dropped, language), _list_lost(hand.lost, language))
    block = HandBlock(
        title=say.TITLE.word(language),
        lead=say.LEAD.word(language),
        summary=_tell_review(hand).word(language),
        tables=tuple(table for table in tables if table is not None),
        labels={name: label.word(language) for name, label in say.FORM.items()},
        form=json.dumps(hand.form, ensure_ascii=True, sort_keys=True),
    )
    chapters = outline.chapters + ((_chapter_ratings(hand.ratings, language),) if hand.ratings else ())
    return replace(outline, chapters=chapters, hand=block)


def _tell_review(hand: Hand) -> Text:
    counts = {"found": hand.found, "accepted": hand.accepted, "reworded": hand.reworded, "added": hand.added}
    return say.REVIEWED.fill(
        dropped=word_number(len(hand.dropped)), **{name: word_number(count) for name, count in counts.items()}
    )


def _chapter_ratings(ratings: Sequence[Rated], language: Language) -> Chapter:
    rows: list[Row] = [
        (
            rated.name.word(language),
            Cell(shown=str(rated.score), sort=float(rated.score)),
            rated.reason.word(language),
            say.ENDS.fill(low=rated.low, high=rated.high).word(language),
            rated.by,
        )
        for rated in ratings
    ]
    title = say.RATINGS.word(language)
    headers = _word((say.ASPECT, say.SCORE, say.REASON, say.SCALE, say.JUDGE), language)
    lead = say.RATINGS_LEAD.word(language)
    table = list_table(RATINGS_CHAPTER, title, headers, rows)
    return Chapter(name=RATINGS_CHAPTER, title=title, lead=lead, openings=(Opening(lead=lead, tables=(table,)),))


def _list_dropped(dropped: Sequence[tuple[Finding, Text]], language: Language) -> TableBlock | None:
    rows: list[Row] = [(finding.title.word(language), reason.word(language)) for finding, reason in dropped]
    headers = _word((say.FINDING, say.REASON), language)
    return list_table("dropped", say.DROPPED.word(language), headers, rows) if rows else None


def _list_lost(lost: Sequence[LostNote], language: Language) -> TableBlock | None:
    rows: list[Row] = [
        (
            say.KINDS[note.kind].word(language),
            " · ".join(part for part in (note.name, word_scope(note.scope, language)) if part),
            " / ".join(text.word(language) for text in note.typed),
        )
        for note in lost
    ]
    headers = _word((say.KIND, say.NAME, say.TYPED), language)
    return list_table("lost", say.LOST.word(language), headers, rows) if rows else None


def _word(texts: Sequence[Text], language: Language) -> tuple[str, ...]:
    return tuple(text.word(language) for text in texts)
