"""Deal order rows into piles by their order id, so that all that concerns one order lies in one pile."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.files import ExportFile, Piles
from diagnostics.intake.working import column

# Rows of a pile fill some 300 bytes each, and settling them takes several copies.
_BYTES_A_PILE = 64_000_000
_MOST_PILES = 256
_PACKED_TIMES = 6
_PACKED = (".xlsx", ".gz", ".xz", ".parquet")
_LOOKED_AT = 8
# An odd number near 2 to the 64 over the golden mean: multiplying by it spreads close values.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def count_piles(files: Iterable[ExportFile]) -> int:
    """How many piles keep each small: by the size of the files, packed ones counted as what they unpack to."""
    sizes = (
        file.path.stat().st_size * (_PACKED_TIMES if file.path.suffix.lower() in _PACKED else 1)
        for file in files
        if not file.skipped
    )
    return min(_MOST_PILES, 1 + sum(sizes) // _BYTES_A_PILE)


def deal(table: pa.Table, piles: Piles) -> None:
    """Lay each row on the pile of its order id."""
    if piles.count == 1:
        piles.add(0, table)
        return
    at = choose_piles(column(table, "order_id"), piles.count)
    order = np.argsort(at, kind="stable")
    dealt = table.take(pa.array(order))
    counts = np.bincount(at, minlength=piles.count)
    starts = np.cumsum(counts) - counts
    for pile in np.flatnonzero(counts):
        piles.add(int(pile), dealt.slice(int(starts[pile]), int(counts[pile])))


def choose_piles(ids: pa.Array, count: int) -> np.ndarray:
    """A pile for each id, always the same; ids that are missing share one.

    >>> choose_piles(pa.array(["A-1", "A-1", "A-2", None]), 5).tolist()
    [0, 0, 1, 0]
    """
    texts = pc.cast(pc.fill_null(ids, ""), pa.large_string())
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    cells = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    starts, last = ends[:-1], ends[1:] - 1
    number = np.zeros(len(texts), np.uint64)
    for back in range(_LOOKED_AT):
        at = last - back
        inside = at >= starts
        number = (number << np.uint64(8)) | np.where(inside, cells[np.where(inside, at, 0)], 0).astype(np.uint64)
    piles: np.ndarray = (((number * _SPREAD) >> np.uint64(32)) % np.uint64(count)).astype(np.int64)
    return piles
