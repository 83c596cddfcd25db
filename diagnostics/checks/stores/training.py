"""Whether trained stores do better than untrained ones, beyond how they did before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.stores import _training_words as say
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.store_results import date_adds, date_sales, span_days, total_around
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_change,
    word_number,
    word_percent,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.training_effect import LEAST_STORES, Effect, estimate_effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

Metric = Literal["sales", "adds"]
WINDOW = 60
CODES = re.compile(r"[,，;；、\s/]+")
NAME_LENGTH = 18


@dataclass(frozen=True, kw_only=True)
class Course:
    """A training of the sheet: what, when, and the codes of the stores that took part."""

    topic: str
    day: date
    stores: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Trained:
    """Each training with its effect on one metric; how many stores there are and how many were trained at all."""

    effects: tuple[tuple[Course, Metric, Effect], ...]
    stores: int
    trained: int
    limits: Limits


def list_courses(brief: Brief) -> tuple[Course, ...]:
    """The trainings that name a day and stores by code; a bare number of stores names none.

    >>> rows = ({"topic": "话术", "date": date(2024, 5, 1), "stores": "A1，A2"}, {"topic": "x", "stores": 12})
    >>> [sorted(course.stores) for course in list_courses(Brief(answers={"training": rows}))]
    [['A1', 'A2']]
    """
    courses = []
    for row in brief.rows("training"):
        day, stores = row.get("date"), row.get("stores")
        if isinstance(day, date) and isinstance(stores, str) and not stores.strip().isdigit():
            codes = frozenset(code for code in CODES.split(stores) if code)
            courses.append(Course(topic=str(row.get("topic") or day.isoformat()), day=day, stores=codes))
    return tuple(courses)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sales and adds of every store around each training."""
    rows: dict[Metric, ir.Table] = {}
    if tables.has("order_lines", "store"):
        rows["sales"] = date_sales(value_lines(tables["order_lines"], tables.engagement.gmv_basis))
    if tables.has("entry_days", "store", "added"):
        rows["adds"] = date_adds(tables["entry_days"])
    asked = {f"span.{metric}": span_days(table) for metric, table in rows.items()}
    for turn, course in enumerate(list_courses(tables.engagement.brief)):
        asked |= {f"{metric}.{turn}": total_around(table, course.day, WINDOW) for metric, table in rows.items()}
    return asked


def measure(replies: Replies) -> Trained | NotComputable:
    """Estimate each training on sales, or on adds where sales do not cover it."""
    courses = list_courses(replies.engagement.brief)
    if not courses:
        return NotComputable(reason=say.NO_LOG, unlocked_by=say.UNLOCKED_BY)
    effects: list[tuple[Course, Metric, Effect]] = []
    known: set[str] = set()
    metrics: tuple[Metric, ...] = ("sales", "adds")
    for turn, course in enumerate(courses):
        for metric in metrics:
            if f"{metric}.{turn}" not in replies or not _covers(replies[f"span.{metric}"].iloc[0], course.day):
                continue
            stores = replies[f"{metric}.{turn}"]
            known |= set(stores.store)
            effect = estimate_effect(
                stores,
                stores.store.isin(course.stores).to_numpy(),
                covers_earlier=_reaches(replies[f"span.{metric}"].iloc[0], course.day - timedelta(days=2 * WINDOW)),
            )
            if effect is not None:
                effects.append((course, metric, effect))
                break
    if not effects:
        reason = say.NOT_FOLLOWED.fill(window=word_number(WINDOW), least=word_number(LEAST_STORES))
        return NotComputable(reason=reason, unlocked_by=say.RESULTS)
    trained = frozenset().union(*(course.stores for course in courses))
    return Trained(
        effects=tuple(effects),
        stores=len(known),
        trained=len(trained & known),
        limits=find_limits("stores.training", LIMITS, replies.engagement),
    )


def _covers(span: pd.Series, day: date) -> bool:
    return _reaches(span, day - timedelta(days=WINDOW)) and bool(
        span.last_day.date() >= day + timedelta(days=WINDOW - 1)
    )


def _reaches(span: pd.Series, day: date) -> bool:
    return bool(pd.notna(span.first_day) and span.first_day.date() <= day)


def judge(measured: Trained, limits: Limits) -> tuple[Finding, ...]:
    """Raise a training whose effect is, even at the upper end, below what would be useful."""
    return tuple(
        _state(course, metric, effect, limits)
        for course, metric, effect in measured.effects
        if effect.high < limits["useful"]
    )


def _state(course: Course, metric: Metric, effect: Effect, limits: Limits) -> Finding:
    return Finding(
        code="store.no_training_effect",
        scope={"training": course.topic},
        title=say.TITLE.fill(
            topic=name_verbatim(shorten(course.topic)),
            metric=say.METRICS[metric],
            effect=word_change(effect.effect),
            high=word_change(effect.high),
        ),
        cause=say.CAUSE.fill(
            trained=word_number(effect.trained),
            untrained=word_number(effect.untrained),
            mine=word_change(effect.change_trained),
            others=word_change(effect.change_untrained),
            earlier=NOTHING if pd.isna(effect.earlier) else say.EARLIER.fill(earlier=word_change(effect.earlier)),
        ),
        action=say.ACTION,
        owner_role="store_guide",
        validation=Validation(metric="train_eff", direction="up", window_days=WINDOW),
        stop_rule=say.STOP.fill(useful=word_percent(limits["useful"], 0)),
        confidence=rate_gap(limits["useful"] - effect.effect, limits["useful"] - effect.high),
        impact_reason=say.NO_MONEY,
        severity="low",
        evidence=(Evidence(table="trainings", n=effect.trained + effect.untrained, value=effect.effect),),
    )


def _judge_effect(effect: Effect, limits: Limits) -> Text:
    if effect.high < limits["useful"]:
        return say.NO_EFFECT
    return say.WORKS if effect.low > 0 else say.UNCLEAR


def tell(measured: Trained) -> Text:
    """The effect of each training."""
    said = Text(zh="", en="")
    for course, metric, effect in measured.effects:
        said += say.ANSWER.fill(
            topic=name_verbatim(shorten(course.topic)),
            metric=say.METRICS[metric],
            effect=word_change(effect.effect),
            low=word_change(effect.low),
            high=word_change(effect.high),
            trained=word_number(effect.trained),
            untrained=word_number(effect.untrained),
            verdict=_judge_effect(effect, measured.limits),
        )
    return said


def caveats(measured: Trained) -> tuple[Text, ...]:
    """How many stores were trained, how many could not be compared, and that they were not drawn at random."""
    coverage = say.COVERAGE.fill(trained=word_number(measured.trained), stores=word_number(measured.stores))
    dropped = [
        say.DROPPED.fill(topic=name_verbatim(shorten(course.topic)), stores=word_number(effect.left_out))
        for course, _, effect in measured.effects
        if effect.left_out
    ]
    left_out = (say.LEFT_OUT.fill(dropped=join_texts(dropped)),) if dropped else ()
    return (coverage, *left_out, say.NOT_RANDOM)


def tabulate(measured: Trained) -> tuple[Exhibit, ...]:
    """A training a row."""
    rows = [
        {
            "topic": course.topic,
            "day": pd.Timestamp(course.day),
            "metric": say.METRICS[metric],
            "trained": effect.trained,
            "untrained": effect.untrained,
            "mine": effect.change_trained,
            "others": effect.change_untrained,
            "effect": effect.effect,
            "low": effect.low,
            "high": effect.high,
            "earlier": effect.earlier,
        }
        for course, metric, effect in measured.effects
    ]
    shares = {
        "mine": Text(zh="受训店变动", en="Trained moved"),
        "others": Text(zh="未受训店变动", en="Untrained moved"),
        "effect": Text(zh="效果", en="Effect"),
        "low": Text(zh="95% 下限", en="95% low"),
        "high": Text(zh="95% 上限", en="95% high"),
        "earlier": Text(zh="培训前一窗口之差", en="Difference one window earlier"),
    }
    fields = (
        Field(name="topic", label=Text(zh="培训", en="Training")),
        Field(name="day", label=Text(zh="日期", en="Day"), unit="date"),
        Field(name="metric", label=Text(zh="看什么", en="Measured on")),
        Field(name="trained", label=Text(zh="受训门店", en="Trained stores"), unit="count"),
        Field(name="untrained", label=Text(zh="未受训门店", en="Untrained stores"), unit="count"),
        *(Field(name=name, label=label, unit="share") for name, label in shares.items()),
    )
    title = Text(zh="受训与未受训门店", en="Trained and untrained stores")
    return (Exhibit(name="trainings", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Trained, language: Language) -> Figure:
    """The effect of each training with its interval."""
    effects = [effect for _, _, effect in measured.effects]
    figure = draw_bars(
        [shorten(course.topic, NAME_LENGTH) for course, _, _ in measured.effects],
        [effect.effect for effect in effects],
        [word_change(effect.effect).en for effect in effects],
        axis_label=Text(
            zh="受训相对未受训门店的变动（线段为 95% 区间）", en="Trained beside untrained stores (line: 95% interval)"
        ).word(language),
        low=[effect.low for effect in effects],
        high=[effect.high for effect in effects],
        marked={place for place, effect in enumerate(effects) if effect.high < measured.limits["useful"]},
        reference=measured.limits["useful"],
        reference_label=Text(zh="有用的最小效果", en="least useful effect").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="useful",
        value=0.05,
        reason=Text(
            zh="培训占用门店一天人手，销售至少多 5% 才值得",
            en="a training takes the staff off the floor for a day; under 5% more sales it is not worth it",
        ),
    ),
)

# Twelve stores sell 100 to 105 a day for 60 days before and after a training of six of them: nothing moves.
STORES = [f"S{place:02}" for place in range(12)]
START = pd.Timestamp("2024-01-01")
EXAMPLE_LINES = "\n".join(
    [
        "channel store ordered_at paid_amount",
        *(
            f"store {store} {START + pd.Timedelta(days=day):%Y-%m-%d} {100 + (place + day // 10) % 6}"
            for day in range(0, 2 * WINDOW, 5)
            for place, store in enumerate(STORES)
        ),
        "store S00 2024-04-29 100",
    ]
)

CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(window=word_number(WINDOW)),
    answers=("000-41",),
    finds=("store.no_training_effect",),
    needs=(Need(table="stores", columns=("store",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "stores": "store city\n" + "\n".join(f"{code} 甲" for code in STORES)},
        brief=Brief(
            answers={
                "training": ({"topic": "话术", "date": date(2024, 3, 1), "stores": " ".join(STORES[:6])},),
            }
        ),
        says="没有带来有用的效果",
        finds=(("store.no_training_effect", {"training": "话术"}),),
    ),
    place=20,
)
