"""What must be true before an action starts: open findings that go first, and base steps that must have passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from diagnostics.model.section import Exhibit
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten
from diagnostics.plan.actions import GATES
from diagnostics.plan.candidates import Candidate
from diagnostics.plan.constraints import Constraint, find_ban

GateState = Literal["open", "shut", "unknown"]

INFORMATION = Text(zh="仅供了解，这一季度不需要动作", en="for information: no action this quarter")
SHUT = Text(zh="基础关未过：{names}", en="base steps have not passed: {names}")
UNKNOWN = Text(
    zh="基础关还没有数据可判断：{names}；先补企微联系人、触达记录与订单导出",
    en="nothing shows yet whether base steps pass: {names}; first export WeCom contacts, touches and orders",
)
BANNED = Text(zh="客户的限制：{said}", en="the client's constraint: {said}")
# By the words in which the referral chapter's table names its base steps.
GATE_ROWS = {"repeat buying": "repeat", "reception": "reception"}
GATE_STATES: dict[str, GateState] = {"open": "open", "shut": "shut"}


@dataclass(frozen=True, kw_only=True)
class Barred:
    """A candidate that cannot enter the plan, and why."""

    candidate: Candidate
    reason: Text


def read_gates(gates: Exhibit | None) -> dict[str, GateState]:
    """The measured state of every base step; unknown where the table is missing or holds no share."""
    states: dict[str, GateState] = dict.fromkeys(GATES, "unknown")
    for row in gates.frame.to_dict("records") if gates is not None else ():
        name = GATE_ROWS.get(_english(row["gate"]))
        if name is not None and not pd.isna(row["share"]):
            states[name] = GATE_STATES.get(_english(row["state"]), "unknown")
    return states


def part_barred(
    candidates: Sequence[Candidate], gates: Mapping[str, GateState], constraints: Sequence[Constraint] = ()
) -> tuple[tuple[Candidate, ...], tuple[Barred, ...]]:
    """Candidates that may enter the plan, and those that can't whatever time and money there is."""
    barred = [
        Barred(candidate=one, reason=why)
        for one in candidates
        if (why := _find_bar(one, gates, constraints)) is not None
    ]
    codes = {bar.candidate.code for bar in barred}
    return tuple(one for one in candidates if one.code not in codes), tuple(barred)


def list_predecessors(candidate: Candidate, others: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Open findings whose actions must have been carried out before this one starts."""
    return tuple(other for other in others if other.code in candidate.action.after and other.finding.severity != "info")


def _find_bar(candidate: Candidate, gates: Mapping[str, GateState], constraints: Sequence[Constraint]) -> Text | None:
    if candidate.finding.severity == "info" and not candidate.is_foundation:
        return INFORMATION
    ban = find_ban(constraints, candidate.code)
    if ban is not None:
        return BANNED.fill(said=name_verbatim(shorten(ban.said)))
    for state, words in (("shut", SHUT), ("unknown", UNKNOWN)):
        names = [GATES[gate] for gate in candidate.action.gates if gates[gate] == state]
        if names:
            return words.fill(names=join_texts(names))
    return None


def _english(cell: object) -> str:
    return cell.en if isinstance(cell, Text) else str(cell)
