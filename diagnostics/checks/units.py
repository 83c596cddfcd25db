"""The people and places that questions on service and community judge: their names and their scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["staff", "store", "group", "owner"]
KIND_WORDS: dict[Kind, Text] = {
    "staff": Text(zh="员工 {name}", en="Staff {name}"),
    "store": Text(zh="门店 {name}", en="Store {name}"),
    "group": Text(zh="群 {name}", en="Group {name}"),
    "owner": Text(zh="群主 {name}", en="Group owner {name}"),
}
# The key of a finding's scope: an owner of groups is a member of staff.
SCOPES: dict[Kind, str] = {"staff": "staff", "store": "store", "group": "group", "owner": "staff"}
KIND_NAMES: dict[Kind, Text] = {
    "staff": Text(zh="员工", en="Staff"),
    "store": Text(zh="门店", en="Store"),
    "group": Text(zh="群", en="Group"),
    "owner": Text(zh="群主", en="Group owner"),
}
WHOLE = Text(zh="全公司", en="the whole company")
MORE = Text(zh="{names} 等 {n} 个", en="{names} and others, {n} in all")
NAME_LENGTH = 18
MOST_NAMES = 5


def name_unit(kind: Kind, unit: str) -> Text:
    """A unit at the beginning of a sentence.

    >>> name_unit("store", "SH-01").en
    'Store SH-01'
    """
    return KIND_WORDS[kind].fill(name=name_verbatim(shorten(unit, NAME_LENGTH)))


def name_units(units: Sequence[str]) -> Text:
    """The first few of a list of units, and how many there are in all.

    >>> name_units(["a", "b"]).en
    'a, b'
    """
    names = join_texts(name_verbatim(shorten(unit, NAME_LENGTH)) for unit in units[:MOST_NAMES])
    return names if len(units) <= MOST_NAMES else MORE.fill(names=names, n=word_number(len(units)))


def scope_of(kind: Kind, unit: str) -> dict[str, str]:
    """The scope of a finding on one unit."""
    return {SCOPES[kind]: unit}


def word_ago(week: int) -> Text:
    """A week counted back from the last.

    >>> word_ago(0).en, word_ago(1).en, word_ago(2).zh
    ('the last week', '1 week ago', '2 周前')
    """
    if week == 0:
        return Text(zh="最近一周", en="the last week")
    return Text(zh=f"{week} 周前", en=f"{week} week ago" if week == 1 else f"{week} weeks ago")
