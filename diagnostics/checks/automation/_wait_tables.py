"""The scenario cards: who waits for an automatic follow-up, and what it would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.automation import _scenario_words as words
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.checks.automation._waits import Waits
    from diagnostics.statistics.scenario_value import Waiting


def tabulate_waits(measured: Waits) -> tuple[Exhibit, ...]:
    """A scenario card a row, also those that only the sheet can tell."""
    fields = (
        Field(name="scenario", label=Text(zh="场景", en="Scenario")),
        Field(name="rule", label=Text(zh="触发", en="Trigger")),
        Field(name="cadence", label=Text(zh="建议节奏", en="Cadence advised")),
        Field(name="stated", label=Text(zh="需求表", en="Sheet")),
        Field(name="audience", label=Text(zh="今天人数", en="Waiting today"), unit="count"),
        Field(name="a_year", label=Text(zh="一年进入", en="Entries a year"), unit="count"),
        Field(name="back", label=Text(zh="30 天自回率", en="Back alone in 30 days"), unit="share"),
        Field(name="each", label=Text(zh="回来当天消费", en="Spend that day"), unit="price"),
        Field(name="expected", label=Text(zh="预计自行消费", en="Expected sales"), unit="money"),
        Field(name="touched", label=Text(zh="3 天内有触达", en="Reached in 3 days"), unit="share"),
        Field(name="gain", label=Text(zh="多回一成的年增量", en="A year, a tenth more back"), unit="money"),
    )
    by_name = {one.scenario: one for one in measured.waiting}
    rows = [_row(scenario, by_name.get(scenario), measured.live) for scenario in words.SCENARIOS]
    title = Text(zh="自动化场景卡", en="Scenario cards")
    return (Exhibit(name="scenarios", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def _row(scenario: str, one: Waiting | None, live: frozenset[str] | None) -> dict[str, object]:
    stated = words.NOT_STATED
    if live is not None:
        stated = words.LIVE if scenario in live else words.NOT_LIVE
    numbers = {
        "audience": one.audience if one else None,
        "a_year": one.a_year if one else None,
        "back": one.back if one else None,
        "each": one.each if one else None,
        "expected": one.expected if one else None,
        "touched": one.touched if one else None,
        "gain": one.gain(0.1) if one else None,
    }
    return {
        "scenario": words.SCENARIOS[scenario],
        "rule": words.RULES[scenario],
        "cadence": words.CADENCE.get(scenario),
        "stated": stated,
        **{name: np.nan if value is None else value for name, value in numbers.items()},
    }
