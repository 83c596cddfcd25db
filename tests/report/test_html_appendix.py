from __future__ import annotations

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from page import Page
from sample import BOLD, REGULAR, TEMPLATES, sample_svg

from diagnostics.report.appendix import put_faces, render_notebook
from diagnostics.report.fonts import build_faces
from diagnostics.report.sanitise import sanitise_html

SECTION = '<section id="people.concentration"><h3>Q</h3><p>A</p><table><tr><td>1</td></tr></table></section>'


def make_notebook():
    shown = [
        new_output("display_data", {"text/html": SECTION + sample_svg("en"), "text/plain": "plain twin"}),
        new_output("display_data", {"text/html": '<b onclick="x()">b</b><script>alert(1)</script></div></main>'}),
        new_output("display_data", {"image/svg+xml": sample_svg("en")}),
        new_output("display_data", {"image/png": "iVBORw0KGgo=\n"}),
        new_output("display_data", {"application/javascript": "alert(2)"}),
        new_output("execute_result", {"text/plain": "<i>42</i>"}),
        new_output("stream", name="stdout", text="\x1b[31m<red>\x1b[0m"),
        new_output("error", ename="E", evalue="v", traceback=["\x1b[0;31m<script>E\x1b[0m"]),
    ]
    prose = "# People\n\n<a id='people.reach'></a>\n\nCosts $5 to $6 <script>alert(3)</script> [x](javascript:y)"
    return new_notebook(cells=[new_markdown_cell(prose), new_code_cell("show('<x>')", outputs=shown)])


def show(**options) -> Page:
    return Page(render_notebook(make_notebook(), templates=TEMPLATES, title="A <b> {{ 1 }}", **options))


def test_the_page_is_sound_and_nothing_in_it_acts():
    page = show(language="en")
    assert page.faults == []
    assert not {"script", "link", "iframe"} & {tag for tag, _ in page.elements}
    assert not [name for _, named in page.elements for name in named if name.startswith("on")]
    assert "default-src 'none'" in page.html
    assert not re.search(r"https?:", re.sub(r'xmlns(:\w+)?="[^"]*"', "", page.html))
    assert "alert" not in page.text


def test_sections_and_anchors_can_be_linked_to():
    assert {"people.concentration", "people.reach"} <= set(show().ids)


def test_code_is_folded_and_outputs_are_shown():
    page = show(language="en")
    assert page.find("details") == [{"class": "code"}]
    assert "Show the code" in page.text
    assert "plain twin" not in page.text
    for said in ("<i>42</i>", "<red>", "<script>E", "An output of an unsafe kind was left out here."):
        assert said in page.text
    assert len(page.find("svg")) == 2
    assert [image["src"] for image in page.find("img")] == ["data:image/png;base64,iVBORw0KGgo="]


def test_amounts_with_dollar_signs_stay_as_they_are():
    assert "Costs $5 to $6" in show().text


def test_ids_of_drawings_differ():
    ids = show().ids
    assert len(ids) == len(set(ids))


def test_bytes_and_fonts_are_taken_and_the_page_is_the_same_every_time():
    source = nbformat.writes(make_notebook()).encode()
    fonts = (REGULAR.read_bytes(), BOLD.read_bytes())
    faces = build_faces(*fonts, "Ab 私域")
    pages = [put_faces(render_notebook(source, templates=TEMPLATES, title="t"), faces) for _ in range(2)]
    assert pages[0] == pages[1]
    assert pages[0].count("@font-face") == 2


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("<p>a<b>b", "<p>a<b>b</b></p>"),
        ("a</div></section>b", "ab"),
        ("<p>a</b></p>", "<p>a</p>"),
        ('<a href="notebooks/x.html#y">z</a>', '<a href="notebooks/x.html#y">z</a>'),
        ('<a href=" javascript:x">z</a>', "<a>z</a>"),
        ('<a href="//a.example">z</a>', "<a>z</a>"),
        ('<a href="java&#10;script:x">z</a>', "<a>z</a>"),
        ('<img src="https://a.example/x.png">', ""),
        ('<p style="background:url(//a.example)">x</p>', "<p>x</p>"),
        ("<style>p{}</style><iframe><p>x</p></iframe>y", "y"),
        ("<math><mtext><p>x</p></mtext></math>y", "y"),
        ('<p title="a&quot; onclick=&quot;x">y</p>', '<p title="a&quot; onclick=&quot;x">y</p>'),
        ("<form><input><button>go</button></form>", "go"),
        ("1 < 2 &amp; 3 &lt;b&gt;", "1 &lt; 2 &amp; 3 &lt;b&gt;"),
        ("<!-- <script> -->x<![CDATA[y]]>", "x"),
        ("<svg><broken></svg>x", "<p>[SVG]</p>x"),
        ("<script><svg></script><p>x</p>", "<p>x</p>"),
    ],
)
def test_only_what_is_known_is_left(given, left):
    assert sanitise_html(given) == left


def test_a_drawing_inside_is_cleaned():
    html = sanitise_html('<p><svg xmlns="http://www.w3.org/2000/svg" onload="x()"><g id="a"/></svg></p>', prefix="q")
    assert 'id="q-0-a"' in html
    assert "onload" not in html
