"""How the pool, owners and groups that are dead become findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.community import _health_words as say
from diagnostics.checks.community._health_words import word_groups
from diagnostics.checks.units import name_unit, name_units, scope_of
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from diagnostics.checks.check import Limits
    from diagnostics.checks.community.health import Health
    from diagnostics.model.finding import Severity

FALSE_RATE = 0.05
MOST_GROUPS = 5
LEAST_AGED = 5


def state_dead(measured: Health, limits: Limits) -> tuple[Finding, ...]:
    """Raise the pool where many groups are dead, else owners who lose more than others and single large groups."""
    if measured.grain == "owner":
        return _judge_bounds(measured, limits)
    judged, dead = measured.judged, measured.dead
    if len(dead) == 0:
        return ()
    low = float(wilson(len(dead), len(judged))[0])
    if low > limits["pool_share"]:
        title = say.TITLE_POOL.fill(**word_groups(len(judged), len(dead)), share=word_percent(len(dead) / len(judged)))
        return (_state(title, {}, dead, measured, value=len(dead) / len(judged), severity="medium"),)
    owners = measured.owners[measured.owners.adjusted <= FALSE_RATE] if len(measured.owners) else measured.owners
    found = [_state_owner(row, measured) for _, row in owners.iterrows()]
    named = set(owners.owner) if len(owners) else set()
    single = dead[(dead.members >= limits["members"]) & (dead.adjusted <= FALSE_RATE) & ~dead.owner.isin(named)]
    return (*found, *(_state_group(row, measured) for _, row in single.head(MOST_GROUPS).iterrows()))


def _judge_bounds(measured: Health, limits: Limits) -> tuple[Finding, ...]:
    known = measured.bounds.dropna(subset=["dead_least"])
    total, least = known.groups.sum(), known.dead_least.sum()
    lost = known[(known.dead_least >= 1) & (known.dead_least >= limits["owner_share"] * known.groups)]
    if total and float(wilson(least, total)[0]) > limits["pool_share"]:
        title = say.TITLE_POOL.fill(**word_groups(total, least), share=word_percent(least / total))
        return (_state(title, {}, lost.assign(state="dead"), measured, value=least / total, severity="medium"),)
    ranked = lost.sort_values(["dead_least", "members"], ascending=False).head(MOST_GROUPS)
    return tuple(
        _state(
            say.TITLE_BOUND.fill(who=name_unit("owner", row.unit), **word_groups(row.groups, row.dead_least)),
            scope_of("owner", row.unit),
            pd.DataFrame([row]),
            measured,
            value=row.dead_least / row.groups,
        )
        for _, row in ranked.iterrows()
    )


def _state_owner(row: pd.Series, measured: Health) -> Finding:
    others = measured.judged[measured.judged.owner != row.owner]
    title = say.TITLE_OWNER.fill(
        who=name_unit("owner", row.owner),
        **word_groups(row.groups, row.dead),
        others=word_percent((others.state == "dead").mean()),
    )
    dead = measured.dead[measured.dead.owner == row.owner]
    return _state(title, scope_of("owner", row.owner), dead, measured, value=row.dead / row.groups)


def _state_group(row: pd.Series, measured: Health) -> Finding:
    days = word_number(row.first_row + 1 if pd.isna(row.last_talk) else row.last_talk)
    title = say.TITLE_GROUP.fill(who=name_unit("group", row.unit), days=days, members=word_number(row.members))
    return _state(title, scope_of("group", row.unit), pd.DataFrame([row]), measured, value=float(row.chance))


def _state(
    title: Text,
    scope: dict[str, str],
    dead: pd.DataFrame,
    measured: Health,
    *,
    value: float,
    severity: Severity = "low",
) -> Finding:
    is_group = measured.grain == "group"
    names = say.NAMES.fill(names=name_units(list(dead.unit))) if is_group else NOTHING
    chance = float(dead.chance.max()) if is_group else 0.0
    return Finding(
        code="community.dead_groups",
        scope=scope,
        title=title,
        cause=say.CAUSE.fill(members=word_number(dead.members.sum()), names=names, age=_word_age(measured)),
        action=say.ACTION,
        owner_role="group",
        validation=Validation(metric="dead", direction="down", window_days=30),
        stop_rule=say.STOP,
        confidence=round(float(np.clip(0.95 - chance, 0.5, 0.95)), 2),
        impact_reason=say.NO_MONEY,
        severity=severity,
        evidence=(Evidence(table="groups" if is_group else "owners", n=len(dead), value=float(value)),),
    )


def _word_age(measured: Health) -> Text:
    aged = measured.ages[measured.ages.groups >= LEAST_AGED] if len(measured.ages) else measured.ages
    if aged.empty:
        return NOTHING
    last = aged.iloc[-1]
    return say.AGE.fill(age=word_number(last.age + 1), share=word_percent(last.alive / last.groups))
