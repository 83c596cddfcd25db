"""Texts made fit for a font: what it lacks is replaced, what has no picture is dropped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from fontTools.ttLib import TTFont

BOXES = "□?"
SPACES = frozenset(["Zs", "Zl", "Zp"])
WITHOUT_PICTURE = frozenset(["Cc", "Cf", "Cs", "Mn", "Me"])
SKIN_TONES = range(0x1F3FB, 0x1F400)
LOOKALIKES = {"・": "·", "•": "·", "✓": "√", "✔": "√", "✗": "×", "✘": "×", "‐": "-", "‑": "-", "−": "-", "‒": "–"}
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef\u200b]{2,}")
SOFT_HYPHEN = "\u00ad"
ZERO_WIDTH_SPACE = "\u200b"


class Change(Protocol):
    """What is done to one string."""

    def __call__(self, text: str, /) -> str:
        """Give the changed string."""


@lru_cache(maxsize=8)
def read_coverage(font: Path) -> frozenset[int]:
    """The code points that a font file has a picture for."""
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def replace_missing(text: str, covered: frozenset[int]) -> str:
    r"""The text with nothing in it that a font can't show; line ends stay, tabs become spaces.

    A character that the font lacks becomes its look-alike, its compatible form or its base letter, else a box.
    Control characters, marks of direction, lone surrogates and joiners are dropped: a page must not be
    reordered by what a client typed.

    >>> replace_missing("Tea\u202e 😀 ﬁne", frozenset(map(ord, "Teafin □")))
    'Tea □ fine'
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    lacking = {ord(c): _replace(c, covered) for c in set(composed) if ord(c) not in covered or c == SOFT_HYPHEN}
    return composed.translate(lacking)


def replace_missing_in_svg(svg: str, covered: frozenset[int]) -> str:
    """SVG text with nothing that a font can't show, numbered references included.

    >>> replace_missing_in_svg("<text>&#128512; &#60;</text>", frozenset(map(ord, "<>/tex &#60; □")))
    '<text>□ &#60;</text>'
    """
    return replace_missing(REFERENCE.sub(lambda match: _resolve(match, covered), svg), covered)


def loosen(text: str, longest: int = 16) -> str:
    """Let a word of more than `longest` letters break anywhere, by zero-width spaces; Chinese breaks by itself.

    >>> loosen("ab abcde", longest=4).replace(ZERO_WIDTH_SPACE, "|")
    'ab a|b|c|d|e'
    """
    return WORD.sub(lambda match: ZERO_WIDTH_SPACE.join(match[0]) if len(match[0]) > longest else match[0], text)


def map_strings(value: object, change: Change) -> object:
    """A record as plain lists and dicts, ready for JSON, with every string in it changed.

    >>> map_strings({"a": ("x", 1)}, str.upper)
    {'a': ['X', 1]}
    """
    if isinstance(value, str):
        return change(value)
    if is_dataclass(value):
        return {f.name: map_strings(getattr(value, f.name), change) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): map_strings(item, change) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [map_strings(item, change) for item in value]
    return value


def _replace(character: str, covered: frozenset[int]) -> str:
    category = unicodedata.category(character)
    if character in "\n\u2028\u2029\x85\v\f":
        return "\n"
    if character == "\t" or category in SPACES:
        return " "
    if category in WITHOUT_PICTURE or ord(character) in SKIN_TONES:
        return ""
    return next((word for word in _candidates(character) if word and _covers(covered, word)), "")


def _candidates(character: str) -> tuple[str, ...]:
    compatible = unicodedata.normalize("NFKC", character)
    letters = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return LOOKALIKES.get(character, ""), compatible, letters, *BOXES


def _covers(covered: frozenset[int], word: str) -> bool:
    return all(ord(character) in covered for character in word)


def _resolve(match: re.Match[str], covered: frozenset[int]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    if code in covered:
        return match[0]
    return replace_missing(chr(code), covered) if code <= 0x10FFFF else ""  # noqa: PLR2004  the last code point
