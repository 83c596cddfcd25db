"""Read any file that a client sends, by what its first bytes say it is; the name counts for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO

from diagnostics.intake.reading.blocks import Stream
from diagnostics.intake.reading.delimited import read_delimited
from diagnostics.intake.reading.grid import Grid, UnreadableError
from diagnostics.intake.reading.records import read_records
from diagnostics.intake.reading.typed import read_parquet
from diagnostics.intake.reading.unpacking import Packing, Unpacked
from diagnostics.intake.reading.web_tables import read_web_tables
from diagnostics.intake.reading.workbooks import read_workbook
from diagnostics.intake.reading.xml_sheets import read_xml_sheets

# Formats that can only be read as a whole; nobody exports more as a workbook or as JSON.
_MOST_WHOLE_BYTES = 600_000_000
_MOST_SHEETS = 200
_START = 64
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"BZh", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
)
_PACKED: tuple[tuple[bytes, Packing], ...] = ((b"\x1f\x8b", "gzip"), (b"\xfd7zXZ", "xz"))
Open = Callable[[], IO[bytes]]


def read_grids(open_file: Open) -> Iterator[Grid]:
    """All sheets of a file, block by block; `UnreadableError` says why it can't be read, or not to its end.

    `open_file` gives the file as a stream from its first byte.
    """
    sheets = 0
    for grid in _read_kind(open_file):
        sheets += grid.begins
        if sheets > _MOST_SHEETS:
            raise UnreadableError(
                reason="too_many_sheets",
                advice=f"The file has more than {_MOST_SHEETS} sheets; send only those needed.",
            )
        yield grid


def _read_kind(open_file: Open) -> Iterator[Grid]:
    with open_file() as stream:
        start = stream.read(_START)
        for mark, packing in _PACKED:
            if start.startswith(mark):
                stream.seek(0)
                yield from _read_text(Unpacked(stream, packing))
                return
        stream.seek(0)
        if start.startswith(b"PAR1"):
            yield from read_parquet(stream)
        elif start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            yield from read_workbook(_read_whole(stream))
        else:
            yield from _read_text(stream)


def _read_text(stream: Stream) -> Iterator[Grid]:
    start = stream.read(_START)
    for mark, kind in _FOREIGN:
        if start.startswith(mark):
            raise _refuse(kind)
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not bare and len(start) < _START:
        raise UnreadableError(reason="empty_file", advice="The file is empty; export it again.")
    whole = _Continued(start, stream)
    if bare.startswith((b"{", b"[")):
        yield read_records(_read_whole(whole))
    elif _is_xml(bare):
        yield from read_xml_sheets(whole)
    elif bare.startswith(b"<") or start.startswith(b"MIME-Version"):
        yield from read_web_tables(_read_whole(whole))
    else:
        yield from read_delimited(whole)


def _refuse(kind: str) -> UnreadableError:
    if kind == "archive":
        return UnreadableError(reason=kind, advice="This is an archive; unpack it into the exports folder.")
    return UnreadableError(reason="unsupported_format", advice=f"This is a {kind}, no table; send the export itself.")


def _is_xml(start: bytes) -> bool:
    return start.replace(b"\x00", b"").lstrip(b"\xff\xfe").startswith((b"<?xml", b"<Workbook", b"<ss:Workbook"))


class _Continued:
    """A stream with the bytes that were read of it already put back."""

    def __init__(self, start: bytes, stream: Stream) -> None:
        self._start, self._stream = start, stream

    def read(self, size: int, /) -> bytes:
        taken, self._start = self._start[:size], self._start[size:]
        # A short answer would end the first block in the middle of the header.
        return taken + self._stream.read(size - len(taken)) if len(taken) < size else taken


def _read_whole(stream: Stream) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(1 << 24):
        parts.append(chunk)
        size += len(chunk)
        if size > _MOST_WHOLE_BYTES:
            raise UnreadableError(
                reason="too_heavy", advice="The file is too large for its format; export it again as CSV, by month."
            )
    return b"".join(parts)
