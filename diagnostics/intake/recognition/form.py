"""The true form of an export: how the platform writes its file, as data beside the layout."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from diagnostics.intake.recognition.header import normalise

Kind = Literal["csv", "tsv", "xlsx", "xls", "json"]
Mask = Literal["", "middle", "ends", "long", "cipher"]


def _normalise_all(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(normalise, names))


Header = Annotated[str, AfterValidator(normalise)]
Headers = Annotated[tuple[str, ...], AfterValidator(_normalise_all)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class OddRow(_Strict):
    """A row that differs from the usual: its cells as written, and what becomes of it.

    `rejected` is the reason for which intake leaves it out; empty if it is kept. `reads` are canonical values
    that follow from the odd cells, as text; `paid` stands for the row's own paid amount.
    """

    cells: dict[Header, str]
    rejected: str = ""
    reads: dict[str, str] = {}


class Form(_Strict):
    """How a platform writes one export.

    `above` are rows over the header, `band` words over groups of columns (a header of two rows), `below` a row
    that explains the columns under the header. `around` and `around_all` wrap cells (`="%s"`, a tab, a
    back-tick), `spaced` headers end in a blank, `empty` is the word for nothing, `times` and `days` are
    strftime patterns, `unix` or `packed`. `words` gives a column's words in turn; `usual` those of an ordinary
    row. `typed` workbooks hold numbers as numbers. In JSON, `envelope` names the list and `nested` the inner
    objects with their fields. `companion` is a second sheet of the same workbook, by name with its headers.
    """

    kind: Kind = "csv"
    encoding: str = "utf-8"
    file: str = ""
    sheet: str = "Sheet1"
    quoted: bool = False
    typed: bool = False
    thousands: bool = False
    above: tuple[str, ...] = ()
    band: dict[str, Headers] = {}
    below: dict[Header, str] = {}
    spaced: Headers = ()
    last_comma: bool = False
    empty: str = ""
    around: dict[Header, str] = {}
    around_all: str = "%s"
    times: str = "%Y-%m-%d %H:%M:%S"
    days: str = "%Y-%m-%d"
    mask: Mask = ""
    total: Literal["", "top", "end"] = ""
    words: dict[Header, tuple[str, ...]] = {}
    usual: dict[Header, str] = {}
    kinds: dict[Header, str] = {}
    odd: tuple[OddRow, ...] = ()
    envelope: str = ""
    nested: dict[str, tuple[str, ...]] = {}
    companion: dict[str, tuple[str, ...]] = {}
