"""Whole CSV files from columns of values, in the form that each platform gives its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diagnostics.generator.draws import Ints
from diagnostics.generator.season import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The values of one column and the frame around each: `="%s"`, a tab, a currency word."""

    values: Sequence[object]
    frame: str = "%s"


Content = str | Cells


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a platform writes CSV: encoding, quotes around every cell, what stands for nothing, a last comma."""

    encoding: str
    quoted: bool = True
    empty: str = ""
    last_comma: bool = False


GB18030 = Dialect(encoding="gb18030", empty="null")
UTF8 = Dialect(encoding="utf-8", quoted=False)


def write_csv(columns: Sequence[str], content: Mapping[str, Content], dialect: Dialect) -> bytes:
    r"""A CSV file with lines that end in CR LF.

    `content` gives a fixed text or cells by column; other columns hold the dialect's word for nothing.
    A column that occurs twice is filled at its first place. Values must be free of quotes; commas and line
    breaks need `quoted`.
    >>> write_csv(("a", "b"), {"a": Cells(values=[1, 2], frame="`%d")}, Dialect(encoding="utf-8", quoted=False))
    b'a,b\r\n`1,\r\n`2,\r\n'
    """
    frames, values = _lay_out(columns, content, dialect)
    form = _join(frames, dialect)
    header = _join([name.replace("%", "%%") for name in columns], dialect) % ()
    body = map(form.__mod__, zip(*values, strict=True)) if values else iter(())
    return ("\r\n".join([header, *body]) + "\r\n").encode(dialect.encoding)


def _lay_out(
    columns: Sequence[str], content: Mapping[str, Content], dialect: Dialect
) -> tuple[list[str], list[Sequence[object]]]:
    frames: list[str] = []
    values: list[Sequence[object]] = []
    left = dict(content)
    for name in columns:
        cells = left.pop(name.strip(), dialect.empty)
        if isinstance(cells, Cells):
            values.append(cells.values)
        frames.append(cells.frame if isinstance(cells, Cells) else cells.replace("%", "%%"))
    if left:
        message = f"no such columns: {sorted(left)}"
        raise ValueError(message)
    return frames, values


def _join(frames: Iterable[str], dialect: Dialect) -> str:
    cells = (f'"{frame.replace(chr(34), chr(34) * 2)}"' if dialect.quoted else frame for frame in frames)
    return ",".join(cells) + ("," if dialect.last_comma else "")


def fill(values: npt.NDArray[np.generic], frame: str = "%s") -> Cells:
    """Cells of an array."""
    return Cells(values=values.tolist(), frame=frame)


def fill_money(fen: Ints, frame: str = "%s") -> Cells:
    """Yuan with two decimals, for amounts in fen."""
    return Cells(values=(fen / 100).tolist(), frame=frame.replace("%s", "%.2f"))


def look_up(words: Sequence[str], places: Ints, frame: str = "%s") -> Cells:
    """The word at each place."""
    return Cells(values=np.array(words, dtype=object)[places].tolist(), frame=frame)


def format_times(seconds: Ints) -> list[str]:
    """Times as `2024-09-01 13:45:10`, from seconds since the first day began."""
    moments = np.datetime64(FIRST_DAY, "s") + seconds.astype("timedelta64[s]")
    return "\n".join(np.datetime_as_string(moments, unit="s").tolist()).replace("T", " ").split("\n")


def fill_times(seconds: Ints, frame: str = "%s") -> Cells:
    """Cells of times."""
    return Cells(values=format_times(seconds), frame=frame)


def fill_times_where(seconds: Ints, known: npt.NDArray[np.bool_], empty: str = "", frame: str = "%s") -> Cells:
    """Times where they are known, else the word for nothing."""
    words = np.array(format_times(seconds), dtype=object)
    return Cells(values=np.where(known, words, empty).tolist(), frame=frame)


def pick(is_so: npt.NDArray[np.bool_], yes: str, no: str, frame: str = "%s") -> Cells:
    """One word or the other."""
    return Cells(values=np.where(is_so, np.array(yes, dtype=object), np.array(no, dtype=object)).tolist(), frame=frame)


def split_half_years(days: Ints) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    """Names and masks of the half-years that exports are cut into."""
    edges = (0, 181, 365, 546, 730)
    names = ("20240901-20250228", "20250301-20250831", "20250901-20260228", "20260301-20260831")
    for name, first, last in zip(names, edges[:-1], edges[1:], strict=True):
        yield name, (days >= first) & (days < last)
