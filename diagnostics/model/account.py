"""The quality account of intake: what each file was, what was kept and rejected, what ties out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from diagnostics.model.wording import Text

Against = Literal["order_items", "settlement", "after_sales", "sycm", "sheet", "sheet_channel"]


Handling = Literal["dropped", "keyed", "masked"]
DataKind = Literal["personal", "open", "generated"]


@dataclass(frozen=True, kw_only=True)
class Handled:
    """What became of the personal data in one column: how many cells, and by which rule, never what they said.

    `kind` is the kind of identifier that was found (`mobile`, `email` …), or `name` where the header told.
    """

    column: str
    handling: Handling
    kind: str
    cells: int


# Files that a person left lying about, and nobody misses.
NO_EXPORTS = frozenset(["hidden_file", "office_lock_file"])


@dataclass(frozen=True, kw_only=True)
class Place:
    """Rows of a file that were set aside for a reason that a person can mend, never what they said.

    `rows` are the numbers of the first five, as a spreadsheet counts them; `columns` the headers concerned.
    """

    reason: str
    rows: tuple[int, ...]
    columns: tuple[str, ...]
    advice: Text


@dataclass(frozen=True, kw_only=True)
class FileAccount:
    """One file (or sheet of a workbook): what it was taken for and where its rows went.

    `layout` is a layout's id, `mapped` for a mapping in the client's settings, or `None` if unknown; then
    `columns` holds its headers and `suggestion` a mapping, as YAML, ready to edit.
    """

    path: str
    sheet: str = ""
    layout: str | None = None
    score: float = 0.0
    table: str | None = None
    encoding: str = ""
    header_row: int | None = None
    rows_read: int = 0
    rows_kept: int = 0
    rows_rejected: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    columns: tuple[str, ...] = ()
    suggestion: str = ""
    dropped_personal: tuple[str, ...] = ()
    handled: tuple[Handled, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def unread(self) -> str:
        """Why the file could not be read, though somebody meant it to be; empty if it could."""
        reason = next(iter(self.rejected), "") if not self.rows_read and 0 in self.rejected.values() else ""
        return "" if reason in NO_EXPORTS else reason

    def __post_init__(self) -> None:
        if self.rows_read != self.rows_kept + self.rows_rejected or self.rows_rejected != sum(self.rejected.values()):
            message = f"{self.path}: rows read must equal rows kept plus rows rejected"
            raise ValueError(message)


@dataclass(frozen=True, kw_only=True)
class TableAccount:
    """One canonical table in the vault; `filled` is the share of rows with a value, by column."""

    rows: int
    period: tuple[date, date] | None
    keyed_share: float | None
    filled: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class MissingTable:
    """A table that was not delivered, which export brings it and which checks it would unlock."""

    table: str
    export: Text
    unlocks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChannelMonth:
    """The order lines of one channel in one month (`2024-03`).

    `paid` and `refunded` in the client's currency; `keyed` are lines with a known customer; `days` have orders;
    `silent` are runs of days without any (first and last, both included) inside the channel's history.
    """

    channel: str
    month: str
    lines: int
    orders: int
    paid: float
    refunded: float
    keyed: int
    days: int
    silent: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, kw_only=True)
class GapPart:
    """What one cause explains of a gap, in the client's currency and with the gap's sign; `model.gaps` names causes."""

    cause: str
    amount: float


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """Our total against another source's, for a channel and a month ("" for all); the gap is ours less theirs.

    `against` says which source; `basis` which kind of its rows (Sycm: `shop`, `item`, `source`) or which definition
    (sheet: `created`, `paid`, `paid_net`, `settled`). `cause_code` is the largest of `parts`, or `ties`, or, where
    `comparable` is false, the reason why the two can't be compared. The parts of a comparable pair that does not
    tie out sum to the gap, to the cent.
    """

    channel: str
    month: str
    ours: float
    theirs: float
    gap: float
    cause: Text
    against: Against = "sheet"
    basis: str = ""
    cause_code: str = "unexplained"
    parts: tuple[GapPart, ...] = ()
    comparable: bool = True


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Rows that two exports both hold; the later file tells the later state and wins.

    `file` gave way to `other` (the same file where it repeats itself). `changed` rows told another amount or status
    than the row that replaced them. `period` is half-open, by the days of the orders.
    """

    file: str
    other: str
    channel: str
    rows: int
    orders: int
    changed: int
    period: tuple[date, date] | None = None


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """Rows of one file, channel, month (`2024-03`, "" if not known) and reason that are in no total.

    `amount` is what they would have added, an order counted once; `None` where no row told an amount.
    """

    file: str
    channel: str
    month: str
    reason: str
    words: Text
    rows: int
    orders: int
    amount: float | None


@dataclass(frozen=True, kw_only=True)
class LinkCount:
    """Links between keys of one kind of evidence: how many hold (`reason` empty) or were cut, on how many orders."""

    kind: str
    reason: str
    links: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class IntakeAccount:
    """All of it: files, tables, what is missing, what ties out, what was set aside, and the calendar of the lines."""

    files: tuple[FileAccount, ...] = ()
    tables: dict[str, TableAccount] = field(default_factory=dict)
    missing: tuple[MissingTable, ...] = ()
    reconciliation: tuple[Reconciliation, ...] = ()
    calendar: tuple[ChannelMonth, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    data: DataKind = "personal"
    links: tuple[LinkCount, ...] = ()
