"""Knows the texts that the form itself prints, so that answers can be found by their labels alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.intake.sheet.fields import Column, SheetField
from diagnostics.intake.sheet.marks import APPLIES_WORDS, CONDITIONAL_MARK, FILLED_PREFIX, REQUIRED_MARK
from diagnostics.intake.sheet.words import describe_expected

_NUMBERING = re.compile(r"^(?:[a-z]?\d+[.、)]|[a-k][.、)])\s*")
_MARKS = re.compile(r"[\s*:]")


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The form's own texts, folded: labels of fields with their key, headings of each table, all others."""

    keys: Mapping[str, str]
    headings: Mapping[str, Mapping[str, str]]
    printed: frozenset[str]

    def match(self, text: str) -> str | None:
        r"""The key of the field that a text names; its lines may name it in both languages.

        >>> from diagnostics.intake.sheet.catalog import load_fields
        >>> labels = index_labels(load_fields())
        >>> labels.match("3. 年GMV：*"), labels.match("年GMV\nAnnual GMV"), labels.match("12")
        ('annual_gmv', 'annual_gmv', None)
        """
        return _match(text, self.keys)

    def match_column(self, heading: str, table: str) -> str | None:
        """The column of a table that a heading names, by id, by label or by an older name."""
        return _match(heading, self.headings[table])

    def is_printed(self, text: str) -> bool:
        """Whether a text is the form's own, not an answer."""
        folded = fold_label(text)
        return not folded or folded in self.printed or text.startswith(FILLED_PREFIX)


def index_labels(fields: Sequence[SheetField]) -> Labels:
    """The labels of a form; a spelling that names two fields names none."""
    meanings: dict[str, set[str]] = {}
    for field in fields:
        for text in _spell(field):
            meanings.setdefault(fold_label(text), set()).add(field.key)
    return Labels(
        keys={text: min(keys) for text, keys in meanings.items() if len(keys) == 1},
        headings={field.key: _index_columns(field.columns) for field in fields if field.columns},
        printed=_list_printed(fields),
    )


def fold_label(text: str) -> str:
    """A label without spaces, case, width, numbering and marks.

    >>> fold_label(" 1、ＧＭＶ 口径 * ：")
    'gmv口径'
    """
    plain = unicodedata.normalize("NFKC", text[:1000]).strip().casefold()
    return _MARKS.sub("", _NUMBERING.sub("", plain))


def _match(text: str, names: Mapping[str, str]) -> str | None:
    found = names.get(fold_label(text))
    if found is None and "\n" in text:
        return next((names[part] for part in map(fold_label, text.split("\n")) if part in names), None)
    return found


def _spell(field: SheetField) -> tuple[str, ...]:
    zh, en = field.label.zh, field.label.en
    return (zh, en, zh + en, f"{zh}/{en}", f"{zh}({en})")


def _index_columns(columns: Sequence[Column]) -> Mapping[str, str]:
    return {
        fold_label(name): column.id
        for column in columns
        for name in (*column.formerly, column.label.zh, column.label.en, column.label.zh + column.label.en, column.id)
    }


def _list_printed(fields: Sequence[SheetField]) -> frozenset[str]:
    printed = {REQUIRED_MARK, CONDITIONAL_MARK, *APPLIES_WORDS}
    for field in fields:
        allowed = describe_expected(field.entry)
        printed.update((field.section.zh, field.section.en, f"{field.section.zh}\n{field.section.en}"))
        printed.update((field.help.zh, field.help.en, allowed.zh, allowed.en, field.tier, field.key))
    return frozenset(fold_label(text) for text in printed)
