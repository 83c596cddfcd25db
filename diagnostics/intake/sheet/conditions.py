"""When a field applies: read from the catalog, judged by the answers, worded for people.

A condition is one or more clauses parted by semicolons, any of which is enough:
`brand_count > 1`, `pd_start_date != none`, `main_channels.channel = store / dealer`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, cast

from diagnostics.intake.sheet.fields import Clause, SheetField
from diagnostics.model.brief import Brief
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim

_CLAUSE = re.compile(r"(?P<key>\w+)(?:\.(?P<column>\w+))?\s*(?P<comparison>!=|=|>)\s*(?P<values>.+)")
_SAYS = {
    "=": Text(zh="「{name}」为{values}", en='"{name}" is {values}'),
    "!=": Text(zh="「{name}」不为{values}", en='"{name}" is not {values}'),
    ">": Text(zh="「{name}」大于 {values}", en='"{name}" is above {values}'),
}
_OR, _NONE = Text(zh="或", en=" or "), Text(zh="无", en="none")


def parse_condition(text: str) -> tuple[Clause, ...]:
    """The clauses of a condition; an empty text has none. Raises `ValueError` if one can't be read.

    >>> parse_condition("brand_count > 1")
    (Clause(key='brand_count', column='', comparison='>', values=('1',)),)
    """
    return tuple(_parse_clause(part.strip()) for part in text.split(";") if part.strip())


def _parse_clause(text: str) -> Clause:
    found = _CLAUSE.fullmatch(text)
    if found is None:
        message = f"the catalog holds a condition that can't be read: {text}"
        raise ValueError(message)
    return Clause(
        key=found["key"],
        column=found["column"] or "",
        comparison=cast('Literal["=", "!=", ">"]', found["comparison"]),
        values=tuple(value.strip() for value in found["values"].split(" / ")),
    )


def judge_applies(field: SheetField, brief: Brief) -> bool | None:
    """Whether a field applies by the answers given; `None` where the answer that decides is missing.

    >>> field = SheetField(key="b", section=NOTHING, label=NOTHING, entry=None, requirement="conditional",
    ...     tier="standard", feeds="", help=NOTHING, applies_when=parse_condition("a > 1"))
    >>> [judge_applies(field, Brief(answers=answers)) for answers in ({"a": 2}, {"a": 1}, {})]
    [True, False, None]
    """
    verdicts = [_judge_clause(clause, brief) for clause in field.applies_when]
    if not verdicts or any(verdicts):
        return True
    return None if None in verdicts else False


def _judge_clause(clause: Clause, brief: Brief) -> bool | None:
    given = _list_given(clause, brief)
    if not given:
        return None
    if clause.comparison == ">":
        return any(isinstance(value, int | float) and value > float(clause.values[0]) for value in given)
    return (clause.comparison == "=") == any(str(value) in clause.values for value in given)


def _list_given(clause: Clause, brief: Brief) -> list[object]:
    answer = brief.answers.get(clause.key)
    if answer is None:
        return []
    if clause.column:
        return [row[clause.column] for row in brief.rows(clause.key) if row.get(clause.column) is not None]
    return list(answer) if isinstance(answer, tuple) else [answer]


def describe_condition(field: SheetField, fields: Mapping[str, SheetField]) -> Text:
    """When a field applies, in words; empty if it always does."""
    parts = [_describe_clause(clause, fields) for clause in field.applies_when]
    return _join(parts) if parts else NOTHING


def _describe_clause(clause: Clause, fields: Mapping[str, SheetField]) -> Text:
    field = fields[clause.key]
    entry = next((column.entry for column in field.columns if column.id == clause.column), field.entry)
    labels = {choice.id: choice.label for choice in entry.choices} | ({"none": _NONE} if entry.may_be_none else {})
    values = join_texts(labels.get(value, name_verbatim(value)) for value in clause.values)
    return _SAYS[clause.comparison].fill(name=field.label, values=values)


def _join(parts: list[Text]) -> Text:
    return Text(zh=_OR.zh.join(part.zh for part in parts), en=_OR.en.join(part.en for part in parts))
