"""The gate of privacy: what must be answered, and how, before real data may be loaded."""

from __future__ import annotations

from collections.abc import Iterator

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.faults import Slip, word_slip
from diagnostics.intake.sheet.marks import MAIN_SHEET, SHEET_FILE
from diagnostics.intake.sheet.rules import NO_BORDER
from diagnostics.model.brief import Brief
from diagnostics.model.errors import Fault
from diagnostics.model.wording import Language, Text

SENSITIVE = ("health", "minor")

_ANSWERED = Text(zh="须先回答", en="must be answered first")
_SIGNED = Text(zh="是：签署委托处理协议之前不得载入真实数据", en="yes: no real data before the contract is signed")
_ASSESSED = Text(
    zh="已完成：含个人信息的数据须先做影响评估",
    en="done: data with personal information need the impact assessment first",
)
_DROPPED = Text(
    zh="否：请先删去含敏感个人信息的列（健康、金融账户、行踪、未满14岁未成年人等），再改为否",
    en="no: first drop the columns with sensitive data (health, bank accounts, children under 14), then say no",
)
_PLACED = Text(zh="「{name}」{expected}", en='"{name}": {expected}')


def check_privacy_gate(
    brief: Brief, *, file_name: str = SHEET_FILE, language: Language | None = None
) -> tuple[Fault, ...]:
    """What keeps real data out: every field that feeds the gate, unanswered or answered the wrong way.

    An empty brief gives a fault for each of them. Generated and public data need no gate; the caller decides.
    Basis: PIPL articles 21 (entrustment), 28 (sensitive data), 38 (cross-border), 55 (assessment).
    """
    labels = {field.key: field.label for field in load_fields() if field.feeds == "gate"}
    refusals = dict(_find_refusals(brief))
    unanswered = {key: (None, _ANSWERED) for key in labels if brief.answers.get(key) is None}
    slips = [
        Slip(found=found, expected=_PLACED.fill(name=labels[key], expected=expected), sheet=MAIN_SHEET)
        for key, (found, expected) in ((key, (unanswered | refusals).get(key, (None, None))) for key in labels)
        if expected is not None
    ]
    return tuple(word_slip(slip, file_name, language) for slip in slips)


def _find_refusals(brief: Brief) -> Iterator[tuple[str, tuple[str, Text]]]:
    if brief.flag("entrust_contract") is False:
        yield "entrust_contract", ("no", _SIGNED)
    if brief.flag("cross_border"):
        yield "cross_border", ("yes", NO_BORDER)
    kinds = brief.choices("pi_categories")
    sensitive = [kind for kind in kinds if kind in SENSITIVE]
    if brief.flag("sensitive_pi"):
        yield "sensitive_pi", ("yes", _DROPPED)
    if sensitive:
        yield "pi_categories", (", ".join(sensitive), _DROPPED)
    assessment, is_personal = brief.text("pia_done"), any(kind != "none" for kind in kinds)
    if (assessment == "no" and (is_personal or not kinds)) or (assessment == "not_applicable" and is_personal):
        yield "pia_done", (assessment, _ASSESSED)
