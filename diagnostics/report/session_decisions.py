"""The decisions of the session: each action of the roadmap, and what the roadmap puts off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diagnostics.model.finding import Finding
from diagnostics.model.section import Exhibit
from diagnostics.report.cells import build_table
from diagnostics.report.outline import FindingCard, Outline
from diagnostics.report.words import fill_words

ROADMAP = "plan.roadmap"
NUMBER = re.compile(r"#(\d+)")
Row = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One line of the decision log: what the roadmap proposes. The client's own columns stay blank."""

    finding: str
    action: str
    proposal: str
    owner: str
    money: str
    first: str
    watch: str


def list_decisions(
    exhibits: Mapping[str, Sequence[Exhibit]],
    cards: Sequence[FindingCard],
    findings: Sequence[Finding],
    *,
    outline: Outline,
    currency: str,
) -> tuple[Decision, ...]:
    """What is to be decided, in the order of the roadmap; actions that it puts off come last, with the reason.

    `findings` are those of the cards, in the same order.
    """
    tables = {exhibit.name: exhibit for exhibit in exhibits.get(ROADMAP, ())}
    known = {card.rank: (card, finding) for card, finding in zip(cards, findings, strict=True)}
    rows = {name: _read_rows(tables.get(name), outline, currency) for name in ("roadmap", "not_now")}
    planned = [_propose(row, outline) for row in rows["roadmap"]]
    return (*planned, *(_put_off(row, known.get(_read_rank(row)), outline) for row in rows["not_now"]))


def _propose(row: Row, outline: Outline) -> Decision:
    return Decision(
        finding=row["finding"],
        action=row["action"],
        proposal=fill_words(outline.words, "session_start", phase=row["phase"]),
        owner=row["effort"],
        money=row["gain"],
        first=row.get("first", ""),
        watch=row["watch"],
    )


def _put_off(row: Row, known: tuple[FindingCard, Finding] | None, outline: Outline) -> Decision:
    card = known[0] if known is not None else None
    return Decision(
        finding=row["finding"],
        action=row["action"],
        proposal=outline.words["session_not_now"],
        owner=row["owner"],
        money=card.impact if card is not None and known is not None and known[1].impact is not None else "",
        first=row["reason"],
        watch=card.validation if card is not None else "",
    )


def _read_rank(row: Row) -> int:
    found = NUMBER.match(row["finding"])
    return int(found[1]) if found else 0


def _read_rows(exhibit: Exhibit | None, outline: Outline, currency: str) -> list[dict[str, str]]:
    """Every row of a table, worded; an empty cell is an empty text."""
    if exhibit is None:
        return []
    table = build_table(exhibit, currency=currency, language=outline.language, longest=len(exhibit.frame))
    names = [field.name for field in exhibit.fields]
    return [{name: cell.shown for name, cell in zip(names, row, strict=True)} for row in table.rows]
