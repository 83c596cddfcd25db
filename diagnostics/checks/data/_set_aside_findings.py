"""How files with damaged numbers, and files that repeat other rows, become findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.data import _set_aside_words as words
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.wording import NOTHING, Text, shorten, word_money, word_number, word_percent, word_period

if TYPE_CHECKING:
    from diagnostics.checks.check import Limits
    from diagnostics.checks.data.set_aside import Aside
    from diagnostics.model.account import Overlap

LONGEST = 40


def state_damaged(measured: Aside, file: str, rows: int, read: int, limits: Limits) -> Finding:
    """A file in which `rows` of the `read` have damaged numbers."""
    amount = _sum_amount(measured, file, words.DAMAGED)
    worth = words.WORTH_DAMAGED.fill(money=word_money(amount, measured.currency)) if amount else NOTHING
    return Finding(
        code="data.damaged_ids",
        scope={"file": file},
        title=words.TITLE_DAMAGED.fill(
            file=shorten(file, LONGEST), n=word_number(rows), share=word_percent(rows / read)
        ),
        cause=words.CAUSE_DAMAGED + worth,
        action=words.ACTION_DAMAGED,
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=words.STOP_DAMAGED,
        confidence=0.95,
        impact_reason=words.NO_MONEY_DAMAGED,
        severity="medium" if rows / read >= limits["damaged_share"] else "low",
        evidence=(Evidence(table="files", n=rows, value=rows / read),),
    )


def state_repeated(measured: Aside, file: str, rows: int, read: int) -> Finding:
    """A file of which `rows` of the `read` are in others too, or in itself."""
    pairs = sorted((pair for pair in measured.overlaps if pair.file == file), key=lambda pair: -pair.rows)
    amount = _sum_amount(measured, file, words.DUPLICATE)
    cause = _word_overlap(pairs[0]) if pairs else words.CAUSE_REPEATED
    return Finding(
        code="data.duplicates",
        scope={"file": file},
        title=words.TITLE_REPEATED.fill(
            file=shorten(file, LONGEST), share=word_percent(rows / read), n=word_number(rows)
        ),
        cause=cause + (words.WORTH.fill(money=word_money(amount, measured.currency)) if amount else NOTHING),
        action=words.ACTION_REPEATED,
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=words.STOP_REPEATED,
        confidence=0.95,
        impact_reason=words.NO_MONEY_REPEATED,
        severity="low" if pairs and pairs[0].file == pairs[0].other else "info",
        evidence=(Evidence(table="overlaps" if pairs else "files", n=rows, value=rows / read),),
    )


def _sum_amount(measured: Aside, file: str, reason: str) -> float | None:
    amounts = [group.amount for group in measured.groups if (group.file, group.reason) == (file, reason)]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _word_overlap(pair: Overlap) -> Text:
    if pair.file == pair.other:
        return words.CAUSE_SELF.fill(orders=word_number(pair.orders))
    return words.CAUSE_OVERLAP.fill(
        other=shorten(pair.other, LONGEST),
        period=word_period(*pair.period) if pair.period else word_number(None),
        orders=word_number(pair.orders),
        changed=word_number(pair.changed),
    )
