"""Compares two complete runs of a client, and writes what changed into the later one's folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.finding import CONSULTANT
from diagnostics.model.period import Period
from diagnostics.model.wording import LANGUAGES, Text, join_texts, name_verbatim, word_days, word_percent, word_period
from diagnostics.plan.follow_up import FollowUp, Side, follow_up
from diagnostics.plan.ranking import rank_findings
from diagnostics.report import comparison_words as say
from diagnostics.report.comparison import build_comparison
from diagnostics.report.glossary import Glossary
from diagnostics.report.setting import Setting
from diagnostics.report.sheet import Sheet, render_sheet
from diagnostics.report.words import load_words
from diagnostics.workbook.case import TEMPLATES
from diagnostics.workbook.catalog import name_metrics, read_fonts
from diagnostics.workbook.readings import read_edits, read_readings
from diagnostics.workbook.rendering import FINDING
from diagnostics.workbook.run_folder import ENGAGEMENT_FILE, RunFolder, find_run
from diagnostics.workbook.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from diagnostics.model.finding import Finding
    from diagnostics.model.wording import Language
    from diagnostics.plan.follow_up import Key
    from diagnostics.workbook.case import Case

EXAMINED = frozenset(["computed", "judged"])
LIMITS_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Told:
    """A run as it is compared: what it found, what was fixed for it, and what it was made of."""

    run: RunFolder
    side: Side
    fixed: dict[str, Any]
    manifest: dict[str, Any]
    edits: dict[str, Any]
    limits: dict[str, dict[str, float]]
    has_readings: bool


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two runs held against each other, with what must be borne in mind."""

    before: Told
    after: Told
    followed: FollowUp
    cautions: tuple[Text, ...]

    @property
    def title(self) -> Text:
        """The client as the later report names it."""
        return Text(**self.after.fixed["title"])


def compare_runs(case: Case, before_id: str, after_id: str) -> Comparison:
    """Read both runs; `PersonError` where one is not there or both are the same."""
    before, after = (find_run(case.runs, run_id) for run_id in (before_id, after_id))
    if before.path == after.path:
        message = f"{before_id} and {after_id} are the same run"
        raise PersonError(message, next_step="name two runs", exit_code=ExitCode.WRONG_ARGUMENTS)
    was, now = read_told(before), read_told(after)
    same_money = _name_money(was) == _name_money(now)
    followed = follow_up(was.side, now.side, same_money=same_money)
    return Comparison(before=was, after=now, followed=followed, cautions=tuple(list_cautions(was, now, followed)))


def read_told(run: RunFolder) -> Told:
    """What a run kept of itself."""
    fixed = _read(run.path / ENGAGEMENT_FILE)
    sections = [run.read_section(name) for name in run.list_kept()]
    homes = {_key(finding): section.check for section in sections for finding in section.findings}
    raw = rank_findings([finding for section in sections for finding in section.findings], fixed["annual_gmv"])
    findings = {_key(finding): finding for finding in raw}
    for finding in map(FINDING.validate_python, _read(run.path / "findings.json").get("findings", [])):
        # As the consultant worded it; a finding of the consultant's own has a key apart.
        key = _key(finding)
        findings[key] = finding
        homes.setdefault(key, CONSULTANT)
    edits, readings = read_edits(run), read_readings(run)
    left_out = frozenset((one["code"], tuple(sorted(one["scope"].items()))) for one in edits["dropped"])
    side = Side(
        run_id=run.id,
        current=_read_period(fixed, "current"),
        history=_read_period(fixed, "history"),
        findings=findings,
        homes=homes,
        left_out=left_out,
        examined=frozenset(section.check for section in sections if section.status in EXAMINED) | {CONSULTANT},
        readings=readings or (),
    )
    limits = {section.check: section.limits for section in sections if section.limits}
    manifest = _read(run.path / "manifest.json")
    return Told(
        run=run,
        side=side,
        fixed=fixed,
        manifest=manifest,
        edits=edits,
        limits=limits,
        has_readings=bool(readings),
    )


def list_cautions(was: Told, now: Told, followed: FollowUp) -> Iterator[Text]:
    """What differs between the runs beside time, and what the comparison rests on."""
    if followed.judged:
        yield say.CHANCE.fill(n=str(followed.judged))
    yield from _compare_periods(was.side.current, now.side.current, followed.shared)
    if was.fixed["client"] != now.fixed["client"]:
        yield say.OTHER_CLIENT.fill(before=was.fixed["client"], after=now.fixed["client"])
    if _name_money(was) != _name_money(now):
        yield say.OTHER_MONEY.fill(before=_name_money(was), after=_name_money(now))
    both = sorted(set(was.limits) & set(now.limits))
    if changed := [name for name in both if was.limits[name] != now.limits[name]]:
        yield say.OTHER_LIMITS.fill(checks=join_texts(map(name_verbatim, changed[:LIMITS_NAMED])))
    versions = [told.manifest.get("versions", {}).get("diagnosis", "") for told in (was, now)]
    if versions[0] != versions[1]:
        yield say.OTHER_VERSION.fill(before=versions[0], after=versions[1])
    counts = [(len(told.edits["dropped"]), told.edits["added"]) for told in (was, now)]
    if counts[0] != counts[1]:
        yield say.OTHER_NOTES.fill(
            before=str(counts[0][0]),
            after=str(counts[1][0]),
            added_before=str(counts[0][1]),
            added_after=str(counts[1][1]),
        )
    if was.manifest.get("inputs") and was.manifest["inputs"] == now.manifest.get("inputs"):
        yield say.SAME_FILES
    for told in (was, now):
        if not told.has_readings:
            yield say.NO_READINGS.fill(run=told.run.id)


def lay_out(comparison: Comparison, language: Language) -> Sheet:
    """The page of a comparison in one language."""
    setting = Setting(
        language=language,
        words=load_words(TEMPLATES, language),
        currency=comparison.after.fixed["currency"],
        glossary=Glossary(metrics=name_metrics()),
    )
    return build_comparison(
        comparison.followed,
        comparison.before.side,
        comparison.after.side,
        client=comparison.title,
        cautions=comparison.cautions,
        setting=setting,
    )


def write_pages(comparison: Comparison) -> list[Path]:
    """The page in both languages, in the later run's folder."""
    regular, bold = read_fonts()
    return [
        write_whole(
            comparison.after.run.path / f"compared_with_{comparison.before.run.id}.{language}.html",
            render_sheet(
                lay_out(comparison, language),
                templates=TEMPLATES,
                words=load_words(TEMPLATES, language),
                regular_font=regular,
                bold_font=bold,
            ),
        )
        for language in LANGUAGES
    ]


def print_comparison(comparison: Comparison) -> dict[str, Any]:
    """The comparison as a document for a program."""
    followed = comparison.followed
    return {
        "client": comparison.after.fixed["client"],
        "before": _print_side(comparison.before),
        "after": _print_side(comparison.after),
        "shared_days": followed.shared,
        "judged_together": followed.judged,
        "findings": [
            {
                "code": one.finding.code,
                "scope": one.finding.scope,
                "state": one.state,
                "before": _print_finding(one.before),
                "after": _print_finding(one.after),
                "metric": one.course.after.metric if one.course else one.finding.validation.metric,
                "metric_verdict": one.course.verdict if one.course else None,
            }
            for one in followed.findings
        ],
        "metrics": [
            {
                "metric": one.after.metric,
                "scope": one.after.scope,
                "kind": one.after.kind,
                "unit": one.after.unit,
                "before": {
                    "value": one.before.value,
                    "low": one.before.low,
                    "high": one.before.high,
                    "n": one.before.n,
                },
                "after": {"value": one.after.value, "low": one.after.low, "high": one.after.high, "n": one.after.n},
                "difference": {"value": one.difference, "low": one.low, "high": one.high},
                "verdict": one.verdict,
                "wished": one.wished,
                "better": one.is_better,
                "shared_days": one.shared,
            }
            for one in followed.courses
        ],
        "cautions": [{"zh": text.zh, "en": text.en} for text in (say.NO_CONTROL, *comparison.cautions)],
    }


def _compare_periods(was: Period, now: Period, shared: int) -> Iterator[Text]:
    if was == now:
        yield say.SAME_DAYS
        return
    spans = {"before": word_period(was.start, was.end), "after": word_period(now.start, now.end)}
    if shared:
        share = shared / min(was.days, now.days)
        yield say.OVERLAP.fill(days=word_days(shared), share=word_percent(share, 0))
    if was.months != now.months:
        yield say.LENGTH.fill(**spans)
    if (was.start.month, was.months) != (now.start.month, now.months):
        yield say.SEASON.fill(**spans)


def _print_side(told: Told) -> dict[str, Any]:
    current = told.side.current
    return {"run_id": told.run.id, "current": [current.start.isoformat(), current.end.isoformat()]}


def _print_finding(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    money = finding.impact
    impact = {"low": money.low, "mid": money.mid, "high": money.high} if money else None
    return {"severity": finding.severity, "rank": finding.rank, "impact": impact}


def _name_money(told: Told) -> str:
    return f"{told.fixed['currency']}, {told.fixed['gmv_basis']}"


def _key(finding: Finding) -> Key:
    judged = any(evidence.check == CONSULTANT for evidence in finding.evidence)
    code = f"{CONSULTANT}: {finding.code}" if judged else finding.code
    return code, tuple(sorted(finding.scope.items()))


def _read_period(fixed: dict[str, Any], name: str) -> Period:
    days = fixed["horizon"][name]
    return Period(start=date.fromisoformat(days["start"]), end=date.fromisoformat(days["end"]))


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
