"""Remarks on a sheet that is no fault: what was taken in another way than typed, and what was not taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter

from diagnostics.intake.sheet.faults import Place, show_found
from diagnostics.intake.sheet.fields import Entry, SheetField
from diagnostics.model.wording import Text, join_texts, name_verbatim, word_date, word_number, word_percent

NOT_ASKED = Text(zh="这一版表不再询问这一项，未读取", en="no longer asked for in this form, not read")
NOT_A_ROW = Text(zh="合计或备注行，未作为一行数据", en="a total or a note, not taken as a row")
_TAKEN_AS = Text(zh="按 {answer} 读取", en="taken as {answer}")
_NOT_APPLICABLE = Text(
    zh="「{name}」按其他回答并不适用，但填写了内容：请确认哪一项要改",
    en='"{name}" does not apply by the other answers, yet it was answered: please say which is to be changed',
)
_YES, _NO = Text(zh="是", en="yes"), Text(zh="否", en="no")


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A cell, what was found there, and what was made of it; `key` is the field that it concerns."""

    key: str
    found: object
    text: Text
    place: Place | None = None


def remark_softened(key: str, place: Place, found: object, answer: object, entry: Entry) -> Remark:
    """The remark on an answer that was typed with a softening: 约1200万 is taken as 12,000,000."""
    return Remark(key=key, place=place, found=found, text=_TAKEN_AS.fill(answer=_word_answer(answer, entry)))


def remark_inapplicable(
    fields: Sequence[SheetField], answers: Mapping[str, object], places: Mapping[str, Place]
) -> tuple[Remark, ...]:
    """One remark for each field that was answered although it does not apply."""
    return tuple(
        Remark(key=one.key, place=places.get(one.key), found="", text=_NOT_APPLICABLE.fill(name=one.label))
        for one in fields
        if one.key in answers
    )


def show_cell(place: Place | None) -> str:
    """A cell as spreadsheets name it.

    >>> show_cell(Place(sheet="Brief", row=12, column=5))
    'Brief!E12'
    """
    return "" if place is None else f"{place.sheet}!{get_column_letter(place.column)}{place.row}"


def print_remark(remark: Remark) -> dict[str, object]:
    """A remark for JSON; personal data in what was found is masked."""
    return {
        "key": remark.key,
        "cell": show_cell(remark.place),
        "found": show_found(remark.found),
        "text": {"zh": remark.text.zh, "en": remark.text.en},
    }


def _word_answer(answer: object, entry: Entry) -> Text:
    if isinstance(answer, bool):
        return _YES if answer else _NO
    if isinstance(answer, date):
        return word_date(answer)
    if isinstance(answer, int | float):
        return word_percent(answer) if entry.kind == "percent" else word_number(answer, _count_digits(answer))
    labels = {choice.id: choice.label for choice in entry.choices}
    several = answer if isinstance(answer, tuple) else (answer,)
    return join_texts(labels.get(str(one), name_verbatim(str(one))) for one in several)


def _count_digits(answer: float) -> int:
    return 0 if float(answer).is_integer() else 2
