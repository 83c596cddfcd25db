"""Whether more of the active repeat customers than before lapse: what is said, found and tabulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.people import _stages_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import (
    NOTHING,
    Text,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_points,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.lapse_waves import Wave

if TYPE_CHECKING:
    from diagnostics.checks.people.stages import Stages

SEGMENTS = {1: "repeat_high", 0: "repeat_low"}
SEGMENT_NAMES = {
    "repeat_high": Text(zh="高消费复购客户", en="Repeat customers with high spend"),
    "repeat_low": Text(zh="低消费复购客户", en="Repeat customers with low spend"),
}


def tell_waves(waves: tuple[Wave, ...]) -> Text:
    """The share that lapsed over all segments, now and before; nothing where it could not be compared."""
    if not waves:
        return NOTHING
    now = sum(wave.lapsed for wave in waves) / sum(wave.at_risk for wave in waves)
    before = sum(wave.lapsed_before for wave in waves) / sum(wave.at_risk_before for wave in waves)
    return words.WAVE.fill(now=word_percent(now), before=word_percent(before))


def state_wave(measured: Stages, wave: Wave) -> Finding:
    """A segment in which more lapse than before, and what the customers beyond that are worth a year."""
    gap = wave.gap
    low, loss, high = wave.range_value(measured.lapse_line)
    return Finding(
        code="retention.lapse_wave",
        scope={"segment": wave.segment},
        title=words.TITLE.fill(
            segment=SEGMENT_NAMES[wave.segment],
            before=word_percent(wave.before),
            now=word_percent(wave.now),
            loss=word_money(loss, measured.currency),
        ),
        cause=words.CAUSE.fill(
            n=word_number(wave.at_risk),
            now=word_percent(wave.now),
            before=word_percent(wave.before),
            line=word_days(measured.lapse_line),
            gap=word_points(gap),
            low=word_points(wave.low),
            extra=word_number(gap * wave.at_risk),
            each=word_price(wave.each, measured.currency),
        ),
        action=words.ACTION,
        owner_role="member",
        validation=Validation(metric="return_old", direction="up", window_days=90),
        stop_rule=words.STOP,
        confidence=rate_gap(gap, wave.low),
        impact=Impact(low=low, mid=loss, high=high),
        evidence=(Evidence(table="waves", n=wave.at_risk, value=wave.now),),
    )


def tabulate_waves(measured: Stages) -> tuple[Exhibit, ...]:
    """A segment a row, now and before."""
    if not measured.waves:
        return ()
    rows = [
        (SEGMENT_NAMES[wave.segment], wave.at_risk, wave.now, wave.at_risk_before, wave.before, wave.gap, wave.low)
        for wave in measured.waves
    ]
    names = ["name", "at_risk", "now", "at_risk_before", "before", "rise", "low"]
    fields = (
        Field(name="name", label=Text(zh="客群", en="Segment")),
        Field(name="at_risk", label=Text(zh="活跃复购客户", en="Active repeat customers"), unit="count"),
        Field(name="now", label=Text(zh="流失率", en="Lapsed"), unit="share"),
        Field(name="at_risk_before", label=Text(zh="上一期末客户", en="The same before"), unit="count"),
        Field(name="before", label=Text(zh="上一期末流失率", en="Lapsed before"), unit="share"),
        Field(name="rise", label=Text(zh="上升", en="Rise"), unit="points"),
        Field(name="low", label=Text(zh="上升的 95% 下限", en="95% low of the rise"), unit="points"),
    )
    title = Text(zh="活跃复购客户的流失", en="Lapses of active repeat customers")
    return (Exhibit(name="waves", title=title, fields=fields, frame=pd.DataFrame(rows, columns=names)),)
