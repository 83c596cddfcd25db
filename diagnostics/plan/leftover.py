"""Says of every action that is left out why it is not done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.model.finding import ROLES
from diagnostics.model.wording import Text, join_clauses, join_texts, word_days, word_money, word_number
from diagnostics.plan.actions import PHASES
from diagnostics.plan.candidates import Candidate
from diagnostics.plan.capacity import Capacity
from diagnostics.plan.phrases import word_rank
from diagnostics.plan.preconditions import Barred, list_predecessors
from diagnostics.plan.selection import LAST, Chosen

FIRST = Text(
    zh="要先做完 {ranks}，这九十天内排不到它之后", en="{ranks} must be done first, and no phase is left after that"
)
NO_TIME = Text(
    zh="{role}时间不够：{phase}可用 {free}，已排 {taken}，这项要 {needed}",
    en="no time: {role} has {free} in {phase}, {taken} are taken, this takes {needed}",
)
NOBODY = Text(zh="团队里没有{role}，也没有负责人可以兼做", en="nobody in the team for {role}, nor a lead to stand in")
NO_MONEY = Text(
    zh="预算不够：九十天可用 {free}，已排 {taken}，这项最多要 {needed}",
    en="no budget: ninety days have {free}, {taken} are taken, this takes up to {needed}",
)
FULL = Text(
    zh="{phase}最多同时推进 {n} 件，名额给了预期金额更大的动作",
    en="at most {n} actions start in {phase}, and those expected to bring more go first",
)
FULL_BASE = Text(
    zh="数据与合规先补最要紧的 {n} 件", en="only the {n} most needed mends of data and permission go first"
)
LATER = Text(zh="会占掉已排动作的前提或时间", en="it would take the place of actions already planned")


@dataclass(frozen=True, kw_only=True)
class Left:
    """An action that is not done now, because."""

    candidate: Candidate
    reason: Text


def explain_left(
    candidates: Sequence[Candidate],
    chosen: Sequence[Chosen],
    barred: Sequence[Barred],
    capacity: Capacity,
    currency: str,
) -> tuple[Left, ...]:
    """Every candidate that was not chosen, in order of rank, with the bounds that it would break."""
    why = {bar.candidate.code: bar.reason for bar in barred}
    taken = {one.candidate.code for one in chosen}
    return tuple(
        Left(
            candidate=one,
            reason=why.get(one.code) or _explain(one, candidates, chosen, capacity, currency),
        )
        for one in candidates
        if one.code not in taken
    )


def _explain(
    candidate: Candidate,
    candidates: Sequence[Candidate],
    chosen: Sequence[Chosen],
    capacity: Capacity,
    currency: str,
) -> Text:
    """The bounds of the phase in which fewest are broken; what must come first goes before all."""
    phases = range(1) if candidate.is_foundation else range(candidate.action.phase, LAST)
    starts = {one.candidate.code: one.phase for one in chosen}
    before = list_predecessors(candidate, candidates)
    ready = [phase for phase in phases if all(starts.get(one.code, LAST) < phase for one in before)]
    if not ready:
        return FIRST.fill(ranks=join_texts(word_rank(one.finding) for one in before))
    money = _explain_money(candidate, chosen, capacity, currency)
    broken = min((_list_broken(candidate, phase, chosen, capacity) for phase in ready), key=len)
    said = [*broken, *money]
    if not said:
        return LATER
    return join_clauses(said)


def _list_broken(candidate: Candidate, phase: int, chosen: Sequence[Chosen], capacity: Capacity) -> list[Text]:
    inside = [one.candidate for one in chosen if one.phase == phase]
    broken = [
        _word_time(role, phase, needed, sum(one.days.get(role, 0.0) for one in inside), most)
        for role, needed in candidate.days.items()
        if (most := capacity.count_days(role)) is not None
        and sum(one.days.get(role, 0.0) for one in inside) + needed > most
    ]
    others = sum(one.is_foundation == candidate.is_foundation for one in inside)
    if candidate.is_foundation and others >= capacity.foundations:
        broken.append(FULL_BASE.fill(n=word_number(capacity.foundations)))
    if not candidate.is_foundation and others >= capacity.actions_a_phase:
        broken.append(FULL.fill(phase=PHASES[phase], n=word_number(capacity.actions_a_phase)))
    return broken


def _word_time(role: str, phase: int, needed: float, taken: float, most: float) -> Text:
    if not most:
        return NOBODY.fill(role=ROLES[role])
    days = {"free": word_days(most, 1), "taken": word_days(taken, 1), "needed": word_days(needed, 1)}
    return NO_TIME.fill(role=ROLES[role], phase=PHASES[phase], **days)


def _explain_money(
    candidate: Candidate, chosen: Sequence[Chosen], capacity: Capacity, currency: str
) -> tuple[Text, ...]:
    taken = sum(one.candidate.most_outlay for one in chosen)
    if capacity.budget is None or taken + candidate.most_outlay <= capacity.budget:
        return ()
    amounts = {"free": capacity.budget, "taken": taken, "needed": candidate.most_outlay}
    return (NO_MONEY.fill(**{name: word_money(amount, currency) for name, amount in amounts.items()}),)
