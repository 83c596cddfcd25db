"""Read packed text as a stream, and stop where it unpacks to an absurd size."""

from __future__ import annotations

import gzip
import lzma
import zlib
from typing import IO, Literal

from diagnostics.intake.reading.grid import UnreadableError

Packing = Literal["gzip", "xz"]
# Text packs 5 to 30 times; this ratio, once it is large, means a file made to fill the disk.
_HIGHEST_RATIO = 200
_LARGE = 100_000_000
_MOST_BYTES = 60_000_000_000


class Unpacked:
    """A packed stream read as what it holds; `UnreadableError` for a bomb, or where it is cut off or damaged."""

    def __init__(self, packed: IO[bytes], packing: Packing) -> None:
        self._packed = packed
        # Whoever opened the packed stream closes it.
        self._stream = gzip.GzipFile(fileobj=packed) if packing == "gzip" else lzma.LZMAFile(packed)  # noqa: SIM115
        self._size = 0

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        try:
            chunk = self._stream.read(size)
        except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
            raise UnreadableError(
                reason="damaged_archive", advice="The packed file is cut off or damaged; send it again."
            ) from error
        self._size += len(chunk)
        ratio = self._size / max(self._packed.tell(), 1)
        if self._size > _MOST_BYTES or (self._size > _LARGE and ratio > _HIGHEST_RATIO):
            raise UnreadableError(
                reason="zip_bomb", advice="The file unpacks to an absurd size; export it again, by month."
            )
        return chunk
