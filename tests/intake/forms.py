"""Fixtures of all layouts in their true form, and what must come of their rows, worked out from plain values."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from diagnostics.generator.forms.plain import PlainRow, make_rows
from diagnostics.generator.forms.write import name_file, write_export
from diagnostics.intake.recognition.layouts import Layout, load_layouts
from diagnostics.model.tables import CANONICAL_TABLES

LAYOUTS = load_layouts()
USUAL_ROWS = 6
NEEDS_ORDERS = "tb_item_old"
# Keyed, worded or cut out of a cell: what arrives is not what was written.
_CHANGED = frozenset(
    [
        *("customer", "contact", "referrer", "phone", "unionid", "staff", "owner", "anchor"),
        *("channel", "region", "store_name", "line_amount"),
    ]
)
_AMOUNTS = frozenset(["paid_amount", "refund_amount", "list_amount", "order_paid", "order_refund", "unit_price"])
# What tells the rows of one layout from those of all others.
_TELLING = ("order_id", "session", "starts_at", "added_at", "day", "product_id", "source", "starts_on", "department")


def rows_of(layout: Layout) -> list[PlainRow]:
    return _rows_of(layout.id)


@cache
def _rows_of(layout_id: str) -> list[PlainRow]:
    return make_rows(next(layout for layout in LAYOUTS if layout.id == layout_id), USUAL_ROWS)


def path_of(layout: Layout) -> str:
    """Each layout has a folder of its own: two platforms may name files alike."""
    return f"{layout.id}/{name_file(layout, rows_of(layout))}"


def true_files() -> dict[str, bytes]:
    return {path_of(layout): write_export(layout, rows_of(layout)) for layout in LAYOUTS}


def first_value(layout: Layout, row: PlainRow, canonical: str) -> object:
    """The plain value that a canonical column must hold: of the first source that is filled."""
    sources = layout.recipe.columns.get(canonical, ())
    cells = [row.raw.get(name, row.values.get(name)) for name in sources if name in layout.columns]
    return next((cell for cell in cells if cell not in (None, "", layout.form.empty, "无退款申请")), None)


def compared(layout: Layout) -> list[str]:
    """Canonical columns that must arrive as they were written."""
    columns = CANONICAL_TABLES[layout.recipe.table].columns
    known = {column.name for column in columns if column.personal == "never"}
    recipe = layout.recipe
    amounts = _AMOUNTS - ({"paid_amount"} if recipe.table != "order_lines" else set())
    changed = _CHANGED.union(recipe.units, recipe.words, recipe.constants, recipe.extract, amounts)
    changed |= {*recipe.classes, *recipe.sums, *recipe.clocks, *recipe.only, *recipe.below_zero}
    sent = {name for name, sources in recipe.columns.items() if not set(sources).isdisjoint(layout.columns)}
    return [name for name in recipe.columns if name in known & sent and name not in changed]


def expect(layout: Layout, row: PlainRow, canonical: str) -> object:
    """The canonical value, in its type."""
    kind = CANONICAL_TABLES[layout.recipe.table].column(canonical).type
    told = row.reads.get(canonical)
    return told_as(kind, told if told is not None else first_value(layout, row, canonical))


def told_as(kind: str, value: object) -> object:
    if value is None:
        return None
    if isinstance(value, datetime) and kind == "date":
        return value.date()
    if isinstance(value, date) and kind == "timestamp" and not isinstance(value, datetime):
        return datetime.combine(value, datetime.min.time())
    if isinstance(value, date):
        return value
    return {
        "money": lambda: Decimal(str(value).replace(",", "")).quantize(Decimal("0.01")),
        "int": lambda: int(str(value)),
        "float": lambda: float(str(value)),
        "bool": lambda: str(value) in ("是", "True"),
        "string": lambda: str(value),
    }[kind]()


def kept_rows(layout: Layout) -> list[PlainRow]:
    return [row for row in rows_of(layout) if not row.rejected]


def kept_alone(layout: Layout) -> list[PlainRow]:
    """The rows kept where no other file is at hand: items without a date of their own need their orders."""
    return [] if layout.id == NEEDS_ORDERS else kept_rows(layout)


def rejections(layout: Layout) -> dict[str, int]:
    """How many rows are rejected for which reason."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows_of(layout):
        alone = "no_date" if layout.id == NEEDS_ORDERS else ""
        counts["not_used" if layout.recipe is None else row.rejected or alone] += 1
    if layout.form.total:
        counts["total_row"] += 1
    if layout.form.below:
        counts["not_used" if layout.recipe is None else "description_row"] += 1
    counts.pop("", None)
    return dict(counts)


def amount(layout: Layout, row: PlainRow, *names: str) -> Decimal | None:
    found = [first_value(layout, row, name) for name in names]
    return next((Decimal(str(value)) for value in found if value is not None), None)


def paid_by_order(layout: Layout) -> dict[str, Decimal]:
    """What each order paid: told once of an order, else of each line, else price times quantity."""
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for row in kept_alone(layout):
        order = str(first_value(layout, row, "order_id")).strip("\t")
        if "paid_amount" in row.reads:
            paid[order] = Decimal(row.reads["paid_amount"])
        elif (of_order := amount(layout, row, "order_paid")) is not None:
            paid[order] = of_order
        elif (of_line := amount(layout, row, "paid_amount")) is not None:
            paid[order] += of_line
        else:
            paid[order] += amount(layout, row, "unit_price") * amount(layout, row, "quantity")
    return dict(paid)


def refunded_by_order(layout: Layout) -> dict[str, Decimal]:
    refunded: dict[str, Decimal] = defaultdict(Decimal)
    for row in kept_alone(layout):
        order = str(first_value(layout, row, "order_id")).strip("\t")
        told = row.reads.get("refund_amount")
        whole = amount(layout, row, "order_paid", "paid_amount")
        refunded[order] += (
            whole if told == "paid" else Decimal(told or amount(layout, row, "refund_amount", "order_refund") or 0)
        )
    return dict(refunded)


def own_rows(layout: Layout, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows of a canonical table that came from a layout, told by ids or days that no other layout has."""
    kept = kept_alone(layout)
    rows = [row for row in rows if all(str(row[name]) == word for name, word in layout.recipe.constants.items())]
    told = next((name for name in _TELLING if name in compared(layout)), None)
    if told is None:
        return rows
    own = {expect(layout, row, told) for row in kept}
    channel = layout.recipe.channel
    return [
        row for row in rows if row[told] in own and row.get("channel", channel) == (channel or row.get("channel", ""))
    ]


def name_of(layout: Layout) -> str:
    return layout.id
