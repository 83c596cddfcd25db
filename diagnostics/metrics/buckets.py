"""Fifty groups of customers drawn at random, for intervals without looking at customers one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

BUCKETS = 50
_DIGITS = 16
_LETTERS_FROM = 97


def assign_bucket(key: ir.StringValue) -> ir.IntegerValue:
    """A number from 0 to 49 from the last two characters of a key, the same on every engine.

    Pseudonyms are random hexadecimal digits, so this is a random draw; `hash()` differs between engines.
    """
    last, before = _read_digit(key.right(1)), _read_digit(key.right(2))
    return (last + before * _DIGITS) % BUCKETS


def _read_digit(character: ir.StringValue) -> ir.IntegerValue:
    code = character.ascii_str().cast("int64")
    return (code + (code >= _LETTERS_FROM).cast("int64") * (_DIGITS - 7)) % _DIGITS
