"""An empty deck of sixteen by nine, whose typefaces are named by the theme."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

WIDTH, HEIGHT = 960.0, 540.0  # points
# The typeface by which Office finds Chinese letters, and the one of Latin letters.
CHINESE, LATIN = "Microsoft YaHei", "Arial"


def open_deck() -> Any:
    """A deck without slides."""
    deck = Presentation()
    scale = Pt(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            shape.left, shape.width = int(shape.left * scale), int(shape.width * scale)
    name_typefaces(deck.slide_master.part)
    return deck


def name_typefaces(part: Any) -> None:
    """Let the theme of a master name a typeface for Latin letters and one for Chinese ones.

    Office takes its own Chinese typeface (PingFang on a Mac) where the named one is not installed.
    """
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(theme.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    for kind in ("a:majorFont", "a:minorFont"):
        for fonts in root.iter(qn(kind)):
            fonts.find(qn("a:latin")).set("typeface", LATIN)
            fonts.find(qn("a:ea")).set("typeface", CHINESE)
            for script in fonts.findall(qn("a:font")):
                if script.get("script") in {"Hans", "Hant"}:
                    script.set("typeface", CHINESE)
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 - no setter
