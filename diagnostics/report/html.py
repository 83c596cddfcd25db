"""The client's report as one HTML file: no network, fonts and figures inside, nothing of the client's active."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache, partial
from html import unescape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from diagnostics.model.wording import Language
from diagnostics.report.fonts import build_faces
from diagnostics.report.outline import FigureBlock, HandBlock, Outline
from diagnostics.report.quotes import straighten
from diagnostics.report.svg import prepare_svg

LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}
# Controls, lone surrogates and marks that turn the direction of the text after them.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
RELATIVE = re.compile(r"(?!/|[^/#?]*:)[^\\\s]+\Z")
SCRIPTS = ("sort.js", "report.js", "hand.js")
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
)


def render_html(outline: Outline, *, templates: Path, regular_font: bytes, bold_font: bytes) -> str:
    """The whole report as one page.

    `templates` is the folder that holds `html/`; the fonts are TrueType files, of which the page keeps only the
    characters that it uses. The same outline gives the same text.
    """
    environment = build_environment(templates / "html", outline.language)
    script = Markup("").join(read_source(environment, name) for name in SCRIPTS)
    body = environment.get_template("report.html.j2").render(report=outline, words=outline.words)
    return environment.get_template("page.html.j2").render(
        language=LANGUAGE_TAGS[outline.language],
        title=outline.title,
        policy=POLICY.format(digest=digest_script(script)),
        style=read_source(environment, "report.css") + read_source(environment, "hand.css"),
        faces=Markup(build_faces(regular_font, bold_font, unescape(body) + list_characters(outline.hand))),  # noqa: S704 - our own style sheet
        body=Markup(body),  # noqa: S704 - rendered with every value escaped
        script=script,
    )


@cache
def build_environment(folder: Path, language: Language) -> Environment:
    """Templates that escape every value and stop at an unknown name; compiled once for all pages."""
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=partial(_finish, language=language),
    )
    environment.filters.update(figure=draw_figure, link=keep_relative, anchor=name_anchor)
    return environment


def read_source(environment: Environment, name: str) -> Markup:
    """A style sheet or script of ours, as it is: it holds no value of anybody's."""
    if environment.loader is None:
        message = "the templates have no loader"
        raise ValueError(message)
    return Markup(environment.loader.get_source(environment, name)[0])  # noqa: S704 - our own file


def list_characters(hand: HandBlock | None) -> str:
    """Every character that the form may show and the page's text does not hold yet."""
    return f"{json.loads(hand.form)}{hand.labels}" if hand is not None else ""


def digest_script(script: str) -> str:
    """The hash by which a policy allows one inline script.

    >>> digest_script("")
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def settle(value: object) -> object:
    """A value without characters that are unseen and do harm; markup of ours stays."""
    return UNSEEN.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _finish(value: object, *, language: Language) -> object:
    settled = settle(value)
    return straighten(settled, language) if isinstance(settled, str) and not isinstance(settled, Markup) else settled


def draw_figure(figure: FigureBlock, title: str) -> Markup:
    """A figure to put into the page."""
    svg = prepare_svg(figure.svg, prefix=f"f-{name_anchor(figure.name)}", title=title, description=figure.alt)
    return Markup(svg)  # noqa: S704 - built from a list of allowed elements


def keep_relative(link: str) -> str:
    """The link, if it leads to a place beside the report; else nothing.

    >>> keep_relative("notebooks/02_people.html#people.reach"), keep_relative("javascript:alert(1)")
    ('notebooks/02_people.html#people.reach', '')
    """
    return link if RELATIVE.match(link) else ""


def name_anchor(name: str) -> str:
    """An id made of a name: letters, digits, dot, dash and underscore.

    >>> name_anchor("people.reach"), name_anchor('a "b"')
    ('people.reach', 'a--b-')
    """
    return re.sub(r"[^\w.-]", "-", name)
