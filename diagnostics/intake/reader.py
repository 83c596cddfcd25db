"""Choose the reader for a file by what its first bytes say, not by its name."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from collections.abc import Callable

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from diagnostics.intake.delimited import read_delimited
from diagnostics.intake.grid import Grid, UnreadableError
from diagnostics.intake.records import read_records
from diagnostics.intake.workbooks import read_workbook

_MOST_UNPACKED_BYTES = 2_000_000_000
_CHUNK = 1 << 22
_FOREIGN = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
)


def read_grids(data: bytes) -> list[Grid]:
    """All sheets of a file; `UnreadableError` says why it can't be read."""
    for mark, read in _READERS:
        if data.startswith(mark):
            return read(data)
    for mark, kind in _FOREIGN:
        if data.startswith(mark):
            raise UnreadableError(
                reason="unsupported_format", advice=f"This is a {kind}, no table; send the export itself."
            )
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise UnreadableError(reason="empty_file", advice="The file is empty; export it again.")
    if start.startswith((b"{", b"[")):
        return [read_records(data)]
    if start[:20].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise UnreadableError(
            reason="web_page", advice="This is a web page saved as a table; open it and save it as XLSX or CSV."
        )
    return [read_delimited(data)]


def _read_parquet(data: bytes) -> list[Grid]:
    try:
        table = parquet.read_table(io.BytesIO(data))
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableError(
            reason="damaged_parquet", advice="The Parquet file is damaged; export it again."
        ) from error
    names = tuple(table.column_names)
    cells = table.rename_columns([str(at) for at in range(len(names))])
    return [Grid(cells=cells, rows=np.arange(1, table.num_rows + 1), encoding="parquet", names=names)]


def _read_zip(data: bytes) -> list[Grid]:
    if b"xl/" not in data and b"[Content_Types].xml" not in data:
        raise UnreadableError(reason="archive", advice="This is an archive; unpack it into the exports folder.")
    return read_workbook(data)


def _read_gzip(data: bytes) -> list[Grid]:
    return read_grids(_unpack(gzip.GzipFile(fileobj=io.BytesIO(data))))


def _read_xz(data: bytes) -> list[Grid]:
    return read_grids(_unpack(lzma.LZMAFile(io.BytesIO(data))))


def _unpack(packed: gzip.GzipFile | lzma.LZMAFile) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while chunk := packed.read(_CHUNK):
            size += len(chunk)
            if size > _MOST_UNPACKED_BYTES:
                raise UnreadableError(
                    reason="zip_bomb", advice="The file unpacks to an absurd size; export it again, by month."
                )
            parts.append(chunk)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise UnreadableError(
            reason="damaged_archive", advice="The packed file is cut off or damaged; send it again."
        ) from error
    return b"".join(parts)


_READERS: tuple[tuple[bytes, Callable[[bytes], list[Grid]]], ...] = (
    (b"PK\x03\x04", _read_zip),
    (b"\xd0\xcf\x11\xe0", read_workbook),
    (b"PAR1", _read_parquet),
    (b"\x1f\x8b", _read_gzip),
    (b"\xfd7zXZ", _read_xz),
)
