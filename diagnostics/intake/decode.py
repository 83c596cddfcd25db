"""Turn the bytes of a text file into UTF-8, strictly, and say which encoding they were in."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = ("utf-8", "gb18030")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """UTF-8 bytes without a mark, the encoding found, and the numbers (from 1) of lines that did not decode.

    Such lines are left out of `data` but keep an empty place, so that line numbers stay true.
    """

    data: bytes
    encoding: str
    undecodable: tuple[int, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode by the mark if there is one, else strictly as UTF-8, then as GB18030, then line by line.

    Half of all short Chinese texts in UTF-8 also decode as GB18030, so UTF-8 comes first.
    """
    for mark, name in _BOMS:
        if data.startswith(mark) and _decodes(data, name):
            return Decoded(data=_recode(data, name), encoding=name)
    for name in _UNMARKED:
        if _decodes(data, name):
            return Decoded(data=data if name == "utf-8" else _recode(data, name), encoding=name)
    return _decode_lines(data)


def _chunks(data: bytes) -> Iterator[bytes]:
    view = memoryview(data)
    return (bytes(view[start : start + CHUNK]) for start in range(0, len(data), CHUNK))


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for chunk in _chunks(data):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _recode(data: bytes, encoding: str) -> bytes:
    return b"".join(text.encode("utf-8", "replace") for text in codecs.iterdecode(_chunks(data), encoding))


def _decode_lines(data: bytes) -> Decoded:
    """The encoding that reads more lines wins; the other lines are named."""
    lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    attempts = {name: [_decode_line(line, name) for line in lines] for name in _UNMARKED}
    encoding = max(_UNMARKED, key=lambda name: sum(text is not None for text in attempts[name]))
    texts = attempts[encoding]
    return Decoded(
        data="\n".join(text or "" for text in texts).encode("utf-8"),
        encoding=encoding,
        undecodable=tuple(number for number, text in enumerate(texts, 1) if text is None),
    )


def _decode_line(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None
