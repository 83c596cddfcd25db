"""A rendered page read back: its elements in order, as a test wants to see them."""

from __future__ import annotations

import base64
from functools import cache
from html.parser import HTMLParser

from sample import BOLD, REGULAR, TEMPLATES, sample_outline

from diagnostics.model.wording import Language
from diagnostics.report.fonts import subset_font
from diagnostics.report.html import render_html
from diagnostics.report.outline import Outline

VOID = {"meta", "br", "hr", "img", "link", "input", "col"}


class Page(HTMLParser):
    """Start tags with their attributes and the text inside, and what was left unbalanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: dict[str, list[str]] = {}
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += self._open

    def handle_starttag(self, tag, attrs):
        if len({name for name, _ in attrs}) < len(attrs):
            self.faults.append(f"{tag} says an attribute twice")
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data):
        if self._open:
            self.words.setdefault(self._open[-1], []).append(data)

    def find(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def text(self) -> str:
        return " ".join(word for tag, words in self.words.items() if tag not in {"style", "script"} for word in words)


@cache
def read_small_font() -> bytes:
    """A font with little in it, quick to cut."""
    return base64.b64decode(subset_font(BOLD.read_bytes(), "私域"))


def render(outline: Outline) -> str:
    small = read_small_font()
    return render_html(outline, templates=TEMPLATES, regular_font=small, bold_font=small)


@cache
def sample_page(language: Language) -> Page:
    html = render_html(
        sample_outline(language),
        templates=TEMPLATES,
        regular_font=REGULAR.read_bytes(),
        bold_font=BOLD.read_bytes(),
    )
    return Page(html)
