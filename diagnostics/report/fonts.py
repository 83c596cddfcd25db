"""Fonts cut down to the characters of one report, as text that a style sheet can hold."""

from __future__ import annotations

import base64
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Noto Sans SC"
ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "…–—·↑↓↕▲▼"


def subset_font(font: bytes, text: str) -> bytes:
    """Base64 of a WOFF font with the characters of `text` that the font has, and printable ASCII.

    `fontTools.ttLib.TTLibError` if the bytes are no font. The same text gives the same bytes.
    """
    options = Options(flavor="woff", layout_features=["kern", "liga", "tnum", "locl"], hinting=False)
    options.name_IDs = [1, 2, 13, 14]  # family, style and the licence, which must travel with the font
    options.notdef_outline = True
    # WOFF rather than WOFF2: a third of the time for a third more bytes. Without the last argument the file would
    # carry the time of its making.
    with TTFont(BytesIO(font), lazy=True, recalcTimestamp=False) as opened:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=sorted(map(ord, set(text + ALWAYS))))
        subsetter.subset(opened)
        opened.flavor = "woff"
        paper = BytesIO()
        opened.save(paper)
    return base64.b64encode(paper.getvalue())


def build_faces(regular: bytes, bold: bytes, text: str) -> str:
    """Style-sheet rules that bring both weights with the page.

    Characters that the bold font lacks come from the regular one, so that a rare name does not change its face.
    """
    # A page has millions of characters and a few thousand different ones.
    wanted = {character for character in set(text + ALWAYS) if character.isprintable()}
    used = "".join(sorted(wanted))
    rare = wanted - _read_characters(bold)
    faces = [_face(400, subset_font(regular, used)), _face(700, subset_font(bold, used))]
    if borrowed := rare & _read_characters(regular):
        only = "unicode-range:" + ",".join(f"U+{ord(character):X}" for character in sorted(borrowed)) + ";"
        faces.append(_face(700, subset_font(regular, "".join(sorted(borrowed))), only))
    return "\n".join(faces)


def _read_characters(font: bytes) -> set[str]:
    with TTFont(BytesIO(font), lazy=True) as opened:
        return {chr(code) for code in opened.getBestCmap()}


def _face(weight: int, font: bytes, only: str = "") -> str:
    return (
        f"@font-face{{font-family:'{FAMILY}';font-style:normal;font-weight:{weight};{only}"
        f"src:url(data:font/woff;base64,{font.decode()}) format('woff');}}"
    )
