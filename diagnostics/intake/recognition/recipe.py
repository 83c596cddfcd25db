"""How the rows of an export become rows of a canonical table: data that layouts and settings share."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from diagnostics.model.tables import CANONICAL_TABLES

Grain = Literal["line", "order", "sub_order", "order_sku"]
Unit = Literal["percent", "minutes", "seconds", "cost", "positive", "filled", "coupon"]

WORKING_NUMBERS = frozenset(["unit_price", "order_paid", "order_refund", "line_amount"])
WORKING_COLUMNS = WORKING_NUMBERS | {
    "phone",
    "refund_words",
    "unionid",
    "store_name",
    "paid_at",
    "recipient",
    "address",
}
_NUMBER_TYPES = ("int", "float", "money")
_NUMBER_UNITS = ("percent", "minutes", "seconds", "cost")
# Units for which a cell means nothing without the others of its column.
_WHOLE_COLUMN_UNITS = frozenset(["percent", "cost"])


def _as_words(value: object) -> object:
    return (value,) if isinstance(value, str | int | float) else value


def _check_pattern(pattern: str) -> str:
    """The pattern, if the engine that will run it can read it; `ValueError` says what is wrong."""
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid as error:
        raise ValueError(str(error)) from error
    return pattern


def _check_part(pattern: str) -> str:
    if "(" not in pattern.replace("\\(", "").replace("(?", ""):
        message = "a pattern with a group in round brackets: the part to take"
        raise ValueError(message)
    return _check_pattern(pattern)


Words = Annotated[tuple[str, ...], BeforeValidator(_as_words)]
Pattern = Annotated[str, AfterValidator(_check_pattern)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class StatusRule(_Strict):
    """What the words of a status column say; a word fits if the cell contains it.

    `unpaid` rows are rejected; `unpaid_if_nothing_paid` rows only when nothing was paid;
    `refunded` rows were paid and given back whole; `returned` rows only take back.
    """

    column: str
    unpaid: Words = ()
    unpaid_if_nothing_paid: Words = ()
    refunded: Words = ()
    returned: Words = ()


class KeepRule(_Strict):
    """Keep only rows whose cell in `column` equals one of the words; others have `reason`."""

    column: str
    equals: Words
    reason: str = "detail_of_total"


class RejectRule(_Strict):
    """Reject rows whose cell in `column` matches a pattern."""

    column: str
    pattern: Pattern
    reason: str


class Extract(_Strict):
    """Take a part of a cell that holds several things; the first group of the pattern."""

    column: str
    pattern: Annotated[str, AfterValidator(_check_part)]


class Returns(_Strict):
    """How a line that only takes back is told: by the prefix of its order id."""

    order_id_prefix: str


class Where(_Strict):
    """The rows whose cell in `column` contains one of the words."""

    column: str
    contains: Words


class Clock(_Strict):
    """A moment told by a column of days and a column of times of day."""

    day: str
    time: str


class Unpivot(_Strict):
    """Turn columns into rows: `metric` maps a source column to the word written, `value` names the value column.

    `name` is the column that the word goes to. With `others`, each column that the layout does not know is one
    too, under its own header, but for headers that ask for personal data; a row that filled none of them stays.
    """

    metric: dict[str, str] = Field(default_factory=dict)
    value: str = "target"
    name: str = "metric"
    others: bool = False


class Recipe(_Strict):
    """Which canonical table an export feeds, and how.

    `columns` maps a canonical or working column to source headers; the first filled one counts.
    `customer_kind` names the kind of id in `customer`; it is part of what is hashed.
    `order_id_from` names columns that together stand for an order id where the export has none.
    `family` and `role` tie order files and item files of one platform together.
    `sums` fills a column with the sum of several; `classes` turns texts into fixed words, by what they contain;
    `clocks` joins days with times of day; `only` limits a column to some rows,
    `below_zero` makes its amounts negative there.
    Periods come from `period_column`, else from the file's name; `day_from_file_name` names a column that holds
    the day in the file's name.
    """

    table: str
    channel: str = ""
    columns: dict[str, Words] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    units: dict[str, Unit] = Field(default_factory=dict)
    extract: dict[str, Extract] = Field(default_factory=dict)
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    classes: dict[str, dict[str, Words]] = Field(default_factory=dict)
    sums: dict[str, Words] = Field(default_factory=dict)
    clocks: dict[str, Clock] = Field(default_factory=dict)
    only: dict[str, Where] = Field(default_factory=dict)
    below_zero: dict[str, Where] = Field(default_factory=dict)
    channel_column: str = ""
    customer_kind: str = "platform_id"
    order_id_from: Words = ()
    grain: Grain = "line"
    status: tuple[StatusRule, ...] = ()
    keep_rows: tuple[KeepRule, ...] = ()
    reject: tuple[RejectRule, ...] = ()
    returns: Returns | None = None
    unpivot: Unpivot | None = None
    period_column: str = ""
    period_from_file_name: bool = False
    day_from_file_name: str = ""
    family: str = ""
    role: Literal["", "orders", "items"] = ""

    @field_validator("table")
    @classmethod
    def _table_is_canonical(cls, table: str) -> str:
        if table not in CANONICAL_TABLES:
            message = f"unknown table {table}; one of {', '.join(CANONICAL_TABLES)}"
            raise ValueError(message)
        return table

    @model_validator(mode="after")
    def _columns_are_known(self) -> Self:
        kinds = {column.name: column.type for column in CANONICAL_TABLES[self.table].columns}
        named = {*self.columns, *self.constants, *self.units, *self.extract, *self.words, *self.classes, *self.sums}
        named |= {*self.clocks, *self.only, *self.below_zero, self.day_from_file_name or "customer"}
        named |= set(self.order_id_from)
        if unknown := named - set(kinds) - WORKING_COLUMNS - {"customer"}:
            message = f"{self.table} has no column {', '.join(sorted(unknown))}; it has {', '.join(kinds)}"
            raise ValueError(message)
        numbers = {name for name, kind in kinds.items() if kind in _NUMBER_TYPES} | WORKING_NUMBERS
        if wrong := [name for name, unit in self.units.items() if unit in _NUMBER_UNITS and name not in numbers]:
            message = f"{', '.join(wrong)} can't be read as a number, so it has no unit"
            raise ValueError(message)
        return self

    @property
    def sees_whole_columns(self) -> bool:
        """Whether a cell can't be read without the others of its column: 12 or 0.12 may both be a percentage."""
        return bool(_WHOLE_COLUMN_UNITS & set(self.units.values())) or bool(self.period_column)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source header that the recipe reads."""
        named = [name for names in (*self.columns.values(), *self.sums.values()) for name in names]
        rules = (self.status, self.keep_rows, self.reject)
        named += [rule.column for group in rules for rule in group]
        named += [part.column for part in self.extract.values()]
        named += [where.column for where in (*self.only.values(), *self.below_zero.values())]
        named += [name for clock in self.clocks.values() for name in (clock.day, clock.time)]
        named += [*(self.unpivot.metric if self.unpivot else ()), self.channel_column, self.period_column]
        return tuple(dict.fromkeys(name for name in named if name))
