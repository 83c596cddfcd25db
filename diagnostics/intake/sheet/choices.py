"""Fixed answers as people type them: an id, a label in either language, or both together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from diagnostics.intake.sheet.fields import Choice

_YES = frozenset({"yes", "y", "true", "1", "是", "对", "有", "√"})
_NO = frozenset({"no", "n", "false", "0", "否", "不是", "没有", "无", "×"})
# An option of a drop-down holds two bars; its id still counts if an older form had other labels.
_BARS = 2
_SEPARATORS = re.compile(r"[,、;\n/+]")


def match_choice(text: str, choices: Sequence[Choice]) -> str | None:
    """The id of the fixed answer that was typed; `None` if it is none of them.

    >>> from diagnostics.model.wording import Text
    >>> weekly = Choice(id="weekly", label=Text(zh="每周", en="Every week"))
    >>> [match_choice(typed, (weekly,)) for typed in ("Weekly", "每周", "weekly每周", weekly.option, "daily")]
    ['weekly', 'weekly', 'weekly', 'weekly', None]
    """
    spellings = _list_spellings(tuple(choices))
    typed = _fold(text)
    named = typed.split("|")[0] if typed.count("|") == _BARS else ""
    return spellings.get(typed) or spellings.get(named) or _match_as_yes_no(typed, spellings)


def match_choices(text: str, choices: Sequence[Choice]) -> tuple[str, ...] | None:
    """The ids of all fixed answers typed, each once, in the order typed; `None` if one is unknown."""
    whole = match_choice(text, choices)
    if whole is not None:
        return (whole,)
    parts = [part for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text)) if part.strip()]
    found = [match_choice(part, choices) for part in parts]
    known = tuple(dict.fromkeys(name for name in found if name is not None))
    return known if known and None not in found else None


def match_yes_no(value: object) -> bool | None:
    """Yes or no; `None` if it is neither.

    >>> match_yes_no("是 yes"), match_yes_no(0), match_yes_no("maybe")
    (True, False, None)
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return match_yes_no(int(value))
    words = set(re.split(r"[\s|/]+", unicodedata.normalize("NFKC", str(value)).strip().casefold()))
    if words and words <= _YES:
        return True
    return False if words and words <= _NO else None


def _match_as_yes_no(typed: str, spellings: dict[str, str]) -> str | None:
    answer = match_yes_no(typed) if {"yes", "no"} <= set(spellings) else None
    return None if answer is None else ("yes" if answer else "no")


@cache
def _list_spellings(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Every spelling that means one answer only; an id always means its own answer."""
    meanings: dict[str, set[str]] = {}
    for choice in choices:
        zh, en = choice.label.zh, choice.label.en
        for text in (zh, en, choice.id + zh, f"{zh}({choice.id})", zh + en, choice.option, *choice.formerly):
            meanings.setdefault(_fold(text), set()).add(choice.id)
    unique = {spelling: min(names) for spelling, names in meanings.items() if len(names) == 1}
    return unique | {_fold(choice.id): choice.id for choice in choices}


def _fold(text: str) -> str:
    return re.sub(r"[\s_]", "", unicodedata.normalize("NFKC", text)).casefold()
