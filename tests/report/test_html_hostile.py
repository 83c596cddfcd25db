from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from itertools import cycle

import pytest
from page import Page, render, sample_page
from sample import open_with, sample_outline

from diagnostics.report.outline import Opening

HOSTILE = [
    "<script>alert(1)</script>",
    "</style></title><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "{{ 7 * 7 }}{% for x in y %}{# #}",
    "{0} {title} {n} %s %(a)s",
    "$x$ $$ \\(y\\) & &amp; &lt;b&gt;",
    "長" * 300,
    "w" * 300,
    "شركة \u202eevil\u202c \u2067rtl\u2069",
    "😀 👨‍👩‍👧 🇨🇳 \U0001f9ff",
    "a\x00b\x0bc\x7f\ud800d\ufffe",
    "]]><!-- --> <![CDATA[ x",
    "javascript:alert(1)",
    "",
]
KEPT = {"language", "severity", "status", "svg", "words", "rank", "code", "name", "section"}


def spoil(value, hostile):
    """The same record with every text of the client's and of the checks' replaced by the next hostile one."""
    if isinstance(value, str):
        return next(hostile)
    if isinstance(value, tuple):
        return tuple(spoil(item, hostile) for item in value)
    if is_dataclass(value):
        named = {f.name: getattr(value, f.name) for f in fields(value)}
        return replace(value, **{k: v if k in KEPT else spoil(v, hostile) for k, v in named.items()})
    return value


# Each start puts other texts into other places; 15 texts and a step of 4 bring every text to most kinds of places.
@pytest.mark.parametrize("start", [0, 4, 8, 12])
def test_hostile_text_stays_text(start):
    page = Page(render(spoil(sample_outline("en"), cycle(HOSTILE[start:] + HOSTILE[:start]))))
    sound = sample_page("en")
    assert page.faults == []
    assert len(page.find("script")) == 1
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in sound.elements}
    attributes = {name for _, named in page.elements for name in named}
    assert not {name for name in attributes if name.startswith("on")}
    assert attributes <= {name for _, named in sound.elements for name in named}
    assert "49" not in page.text
    page.html.encode("utf-8")


def test_hostile_text_is_shown_as_it_was_written():
    seen = tuple(word for word in HOSTILE if word.isprintable() and word)
    page = Page(render(open_with(Opening(notes=seen))))
    assert set(seen) <= set(page.words["li"])


def test_marks_that_turn_the_text_are_gone():
    html = render(replace(sample_outline("en"), verdict="a\u202eb\u2066c\x00d"))
    assert "abcd" in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", html)


def test_a_hostile_name_makes_a_harmless_anchor():
    outline = sample_outline("en")
    chapter = outline.chapters[0]
    section = replace(chapter.sections[0], name='x" onclick="y', notebook="javascript:alert(1)")
    page = Page(render(replace(outline, chapters=(replace(chapter, sections=(section,)),))))
    assert "x--onclick--y" in page.ids
    assert not [a for a in page.find("a") if "javascript" in a["href"]]
