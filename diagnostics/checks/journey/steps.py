"""The journey before, during and after the purchase: who owns each step, what follows, and in which order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.journey._words import ASKED, PHASES
from diagnostics.metrics.journey_steps import Step, find_disorder, find_late_payment, list_steps
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="用户从知道到复购走哪些步骤，谁负责，顺序对吗？",
    en="Which steps does a customer walk, who owns them, and is the order right?",
)
DEFINITION = Text(
    zh="旅程步骤取自需求表，入口码取自触点清单。自动 = 负责人或下一步写明由系统、机器人或 SOP 执行。顺序检查："
    "步骤是否按购买前、中、后排列；预约或到店是否排在付款之前（先预约后付款的人容易爽约，应做先付定金的对照试验）。",
    en="Steps come from the requirement sheet, entry codes from its list of touchpoints. Automatic: the owner or the "
    "next step is a system, bot or procedure. Order: do steps follow before, during and after; and does booking or "
    "visiting come before paying (who books without paying often stays away: test a deposit first).",
)
ANSWER = Text(
    zh="旅程共 {steps} 步（{phases}），{owned} 有负责人，{followed} 有下一步，{measured} 有指标，{automatic} "
    "自动执行。",
    en="The journey has {steps} steps ({phases}); {owned} have an owner, {followed} a next step, {measured} an "
    "indicator, {automatic} run by themselves.",
)
NO_PHASE = Text(zh="{phases}没有任何步骤。", en="No step at all for: {phases}.")
DISORDER = Text(
    zh="{count} 步排在后一阶段之后：{names}。",
    en="Out of order, behind a later phase: {count} ({names}).",
)
LATE = Text(
    zh="「{booking}」排在「{paying}」之前：建议拿一半新客先付小额定金再预约，比较四周的到店率与成交。",
    en="“{booking}” comes before “{paying}”: let half of the newcomers pay a small deposit before they book and "
    "compare visits and sales over four weeks.",
)
NO_STEPS = Text(zh="旅程步骤没有写步骤名称", en="the journey steps carry no names")
PARTS = ("touchpoint", "owner", "next_step", "metric", "code")
PART_NAMES = {
    "touchpoint": Text(zh="触点", en="Touchpoint"),
    "owner": Text(zh="负责人", en="Owner"),
    "next_step": Text(zh="下一步", en="Next step"),
    "metric": Text(zh="指标", en="Indicator"),
    "code": Text(zh="入口码", en="Entry code"),
}
MOST_STEPS = 15


@dataclass(frozen=True, kw_only=True)
class Journey:
    """The steps, those out of order, and a booking that comes before the payment (`None` if it doesn't)."""

    steps: tuple[Step, ...]
    disorder: tuple[Step, ...]
    late: tuple[Step, Step] | None


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Ask nothing: the sheet answers."""
    return {}


def measure(replies: Replies) -> Journey | NotComputable:
    """Read the steps and their order."""
    steps = list_steps(replies.engagement.brief)
    if not steps:
        return NotComputable(reason=NO_STEPS)
    return Journey(steps=steps, disorder=find_disorder(steps), late=find_late_payment(steps))


def judge(_measured: Journey, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: where the journey breaks is a question of its own."""
    return ()


def tell(measured: Journey) -> Text:
    """How complete the journey is, and whether its order is right."""
    steps = measured.steps
    counts = Counter(step.phase for step in steps)
    named = [phase for phase in PHASES if counts[phase]]
    phases = join_texts(
        Text(zh="{phase} {n}", en="{phase} {n}").fill(phase=PHASES[phase], n=word_number(counts[phase]))
        for phase in named
    )
    said = ANSWER.fill(
        steps=word_number(len(steps)),
        phases=phases,
        owned=_share(bool(step.owner) for step in steps),
        followed=_share(bool(step.next_step) for step in steps),
        measured=_share(bool(step.metric) for step in steps),
        automatic=_share(step.is_automatic for step in steps),
    )
    absent = [PHASES[phase] for phase in ("pre", "in", "post") if not counts[phase]]
    if absent:
        said += NO_PHASE.fill(phases=join_texts(absent))
    if measured.disorder:
        names = join_texts(name_verbatim(shorten(step.name, 18)) for step in measured.disorder)
        said += DISORDER.fill(count=word_number(len(measured.disorder)), names=names)
    if measured.late is not None:
        booking, paying = measured.late
        said += LATE.fill(booking=shorten(booking.name, 18), paying=shorten(paying.name, 18))
    return said


def _share(claims: Iterable[bool]) -> Text:
    held = list(claims)
    return word_percent(sum(held) / len(held), 0)


def tabulate(measured: Journey) -> tuple[Exhibit, ...]:
    """The journey map: a step a row."""
    fields = (
        Field(name="phase", label=Text(zh="阶段", en="Phase")),
        Field(name="step", label=Text(zh="步骤", en="Step")),
        Field(name="touchpoint", label=PART_NAMES["touchpoint"]),
        Field(name="goal", label=Text(zh="目标", en="Goal")),
        Field(name="owner", label=PART_NAMES["owner"]),
        Field(name="next_step", label=PART_NAMES["next_step"]),
        Field(name="metric", label=PART_NAMES["metric"]),
        Field(name="code", label=PART_NAMES["code"]),
        Field(name="automatic", label=Text(zh="自动", en="Automatic")),
    )
    rows = [
        {
            "phase": PHASES.get(step.phase, PHASES[""]),
            "step": step.name,
            **{part: getattr(step, part) or None for part in ("touchpoint", "goal", "owner", "next_step", "metric")},
            "code": step.code or None,
            "automatic": Text(zh="是", en="yes") if step.is_automatic else None,
        }
        for step in measured.steps
    ]
    title = Text(zh="用户旅程地图", en="Journey map")
    return (Exhibit(name="map", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Journey, language: Language) -> Figure:
    """A step a row, what it has a column: shaded is there, framed is missing, white is not applicable."""
    shown = measured.steps[:MOST_STEPS]
    values = np.array([[_mark(step, part) for part in PARTS] for step in shown], dtype=float)
    return draw_heat(
        [shorten(step.name, 18) for step in shown],
        [PART_NAMES[part].word(language) for part in PARTS],
        values,
        axis_label=Text(zh="有 / 缺", en="There / missing").word(language),
        word=lambda value: Text(zh="有" if value else "缺", en="yes" if value else "no").word(language),
        alert=values == 0,
        top=2.0,
    )


def _mark(step: Step, part: str) -> float:
    value = getattr(step, part)
    return np.nan if value is None else float(bool(value))


CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-14", "004-21", "004-24"),
    finds=(),
    needs=(),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-01-31 10"},
        says="3 步（购买前 1、购买中 2），67% 有负责人",
        brief=Brief(
            answers={
                "journey_steps": (
                    {"phase": "pre", "step": "看短视频", "touchpoint": "抖音", "owner": "内容", "next_step": "预约"},
                    {"phase": "in", "step": "预约到店", "owner": "SOP 自动提醒", "next_step": "付款"},
                    {"phase": "in", "step": "付款", "metric": "成交"},
                )
            }
        ),
    ),
    place=10,
    asks=(ASKED,),
)
