"""Reads the sheet's accounts and personas and holds them against the rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.content import _persona_words as words
from diagnostics.checks.facts import Fact
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number
from diagnostics.plan.section_tables import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from diagnostics.model.brief import Brief, Row

LONGEST_SIGNATURE = 20
BRAND_WORDS = ("品牌", "brand")
SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How many of the accounts that state something keep a rule."""

    rule: str
    kept: int
    stated: int


def list_brands(brief: Brief) -> tuple[str, ...]:
    """The brands that the sheet names, each once; a lone one may stand in bridges, groups or the client's name."""
    named = [*brief.choices("brand_list"), *(read_text(row, "brand") for row in brief.rows("wecom_entities"))]
    if not any(named):
        named = [read_text(row, "brand") for key in ("bridge_status", "groups_list") for row in brief.rows(key)]
    if not any(named):
        named = [brief.text("client_name") or ""]
    return tuple(dict.fromkeys(name.strip() for name in named if name.strip()))


def count_kept(setups: Sequence[Row], brands: Sequence[str]) -> tuple[Kept, ...]:
    """By rule on a single account: accounts that state the thing, and those of them that keep the rule."""
    names = [name.lower() for name in (*brands, *BRAND_WORDS)]
    rules: dict[str, tuple[str, Callable[[str], bool]]] = {
        "brand": ("name_rule", lambda value: any(name in value.lower() for name in names)),
        "avatar": ("avatar_type", lambda value: value == "person"),
        "signature": ("signature", lambda value: len(value) <= LONGEST_SIGNATURE),
    }
    counted = []
    for rule, (key, keeps) in rules.items():
        stated = [value for row in setups if (value := read_text(row, key))]
        counted.append(Kept(rule=rule, kept=sum(keeps(value) for value in stated), stated=len(stated)))
    for rule, key in (("story", "story"), ("welcome", "welcome_message")):
        # A persona that is described without them has none.
        told = sum(bool(read_text(row, key)) for row in setups)
        counted.append(Kept(rule=rule, kept=told, stated=len(setups)))
    return tuple(counted)


def group_names(accounts: Sequence[Row]) -> Mapping[str, tuple[str, ...]]:
    """Service names (personas) by level, each once."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in accounts:
        if persona := read_text(row, "persona"):
            names[read_text(row, "level")].append(persona)
    return {level: tuple(dict.fromkeys(found)) for level, found in names.items()}


def hold_rules(brief: Brief) -> tuple[Fact, ...]:
    """Every rule with whether it is kept, `None` where the sheet doesn't tell."""
    setups, brands = brief.rows("persona_setup"), list_brands(brief)
    single = {kept.rule: _hold(kept) for kept in count_kept(setups, brands)}
    names = group_names(brief.rows("accounts_matrix"))
    found = single | {
        "one_rule": _hold_one_rule(setups),
        "one_name": _fact("one_name", all(len(own) == 1 for own in names.values()), _list_names(names))
        if names
        else _fact("one_name", None),
        "levels": _hold_levels(names),
        "entity": _hold_entities(brief, brands),
    }
    return tuple(found[rule] for rule in words.RULES)


def _fact(rule: str, holds: bool | None, seen: Text = NOTHING) -> Fact:  # noqa: FBT001 - three states, one of them unknown
    return Fact(id=rule, name=words.RULES[rule], holds=holds, seen=seen)


def _hold(kept: Kept) -> Fact:
    if not kept.stated:
        return _fact(kept.rule, None)
    seen = words.SEEN_OF.fill(n=word_number(kept.kept), all=word_number(kept.stated))
    return _fact(kept.rule, kept.kept == kept.stated, seen)


def _hold_one_rule(setups: Sequence[Row]) -> Fact:
    rules = tuple(dict.fromkeys(value for row in setups if (value := read_text(row, "name_rule"))))
    return _fact("one_rule", len(rules) == 1, _word_names(rules)) if rules else _fact("one_rule", None)


def _hold_levels(names: Mapping[str, tuple[str, ...]]) -> Fact:
    standard, premium = (names.get(level, ()) for level in ("standard", "premium"))
    if not (standard and premium):
        return _fact("levels", None, words.ONE_LEVEL if names else NOTHING)
    seen = words.SEEN_LEVELS.fill(
        standard=name_verbatim("/".join(standard[:SHOWN])), premium=name_verbatim("/".join(premium[:SHOWN]))
    )
    return _fact("levels", not set(standard) & set(premium), seen)


def _hold_entities(brief: Brief, brands: Sequence[str]) -> Fact:
    entities = {read_text(row, "brand"): read_text(row, "corp_code") for row in brief.rows("wecom_entities")}
    held = {brand: code for brand, code in entities.items() if brand and code}
    if not held:
        return _fact("entity", None)
    own = sum(brand in held for brand in brands)
    seen = words.SEEN_BRANDS.fill(n=word_number(own), all=word_number(len(brands)))
    return _fact("entity", own == len(brands) and len(set(held.values())) == len(held), seen)


def _list_names(names: Mapping[str, tuple[str, ...]]) -> Text:
    return _word_names(tuple(dict.fromkeys(name for own in names.values() for name in own)))


def _word_names(names: Sequence[str]) -> Text:
    shown = join_texts(name_verbatim(shorten(name, 16)) for name in names[:SHOWN])
    return words.SEEN_NAMES.fill(n=word_number(len(names)), names=shown)
