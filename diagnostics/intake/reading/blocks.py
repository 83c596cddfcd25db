"""Cut a stream of bytes into blocks that end where a record ends."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO, Protocol

import numpy as np

from diagnostics.intake.reading.decode import mark_lost
from diagnostics.intake.reading.grid import UnreadableError

BLOCK = 1 << 24
# A record longer than this is no record: a quote that nobody closed, or a file without lines.
_LONGEST_RECORD = 1 << 26
_TRIED_ENDS = 64


class Stream(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Recoded:
    """A stream of UTF-16 read as UTF-8; what can't be decoded is marked as lost."""

    def __init__(self, stream: Stream, encoding: str, start: bytes) -> None:
        self._stream, self._rest = stream, start
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int, /) -> bytes:
        """The next part, of about `size` bytes."""
        held = self._rest + self._stream.read(size)
        self._rest = b""
        return mark_lost(self._decoder.decode(held, final=not held)).encode("utf-8")


def cut_blocks(stream: Stream | IO[bytes], start: bytes = b"", size: int = BLOCK) -> Iterator[bytes]:
    """Blocks of about `size` bytes; `start` is what was read of the stream before.

    A block ends with a line break outside quotes. `UnreadableError` for a record without end.
    """
    rest, chunk = start, stream.read(size)
    while ahead := stream.read(size):
        held = rest + chunk
        end = _find_end(held)
        if end == 0 and len(held) > _LONGEST_RECORD:
            raise UnreadableError(
                reason="not_text", advice="A single line fills 64 MB: this is no table; export it again as CSV."
            )
        if end:
            yield held[:end]
        rest, chunk = held[end:], ahead
    if last := rest + chunk:
        yield last


def count_byte(text: bytes | memoryview, byte: bytes) -> int:
    r"""How often a byte occurs; where it is frequent, as quotes are, many times faster than `bytes.count`.

    >>> count_byte(b'a,"b"', b'"')
    2
    """
    return int(np.count_nonzero(np.frombuffer(text, np.uint8) == byte[0]))


def _find_end(held: bytes) -> int:
    r"""Behind the last line break with an even number of quotes before it; a stray quote makes that hopeless.

    >>> _find_end(b'a,b\n1,"x\ny"\n2,"z\n')
    12
    """
    line_break = b"\n" if b"\n" in held else b"\r"
    last = end = held.rfind(line_break) + 1
    quotes = count_byte(memoryview(held)[:end], b'"')
    for _ in range(_TRIED_ENDS):
        if quotes % 2 == 0:
            return end
        before = held.rfind(line_break, 0, end - 1) + 1
        quotes -= held.count(b'"', before, end)
        end = before
    return last
