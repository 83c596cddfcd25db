"""The sheet of findings: every finding whole, its money as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from diagnostics.model.finding import Finding
from diagnostics.model.wording import Text
from diagnostics.report.outline import FindingCard
from diagnostics.report.scopes import word_scope
from diagnostics.report.xlsx_cells import Book
from diagnostics.report.xlsx_sheets import Figure, Row, write_rows

# Header and width in characters; the amounts stand in three columns so that they sort.
COLUMNS: tuple[tuple[Text, float], ...] = (
    (Text(zh="排名", en="Rank"), 7),
    (Text(zh="编号", en="Code"), 28),
    (Text(zh="范围", en="Scope"), 24),
    (Text(zh="严重程度", en="Severity"), 10),
    (Text(zh="把握", en="Confidence"), 11),
    (Text(zh="一年影响金额：低", en="Money a year: low"), 16),
    (Text(zh="一年影响金额：中", en="Money a year: middle"), 16),
    (Text(zh="一年影响金额：高", en="Money a year: high"), 16),
    (Text(zh="未折算金额的原因", en="Why not sized in money"), 24),
    (Text(zh="问题", en="Finding"), 44),
    (Text(zh="原因", en="Cause"), 44),
    (Text(zh="动作", en="Action"), 44),
    (Text(zh="负责人", en="Owner"), 18),
    (Text(zh="验证指标", en="How to see that it worked"), 34),
    (Text(zh="停止条件", en="Stop if"), 34),
    (Text(zh="证据", en="Evidence"), 34),
    (Text(zh="章节", en="Section"), 28),
    (Text(zh="同一笔钱", en="The same money"), 30),
)
FROZEN_COLUMNS = 2


def write_findings(book: Book, name: str, cards: Sequence[FindingCard], findings: Sequence[Finding]) -> None:
    """One row a finding; `cards` are the same findings, worded, in the same order."""
    sheet = book.file.add_worksheet(name)
    headers = [book.word(header) for header, _ in COLUMNS]
    rows = [_read_finding(card, finding, book) for card, finding in zip(cards, findings, strict=True)]
    write_rows(sheet, 0, headers, rows, book)
    for column, (_, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, FROZEN_COLUMNS)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)


def _read_finding(card: FindingCard, finding: Finding, book: Book) -> Row:
    money = finding.impact
    amounts = [Figure(number=part, code="#,##0") for part in (money.low, money.mid, money.high)] if money else [""] * 3
    return (
        Figure(number=card.rank, code="0"),
        card.code,
        word_scope(finding.scope, book.language),
        card.severity_word,
        Figure(number=finding.confidence, code="0%"),
        *amounts,
        "" if money else book.word(finding.impact_reason),
        card.title,
        card.cause,
        card.action,
        card.owner,
        card.validation,
        card.stop_rule,
        card.evidence,
        card.section,
        card.shared,
    )
