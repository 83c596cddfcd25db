"""Who holds the six roles of a live session before, during and after, and what each role's indicator reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.live import _roles_words as words
from diagnostics.metrics.live import list_sessions
from diagnostics.metrics.live_roles import rate_service, rate_viewers
from diagnostics.model.brief import Brief
from diagnostics.model.section import Asked, Exhibit, Field
from diagnostics.model.wording import Text, join_texts, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MANY_ROLES = 3
# What each role is measured by: the two counts of the sessions whose ratio it is.
RATIOS = {
    "selection": ("product_clicked", "buyers"),
    "operation": ("exposed", "viewers"),
    "anchor": ("viewers", "buyers"),
}


@dataclass(frozen=True, kw_only=True)
class Roles:
    """People by role and phase, people in three roles or more, and each role's indicator (`None` where unknown)."""

    held: Mapping[tuple[str, str], int]
    crowded: int
    indicators: Mapping[str, float | None]

    @property
    def missing(self) -> tuple[str, ...]:
        """Roles that nobody holds in any phase."""
        return tuple(role for role in words.ROLES if not any(self.held.get((role, p)) for p in words.PHASES))


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sessions, viewers and service where they are known."""
    horizon = tables.engagement.horizon
    asked = {}
    if tables.has("live_sessions", "viewers"):
        asked["sessions"] = list_sessions(tables["live_sessions"], horizon.as_of)
    if tables.has("live_viewers", "day"):
        asked["viewers"] = rate_viewers(tables["live_viewers"], horizon.current)
    if tables.has("service_periods", "starts_on", "reply_minutes"):
        asked["service"] = rate_service(tables["service_periods"], horizon.current)
    return asked


def measure(replies: Replies) -> Roles:
    """Lay the people of the sheet into roles and phases, and read the indicators."""
    rows = replies.engagement.brief.rows("live_roles")
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    roles_of: dict[str, set[str]] = defaultdict(set)
    for place, row in enumerate(rows):
        role, person = str(row.get("role") or ""), str(row.get("person_code") or f"#{place}")
        # A row without a phase is taken for the whole session.
        phases = [str(row["phase"])] if row.get("phase") else list(words.PHASES)
        for phase in phases:
            people[role, phase].add(person)
        roles_of[person].add(role)
    return Roles(
        held=Counter({key: len(who) for key, who in people.items()}),
        crowded=sum(len(roles) >= MANY_ROLES for roles in roles_of.values()),
        indicators=_read_indicators(replies),
    )


def _read_indicators(replies: Replies) -> dict[str, float | None]:
    found: dict[str, float | None] = dict.fromkeys(words.ROLES)
    if "sessions" in replies:
        start = pd.Timestamp(replies.engagement.horizon.current.start)
        sessions = replies["sessions"]
        current = sessions[sessions.starts_at >= start]
        for role, (lower, upper) in RATIOS.items():
            both = current[current[lower].notna() & current[upper].notna()]
            total = float(both[lower].sum())
            found[role] = float(both[upper].sum()) / total if total > 0 else None
    if "viewers" in replies:
        told = replies["viewers"].iloc[0]
        found["atmosphere"] = _share(told.commented, told.answered)
        found["publicity"] = _share(told.invited, told.viewers)
    if "service" in replies:
        minutes = replies["service"].minutes.iloc[0]
        found["service"] = None if pd.isna(minutes) else float(minutes)
    return found


def _share(part: float, whole: float) -> float | None:
    return float(part) / float(whole) if whole and not pd.isna(part) and float(part) > 0 else None


def judge(_measured: Roles, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: roles without an owner are raised with the whole team's."""
    return ()


def tell(measured: Roles) -> Text:
    """How many roles and tasks are held, and which are missing."""
    said = words.ANSWER.fill(
        held=word_number(len(words.ROLES) - len(measured.missing)),
        tasks=word_number(sum(measured.held.get(key, 0) > 0 for key in words.TASKS)),
    )
    roles = join_texts(words.ROLES[role] for role in measured.missing)
    tail = words.MISSING.fill(roles=roles) if measured.missing else words.COMPLETE
    said = Text(zh=said.zh + tail.zh, en=said.en + tail.en)
    return said + words.CROWDED.fill(count=word_number(measured.crowded)) if measured.crowded else said


def caveats(_measured: Roles) -> tuple[Text, ...]:
    """What the table can't tell."""
    return (words.NO_KPI,)


def tabulate(measured: Roles) -> tuple[Exhibit, ...]:
    """A role a row: people and task by phase, indicator and what it reads."""
    fields = (
        Field(name="role", label=Text(zh="岗位", en="Role")),
        *(Field(name=phase, label=label) for phase, label in words.PHASES.items()),
        Field(name="kpi", label=Text(zh="岗位指标", en="Indicator")),
        Field(name="reads", label=Text(zh="本期", en="This period")),
    )
    rows = [
        {
            "role": words.ROLES[role],
            **{phase: _word_task(measured, role, phase) for phase in words.PHASES},
            "kpi": words.KPIS[role],
            "reads": _word_indicator(role, measured.indicators[role]),
        }
        for role in words.ROLES
    ]
    title = Text(zh="直播分工：前、中、后", en="Who does what before, during and after")
    return (Exhibit(name="roles", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def _word_task(measured: Roles, role: str, phase: str) -> Text:
    count, task = measured.held.get((role, phase), 0), words.TASKS[role, phase]
    if not count:
        return Text(zh="无人：{task}", en="nobody: {task}").fill(task=task)
    return Text(zh="{count} 人：{task}", en="{count}: {task}").fill(count=word_number(count), task=task)


def _word_indicator(role: str, value: float | None) -> Text | None:
    if value is None:
        return None
    return word_number(value, 1) if role == "service" else word_percent(value)


def draw(measured: Roles, language: Language) -> Figure:
    """People by role and phase; a framed cell is a task that nobody holds."""
    values = np.array([[float(measured.held.get((role, phase), 0)) for phase in words.PHASES] for role in words.ROLES])
    return draw_heat(
        [label.word(language) for label in words.ROLES.values()],
        [label.word(language) for label in words.PHASES.values()],
        values,
        axis_label=Text(zh="人数（加框为无人）", en="People (framed: nobody)").word(language),
        word=lambda value: word_number(value).word(language),
        alert=values == 0,
        top=max(float(values.max()), 1.0) * 2,
    )


CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-57", "000-58"),
    finds=(),
    needs=(),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    # Four roles: one of them in all phases, three in one phase each: six of eighteen tasks; p1 has three roles.
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-01-31 10",
            "live_sessions": "session channel starts_at exposed viewers buyers\ns1 douyin 2024-01-05 1000 200 10",
        },
        says="有人负责；缺：宣传、客服。",
        brief=Brief(
            answers={
                "live_roles": (
                    {"role": "anchor", "person_code": "p1"},
                    {"role": "selection", "person_code": "p1", "phase": "before"},
                    {"role": "atmosphere", "person_code": "p1", "phase": "during"},
                    {"role": "operation", "person_code": "p2", "phase": "during"},
                )
            }
        ),
    ),
    place=40,
    asks=(Asked(key="live_roles", label=Text(zh="直播分工", en="Live roles")),),
)
