"""How far the private domain has come from tactics to a system, and which stated facts that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.facts import Fact, count_held, word_held
from diagnostics.checks.fit._maturity_facts import read_facts
from diagnostics.checks.fit._maturity_views import LADDER, READINESS, READINGS, STEPS, Part, Reading
from diagnostics.checks.limits import find_limits
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import Text, join_texts, word_number

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="私域做到了哪一步，是招式还是体系？", en="How far has the private domain come: tactics, or a system?"
)
DEFINITION = Text(
    zh="只依需求表写明的事实，不请人打分：每项事实按固定规则判为有、没有或未写明；已知事实里成立的达到限值才算“过”，"
    "至少要有两项已知（只看一项事实的除外）。一级是拉新、裂变、引流、涨粉这些招式，二级要数据、策略、计划、"
    "体系四根柱子都过。准备度看认知、计划、组织；六大步骤按顺序看，前一步未过，后面不算（实务文章只写明第一步和"
    "第四步，最后两步取自“商业转化和资源裂变”，其余两步是本工具的命名）；三个命题、个性化（千人千面、千人千程）"
    "与导购的数据和内容准备用同一批事实。计划类的内容没有写下来就算没有。",
    en="By facts that the sheet states, nobody's marks: by a fixed rule each fact is there, not there or not stated; a "
    "part is passed where the share of known facts that hold reaches the limit (with two facts known at least, unless "
    "it rests on one). Level 1 are tactics (new users, referral, traffic, followers), level 2 needs all four of "
    "data, strategy, plan and system. Readiness has awareness, plan and organisation. The six steps go in order: "
    "none counts before the one ahead of it is passed (the practitioners' article names the first and fourth; the "
    "last two are its "
    "“conversion” and “referral”, the other two are named here). Three propositions, personalisation and "
    "guides' data and content read the same facts. A plan that is not written down counts as not there.",
)
TOO_FEW = Text(
    zh="需求表只写明了 {n} 项相关事实，不足以判断", en="the sheet states {n} of the facts, too few to judge by"
)
NONE_STATED = Text(zh="需求表没有写任何相关事实", en="the sheet states none of the facts to judge by")
UNLOCKED_BY = Text(
    zh="需求表的团队、系统、会员、目标、日历与资源各项",
    en="the sheet's answers on team, systems, members, goals, calendar",
)
LEVELS: tuple[Text, ...] = (
    Text(zh="还没有站上第一级", en="not yet on level 1"),
    Text(zh="在第一级（招式）", en="on level 1 (tactics)"),
    Text(zh="在第二级（数据、策略、计划、体系）", en="on level 2 (data, strategy, plan, system)"),
)
ANSWER = Text(
    zh="私域{level}：四根柱子过了 {passed} 根{short}。",
    en="The private domain is {level}: of four pillars {passed} pass{short}.",
)
ALL_PASS = Text(zh="私域{level}：四根柱子都过了。", en="The private domain is {level}: all four pillars pass.")
SHORT = Text(zh="，差的是{names}", en="; short of {names}")
READY = Text(zh="准备度：{parts}。", en="Readiness: {parts}.")
READY_PART = Text(zh="{name} {score}", en="{name} {score}")
STANDS = Text(
    zh="六大步骤走完了前 {n} 步，卡在“{step}”，缺{lacks}。",
    en="Of the six steps the first {n} are done; it is held up at “{step}” for want of {lacks}.",
)
NO_STEP = Text(
    zh="六大步骤还没有走完第一步“{step}”，缺{lacks}。",
    en="Of the six steps not even the first is done, “{step}”, for want of {lacks}.",
)
STEPS_DONE = Text(zh="六大步骤都已走完。", en="All six steps are done.")
SILENT = Text(
    zh="{n} 项事实需求表没有写明，不计入；补齐后结论可能改变。",
    en="Facts that the sheet does not state: {n}; they are left out and may change the picture.",
)
GRADES = {
    True: Text(zh="过", en="passed"),
    False: Text(zh="未过", en="not passed"),
    None: Text(zh="说不准", en="can't be told"),
}
WAITS = Text(zh="前一步未过", en="the step before is open")
NAME = "fit.maturity"
PILLARS = 4


@dataclass(frozen=True, kw_only=True)
class Maturity:
    """Every fact by id, and the limits by which parts are passed."""

    facts: Mapping[str, Fact]
    limits: Mapping[str, float]

    def list_facts(self, part: Part) -> tuple[Fact, ...]:
        """The facts behind a part."""
        return tuple(self.facts[key] for key in part.facts)

    def passes(self, part: Part) -> bool | None:
        """Whether enough of the known facts hold; `None` where too few are known."""
        held, known = count_held(self.list_facts(part))
        if known < min(self.limits["least_known"], len(part.facts)):
            return None
        return held >= self.limits["passed"] * known

    def stands(self, reading: Reading) -> int:
        """How many parts are passed before the first that is not."""
        passed = [self.passes(part) is True for part in reading.parts]
        return passed.index(False) if False in passed else len(passed)

    @property
    def level(self) -> int:
        """0, 1 with a tactic in use, 2 with all pillars passed."""
        if all(self.passes(part) is True for part in LADDER.parts[1:]):
            return 2
        return int(count_held(self.list_facts(LADDER.parts[0]))[0] > 0)


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    return {}


def measure(replies: Replies) -> Maturity | NotComputable:
    """Tell every fact."""
    facts = read_facts(replies.engagement.brief)
    limits = find_limits(NAME, LIMITS, replies.engagement)
    stated = sum(bool(fact.holds) for fact in facts.values())
    if stated < limits["least_stated"]:
        reason = TOO_FEW.fill(n=word_number(stated)) if stated else NONE_STATED
        return NotComputable(reason=reason, unlocked_by=UNLOCKED_BY)
    return Maturity(facts=facts, limits=limits)


def judge(_measured: Maturity, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: each gap that costs something is raised by the question that measures it."""
    return ()


def tell(measured: Maturity) -> Text:
    """The level with the pillars that it lacks, readiness, and the step at which it is held up."""
    short = [part.name for part in LADDER.parts[1:] if measured.passes(part) is not True]
    said = (ANSWER if short else ALL_PASS).fill(
        level=LEVELS[measured.level],
        passed=word_number(PILLARS - len(short)),
        short=SHORT.fill(names=join_texts(_bare(name) for name in short)) if short else Text(zh="", en=""),
    )
    said += READY.fill(
        parts=join_texts(
            READY_PART.fill(name=part.name, score=word_held(measured.list_facts(part))) for part in READINESS.parts
        )
    )
    return said + _tell_steps(measured)


def _bare(name: Text) -> Text:
    """A pillar without its level."""
    return Text(zh=name.zh.split("：")[1], en=name.en.split(": ")[1])


def _tell_steps(measured: Maturity) -> Text:
    place = measured.stands(STEPS)
    if place == len(STEPS.parts):
        return STEPS_DONE
    part = STEPS.parts[place]
    lacks = [fact.name for fact in measured.list_facts(part) if fact.holds is not True]
    return (STANDS if place else NO_STEP).fill(n=word_number(place), step=part.name, lacks=join_texts(lacks))


def caveats(measured: Maturity) -> tuple[Text, ...]:
    """How many facts the sheet leaves open."""
    silent = sum(fact.holds is None for fact in measured.facts.values())
    return (SILENT.fill(n=word_number(silent)),) if silent else ()


def tabulate(measured: Maturity) -> tuple[Exhibit, ...]:
    """One table a reading: each part with its grade, what holds and what lacks."""
    return tuple(_show(name, reading, measured) for name, reading in READINGS.items())


def _show(name: str, reading: Reading, measured: Maturity) -> Exhibit:
    rows = []
    stands = measured.stands(reading) if reading.in_order else len(reading.parts)
    for place, part in enumerate(reading.parts):
        facts = measured.list_facts(part)
        rows.append(
            {
                "part": part.name,
                "score": word_held(facts),
                "grade": WAITS if place > stands else GRADES[measured.passes(part)],
                "held": join_texts(fact.name for fact in facts if fact.holds),
                "lacks": join_texts(fact.name for fact in facts if fact.holds is False),
                "open": join_texts(fact.name for fact in facts if fact.holds is None),
            }
        )
    fields = (
        Field(name="part", label=reading.name),
        Field(name="score", label=Text(zh="成立", en="Holds")),
        Field(name="grade", label=Text(zh="判断", en="Verdict")),
        Field(name="held", label=Text(zh="已有", en="There")),
        Field(name="lacks", label=Text(zh="没有", en="Not there")),
        Field(name="open", label=Text(zh="未写明", en="Not stated")),
    )
    return Exhibit(name=name, title=reading.name, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Maturity, language: Language) -> Figure:
    """Facts that hold over facts known for the ladder and readiness; what is not passed stands out."""
    parts = [*LADDER.parts, *READINESS.parts]
    counts = [count_held(measured.list_facts(part)) for part in parts]
    figure = draw_bars(
        [part.name.word(language) for part in parts],
        [held / known if known else 0.0 for held, known in counts],
        [word_held(measured.list_facts(part)).word(language) for part in parts],
        axis_label=Text(zh="成立的事实 ÷ 已知的事实", en="Facts that hold over facts known").word(language),
        marked=[place for place, part in enumerate(parts) if measured.passes(part) is not True],
    )
    scale_share(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="passed",
        value=2 / 3,
        reason=Text(
            zh="三项里有两项成立才算站住：一半以下谈不上，全部成立又过苛；本工具的设定",
            en="two of three facts make a part stand; half is too little, all too strict; a setting of this workbook",
        ),
    ),
    Limit(
        name="least_known",
        value=2,
        reason=Text(zh="只知道一项事实时不评", en="a part of which one fact is known is not graded"),
    ),
    Limit(
        name="least_stated",
        value=8,
        reason=Text(
            zh="成立的事实不足八项，多半是需求表只填了最少的几栏",
            en="with fewer than eight facts there the sheet holds little more than its shortest form",
        ),
    ),
)

EXAMPLE_ANSWERS: dict[str, object] = {
    "acquisition_ways": ("content",),
    "key_types": ({"dataset": "订单", "key_type": "phone", "masked": False},),
    "history_months": 24,
    "tag_dictionary": ({"tag": "a", "dimension": "channel"},),
    "attribution_rule": "none",
    "pd_positioning": ("service",),
    "positioning": "product",
    "resources": ({"resource": "导购", "owner": "零售部"},),
    "demands": ("售后有人管",),
    "headcount": ({"role": "manager", "fte": 1.0},),
    "marketing_background": "提升复购",
    "tasks": ("诊断",),
}
# Data: key, history and tags of five known facts (no rule, no analyst): 3/5, not two thirds. Strategy: one role and a
# position of three known, for no rule of top customers is written: 2/3. Plan: tasks of four. System: a lead of three.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("004-04", "004-08", "004-44", "001-11", "001-15", "001-17", "002-33"),
    finds=(),
    needs=(),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-01-31 10"},
        says="私域在第一级（招式）：四根柱子过了 1 根，差的是数据、计划、体系。",
        brief=Brief(answers=EXAMPLE_ANSWERS),
    ),
    place=40,
)
