"""Puts the actions of ranked findings on a road of 30, 60 and 90 days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.finding import ROLES, Finding
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_days, word_money_range

if TYPE_CHECKING:
    from diagnostics.model.finding import Validation

LONGEST = 12
# An action shows its worth after its own window: short windows come first, and data repairs before all.
FIRST_MONTH, SECOND_MONTH = 30, 60
PHASES = (
    Text(zh="1–30 天", en="Day 1–30"),
    Text(zh="31–60 天", en="Day 31–60"),
    Text(zh="61–90 天", en="Day 61–90"),
)
TITLE = Text(zh="30 / 60 / 90 天行动路线", en="Actions over 30, 60 and 90 days")
NOTE = Text(
    zh="每项行动都来自上文的一条结论。各项金额区间互有重叠，不可相加。",
    en="Every action comes from a finding above. The ranges of money overlap and must not be added up.",
)
UNSIZED = Text(zh="未估金额", en="not sized")
FIELDS = (
    Field(name="phase", label=Text(zh="阶段", en="When")),
    Field(name="finding", label=Text(zh="对应结论", en="From finding"), unit="count"),
    Field(name="action", label=Text(zh="行动", en="Action")),
    Field(name="owner", label=Text(zh="负责人", en="Owner")),
    Field(name="gain", label=Text(zh="每年可能影响", en="At stake a year")),
    Field(name="check", label=Text(zh="看效果的窗口", en="Look again after")),
    Field(name="stop", label=Text(zh="停止条件", en="Stop if")),
)


def draw_roadmap(findings: Sequence[Finding], currency: str) -> Exhibit:
    """At most twelve actions, in order of phase and then of the findings' rank; `findings` are ranked."""
    chosen = sorted(findings[:LONGEST], key=lambda finding: (choose_phase(finding), finding.rank or 0))
    rows = [
        {
            "phase": PHASES[choose_phase(finding)],
            "finding": finding.rank,
            "action": finding.action,
            "owner": ROLES[finding.owner_role],
            "gain": _word_gain(finding, currency),
            "check": word_days(finding.validation.window_days),
            "stop": finding.stop_rule,
        }
        for finding in chosen
    ]
    frame = pd.DataFrame(rows, columns=[field.name for field in FIELDS])
    return Exhibit(name="roadmap", title=TITLE, fields=FIELDS, frame=frame, note=NOTE)


def choose_phase(finding: Finding) -> int:
    """0, 1 or 2: the month in which the action begins."""
    if finding.code.startswith(("data.", "privacy.")):
        return 0
    return _place_window(finding.validation)


def _place_window(validation: Validation) -> int:
    if validation.window_days <= FIRST_MONTH:
        return 0
    return 1 if validation.window_days <= SECOND_MONTH else 2


def _word_gain(finding: Finding, currency: str) -> Text:
    if finding.impact is None:
        return UNSIZED
    return word_money_range(finding.impact.low, finding.impact.high, currency)
