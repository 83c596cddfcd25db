"""The tables of work done by hand: effort, continuity and effect of both periods, and the worth of a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.organisation import _effort_words as say
from diagnostics.checks.organisation._work import MINUTES_AN_HOUR, list_minutes
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent, word_price

if TYPE_CHECKING:
    from diagnostics.checks.organisation._work import Work


def tabulate_work(measured: Work) -> tuple[Exhibit, ...]:
    """Effort, continuity and effect of both periods; and the worth of a minute by action."""
    return _show_measures(measured), _show_minutes(measured)


def _show_measures(measured: Work) -> Exhibit:
    turns = {"worse": say.GOT_WORSE, "better": say.BETTER, "same": say.SAME, None: NOTHING}
    rows = [
        {
            "measure": label,
            "before": _word(name, measured.before[name], measured.currency),
            "now": _word(name, measured.now[name], measured.currency),
            "change": measured.change(name),
            "turn": turns[measured.turn(name)],
        }
        for name, label in say.MEASURES.items()
    ]
    fields = (
        Field(name="measure", label=Text(zh="看什么", en="Measure")),
        Field(name="before", label=Text(zh="之前", en="Before")),
        Field(name="now", label=Text(zh="现在", en="Now")),
        Field(name="change", label=Text(zh="变化", en="Change"), unit="share"),
        Field(name="turn", label=Text(zh="判断", en="Turn")),
    )
    title = Text(zh="投入、连续与效果", en="Effort, continuity and effect")
    return Exhibit(name="measures", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _word(name: str, value: float | None, currency: str) -> Text:
    if value is None:
        return NOTHING
    if name == "continuity":
        return word_percent(value)
    return word_price(value, currency) if name == "money" else word_number(value, 1)


def _show_minutes(measured: Work) -> Exhibit:
    rows = [
        {
            "action": say.ACTIONS[name],
            "times": measured.actions[name],
            "hours": measured.actions[name] / MINUTES_AN_HOUR,
            "money": measured.actions[name] / MINUTES_AN_HOUR * measured.hour if measured.hour else None,
        }
        for name in list_minutes(measured)
    ]
    fields = (
        Field(name="action", label=Text(zh="动作", en="Action")),
        Field(name="times", label=Text(zh="一年次数", en="Times a year"), unit="count"),
        Field(
            name="hours", label=Text(zh="每次省 1 分钟，一年省小时", en="Hours a year for a minute less"), unit="count"
        ),
        Field(name="money", label=Text(zh="折合人力成本", en="At the team's cost"), unit="money"),
    )
    title = Text(zh="少一步值多少（同一分钟不可重复相加）", en="The worth of a step less (one minute counts once)")
    return Exhibit(name="minutes", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
