"""What older forms named otherwise: fields, columns and fixed answers, as the catalog's history lists them.

The history's columns are `version` (the last form that used the old name), `what` (`field`, `column` or
`choice`), `key` (the field it concerns, by its name today), `was` and `now`; an empty `now` means removed.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from diagnostics.intake.sheet.entries import Former


@dataclass(frozen=True, kw_only=True)
class Change:
    """One name that changed between two forms; `now` is empty if there is nothing in its place."""

    version: str
    what: str
    key: str
    was: str
    now: str


def parse_history(csv_text: str) -> tuple[Change, ...]:
    """All changes of a history given as CSV text."""
    rows = csv.DictReader(io.StringIO(csv_text.removeprefix("\ufeff")))
    return tuple(
        Change(version=row["version"], what=row["what"], key=row["key"], was=row["was"], now=row["now"]) for row in rows
    )


def list_former(changes: tuple[Change, ...], key: str) -> Former:
    r"""Older names within one field, by what they named and its name today.

    >>> list_former(parse_history("version,what,key,was,now\n0,column,goals,aim%,target"), "goals")
    {('column', 'target'): ('aim%',)}
    """
    former: dict[tuple[str, str], tuple[str, ...]] = {}
    for change in changes:
        if change.key == key and change.now and change.what != "field":
            place = (change.what, change.now)
            former[place] = (*former.get(place, ()), change.was)
    return former


def list_former_keys(changes: tuple[Change, ...], key: str) -> tuple[str, ...]:
    r"""The keys under which older forms asked for a field.

    >>> list_former_keys(parse_history("version,what,key,was,now\n0,field,budget,yearly_budget,budget"), "budget")
    ('yearly_budget',)
    """
    return tuple(change.was for change in changes if change.what == "field" and change.now == key)


def list_removed(changes: tuple[Change, ...]) -> tuple[str, ...]:
    r"""The keys of fields that are no longer asked for.

    >>> list_removed(parse_history("version,what,key,was,now\n0,field,fax,fax,"))
    ('fax',)
    """
    return tuple(change.was for change in changes if change.what == "field" and not change.now)
