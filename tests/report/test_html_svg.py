from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from diagnostics.report.svg import prepare_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def prepare(inside: str, attributes: str = 'viewBox="0 0 9 9"') -> str:
    return prepare_svg(f"{HEAD} {attributes}>{inside}</svg>", prefix="f-a.b", title="T & t", description='D "d" <x>')


@pytest.mark.parametrize(
    "active",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<rect onclick="alert(1)"/>',
        '<rect ONLOAD="alert(1)"/>',
        '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
        '<image xlink:href="https://a.example/x.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use href="other.svg#a"/>',
        '<rect style="fill: url(https://a.example/x)"/>',
        "<rect fill=\"url( '//a.example/x' )\"/>",
        '<rect style="fill: u\\72l(https://a.example/x)"/>',
        "<style>@import 'https://a.example/x.css'; * { color: red }</style>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
    ],
)
def test_nothing_active_and_nothing_loaded_is_left(active):
    shown = prepare(active).replace("http://www.w3.org/", "")
    assert not re.search(r"(?i)script|foreign|\son\w+=|example|https?:|animate|<set|<style|\\|base64|import", shown)


def test_ids_and_the_links_to_them_get_the_prefix():
    shown = prepare(
        '<defs><path id="p"/></defs><use xlink:href="#p"/><g clip-path="url(#c)" style="mask: url(\'#m\')"/>'
    )
    assert 'id="f-a-b-p"' in shown
    assert 'href="#f-a-b-p"' in shown
    assert "url(#f-a-b-c)" in shown
    assert "url(#f-a-b-m)" in shown


def test_it_is_named_and_described_for_those_who_cannot_see_it():
    root = ET.fromstring(prepare("<title>old</title><desc>old</desc>"))  # noqa: S314 - our own output
    names = {child.attrib["id"]: child.text for child in root}
    assert names == {"f-a-b-title": "T & t", "f-a-b-desc": 'D "d" <x>'}
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == list(names)


def test_its_width_is_left_to_the_page():
    root = ET.fromstring(prepare("", 'width="520pt" height="290.5pt"'))  # noqa: S314 - our own output
    assert root.attrib["viewBox"] == "0 0 520 290.5"
    assert "width" not in root.attrib


def test_text_and_a_picture_inside_stay():
    shown = prepare('<text>a <tspan>b</tspan> c $x$</text><image href="data:image/png;base64,AAAA"/>')
    assert "<text>a <tspan>b</tspan> c $x$</text>" in shown
    assert "data:image/png;base64,AAAA" in shown


def test_the_text_after_what_is_dropped_stays():
    assert ">a b c d<" in prepare("<text>a<script>x</script> b<metadata/> c<title/> d</text>")


def test_entities_cannot_be_declared():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(ET.ParseError):
        prepare_svg(f"{bomb}{HEAD}><text>&b;</text></svg>", prefix="f", title="", description="")


def test_what_is_no_svg_is_refused():
    with pytest.raises(ValueError, match="no SVG"):
        prepare_svg("<html/>", prefix="f", title="", description="")
