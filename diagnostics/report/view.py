"""A section as a notebook shows it: question, answer, tables and findings as inert HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from diagnostics.model.wording import NOTHING, Text
from diagnostics.report.cells import build_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Examined, Exhibit
    from diagnostics.model.wording import Language
    from diagnostics.report.outline import TableBlock

ROWS_SHOWN = 12
MORE = Text(zh="（共 {n} 行，全部在 XLSX 附录）", en=" ({n} rows in all, in the XLSX appendix)")


def render_section(examined: Examined, language: Language, currency: str) -> str:
    """HTML with an anchor named after the check; whatever a client wrote is escaped."""
    section = examined.section
    said = section.answer or section.reason or NOTHING
    tables = [build_table(x, currency=currency, language=language, longest=ROWS_SHOWN) for x in examined.exhibits]
    notes = [Text(zh="口径：{words}", en="Definition: {words}").fill(words=section.definition), *section.caveats]
    parts = [
        Markup("<h3>{}</h3><p><strong>{}</strong></p>").format(section.question.word(language), said.word(language)),
        *(Markup("<p>⚑ {}</p>").format(finding.title.word(language)) for finding in section.findings),
        *(_render_table(table, language) for table in tables),
        *(Markup("<p><small>{}</small></p>").format(note.word(language)) for note in notes),
    ]
    return str(Markup('<section id="{}">{}</section>').format(section.check, Markup("").join(parts)))


def render_conclusion(findings: Sequence[Finding], roadmap: Exhibit | None, language: Language, currency: str) -> str:
    """The ranked findings and the roadmap, as the last notebook shows them."""
    titles = [Markup("<li>{}</li>").format(finding.title.word(language)) for finding in findings]
    listed = Markup("<ol>{}</ol>").format(Markup("").join(titles))
    if roadmap is None:
        return str(listed)
    return str(listed + _render_table(build_table(roadmap, currency=currency, language=language), language))


def _render_table(table: TableBlock, language: Language) -> Markup:
    more = MORE.fill(n=str(table.total_rows)).word(language) if table.total_rows > len(table.rows) else ""
    head = _join(Markup("<th>{}</th>"), table.headers)
    rows = _join(
        Markup("<tr>{}</tr>"), [_join(Markup("<td>{}</td>"), [cell.shown for cell in row]) for row in table.rows]
    )
    form = Markup("<table><caption>{}{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
    return form.format(table.title, more, head, rows)


def _join(form: Markup, parts: list[str] | list[Markup] | tuple[str, ...]) -> Markup:
    return Markup("").join(form.format(part) for part in parts)
