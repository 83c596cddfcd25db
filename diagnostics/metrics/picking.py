"""The first of several rows, told by a group-by: it holds no group in memory, as numbering rows in a window does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def pick_first(rows: ir.Table, keys: tuple[str, ...], *, by: str, name: str, **sums: str) -> ir.Table:
    """One row a value of `keys`: `name` as in the row lowest in `by` (of several, the first by name), `by` itself.

    `sums` are added up over all rows: the new column's name, and that of the old one. `by` is never empty.
    """
    untied = rows.group_by(*keys, by).agg(
        **{name: rows[name].min()}, **{new: rows[old].sum() for new, old in sums.items()}
    )
    return untied.group_by(*keys).agg(
        **{name: untied[name].argmin(untied[by]), by: untied[by].min()}, **{new: untied[new].sum() for new in sums}
    )


def pick_most(rows: ir.Table, keys: tuple[str, ...], *, by: str, name: str) -> ir.Table:
    """One row a value of `keys`: `name` as in the row highest in `by`; of several, the first by name."""
    untied = rows.group_by(*keys, by).agg(**{name: rows[name].min()})
    return untied.group_by(*keys).agg(**{name: untied[name].argmax(untied[by])})
