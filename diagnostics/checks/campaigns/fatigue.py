"""Whether touches come so often that customers answer less and leave more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.campaigns import _fatigue_words as words
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.touch_load import HEAVY, LIGHT, compare_within, count_loads, list_losses, mark_loads
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    shorten,
    word_number,
    word_percent,
    word_points_range,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.push_fatigue import LEAST_STRATA, Fatigue, measure_fatigue, summarise_loads

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Kinds of touch with what density does to the same customers, and answers by load."""

    segments: tuple[Fatigue, ...]
    loads: pd.DataFrame
    knows_losses: bool


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for answers and losses by load, and for customers' own light against heavy touches."""
    history = tables.engagement.horizon.history
    losses = list_losses(tables["contacts"]) if tables.has("contacts", "customer", "lost_at") else None
    marked = tables.share(mark_loads(tables["touches"], history.start, history.end, losses))
    return {"loads": count_loads(marked), "within": compare_within(marked)}


def measure(replies: Replies) -> Touched | NotComputable:
    """Compare light with heavy touches of the same customers."""
    loads = replies["loads"]
    segments = measure_fatigue(replies["within"], loads, LIGHT, HEAVY)
    if not segments:
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(LEAST_STRATA)))
    return Touched(segments=segments, loads=summarise_loads(loads), knows_losses=bool(loads.followed.sum()))


def judge(measured: Touched, limits: Limits) -> tuple[Finding, ...]:
    """Raise a kind of touch whose density surely costs answers, and contacts where losses are known."""
    return tuple(
        _find(found)
        for found in measured.segments
        if found.low > limits["fall"] * found.light and (found.losses is None or found.losses.high < 0)
    )


def tell(measured: Touched) -> Text:
    """The largest kind of touch, heavy against light."""
    found = measured.segments[0]
    said = words.ANSWER.fill(
        name=_name(found.segment),
        light=word_percent(found.light),
        heavy=word_percent(found.heavy),
        range=word_points_range(-found.high, -found.low),
        verdict=words.TIRED if found.low > 0 else words.STEADY,
    )
    if found.losses is None:
        return said
    return said + words.LOSSES.fill(heavy=word_percent(found.losses.now), light=word_percent(found.losses.before))


def caveats(measured: Touched) -> tuple[Text, ...]:
    """Whether losses could be seen."""
    return () if measured.knows_losses else (words.NO_LOSSES,)


def tabulate(measured: Touched) -> tuple[Exhibit, ...]:
    """Kinds of touch, and answers by load."""
    segments = pd.DataFrame(
        [
            {
                "name": _name(found.segment),
                "strata": found.strata,
                "light": found.light,
                "heavy": found.heavy,
                "low": found.low,
                "high": found.high,
                "lost_light": found.losses.before if found.losses else None,
                "lost_heavy": found.losses.now if found.losses else None,
            }
            for found in measured.segments
        ]
    )
    fields = (
        Field(name="name", label=Text(zh="触达类型", en="Kind of touch")),
        Field(name="strata", label=Text(zh="客户×季度", en="Customers × quarters"), unit="count"),
        Field(name="light", label=Text(zh="低密度回应率", en="Answered, light"), unit="share"),
        Field(name="heavy", label=Text(zh="高密度回应率", en="Answered, heavy"), unit="share"),
        Field(name="low", label=Text(zh="降幅下限", en="Fall, low"), unit="share"),
        Field(name="high", label=Text(zh="降幅上限", en="Fall, high"), unit="share"),
        Field(name="lost_light", label=Text(zh="低密度流失", en="Lost, light"), unit="share", digits=2),
        Field(name="lost_heavy", label=Text(zh="高密度流失", en="Lost, heavy"), unit="share", digits=2),
    )
    by_load = (
        Field(name="label", label=Text(zh="此前 30 天触达", en="Touches in 30 days before")),
        Field(name="touches", label=Text(zh="触达次数", en="Touches"), unit="count"),
        Field(name="rate", label=Text(zh="回应率", en="Answered"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="lost_rate", label=Text(zh="14 天流失", en="Lost in 14 days"), unit="share", digits=2),
    )
    labels = pd.Series([words.LOADS[int(load)] for load in measured.loads.load], dtype=object)
    return (
        Exhibit(
            name="segments",
            title=Text(zh="同一客户：低密度与高密度", en="The same customers, light and heavy"),
            fields=fields,
            frame=segments,
        ),
        Exhibit(
            name="loads",
            title=Text(zh="按密度的回应与流失（全部客户）", en="Answers and losses by load, all customers"),
            fields=by_load,
            frame=measured.loads.assign(label=labels),
        ),
    )


def draw(measured: Touched, language: Language) -> Figure:
    """Answered share by load."""
    shown = measured.loads
    figure = draw_bars(
        [words.LOADS[int(load)].word(language) for load in shown.load],
        shown.rate.tolist(),
        [
            f"{word_percent(rate).en}  n={word_number(n).en}"
            for rate, n in zip(shown.rate.tolist(), shown.touches.tolist(), strict=True)
        ],
        axis_label=words.AXIS.word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


def _name(segment: str) -> Text:
    return name_verbatim(shorten(segment, 24)) if segment else words.UNNAMED


def _points(share: float) -> Text:
    return word_number(100 * share, 1)


def _find(found: Fatigue) -> Finding:
    lost, cause = (
        NOTHING,
        words.CAUSE.fill(n=word_number(found.strata), fall=_points(found.fall), low=_points(found.low)),
    )
    if found.losses is not None:
        lost = words.LOST.fill(light=word_percent(found.losses.before), heavy=word_percent(found.losses.now))
        cause += words.CAUSE_LOST.fill(gap=_points(-found.losses.fall), low=_points(-found.losses.high))
    return Finding(
        code="campaign.push_fatigue",
        scope={"segment": found.segment or "all"},
        title=words.TITLE.fill(
            name=_name(found.segment), light=word_percent(found.light), heavy=word_percent(found.heavy), lost=lost
        ),
        cause=cause,
        action=words.ACTION,
        owner_role="member",
        validation=Validation(metric="del_rate", direction="down", window_days=30),
        stop_rule=words.STOP,
        confidence=rate_gap(found.fall, found.low),
        impact=None,
        impact_reason=words.NO_MONEY,
        severity="low" if found.losses is None else "medium",
        evidence=(Evidence(table="segments", n=found.strata, value=found.heavy),),
    )


# 120 customers get six touches on six days of February and answer the first two only: 100 % when light, 0 when heavy.
ANSWERED = (10, 11)
EXAMPLE_TOUCHES = "\n".join(
    [
        "customer touched_at kind answered",
        *(
            f"c{i:03x} 2024-02-{day:02} sms {'true' if day in ANSWERED else 'false'}"
            for i in range(120)
            for day in range(10, 16)
        ),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-48", "001-08"),
    finds=("campaign.push_fatigue",),
    needs=(Need(table="touches", columns=("answered",)),),
    limits=(Limit(name="fall", value=0.2, reason=words.LIMIT),),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10",
            "touches": EXAMPLE_TOUCHES,
        },
        says="0.0% of heavy touches and 100.0% of light ones",
        finds=(("campaign.push_fatigue", {"segment": "sms"}),),
    ),
    place=20,
)
