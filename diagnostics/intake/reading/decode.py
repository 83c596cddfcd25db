"""Turn the bytes of a text file into UTF-8, strictly, and say which encoding they were in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import pyarrow as pa

_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Bytes that stand in almost every Chinese text in UTF-8, and in none in GB2312.
_TELLTALE = bytes(range(0x80, 0xA1))
_NOT_TELLTALE = bytes(sorted(set(range(256)) - set(_TELLTALE)))
# Stands where bytes could not be read; no character of any language, and a row that holds it is not used.
LOST = "\U0010ffff"
_REPLACED = "\ufffd"


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """UTF-8 bytes without a mark, `LOST` where bytes did not decode, and the encoding found."""

    data: bytes
    encoding: str


class Decoder:
    """Decodes a file block by block; blocks end with a line."""

    def __init__(self) -> None:
        self._marked = ""
        self._found: set[str] = set()

    @property
    def encoding(self) -> str:
        """What was met so far; two encodings in one file are named with a plus."""
        return self._marked or "+".join(sorted(self._found, reverse=True)) or "utf-8"

    def take_mark(self, start: bytes) -> tuple[bytes, str]:
        """The bytes after the mark at the start of a file, and the UTF-16 that it tells of, if any."""
        if start.startswith(codecs.BOM_UTF8):
            self._marked = "utf-8-sig"
            return start.removeprefix(codecs.BOM_UTF8), ""
        for mark, name in _UTF16:
            if start.startswith(mark):
                self._marked = "utf-16"
                return start.removeprefix(mark), name
        return start, ""

    def decode(self, block: bytes) -> bytes:
        """The block in UTF-8, with `LOST` in place of bytes that could not be read.

        Half of all short Chinese texts in UTF-8 also decode as GB18030, so UTF-8 comes first, and a block in
        which both may be mixed goes line by line.
        """
        if block.isascii():
            return block
        if _is_utf8(block):
            return self._note("utf-8", block)
        if not block.translate(None, _NOT_TELLTALE):
            text = _decode(block, "gb18030")
            if text is not None:
                return self._note("gb18030", text)
        return self._decode_lines(block)

    def _note(self, encoding: str, block: bytes) -> bytes:
        self._found.add(encoding)
        if self._marked and encoding == "gb18030":
            self._marked = "utf-8-sig+gb18030"
        return block

    def _decode_lines(self, block: bytes) -> bytes:
        return b"\n".join(map(self._decode_line, block.split(b"\n")))

    def _decode_line(self, line: bytes) -> bytes:
        if line.isascii():
            return line
        for encoding in ("utf-8", "gb18030"):
            text = _decode(line, encoding)
            if text is not None:
                return self._note(encoding, text)
        # What can still be read keeps quotes and delimiters in place, so that the rows around it stay whole.
        tries = [line.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
        return mark_lost(min(tries, key=lambda text: text.count(_REPLACED))).encode()


def mark_lost(text: str) -> str:
    """Text in which the replacement character of a decoder became `LOST`."""
    return text.replace(_REPLACED, LOST)


def decode(data: bytes) -> Decoded:
    """Decode a whole file at once.

    >>> decode("订单,金额".encode("gb18030")).data.decode()
    '订单,金额'
    """
    decoder = Decoder()
    rest, wide = decoder.take_mark(data)
    text = decoder.decode(mark_lost(rest.decode(wide, "replace")).encode() if wide else rest)
    return Decoded(data=text, encoding=decoder.encoding)


def _decode(block: bytes, encoding: str) -> bytes | None:
    try:
        return block.decode(encoding).encode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_utf8(block: bytes) -> bool:
    """Whether a block is UTF-8; Arrow looks at ten bytes in the time in which Python decodes one."""
    offsets = pa.array([0, len(block)], pa.int32()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.binary(), 1, [None, offsets, pa.py_buffer(block)]).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True
