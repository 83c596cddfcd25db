"""The conclusion: a verdict built from the findings, and the key figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diagnostics.model.finding import Finding
from diagnostics.model.section import Exhibit, Section
from diagnostics.model.wording import word_money, word_money_range, word_number
from diagnostics.report.cells import build_cell
from diagnostics.report.setting import Setting
from diagnostics.report.words import end_sentence, take_sentences

KEY_FIGURES = "key_figures"
CHANGE = "_change"
MOST_FIGURES = 8
# How much GMV changed, and what moved it most.
LEVER_SENTENCES = 2
KeyFigure = tuple[str, str, str]


def build_verdict(findings: Sequence[Finding], sections: Sequence[Section], setting: Setting) -> str:
    """How the business stands, in a few sentences."""
    parts = (
        _tell_state(findings, sections, setting),
        _tell_size(findings, setting),
        _tell_levers(sections, setting),
        _tell_unchecked(sections, setting),
    )
    gap = "" if setting.language == "zh" else " "
    return gap.join(end_sentence(part, setting.words) for part in parts if part)


def collect_key_figures(
    exhibits: Mapping[str, Sequence[Exhibit]], annual_gmv: float, setting: Setting
) -> tuple[KeyFigure, ...]:
    """Label, value and change of each key figure; GMV a year comes first if no check brings it.

    A check leaves them as an exhibit `key_figures`: either one row, where the field `x_change` is the change of
    the field `x`, or one row a figure, with the columns label, value and, if any, change.
    """
    figures: list[KeyFigure] = []
    for listed in exhibits.values():
        for exhibit in listed:
            if exhibit.name == KEY_FIGURES and len(exhibit.frame):
                figures += _read_row(exhibit, setting) if len(exhibit.frame) == 1 else _read_rows(exhibit, setting)
    label = setting.words["key_annual_gmv"]
    if label not in {figure[0] for figure in figures}:
        figures.insert(0, (label, setting.word(word_money(annual_gmv, setting.currency)), ""))
    return tuple(figures[:MOST_FIGURES])


def _tell_state(findings: Sequence[Finding], sections: Sequence[Section], setting: Setting) -> str:
    examined = word_number(sum(section.status in {"computed", "judged"} for section in sections))
    high = [finding for finding in findings if finding.severity == "high"]
    raised = [finding for finding in findings if finding.severity != "info"]
    if not raised:
        return setting.say("verdict_none", examined=examined)
    if not high:
        return setting.say("verdict_minor", examined=examined, count=word_number(len(raised)))
    key = "verdict_high_one" if len(high) == 1 else "verdict_high"
    return setting.say(key, examined=examined, high=word_number(len(high)), title=high[0].title)


def _tell_size(findings: Sequence[Finding], setting: Setting) -> str:
    impacts = [finding.impact for finding in findings if finding.impact is not None]
    if not impacts:
        return ""
    largest = max(impacts, key=lambda impact: impact.mid)
    key = "verdict_sizes" if len(impacts) > 1 else "verdict_size"
    return setting.say(key, range=word_money_range(largest.low, largest.high, setting.currency))


def _tell_levers(sections: Sequence[Section], setting: Setting) -> str:
    """What moved GMV, in the first words of the first lever section that was computed."""
    told = (section.answer for section in sections if section.wing == "levers" and section.status == "computed")
    return take_sentences(setting.word(next((answer for answer in told if answer), None)), LEVER_SENTENCES)


def _tell_unchecked(sections: Sequence[Section], setting: Setting) -> str:
    silent = sum(section.status not in {"computed", "judged"} for section in sections)
    return setting.say("verdict_unchecked", n=word_number(silent)) if silent else ""


def _read_row(exhibit: Exhibit, setting: Setting) -> list[KeyFigure]:
    row = exhibit.frame.iloc[0]
    shown = {
        field.name: build_cell(row[field.name], field, currency=setting.currency, language=setting.language).shown
        for field in exhibit.fields
    }
    return [
        (setting.word(field.label), shown[field.name], _tell_change(shown.get(field.name + CHANGE, ""), setting))
        for field in exhibit.fields
        if not field.name.endswith(CHANGE) and shown[field.name]
    ]


def _read_rows(exhibit: Exhibit, setting: Setting) -> list[KeyFigure]:
    rows = [[cell.shown for cell in row] + ["", "", ""] for row in setting.table(exhibit).rows]
    return [(row[0], row[1], _tell_change(row[2], setting)) for row in rows if row[1]]


def _tell_change(change: str, setting: Setting) -> str:
    if not change:
        return ""
    signed = f"+{change}" if change[0].isdigit() else change
    return setting.say("key_change", change=signed)
