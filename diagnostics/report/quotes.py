"""Quotation marks that the typeface can set: its curly ones are as wide as a Chinese character."""

from __future__ import annotations

from diagnostics.model.wording import Language

STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def straighten(text: str, language: Language) -> str:
    """English with straight quotes; Chinese as it is.

    >>> straighten("“a”", "en"), straighten("“a”", "zh")
    ('"a"', '“a”')
    """
    return text if language == "zh" else text.translate(STRAIGHT)
