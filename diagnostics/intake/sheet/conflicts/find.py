"""Runs every rule on the answers of a sheet."""

from __future__ import annotations

from diagnostics.intake.sheet.conflicts import data, goals, money, private, team, venue
from diagnostics.intake.sheet.conflicts.conflict import Conflict, Rule
from diagnostics.model.brief import Brief

RULES: tuple[Rule, ...] = (*money.RULES, *goals.RULES, *venue.RULES, *private.RULES, *team.RULES, *data.RULES)


def find_conflicts(brief: Brief) -> tuple[Conflict, ...]:
    """All contradictions between answers, in the order of the rules.

    >>> [conflict.keys for conflict in find_conflicts(Brief(answers={"brand_count": 3, "brand_list": ("甲", "乙")}))]
    [('brand_count', 'brand_list')]
    """
    return tuple(conflict for rule in RULES for conflict in rule(brief))
