"""An executed notebook as a read-only page: code folded away, pictures inside, nothing active."""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import StrictUndefined
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.ansi import strip_ansi
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets.config import Config

from diagnostics.model.wording import Language
from diagnostics.report.html import LANGUAGE_TAGS, settle
from diagnostics.report.sanitise import sanitise_html
from diagnostics.report.words import load_words

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
# Stands in the style sheet, before anything of the notebook's, where the fonts go.
FACES = "/* faces */"
# The richest form that can't act comes first; forms that are not named, such as scripts, are never shown.
SHOWN = ["text/html", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]


def render_notebook(
    nb: NotebookNode | bytes,
    *,
    templates: Path,
    title: str,
    language: Language = "zh",
) -> str:
    """One page of an executed notebook; ids in its outputs and headings stay as anchors.

    `templates` is the folder that holds `appendix/` and the frame words. The page asks for the reader's own
    typeface until `put_faces` brings ours.
    The same notebook gives the same text. `nbformat.reader.NotJSONError` if the bytes are no notebook.
    """
    notebook = nbformat.reads(nb.decode("utf-8"), as_version=4) if isinstance(nb, bytes) else nb
    words = load_words(templates, language)
    exporter = HTMLExporter(
        config=Config(NbConvertBase={"display_data_priority": SHOWN}),
        extra_template_basedirs=[str(templates)],
        template_name="appendix",
    )
    exporter.environment.undefined = StrictUndefined
    for name, act in _make_filters(words["figure"]).items():
        exporter.register_filter(name, act)
    resources = {
        "title": settle(title),
        "policy": POLICY,
        "language": LANGUAGE_TAGS[language],
        "words": words,
    }
    shown = _leave_out_unsafe(notebook, words["output_removed"])
    page, _ = exporter.from_notebook_node(shown, resources=resources)
    return str(page)


def put_faces(page: str, faces: str) -> str:
    """The page with the rules of `build_faces` in the place that its style sheet keeps for them."""
    return page.replace(FACES, faces, 1)


def _make_filters(figure: str) -> dict[str, Any]:
    """What the template does with content, each with a fresh count so that ids differ within the page."""
    numbers = count(1)
    colour = Highlight2HTML()

    def clean(html: str | list[str]) -> Markup:
        cleaned = sanitise_html(str(settle(_join(html))), prefix=f"o{next(numbers)}", figure=figure)
        return Markup(cleaned)  # noqa: S704 - cleaned the line before

    return {
        "clean": clean,
        "prose": lambda source: clean(_read_markdown(source)),
        "colour": lambda source: clean(colour(source)),
        "plain": lambda text: settle(strip_ansi(_join(text))),
    }


def _leave_out_unsafe(notebook: NotebookNode, notice: str) -> NotebookNode:
    """A copy in which a notice stands for every output that has no form to be shown in."""
    copy = deepcopy(notebook)
    for cell in copy.cells:
        for output in cell.get("outputs", ()):
            if "data" in output and not set(output.data) & set(SHOWN):
                output.data = NotebookNode({"text/plain": notice})
    return copy


def _read_markdown(source: str) -> str:
    """HTML of a markdown cell; dollar signs stay, as nothing on the page sets formulas."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(source))


def _join(text: str | list[str]) -> str:
    """Multi-line texts of a notebook may be kept as lists of lines."""
    return text if isinstance(text, str) else "".join(text)
