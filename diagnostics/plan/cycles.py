"""The measured repurchase cycles, and the one that speaks for the others."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.wording import Text, name_verbatim
from diagnostics.plan.material import Material, Row
from diagnostics.plan.section_tables import read_number


@dataclass(frozen=True, kw_only=True)
class UsualCycle:
    """The cycle of the category bought again most, and how many categories have one."""

    category: Text
    row: Row
    known: int


def list_cycles(material: Material) -> list[dict[str, object]]:
    """The categories whose cycle was measured; a row without a category only where there is no other.

    Goods without a category have a name that is ours and differs between the languages.
    """
    rows = [row for row in material.rows("retention.cycle", "cycle") if read_number(row, "median") is not None]
    return [row for row in rows if is_named(row)] or rows


def is_named(row: Row) -> bool:
    """Whether a row is a category of the client's."""
    name = _name(row["category"])
    return name.zh == name.en


def find_usual_cycle(material: Material) -> UsualCycle | None:
    """The category with most gaps; goods without a category never count."""
    named = [row for row in list_cycles(material) if is_named(row)]
    if not named:
        return None
    row = max(named, key=lambda one: read_number(one, "gaps") or 0.0)
    return UsualCycle(category=_name(row["category"]), row=row, known=len(named))


def _name(category: object) -> Text:
    return category if isinstance(category, Text) else name_verbatim(str(category))
