"""Order ids for exports without any, built from what tells one order from another."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.feed import OWN_KEY, PHONE_KEY
from diagnostics.intake.recognition.recipe import Recipe
from diagnostics.intake.working import column, put

_KIND, _DIGITS_OF_KEY = 2, 12
_CLOCK = "%Y%m%d%H%M%S"


def build_order_ids(table: pa.Table, recipe: Recipe) -> pa.Table:
    """Order rows whose empty order ids are built from the columns that the recipe names.

    Rows that agree in all of them are one order, also across overlapping files. A customer goes in as the first
    digits of the keyed pseudonym. A row in which all of them are empty stays without an id.
    """
    if not recipe.order_id_from or not table.num_rows:
        return table
    parts = [_spell(table, name) for name in recipe.order_id_from]
    told = [pc.is_valid(part) for part in parts]
    built = pc.binary_join_element_wise(*[pc.fill_null(part, "") for part in parts], "-")
    any_told = told[0]
    for part in told[1:]:
        any_told = pc.or_(any_told, part)
    built = pc.if_else(any_told, built, pa.scalar(None, pa.string()))
    return put(table, "order_id", pc.coalesce(column(table, "order_id"), built))


def _spell(table: pa.Table, name: str) -> pa.Array:
    if name == "customer":
        keys = pc.coalesce(column(table, PHONE_KEY), column(table, OWN_KEY))
        # The letter of the kind of key comes first.
        return pc.utf8_slice_codeunits(keys, _KIND, _KIND + _DIGITS_OF_KEY)
    cells = column(table, name)
    if pa.types.is_timestamp(cells.type):
        return pc.cast(pc.strftime(pc.cast(cells, pa.timestamp("s"), safe=False), format=_CLOCK), pa.string())
    return pc.cast(cells, pa.string())
