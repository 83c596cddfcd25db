"""All that the reading of a requirement sheet says, as one JSON-ready document."""

from __future__ import annotations

from typing import Any

from diagnostics.intake.sheet.progress import Stand, count_progress
from diagnostics.intake.sheet.questions import Question, ask_about_conflicts
from diagnostics.intake.sheet.reader import SheetReading
from diagnostics.intake.sheet.remarks import print_remark
from diagnostics.model.errors import Fault
from diagnostics.model.wording import Text


def summarise_sheet(reading: SheetReading) -> dict[str, Any]:
    """What is missing, wrong, does not apply, contradicts itself, and how far each chapter of the report is served.

    Keys: `missing` (keys), `faults` (sheet, cell, found, expected), `not_applicable` (keys), `questions` (text and
    cells of each contradiction), `remarks` (what was taken in another way than typed), `progress` (chapter by chapter
    and tier), `form_version` and `tiers` (those asked for).
    """
    return {
        "missing": list(reading.unanswered),
        "faults": [_print_fault(fault) for fault in reading.faults],
        "not_applicable": list(reading.not_applicable),
        "questions": [_print_question(question) for question in ask_about_conflicts(reading)],
        "remarks": [print_remark(remark) for remark in reading.remarks],
        "progress": [_print_stand(stand) for stand in count_progress(reading)],
        "form_version": reading.form_version,
        "tiers": list(reading.tiers),
    }


def _print_fault(fault: Fault) -> dict[str, str]:
    row = "" if fault.row is None else str(fault.row)
    return {"sheet": fault.sheet, "cell": f"{fault.column}{row}", "found": fault.found, "expected": fault.expected}


def _print_question(question: Question) -> dict[str, Any]:
    return {"text": _print(question.question), "cells": list(question.cells), "keys": list(question.keys)}


def _print_stand(stand: Stand) -> dict[str, Any]:
    return {
        "chapter": stand.chapter.number,
        "title": _print(stand.chapter.title),
        "wings": list(stand.chapter.wings),
        "tier": stand.tier,
        "asked": stand.asked,
        "answered": stand.answered,
        "missing": list(stand.missing),
        "faulty": list(stand.faulty),
        "open": list(stand.open),
    }


def _print(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
