"""Turns what a person typed into one cell into a typed answer, or says what was expected instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from diagnostics.intake.sheet.choices import match_choice, match_choices, match_yes_no
from diagnostics.intake.sheet.dates import parse_date
from diagnostics.intake.sheet.fields import Entry, Kind
from diagnostics.intake.sheet.numbers import parse_number, parse_share
from diagnostics.intake.sheet.soften import parse_month, soften
from diagnostics.intake.sheet.words import describe_expected
from diagnostics.model.wording import Text

NONE_WORDS = frozenset({"none", "no", "n/a", "无", "没有", "未开始", "尚未开始", "不适用"})


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a cell holds: its value, and whether it is shown as a percentage."""

    value: object
    is_percent: bool = False


@dataclass(frozen=True, kw_only=True)
class Misread:
    """A cell that can't be taken as an answer, and what was expected."""

    expected: Text


def read_answer(typed: Typed, entry: Entry) -> object | Misread:
    """The answer in the type that the brief documents, or a `Misread`.

    >>> read_answer(Typed(value="45%"), Entry(kind="percent"))
    0.45
    >>> read_answer(Typed(value="1,200万元"), Entry(kind="money"))
    12000000.0
    """
    answer = _READERS[entry.kind](typed, entry)
    if answer is None or not _is_within(answer, entry):
        return Misread(expected=describe_expected(entry))
    return answer


def read_softly(typed: Typed, entry: Entry) -> object | Misread:
    """The answer once remarks, words of doubt and a missing day are allowed for; a `Misread` if that does not help.

    >>> read_softly(Typed(value="约1200万"), Entry(kind="money"))
    12000000.0
    """
    if entry.kind == "date" and (month := parse_month(typed.value, ends_month=entry.ends_month)) is not None:
        return month
    if entry.kind not in {"text", "list"}:
        is_figure = entry.kind not in {"enum", "multi", "bool"}
        for text in soften(typed.value, is_figure=is_figure):
            answer = read_answer(Typed(value=text), entry)
            if isinstance(answer, Misread) and entry.kind == "date":
                answer = parse_month(text, ends_month=entry.ends_month) or answer
            if not isinstance(answer, Misread):
                return answer
    return Misread(expected=describe_expected(entry))


def read_text(value: object) -> str:
    """A cell as text: a whole number without its decimal point, a day in ISO form."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    # Excel stores the carriage return of a pasted text as _x000D_.
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()


def is_empty(value: object) -> bool:
    """Whether a cell holds nothing that a person could see."""
    return value is None or (isinstance(value, str) and not value.strip())


def split_lines(text: str) -> tuple[str, ...]:
    """The items of a list: one a line, or parted by semicolons where there is one line only.

    >>> split_lines("保湿；温和")
    ('保湿', '温和')
    """
    parts = text.splitlines() if "\n" in text else re.split(r"[;；]", text)
    return tuple(part.strip() for part in parts if part.strip())


def _read_text(typed: Typed, entry: Entry) -> object | None:
    text = read_text(typed.value)
    if entry.pattern:
        return text if re.fullmatch(entry.pattern, text) else None
    return match_choice(text, entry.choices) or text


def _read_list(typed: Typed, _entry: Entry) -> object | None:
    text = read_text(typed.value)
    if isinstance(typed.value, str) and typed.value.endswith("\n"):
        text += "\n"
    return split_lines(text) or None


def _read_int(typed: Typed, _entry: Entry) -> object | None:
    number = parse_number(typed.value)
    return int(number) if number is not None and number.is_integer() else None


def _read_date(typed: Typed, entry: Entry) -> object | None:
    if entry.may_be_none and isinstance(typed.value, str) and _fold(typed.value) in NONE_WORDS:
        return "none"
    return parse_date(typed.value)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _is_within(answer: object, entry: Entry) -> bool:
    if isinstance(answer, tuple) and entry.kind == "list":
        return entry.high is None or len(answer) <= entry.high
    if isinstance(answer, bool | date) or not isinstance(answer, int | float):
        return True
    above = entry.low is None or answer > entry.low or (answer == entry.low and not entry.low_open)
    return above and (entry.high is None or answer <= entry.high)


_READERS: Mapping[Kind, Callable[[Typed, Entry], object | None]] = {
    "text": _read_text,
    "list": _read_list,
    "enum": lambda typed, entry: match_choice(read_text(typed.value), entry.choices),
    "multi": lambda typed, entry: match_choices(read_text(typed.value), entry.choices),
    "int": _read_int,
    "number": lambda typed, _entry: parse_number(typed.value),
    "money": lambda typed, _entry: parse_number(typed.value),
    "percent": lambda typed, _entry: parse_share(typed.value, is_percent=typed.is_percent),
    "date": _read_date,
    "bool": lambda typed, _entry: match_yes_no(typed.value),
    "table": lambda _typed, _entry: None,
}
