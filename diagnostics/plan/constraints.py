"""What the client must not have done: each stated constraint is understood by a rule, or handed to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from diagnostics.model.wording import Text
from diagnostics.plan.actions import is_among

Effect = Literal["keep", "condition", "bar", "freeze"]


@dataclass(frozen=True, kw_only=True)
class ConstraintRule:
    """How the plan keeps a kind of constraint, recognised by a pattern in the client's words.

    `keep`: whatever the plan does keeps it. `condition`: actions of these codes are carried out in this way only.
    `bar`: they don't enter the plan. `freeze`: no money is spent outside the team. A code that ends in a dot means its
    whole area. `kept` says it.
    """

    id: str
    words: re.Pattern[str]
    effect: Effect
    codes: tuple[str, ...]
    kept: Text

    def concerns(self, code: str) -> bool:
        """Whether the action of a finding code is meant."""
        return is_among(code, self.codes)


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """One line of the sheet with the rules that understand it; none: a person must hold the plan against it."""

    said: str
    rules: tuple[ConstraintRule, ...]


def read_constraint_rules(rows: Iterable[Mapping[str, str]]) -> tuple[ConstraintRule, ...]:
    """The rules, from the rows of a catalog; codes parted by `;`. `ValueError` for an effect that there is not."""
    return tuple(_read_row(row) for row in rows)


def _read_row(row: Mapping[str, str]) -> ConstraintRule:
    found = [effect for effect in get_args(Effect) if effect == row["effect"]]
    if not found:
        message = f"the constraint {row['id']} has no effect {row['effect']!r}"
        raise ValueError(message)
    return ConstraintRule(
        id=row["id"],
        words=re.compile(row["words"], re.IGNORECASE),
        effect=found[0],
        codes=tuple(code for code in row["codes"].split(";") if code),
        kept=Text(zh=row["kept_zh"], en=row["kept_en"]),
    )


def understand(lines: Sequence[str], rules: Sequence[ConstraintRule]) -> tuple[Constraint, ...]:
    """Every constraint of the sheet with all rules whose pattern is found in it."""
    return tuple(
        Constraint(said=line, rules=tuple(rule for rule in rules if rule.words.search(line))) for line in lines
    )


def list_rules(constraints: Sequence[Constraint], effect: Effect) -> tuple[ConstraintRule, ...]:
    """The rules of an effect that the sheet calls for, each once."""
    return tuple(dict.fromkeys(rule for one in constraints for rule in one.rules if rule.effect == effect))


def find_ban(constraints: Sequence[Constraint], code: str) -> Constraint | None:
    """The first constraint that forbids the action of a code."""
    return next(
        (one for one in constraints for rule in one.rules if rule.effect == "bar" and rule.concerns(code)), None
    )
