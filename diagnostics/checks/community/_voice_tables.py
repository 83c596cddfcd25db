"""The tables of who speaks in groups: the company's share by unit, talkers and lone days by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.units import KIND_NAMES
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.checks.community._speakers import Voices


def tabulate_voices(measured: Voices) -> tuple[Exhibit, ...]:
    """The company's share by unit, talkers and lone days by group."""
    unit = Field(name="unit", label=KIND_NAMES[measured.kind])
    said = Field(name="said", label=Text(zh="客户消息", en="Customers' messages"), unit="count")
    shares = Exhibit(
        name="units",
        title=Text(zh="企业消息占比（高者在前）", en="The company's share of messages, highest first"),
        fields=(
            unit,
            Field(name="w", label=Text(zh="消息数", en="Messages"), unit="count"),
            Field(name="value", label=Text(zh="企业消息占比", en="Company's share"), unit="share"),
            Field(name="error", label=Text(zh="标准误", en="Error"), unit="share"),
        ),
        frame=measured.units if len(measured.units) else pd.DataFrame([measured.whole]),
    )
    shown = [shares]
    if len(measured.talkers):
        frame = measured.talkers.sort_values("value", ascending=False, ignore_index=True)
        fields = (
            unit,
            Field(name="speakers", label=Text(zh="发言客户", en="Customers who spoke"), unit="count"),
            said,
            Field(name="value", label=Text(zh="话痨占比", en="Talker's share"), unit="share"),
            Field(
                name="even_days", label=Text(zh="双数周有客户发言天数", en="Days with a word, even weeks"), unit="count"
            ),
            Field(name="even_days_without", label=Text(zh="去掉此人后", en="Without the talker"), unit="count"),
        )
        title = Text(zh="各群说得最多的一位客户", en="The customer who says most, by group")
        shown.append(Exhibit(name="talkers", title=title, fields=fields, frame=frame))
    if len(measured.lone):
        frame = measured.lone.assign(share=measured.lone.lone / measured.lone.days)
        lone_fields = (
            unit,
            Field(name="days", label=Text(zh="有客户发言天数", en="Days with a customer's word"), unit="count"),
            Field(name="lone", label=Text(zh="只有一人说话", en="With one speaker"), unit="count"),
            Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
            said,
        )
        title = Text(zh="只有一人说话的日子", en="Days with a single speaker")
        frame = frame.sort_values("share", ascending=False, ignore_index=True)
        shown.append(Exhibit(name="lone", title=title, fields=lone_fields, frame=frame))
    return tuple(shown)
