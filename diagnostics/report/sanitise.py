"""HTML of unknown making turned into HTML that can't act: known elements and attributes only."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from diagnostics.report.svg import prepare_svg

VOID = frozenset(["br", "hr", "img", "col"])
# Written as words: as lists they would fill two pages.
ELEMENTS = VOID | frozenset(
    "h1 h2 h3 h4 h5 h6 p div span section article header footer figure figcaption blockquote pre code kbd samp "  # noqa: SIM905 - see above
    "strong em b i u s small sub sup mark abbr time ul ol li dl dt dd a details summary "
    "table caption colgroup thead tbody tfoot tr th td".split()
)
SILENT = frozenset(
    "script style template iframe object embed noscript noembed noframes textarea title math svg select "  # noqa: SIM905 - see above
    "xmp plaintext audio video canvas".split()
)
ATTRIBUTES = frozenset(
    "id class lang dir title scope colspan rowspan span role open start alt width height href src".split()  # noqa: SIM905 - see above
)
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z")
DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)


def sanitise_html(html: str, *, prefix: str = "d", figure: str = "SVG") -> str:
    """The same content with nothing active in it; drawings (`<svg>`) are cleaned as `prepare_svg` does.

    Links lead to places in the page or beside it, pictures are inside the page, elements are balanced. `prefix`
    begins the ids of drawings, `figure` names them.

    >>> sanitise_html('<p onclick="x()">a<script>b</script><a href="javascript:c">d</a>')
    '<p>a<a>d</a></p>'
    """
    cleaner = _Cleaner()
    end = 0
    for number, match in enumerate(DRAWING.finditer(html)):
        cleaner.feed(html[end : match.start()])
        cleaner.draw(_clean_drawing(match[0], f"{prefix}-{number}", figure))
        end = match.end()
    cleaner.feed(html[end:])
    return cleaner.finish()


def _clean_drawing(svg: str, prefix: str, figure: str) -> str:
    try:
        return prepare_svg(svg, prefix=prefix, title=figure, description="")
    except (ET.ParseError, ValueError):
        return f"<p>[{escape(figure)}]</p>"  # what is no drawing is not shown, but its place is


class _Cleaner(HTMLParser):
    """Writes what it knows and leaves out the rest, keeping count of what stands open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        self._open: list[str] = []
        self._silent: list[str] = []

    def draw(self, svg: str) -> None:
        """Put in a drawing that is clean already."""
        if not self._silent:
            self._written.append(svg)

    def finish(self) -> str:
        """All of it, with what stands open closed."""
        self.close()
        self._written += [f"</{tag}>" for tag in reversed(self._open)]
        self._open.clear()
        return "".join(self._written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag in SILENT:
            self._silent.append(tag)
        elif tag in ELEMENTS:
            kept = {name: value for name, value in map(_clean_attribute, attrs) if name}
            if tag == "img" and "src" not in kept:
                return
            self._written.append(f"<{tag}" + "".join(f' {name}="{escape(kept[name])}"' for name in kept) + ">")
            if tag not in VOID:
                self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            while tag in self._silent and self._silent.pop() != tag:
                pass
        elif tag in self._open:
            while (closed := self._open.pop()) != tag:
                self._written.append(f"</{closed}>")
            self._written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._written.append(escape(data, quote=False))


def _clean_attribute(attribute: tuple[str, str | None]) -> tuple[str, str]:
    """The attribute, or two empty strings if it must go."""
    name, value = attribute[0], attribute[1] or ""
    if name not in ATTRIBUTES and not name.startswith(("aria-", "data-sort")):
        return "", ""
    if name == "href" and not re.match(r"(#|(?!/|[^/#?]*:)[^\\\s])", value):
        return "", ""
    if name == "src" and not PICTURE.match(value):
        return "", ""
    return name, value
