"""Text that tries to break out of its cell, and records with such text in every place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

Record = TypeVar("Record")

HOSTILE = (
    '#import "x": *',
    "$ a^2 $ #let x = 1 @label <label> *b* _i_ `code` \\ // /* */",
    "\u202eevil\u2066 \u200f",
    "😀👨\u200d👩\u200d👧 🇨🇳",
    "W" * 300,
    "长" * 300,
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "https://example.com/" + "a/" * 60,
    "<script>alert(1)</script>",
    "\ud800 lone \udfff",
    "\x00\x07\x1b[31m\x7f",
    "{reason} {n} {{",
    "한국어 العربية עברית हिन्दी ไทย",
    "喆镕㐀𠮷\U0010ffff\ufffe",
    "a\r\nb\tc\u2028d\u2029e",
    "-",
    "= heading\n+ item\n- item\n/ term: x",
    "Z\u0336a\u0337l\u0338g\u0321o" + "\u0301" * 50,
)
# What is not client text: ids that choose a shape, a picture's source, frame words.
KEPT = frozenset(["language", "severity", "status", "svg", "words", "sort"])


def change_texts(record: Record, change: Callable[[str], str]) -> Record:
    """The same record with every text in it changed."""
    if isinstance(record, str):
        return change(record)  # type: ignore[return-value] # a str for a str
    if is_dataclass(record) and not isinstance(record, type):
        changed = {f.name: change_texts(getattr(record, f.name), change) for f in fields(record) if f.name not in KEPT}
        return replace(record, **changed)
    if isinstance(record, tuple):
        return tuple(change_texts(item, change) for item in record)  # type: ignore[return-value] # a tuple for a tuple
    return record
