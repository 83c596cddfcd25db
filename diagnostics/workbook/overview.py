"""The overview of a portfolio: one entry a client, from the runs that are there, each report a link away."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from diagnostics.model.errors import ExitCode
from diagnostics.model.wording import LANGUAGES, Text, word_money, word_money_range, word_number, word_period
from diagnostics.report.setting import list_table
from diagnostics.report.sheet import Entry, Sheet, render_sheet
from diagnostics.report.words import load_words
from diagnostics.workbook.case import TEMPLATES
from diagnostics.workbook.catalog import read_fonts
from diagnostics.workbook.run_folder import ENGAGEMENT_FILE
from diagnostics.workbook.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from diagnostics.model.wording import Language
    from diagnostics.workbook.case import Case
    from diagnostics.workbook.portfolio import Ended

TITLE = Text(zh="客户总览", en="Portfolio overview")
LEAD = Text(
    zh="共 {n} 家客户，按文件夹名排列，不做排名；每家的金额都是单项年化范围，不可跨客户或跨问题相加。",
    en="Clients: {n}, in the order of their folders' names; they are not ranked. Amounts are ranges a year for one "
    "finding by itself and must not be added up.",
)
GLANCE = Text(zh="一览", en="At a glance")
CLIENT = Text(zh="客户", en="Client")
PERIOD = Text(zh="本期", en="Current period")
GMV = Text(zh="年 GMV", en="GMV a year")
HIGH = Text(zh="高严重度", en="High")
MEDIUM = Text(zh="中严重度", en="Medium")
BIGGEST_IS = Text(zh="{title}（{range}/年）", en="{title} ({range} a year)")
NO_MONEY = Text(zh="没有折算出金额的发现", en="no finding was sized in money")
SILENT = Text(zh="无法计算的章节", en="Sections not computable")
OF = Text(zh="{n} / {all}", en="{n} of {all}")
FAILED = Text(zh="出错的章节：{names}", en="Failed sections: {names}")
STATE = Text(zh="本次运行", en="This run")
SECONDS = Text(zh="用时（秒）", en="Seconds")
EARLIER = Text(zh="以下为较早一次运行（{run}）的结果", en="What follows is from an earlier run ({run})")
RUN = Text(zh="运行", en="Run")
STATES = {
    ExitCode.DONE: Text(zh="完成", en="done"),
    ExitCode.PROGRAM_FAULT: Text(zh="程序出错", en="a fault of the program"),
    ExitCode.WRONG_ARGUMENTS: Text(zh="无法运行", en="could not be run"),
    ExitCode.INPUT_NEEDS_PERSON: Text(zh="资料需要人处理", en="its input needs a person"),
    ExitCode.SECTIONS_FAILED: Text(zh="部分章节出错", en="some sections failed"),
    ExitCode.INTERRUPTED: Text(zh="中断", en="interrupted"),
}
SAID = Text(zh="{state}：{said}", en="{state}: {said}")
LINKS = {
    "report.zh.html": Text(zh="报告（中文）", en="Report (Chinese)"),
    "report.en.html": Text(zh="报告（英文）", en="Report (English)"),
    "report.zh.pdf": Text(zh="PDF（中文）", en="PDF (Chinese)"),
    "report.en.pdf": Text(zh="PDF（英文）", en="PDF (English)"),
    "appendix.zh.xlsx": Text(zh="附录（中文）", en="Appendix (Chinese)"),
    "appendix.en.xlsx": Text(zh="附录（英文）", en="Appendix (English)"),
    "session.zh.pdf": Text(zh="沟通会材料 PDF（中文）", en="Session pack, PDF (Chinese)"),
    "session.zh.pptx": Text(zh="沟通会材料 PPT（中文）", en="Session pack, slides (Chinese)"),
    "session.en.pdf": Text(zh="沟通会材料 PDF（英文）", en="Session pack, PDF (English)"),
    "session.en.pptx": Text(zh="沟通会材料 PPT（英文）", en="Session pack, slides (English)"),
}


def write_overview(ended: Sequence[Ended], home: Path) -> list[Path]:
    """The overview as one page a language in `home`; links are relative to it."""
    regular, bold = read_fonts()
    return [
        write_whole(
            home / f"overview.{language}.html",
            render_sheet(
                lay_out(ended, home, language),
                templates=TEMPLATES,
                words=load_words(TEMPLATES, language),
                regular_font=regular,
                bold_font=bold,
            ),
        )
        for language in LANGUAGES
    ]


def lay_out(ended: Sequence[Ended], home: Path, language: Language) -> Sheet:
    """The page in one language."""
    words = load_words(TEMPLATES, language)
    entries = tuple(_tell_client(one, home, language) for one in ended)
    columns = [PERIOD, GMV, HIGH, MEDIUM, SILENT, STATE]
    names = [column.word(language) for column in columns]
    rows = [(entry.name, *(dict(entry.facts).get(name, "") for name in names)) for entry in entries]
    return Sheet(
        language=language,
        kicker=words["report_kind"],
        title=TITLE.word(language),
        subtitle="",
        lead=(LEAD.fill(n=word_number(len(ended))).word(language),),
        tables=(list_table("glance", GLANCE.word(language), (CLIENT.word(language), *names), [*rows]),),
        entries=entries,
        foot=words["confidentiality"],
    )


def _tell_client(one: Ended, home: Path, language: Language) -> Entry:
    run = _find_newest(one.case)
    manifest = _read(run / "manifest.json") if run else {}
    faults = list(_list_faults(one, manifest, language))
    state = (STATE.word(language), STATES[one.code].word(language))
    seconds = (SECONDS.word(language), word_number(one.seconds).word(language))
    if run is None:
        return Entry(name=one.case.name, facts=(state, seconds), faults=tuple(faults))
    fixed, findings = _read(run / ENGAGEMENT_FILE), _read(run / "findings.json").get("findings", [])
    return Entry(
        name=Text(**fixed["title"]).word(language),
        headline=_tell_biggest(findings, fixed["currency"]).word(language),
        facts=(*_list_facts(fixed, findings, manifest, language), (RUN.word(language), run.name), state, seconds),
        faults=tuple(faults),
        links=tuple(
            (label.word(language), quote(os.path.relpath(run / name, home).replace(os.sep, "/")))
            for name, label in LINKS.items()
            if (run / name).exists()
        ),
    )


def _list_facts(
    fixed: dict[str, Any], findings: Sequence[dict[str, Any]], manifest: dict[str, Any], language: Language
) -> Iterator[tuple[str, str]]:
    current = fixed["horizon"]["current"]
    statuses = list(manifest.get("sections", {}).values())
    severities = [finding["severity"] for finding in findings]
    silent = OF.fill(n=word_number(statuses.count("not_computable")), all=word_number(len(statuses)))
    facts = (
        (PERIOD, word_period(date.fromisoformat(current["start"]), date.fromisoformat(current["end"]))),
        (GMV, word_money(fixed["annual_gmv"], fixed["currency"])),
        (HIGH, word_number(severities.count("high"))),
        (MEDIUM, word_number(severities.count("medium"))),
        (SILENT, silent),
    )
    yield from ((label.word(language), value.word(language)) for label, value in facts)


def _tell_biggest(findings: Sequence[dict[str, Any]], currency: str) -> Text:
    sized = [finding for finding in findings if finding["impact"]]
    if not sized:
        return NO_MONEY
    biggest = max(sized, key=lambda finding: float(finding["impact"]["mid"]))
    money = word_money_range(biggest["impact"]["low"], biggest["impact"]["high"], currency)
    return BIGGEST_IS.fill(title=Text(**biggest["title"]), range=money)


def _list_faults(one: Ended, manifest: dict[str, Any], language: Language) -> Iterator[str]:
    if one.code is not ExitCode.DONE:
        said = SAID.fill(state=STATES[one.code], said=one.said) if one.said else STATES[one.code]
        yield said.word(language)
    failed = [name for name, status in manifest.get("sections", {}).items() if status == "failed"]
    if one.code in {ExitCode.DONE, ExitCode.SECTIONS_FAILED, ExitCode.INPUT_NEEDS_PERSON} and failed:
        yield FAILED.fill(names=", ".join(failed)).word(language)
    if manifest and (one.code in {ExitCode.PROGRAM_FAULT, ExitCode.WRONG_ARGUMENTS} or not one.made_run):
        yield EARLIER.fill(run=manifest["run_id"]).word(language)


def _find_newest(case: Case) -> Path | None:
    latest = case.runs / "latest"
    return latest.resolve() if (latest / ENGAGEMENT_FILE).is_file() else None


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return document
