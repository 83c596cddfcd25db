"""The frame words of a report: every word on the page that is neither the client's nor a check's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from diagnostics.model.wording import Language

Words = Mapping[str, str]
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"A-Z])|(?<=[\u3002\uff01\uff1f])")


def load_words(templates: Path, language: Language) -> dict[str, str]:
    """Read `words.<language>.yaml`; `ValueError` if it is anything but texts by key."""
    path = templates / f"words.{language}.yaml"
    words = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(words, dict) or not all(isinstance(part, str) for item in words.items() for part in item):
        message = f"{path.name} must hold one text a key"
        raise ValueError(message)
    return words


def fill_words(words: Words, key: str, **parts: str) -> str:
    """The words under a key with parts put in their places; a part is never read as a template.

    >>> fill_words({"more_rows": "{n} more"}, "more_rows", n="{x}")
    '{x} more'
    """
    return words[key].format_map(parts)


def take_sentences(text: str, most: int = 1) -> str:
    """So many of the first sentences of a text, in either language.

    >>> take_sentences("Up 1.5 % on 2024. Down since."), take_sentences("上升1.5%。此后下降。")
    ('Up 1.5 % on 2024.', '上升1.5%。')
    >>> take_sentences("升了。价升。618 移了。", 2)
    '升了。价升。'
    """
    whole = text.strip()
    ends = [found.start() for found in SENTENCE_END.finditer(whole)]
    return whole[: ends[most - 1]] if len(ends) >= most else whole


def end_sentence(sentence: str, words: Words) -> str:
    """The sentence with a full stop, unless it ends with a mark already.

    >>> end_sentence("Rising", {"sentence_end": "."}), end_sentence("Rising?", {"sentence_end": "."})
    ('Rising.', 'Rising?')
    """
    flat = sentence.strip()
    return flat if not flat or flat[-1] in ".。!！?？…；;" else flat + words["sentence_end"]
