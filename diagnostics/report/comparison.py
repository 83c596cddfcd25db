"""A comparison of two runs, worded: what became of findings and metrics, and what must be borne in mind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from diagnostics.model.finding import Finding
from diagnostics.model.reading import Reading
from diagnostics.model.wording import (
    Text,
    word_days,
    word_money,
    word_money_range,
    word_number,
    word_percent,
    word_period,
    word_points,
    word_points_range,
    word_price,
)
from diagnostics.plan.follow_up import Course, Followed, FollowUp, Side
from diagnostics.report import comparison_words as say
from diagnostics.report.outline import Cell, TableBlock
from diagnostics.report.scopes import word_scope
from diagnostics.report.setting import Setting, list_table
from diagnostics.report.sheet import Sheet

ORDER = ("closed", "new", "open", "left_out", "newly_shown", "newly_examined", "not_examined")
UNCLEAR = frozenset(["left_out", "not_examined", "newly_examined", "newly_shown"])
Row = tuple[Cell | str, ...]
VALUES: Mapping[str, Callable[[float, str], Text]] = {
    "share": lambda value, _currency: word_percent(value),
    "count": lambda value, _currency: word_number(value),
    "number": lambda value, _currency: word_number(value, 2),
    "money": word_money,
    "price": word_price,
    "days": lambda value, _currency: word_days(value, 1),
}
GAPS: Mapping[str, Callable[[float, str], Text]] = {
    "share": lambda value, _currency: word_points(value),
    "count": lambda value, _currency: word_number(value),
    "number": lambda value, _currency: word_number(value, 2),
    "money": lambda value, currency: word_money(value, currency, signed=True),
    "price": lambda value, currency: word_price(value, currency, signed=True),
    "days": lambda value, _currency: word_days(value, 1),
}


def build_comparison(
    followed: FollowUp, before: Side, after: Side, *, client: Text, cautions: Sequence[Text], setting: Setting
) -> Sheet:
    """The page in one language; `cautions` are what differs between the runs beside time."""
    spans = {name: word_period(side.current.start, side.current.end) for name, side in _name(before, after)}
    title = setting.word(say.TITLE.fill(client=client))
    subtitle = say.SUBTITLE.fill(before_id=before.run_id, after_id=after.run_id, **spans)
    return Sheet(
        language=setting.language,
        kicker=setting.words["report_kind"],
        title=title,
        subtitle=setting.word(subtitle),
        lead=tuple(setting.word(text) for text in (count_findings(followed), count_metrics(followed))),
        notes_title=setting.words["caveats"],
        notes=tuple(setting.word(text) for text in (say.NO_CONTROL, *cautions)),
        tables=tuple(
            table for table in (tabulate_findings(followed, setting), tabulate_metrics(followed, setting)) if table.rows
        ),
        foot=setting.words["confidentiality"],
    )


def count_findings(followed: FollowUp) -> Text:
    """How many findings were closed, stayed, came, and can't be compared."""
    states = [one.state for one in followed.findings]
    return say.SUMMARY.fill(
        closed=word_number(states.count("closed")),
        open=word_number(states.count("open")),
        new=word_number(states.count("new")),
        unclear=word_number(sum(state in UNCLEAR for state in states)),
    )


def count_metrics(followed: FollowUp) -> Text:
    """How many metrics moved by more than chance, and which way."""
    if not followed.courses:
        return say.NO_METRICS
    moved = [one for one in followed.courses if one.verdict == "moved"]
    return say.SUMMARY_METRICS.fill(
        n=word_number(followed.judged),
        moved=word_number(len(moved)),
        better=word_number(sum(one.is_better is True for one in moved)),
        worse=word_number(sum(one.is_better is False for one in moved)),
    )


def tabulate_findings(followed: FollowUp, setting: Setting) -> TableBlock:
    """One row a finding: closed ones first, then new ones, then the rest."""
    ordered = sorted(followed.findings, key=lambda one: (ORDER.index(one.state), one.finding.rank or 0))
    rows: list[Row] = [
        (
            setting.word(one.finding.title),
            setting.word(_tell_state(one)),
            _pair(one, lambda finding: setting.words[f"severity_{finding.severity or 'info'}"]),
            _pair(one, lambda finding: _word_impact(finding, setting)),
            _tell_course(one.course, setting),
        )
        for one in ordered
    ]
    return list_table(
        "findings", setting.word(say.FINDINGS), _head(setting, "finding state severity money metric"), rows
    )


def tabulate_metrics(followed: FollowUp, setting: Setting) -> TableBlock:
    """One row a metric and scope, those that moved first."""
    ranks = list(say.VERDICTS)
    ordered = sorted(followed.courses, key=lambda one: ranks.index(one.verdict))
    rows: list[Row] = [
        (
            name_reading(one.after, setting),
            _show_value(one.before, setting),
            _show_value(one.after, setting),
            _word_gap(one, setting),
            _word_range(one, setting),
            setting.word(_tell_verdict(one)),
            setting.word(say.COUNTED.fill(before=word_number(one.before.n), after=word_number(one.after.n))),
        )
        for one in ordered
    ]
    head = _head(setting, "metric before after difference range verdict n")
    return list_table("metrics", setting.word(say.METRICS), head, rows)


def name_reading(reading: Reading, setting: Setting) -> str:
    """The metric's name with its scope and kind."""
    scope = word_scope(reading.scope, setting.language) or setting.word(say.EVERYTHING)
    parts = [setting.word(setting.glossary.name_metric(reading.metric)), scope, reading.kind]
    return " · ".join(part for part in parts if part)


def _tell_state(one: Followed) -> Text:
    if one.state == "closed" and one.course is not None and one.course.verdict in {"within_chance", "moved_alone"}:
        return say.CLOSED_BY_CHANCE
    return say.STATES[one.state]


def _tell_verdict(one: Course) -> Text:
    told = say.VERDICTS[one.verdict]
    if one.is_better is None:
        return told
    return Text(
        zh=told.zh + (say.BETTER if one.is_better else say.WORSE).zh,
        en=told.en + (say.BETTER if one.is_better else say.WORSE).en,
    )


def _tell_course(course: Course | None, setting: Setting) -> str:
    if course is None:
        return ""
    values = [setting.word(VALUES[one.unit](one.value, setting.currency)) for one in (course.before, course.after)]
    return f"{name_reading(course.after, setting)}: {' → '.join(values)} ({setting.word(_tell_verdict(course))})"


def _show_value(reading: Reading, setting: Setting) -> Cell:
    shown = setting.word(VALUES[reading.unit](reading.value, setting.currency))
    return Cell(shown=shown, sort=reading.value, whole=True)


def _word_gap(one: Course, setting: Setting) -> Cell:
    if one.verdict == "other_length":
        return Cell(shown="")
    shown = setting.word(GAPS[one.after.unit](one.difference, setting.currency))
    return Cell(shown=shown, sort=one.difference)


def _word_range(one: Course, setting: Setting) -> str:
    if one.low is None or one.high is None:
        return ""
    if one.after.unit == "share":
        return setting.word(word_points_range(one.low, one.high))
    low, high = (GAPS[one.after.unit](end, setting.currency) for end in (one.low, one.high))
    return setting.word(say.RANGE.fill(low=low, high=high))


def _word_impact(finding: Finding, setting: Setting) -> str:
    money = finding.impact
    return setting.word(word_money_range(money.low, money.high, setting.currency)) if money else ""


def _pair(one: Followed, word: Callable[[Finding], str]) -> str:
    sides = [word(finding) if finding else "" for finding in (one.before, one.after)]
    return sides[0] if sides[0] == sides[1] else " → ".join(side or "–" for side in sides)


def _head(setting: Setting, names: str) -> tuple[str, ...]:
    return tuple(setting.word(say.COLUMNS[name]) for name in names.split())


def _name(before: Side, after: Side) -> tuple[tuple[str, Side], ...]:
    return ("before", before), ("after", after)
