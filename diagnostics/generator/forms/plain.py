"""Rows of plain values for any layout, the same for the same seed: amounts, times, ids and invented people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zlib import crc32

from diagnostics.generator.forms.kinds import name_kinds
from diagnostics.generator.identities import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diagnostics.intake.recognition.layouts import Layout

Value = str | int | Decimal | datetime | date | None

# No operator was given numbers that begin so.
PHONE_HEAD = "1610"
FIRST_ID = 2_300_000_000_000_000_000
GIVEN_NAMES = ("小一", "小二", "小三", "小四", "小五")
PRODUCTS = ("洁面乳", "面霜", "精华液", "防晒霜", "面膜")
PROVINCES = ("浙江省", "江苏省", "广东省", "四川省", "湖北省")
EARLIEST = date(2021, 1, 4)
DAYS_APART, STARTS = 20, 97
_LAYOUTS_APART = 10_000_000_000
_ROWS_OF_ORDER = {"sub_order": 2, "order_sku": 2}
# What the rows of one order share.
_OF_ORDER = frozenset(
    [
        *("order_id", "order_paid", "order_refund", "paid_at", "ordered_at", "customer", "phone"),
        *("region", "store", "staff", "source", "shop"),
    ]
)


@dataclass(frozen=True, kw_only=True)
class PlainRow:
    """Values by normalised header; `raw` cells are written as they stand.

    `rejected` is the reason for which intake must leave the row out, `reads` what it must read from the raw cells.
    """

    values: Mapping[str, Value]
    raw: Mapping[str, str] = field(default_factory=dict)
    rejected: str = ""
    reads: Mapping[str, str] = field(default_factory=dict)


def make_rows(layout: Layout, usual: int, *, seed: int = 1) -> list[PlainRow]:
    """So many usual rows, then one for each odd row of the layout's form.

    Rows of an export with several lines an order come in pairs; an odd row is an order of its own.
    """
    size = _ROWS_OF_ORDER.get(layout.recipe.grain, 1) if layout.recipe else 1
    rows = [PlainRow(values=_make_values(layout, number, number // size, seed)) for number in range(usual)]
    odd = enumerate(layout.form.odd, usual)
    return rows + [
        PlainRow(values=_make_values(layout, at, at, seed), raw=row.cells, rejected=row.rejected, reads=row.reads)
        for at, row in odd
    ]


def _make_values(layout: Layout, row: int, order: int, seed: int) -> dict[str, Value]:
    shared = {
        source
        for canonical, sources in (layout.recipe.columns.items() if layout.recipe else ())
        if canonical in _OF_ORDER
        for source in sources
    }
    form, values = layout.form, dict[str, Value]()
    refunds = _refunds(layout)
    for place, (name, kind) in enumerate(name_kinds(layout).items()):
        number = order if name in shared else row
        roll = crc32(f"{seed}/{layout.id}/{name}/{number}".encode())
        values[name] = Decimal(number % 3) if name in refunds else _MAKE[kind](_Cell(layout.id, place, number, roll))
    for name, words in form.words.items():
        values[name] = words[row % len(words)]
    return {**values, **form.usual}


def _refunds(layout: Layout) -> frozenset[str]:
    columns = layout.recipe.columns if layout.recipe else {}
    return frozenset(name for found in ("refund_amount", "order_refund") for name in columns.get(found, ()))


@dataclass(frozen=True)
class _Cell:
    layout: str
    place: int
    number: int
    roll: int

    @property
    def day(self) -> date:
        """A day of its own for each row, in weeks of their own for each layout."""
        return EARLIEST + timedelta(days=DAYS_APART * (crc32(self.layout.encode()) % STARTS) + self.number)

    @property
    def id(self) -> int:
        layout, place = crc32(self.layout.encode()) % 100_000, self.place % 100
        return FIRST_ID + layout * _LAYOUTS_APART + place * 10_000_000 + self.number * 137


def _make_time(cell: _Cell) -> datetime:
    clock = timedelta(hours=8 + cell.place % 12, seconds=cell.roll % 3600)
    return datetime.combine(cell.day, datetime.min.time()) + clock


def _make_person(cell: _Cell) -> str:
    return SURNAMES[cell.roll % len(SURNAMES)] + GIVEN_NAMES[cell.number % len(GIVEN_NAMES)]


_MAKE: dict[str, Callable[[_Cell], Value]] = {
    "id": lambda cell: str(cell.id),
    "account": lambda cell: f"acc_{cell.id}",
    "phone": lambda cell: f"{PHONE_HEAD}{cell.roll % 10_000_000:07d}",
    "person": _make_person,
    "address": lambda cell: f"浙江省 杭州市 西湖区 某路{cell.roll % 900 + 1}号",
    "code": lambda cell: f"QY-{1000 + cell.number}",
    "product": lambda cell: PRODUCTS[cell.number % len(PRODUCTS)],
    "store": lambda cell: f"S{cell.number:02d}",
    "shop": lambda _cell: "某某旗舰店",
    "province": lambda cell: PROVINCES[cell.number % len(PROVINCES)],
    "source": lambda cell: f"来源{cell.number}",
    "word": lambda cell: f"词{cell.number}",
    "flag": lambda cell: "是" if cell.number % 2 else "否",
    "money": lambda cell: Decimal(cell.roll % 500_000 + 1_000) / 100,
    "count": lambda cell: cell.roll % 9_000 + 1,
    "quantity": lambda cell: cell.roll % 5 + 1,
    "share": lambda cell: Decimal(cell.roll % 9_000 + 500) / 10_000,
    "percent": lambda cell: Decimal(cell.roll % 9_000 + 500) / 10_000,
    "day": lambda cell: cell.day,
    "time": _make_time,
}
