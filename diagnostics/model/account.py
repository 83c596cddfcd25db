"""The quality account of intake: what each file was, what was kept and rejected, what ties out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from diagnostics.model.wording import Text


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
class Reconciliation:
    """Our total against another source's, for a channel and a month ("" for all)."""

    channel: str
    month: str
    ours: float
    theirs: float
    gap: float
    cause: Text


@dataclass(frozen=True, kw_only=True)
class IntakeAccount:
    """All of it: files, tables, what is missing, what ties out, and the calendar of the order lines."""

    files: tuple[FileAccount, ...] = ()
    tables: dict[str, TableAccount] = field(default_factory=dict)
    missing: tuple[MissingTable, ...] = ()
    reconciliation: tuple[Reconciliation, ...] = ()
    calendar: tuple[ChannelMonth, ...] = ()
