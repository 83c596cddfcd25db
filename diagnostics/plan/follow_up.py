"""Holds two runs of a client against each other: what became of each finding, and what each metric did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from diagnostics.model.finding import Direction, Finding
from diagnostics.model.period import Period
from diagnostics.model.reading import Reading
from diagnostics.statistics.before_after import Estimate, subtract_estimates

Key = tuple[str, tuple[tuple[str, str], ...]]
State = Literal["closed", "left_out", "not_examined", "open", "new", "newly_examined", "newly_shown"]
Verdict = Literal["moved", "moved_alone", "within_chance", "not_told", "other_length", "same_days"]
# Shares and means of fewer are shown and not judged.
LEAST_JUDGED = 30
# What grows with the days it is taken over.
GROWING = frozenset(["money", "price", "count"])


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one run found.

    `findings` are those that the checks raised, before the consultant's notes; `left_out` are the keys of those that
    the notes dropped. `homes` names the check that raised each; `examined` are the checks that had an answer.
    """

    run_id: str
    current: Period
    history: Period
    findings: Mapping[Key, Finding]
    homes: Mapping[Key, str]
    left_out: frozenset[Key]
    examined: frozenset[str]
    readings: Sequence[Reading]

    def span(self, reading: Reading) -> Period:
        """The days over which a reading was taken."""
        return self.current if reading.span == "current" else self.history


@dataclass(frozen=True, kw_only=True)
class Course:
    """A metric in a scope, before and after; `low` and `high` bound the difference, all metrics together at 95 %.

    `wished` is the direction in which a finding wants it to go, if one does; `shared` days lie in both periods.
    """

    before: Reading
    after: Reading
    low: float | None
    high: float | None
    verdict: Verdict
    wished: Direction | None
    shared: int

    @property
    def difference(self) -> float:
        """After minus before."""
        return self.after.value - self.before.value

    @property
    def is_better(self) -> bool | None:
        """Whether it went as wished; `None` where nobody wished or it did not move beyond chance."""
        if self.wished is None or self.verdict != "moved":
            return None
        return (self.difference > 0) == (self.wished == "up")


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One finding in two runs: `before` or `after` is missing where that run did not raise it."""

    state: State
    before: Finding | None
    after: Finding | None
    course: Course | None

    @property
    def finding(self) -> Finding:
        """The finding as the later run tells it, else the earlier."""
        found = self.after or self.before
        if found is None:
            message = "a followed finding was raised by one run at least"
            raise ValueError(message)
        return found


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """The comparison: findings by state, courses of metrics, how many of these were judged, days in both periods."""

    findings: tuple[Followed, ...]
    courses: tuple[Course, ...]
    judged: int
    shared: int


def follow_up(before: Side, after: Side, *, same_money: bool = True) -> FollowUp:
    """Compare two runs; `same_money` says whether their amounts are in one currency by one definition of GMV."""
    courses = follow_readings(before, after, same_money=same_money)
    by_place = {(one.after.metric, one.after.key[1]): one for one in reversed(courses)}
    keys = dict.fromkeys([*before.findings, *after.findings])
    followed = tuple(_follow(key, before, after, by_place) for key in keys)
    return FollowUp(
        findings=followed,
        courses=courses,
        judged=sum(one.low is not None for one in courses),
        shared=share_days(before.current, after.current),
    )


def follow_readings(before: Side, after: Side, *, same_money: bool = True) -> tuple[Course, ...]:
    """Every metric that both runs read in one scope, in the order of the later run."""
    earlier = {reading.key: reading for reading in before.readings}
    pairs = [
        (earlier[now.key], now)
        for now in after.readings
        if now.key in earlier and (same_money or now.unit not in {"money", "price"})
    ]
    wishes = _list_wishes(before, after)
    judged = sum(_can_judge(was, now, before, after) for was, now in pairs)
    return tuple(_follow_reading(was, now, before, after, judged=judged, wishes=wishes) for was, now in pairs)


def share_days(one: Period, other: Period) -> int:
    """How many days lie in both periods.

    >>> from datetime import date
    >>> january = Period(start=date(2025, 1, 1), end=date(2025, 2, 1))
    >>> share_days(january, Period(start=date(2025, 1, 31), end=date(2025, 3, 1)))
    1
    """
    return max(0, (min(one.end, other.end) - max(one.start, other.start)).days)


def _follow_reading(  # noqa: PLR0917 - both readings, both runs
    was: Reading, now: Reading, before: Side, after: Side, judged: int, wishes: Mapping[Key, Direction]
) -> Course:
    low = high = None
    verdict: Verdict = "not_told"
    if before.span(was) == after.span(now):
        verdict = "same_days"
    elif not _has_like_days(was, now, before, after):
        verdict = "other_length"
    if _can_judge(was, now, before, after):
        low, high = subtract_estimates(_estimate(now), _estimate(was), judged)
        verdict = "moved" if low > 0 or high < 0 else "within_chance"
        alone = subtract_estimates(_estimate(now), _estimate(was))
        if verdict == "within_chance" and (alone[0] > 0 or alone[1] < 0):
            verdict = "moved_alone"
    return Course(
        before=was,
        after=now,
        low=low,
        high=high,
        verdict=verdict,
        wished=wishes.get((now.metric, now.key[1])) or wishes.get((now.metric, ())),
        shared=share_days(before.span(was), after.span(now)),
    )


def _can_judge(was: Reading, now: Reading, before: Side, after: Side) -> bool:
    known = all(one.low is not None and one.n is not None and one.n >= LEAST_JUDGED for one in (was, now))
    return known and before.span(was) != after.span(now) and _has_like_days(was, now, before, after)


def _has_like_days(was: Reading, now: Reading, before: Side, after: Side) -> bool:
    """Whether amounts were taken over periods of one length; months of 28 and 31 days count as alike."""
    return now.unit not in GROWING or before.span(was).months == after.span(now).months


def _estimate(reading: Reading) -> Estimate:
    low = reading.value if reading.low is None else reading.low
    high = reading.value if reading.high is None else reading.high
    return Estimate(value=reading.value, low=low, high=high)


def _list_wishes(before: Side, after: Side) -> dict[Key, Direction]:
    """The direction that findings wish for each metric, in their scope and, as a fallback, anywhere."""
    wishes: dict[Key, Direction] = {}
    for finding in (*after.findings.values(), *before.findings.values()):
        wanted = finding.validation
        wishes.setdefault((wanted.metric, tuple(sorted(finding.scope.items()))), wanted.direction)
        wishes.setdefault((wanted.metric, ()), wanted.direction)
    return wishes


def _follow(key: Key, before: Side, after: Side, courses: Mapping[Key, Course]) -> Followed:
    was, now = before.findings.get(key), after.findings.get(key)
    told = now or was
    metric = told.validation.metric if told else ""
    course = courses.get((metric, key[1])) or courses.get((metric, ()))
    return Followed(state=_judge_state(key, before, after), before=was, after=now, course=course)


def _judge_state(key: Key, before: Side, after: Side) -> State:
    if key not in after.findings:
        return "closed" if before.homes[key] in after.examined else "not_examined"
    if key in after.left_out:
        return "left_out"
    if key in before.findings:
        return "newly_shown" if key in before.left_out else "open"
    return "new" if after.homes[key] in before.examined else "newly_examined"
