"""The gate of privacy: what must be answered, and how, before real data may be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.faults import Slip, word_slip
from diagnostics.intake.sheet.marks import MAIN_SHEET, SHEET_FILE
from diagnostics.intake.sheet.rules import NO_BORDER
from diagnostics.model.brief import Brief
from diagnostics.model.errors import Fault
from diagnostics.model.wording import Language, Text

SENSITIVE = ("health", "minor")
# What the sheet must state before personal data is worked on: contract, purpose, period, and that data stay inside.
STATED = ("entrust_contract", "processing_purpose", "processing_period", "cross_border")

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
_ENDED = Text(
    zh="一个未到的日期：约定的处理期限已满，须删除数据或续签",
    en="a day to come: the agreed period has ended, so delete the data or extend the contract",
)
_PLACED = Text(zh="「{name}」{expected}", en='"{name}": {expected}')


def check_privacy_gate(
    brief: Brief, *, today: date | None = None, file_name: str = SHEET_FILE, language: Language | None = None
) -> tuple[Fault, ...]:
    """What keeps real data out: every field of the gate, unanswered or answered the wrong way.

    An empty brief gives a fault for each of them. Generated and public data need no gate; the caller decides. A period
    that ended before `today` is a fault.
    Basis: PIPL articles 21 (entrustment, purpose, period), 28 (sensitive data), 38 (cross-border), 55 (assessment).
    """
    labels = {field.key: field.label for field in load_fields() if field.feeds == "gate" or field.key in STATED}
    return _word({**_find_unanswered(brief, labels), **dict(_find_refusals(brief, today))}, file_name, language)


def check_statements(
    brief: Brief, *, today: date | None = None, file_name: str = SHEET_FILE, language: Language | None = None
) -> tuple[Fault, ...]:
    """The part of the gate without which nothing runs: the four statements, and no answer that forbids it."""
    return _word({**_find_unanswered(brief, STATED), **dict(_find_refusals(brief, today))}, file_name, language)


def _find_unanswered(brief: Brief, keys: Iterable[str]) -> dict[str, tuple[object, Text]]:
    return {key: (None, _ANSWERED) for key in keys if brief.answers.get(key) is None}


def _word(lacks: Mapping[str, tuple[object, Text]], file_name: str, language: Language | None) -> tuple[Fault, ...]:
    """Faults in the order of the sheet."""
    slips = [
        Slip(found=found, expected=_PLACED.fill(name=field.label, expected=expected), sheet=MAIN_SHEET)
        for field in load_fields()
        if field.key in lacks
        for found, expected in (lacks[field.key],)
    ]
    return tuple(word_slip(slip, file_name, language) for slip in slips)


def _find_refusals(brief: Brief, today: date | None) -> Iterator[tuple[str, tuple[object, Text]]]:
    ends = brief.day("processing_period")
    if ends is not None and today is not None and ends < today:
        yield "processing_period", (ends.isoformat(), _ENDED)
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
