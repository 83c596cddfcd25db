"""A figure's SVG made fit for a page: nothing active, ids of its own, a title and a description."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
KEPT = frozenset(
    [
        *("svg", "g", "defs", "clipPath", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline"),
        *("polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "pattern", "mask", "marker"),
        "image",
    ]
)
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
LOCAL_URL = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
ANY_URL = re.compile(r"url\(\s*(?!['\"]?#)[^)]*\)?", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*\Z")
CHARACTERS_XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def prepare_svg(svg: str, *, prefix: str, title: str, description: str) -> str:
    """SVG text to put into a page: cleaned, responsive, named for those who can't see it.

    `prefix` makes ids unique in the page. Elements outside a short list of shapes, event attributes, style sheets
    (they would reach the whole page) and links to anything but a part of the same figure are dropped.
    `xml.etree.ElementTree.ParseError` if the text is no XML, `ValueError` if it is no SVG.
    """
    root = ET.fromstring(_strip_doctype(svg))  # noqa: S314 - the DOCTYPE, the one way to harm, is gone
    if root.tag != f"{{{SVG}}}svg":
        message = "the figure is no SVG"
        raise ValueError(message)
    mark = re.sub(r"[^A-Za-z0-9_-]", "-", prefix)
    _clean(root, mark)
    _fit(root)
    _name(root, mark, title, description)
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    return ET.tostring(root, encoding="unicode")


def _strip_doctype(svg: str) -> str:
    text = CHARACTERS_XML_FORBIDS.sub("", svg)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    return DOCTYPE.sub("", text, count=1)


def _clean(element: ET.Element, mark: str) -> None:
    for child in list(element):
        if _local(child.tag) not in KEPT:
            _remove(element, child)
        else:
            _clean(child, mark)
    for name, value in list(element.attrib.items()):
        kept = _clean_attribute(_local(name).lower(), value, mark)
        if kept is None:
            del element.attrib[name]
        else:
            element.attrib[name] = kept


def _remove(parent: ET.Element, child: ET.Element) -> None:
    """Take a child out and keep the text that follows it."""
    place = list(parent).index(child)
    if child.tail and place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _clean_attribute(name: str, value: str, mark: str) -> str | None:
    if name.startswith("on") or name == "base" or (name == "style" and "\\" in value):
        return None
    if name == "id":
        return f"{mark}-{value}"
    if name in {"href", "src"}:
        if value.startswith("#"):
            return f"#{mark}-{value[1:]}"
        return value if PICTURE.match(value) else None
    return LOCAL_URL.sub(rf"url(#{mark}-\1)", ANY_URL.sub("none", value))


def _fit(root: ET.Element) -> None:
    """Let the page decide how wide the figure is, with the line ends that matplotlib asks for in its style sheet."""
    width, height = root.attrib.pop("width", ""), root.attrib.pop("height", "")
    if "viewBox" not in root.attrib and width and height:
        root.set("viewBox", f"0 0 {_number(width)} {_number(height)}")
    root.set("preserveAspectRatio", "xMidYMid meet")
    root.set("stroke-linejoin", "round")


def _name(root: ET.Element, mark: str, title: str, description: str) -> None:
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{mark}-{tag}"})
        element.text = CHARACTERS_XML_FORBIDS.sub("", text)
        root.insert(place, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{mark}-title {mark}-desc")


def _local(tag: object) -> str:
    return str(tag).rsplit("}", maxsplit=1)[-1]


def _number(length: str) -> str:
    match = re.match(r"[\d.]+", length)
    return match[0] if match else "100"
