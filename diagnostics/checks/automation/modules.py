"""How far the four modules of marketing automation stand, and whether each automation lasts, repeats and is easy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.automation._scenario_words import SCENARIOS
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.automation_facts import count_profiles, count_touch_facts
from diagnostics.metrics.journey_steps import AUTOMATIC, list_steps
from diagnostics.model.brief import Brief
from diagnostics.model.section import Asked, Exhibit, Field
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="营销自动化的四个模块各走到哪一步？", en="How far do the four modules of marketing automation stand?"
)
DEFINITION = Text(
    zh="四个模块：用户准备（标签、画像、筛选）、用户旅程（流程、策略、连环）、自动触达（渠道、规模、个性）、"
    "优化提升（剖析、转化、监测）。每个模块看三件能核对的事，需求表写明或数据里看得到才算有。自动化清单逐条做三问："
    "长效（已上线）、可重复（写明触发条件）、易操作（写明由系统执行的渠道）。",
    en="Four modules: preparing users (tags, profile, selection), journeys (flows, strategy, chains), automatic "
    "touches (channels, scale, fit) and improving (analysis, conversion, watching). Each has three facts that can be "
    "checked, and counts only what the sheet states or the data show. Each automation passes three tests: lasting "
    "(it is live), repeatable (its trigger is written), easy (a channel by which a system sends is named).",
)
MODULES: dict[str, Text] = {
    "prepare": Text(zh="用户准备", en="Preparing users"),
    "journey": Text(zh="用户旅程", en="Journeys"),
    "touch": Text(zh="自动触达", en="Automatic touches"),
    "improve": Text(zh="优化提升", en="Improving"),
}
FACTS: dict[str, tuple[str, Text]] = {
    "tagged": ("prepare", Text(zh="三成以上联系人有标签", en="a third or so of contacts carry tags")),
    "matched": ("prepare", Text(zh="半数以上联系人能对应客户", en="half of contacts are known as customers")),
    "planned": ("prepare", Text(zh="有标签体系用于筛选", en="a tag dictionary to select by")),
    "live": ("journey", Text(zh="至少一个场景已上线", en="at least one scenario is live")),
    "several": ("journey", Text(zh="三个以上场景连成流程", en="three scenarios or more form a flow")),
    "steps": ("journey", Text(zh="旅程中有步骤自动执行", en="steps of the journey run by themselves")),
    "log": ("touch", Text(zh="本期有触达日志", en="touches of the period are logged")),
    "kinds": ("touch", Text(zh="两种以上触达渠道", en="two kinds of touches or more")),
    "triggered": ("touch", Text(zh="触发条件写成规则", en="triggers are written as rules")),
    "answers": ("improve", Text(zh="触达记录了是否响应", en="touches record whether they were answered")),
    "campaigns": ("improve", Text(zh="触达能归到活动", en="touches are tied to campaigns")),
    "metrics": ("improve", Text(zh="旅程步骤有指标", en="steps of the journey have indicators")),
}
ANSWER = Text(zh="四个模块：{modules}。", en="The four modules: {modules}.")
MODULE = Text(zh="{module} {n}/3", en="{module} {n}/3")
WEAKEST = Text(zh="最薄弱的是{module}，先补：{facts}。", en="The weakest is {module}; begin with: {facts}.")
TESTS = Text(
    zh="清单里 {n} 条自动化，三问都过的有 {passed} 条。", en="Of {n} automations {passed} pass all three tests."
)
UNKNOWN = Text(
    zh="“没有”包括数据没有交来的情况；补交触达日志与联系人标签后会改变。",
    en="What was not delivered counts as not there; a log of touches and tags of contacts would change the picture.",
)
YES = Text(zh="有", en="yes")
NO = Text(zh="没有", en="no")
OF_EACH = 3


@dataclass(frozen=True, kw_only=True)
class Automation:
    """Which facts are there, and each automation of the sheet with its three tests."""

    facts: Mapping[str, bool]
    rows: tuple[tuple[str, str, bool, bool, bool], ...]

    def count(self, module: str) -> int:
        """How many of a module's three facts are there."""
        return sum(self.facts[name] for name, (owner, _) in FACTS.items() if owner == module)

    @property
    def weakest(self) -> str:
        """The module with fewest facts, the earlier one of two."""
        return min(MODULES, key=self.count)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what tables tell of contacts and touches."""
    asked = {}
    if tables.has("contacts", "contact"):
        asked["profiles"] = count_profiles(tables["contacts"])
    if tables.has("touches", "touched_at"):
        asked["touches"] = count_touch_facts(tables["touches"], tables.engagement.horizon.current)
    return asked


def measure(replies: Replies) -> Automation:
    """Check the facts one by one."""
    brief = replies.engagement.brief
    rows = tuple(_test(row) for row in brief.rows("automation"))
    steps = list_steps(brief)
    profiles, touches = _first(replies, "profiles"), _first(replies, "touches")
    contacts = max(profiles.get("contacts", 0.0), 1.0)
    limits = {limit.name: limit.value for limit in LIMITS}
    limits |= dict(replies.engagement.limits.get("automation.modules", {}))
    return Automation(
        facts={
            "tagged": profiles.get("tagged", 0.0) / contacts >= limits["tagged"],
            "matched": profiles.get("matched", 0.0) / contacts >= limits["matched"],
            "planned": bool(brief.rows("tag_dictionary")),
            "live": any(is_live for _, _, is_live, _, _ in rows),
            "several": sum(is_live for _, _, is_live, _, _ in rows) >= limits["several"],
            "steps": any(step.is_automatic for step in steps),
            "log": touches.get("touches", 0.0) > 0,
            "kinds": touches.get("kinds", 0.0) >= limits["kinds"],
            "triggered": bool(rows) and all(is_rule for _, _, _, is_rule, _ in rows),
            "answers": touches.get("answers", 0.0) > 0,
            "campaigns": touches.get("campaigns", 0.0) > 0,
            "metrics": bool(steps) and sum(bool(step.metric) for step in steps) * 2 >= len(steps),
        },
        rows=rows,
    )


def _first(replies: Replies, name: str) -> dict[str, float]:
    if name not in replies:
        return {}
    row = replies[name].iloc[0]
    return {str(key): float(value) for key, value in row.items() if not pd.isna(value)}


def _test(row: Mapping[str, object]) -> tuple[str, str, bool, bool, bool]:
    """Scenario, trigger, and whether it is live, has a written trigger and a channel that a system sends by."""
    trigger, channel = str(row.get("trigger") or "").strip(), str(row.get("channel") or "").strip()
    is_easy = bool(channel) and "人工" not in channel and "manual" not in channel.lower()
    is_easy = is_easy or AUTOMATIC.search(channel) is not None
    return str(row.get("scenario") or ""), trigger, row.get("live") is True, bool(trigger), is_easy


def judge(_measured: Automation, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: scenarios that are missed are raised with their customers."""
    return ()


def tell(measured: Automation) -> Text:
    """How far each module stands, which to begin with, and how many automations pass the tests."""
    modules = join_texts(
        MODULE.fill(module=name, n=word_number(measured.count(module))) for module, name in MODULES.items()
    )
    said = ANSWER.fill(modules=modules)
    weakest = measured.weakest
    lacking = [label for name, (module, label) in FACTS.items() if module == weakest and not measured.facts[name]]
    if lacking:
        said += WEAKEST.fill(module=MODULES[weakest], facts=join_texts(lacking))
    passed = sum(all(row[2:]) for row in measured.rows)
    return said + TESTS.fill(n=word_number(len(measured.rows)), passed=word_number(passed))


def caveats(_measured: Automation) -> tuple[Text, ...]:
    """That nothing delivered counts as nothing there."""
    return (UNKNOWN,)


def tabulate(measured: Automation) -> tuple[Exhibit, ...]:
    """Facts by module, and the three tests of each automation."""
    facts = [
        {"module": MODULES[module], "fact": label, "state": YES if measured.facts[name] else NO}
        for name, (module, label) in FACTS.items()
    ]
    fields = (
        Field(name="module", label=Text(zh="模块", en="Module")),
        Field(name="fact", label=Text(zh="核对项", en="Fact")),
        Field(name="state", label=Text(zh="有无", en="There")),
    )
    tests = [
        {
            "scenario": SCENARIOS.get(scenario, name_verbatim(shorten(scenario, 24))),
            "trigger": trigger or None,
            **{name: YES if is_so else NO for name, is_so in zip(("lasting", "repeatable", "easy"), told, strict=True)},
        }
        for scenario, trigger, *told in measured.rows
    ]
    test_fields = (
        Field(name="scenario", label=Text(zh="场景", en="Scenario")),
        Field(name="trigger", label=Text(zh="触发", en="Trigger")),
        Field(name="lasting", label=Text(zh="长效", en="Lasting")),
        Field(name="repeatable", label=Text(zh="可重复", en="Repeatable")),
        Field(name="easy", label=Text(zh="易操作", en="Easy")),
    )
    return (
        Exhibit(
            name="modules",
            title=Text(zh="四个模块的核对", en="The four modules, fact by fact"),
            fields=fields,
            frame=pd.DataFrame(facts),
        ),
        Exhibit(
            name="tests",
            title=Text(zh="自动化三问", en="Three tests of each automation"),
            fields=test_fields,
            frame=pd.DataFrame(tests),
        ),
    )


def draw(measured: Automation, language: Language) -> Figure:
    """Facts that are there, of three, by module."""
    counts = [measured.count(module) for module in MODULES]
    figure = draw_bars(
        [label.word(language) for label in MODULES.values()],
        counts,
        [f"{count}/{OF_EACH}" for count in counts],
        axis_label=Text(zh="核对到的事项（满分 3）", en="Facts found, of three").word(language),
        marked=[place for place, module in enumerate(MODULES) if module == measured.weakest],
    )
    scale_count(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="tagged",
        value=0.3,
        reason=Text(zh="不到三成有标签，人群筛不出来", en="with under 30% tagged no segment can be selected"),
    ),
    Limit(
        name="matched",
        value=0.5,
        reason=Text(
            zh="不到一半能对应客户，触达效果看不到", en="with under half matched the effect of a touch can't be seen"
        ),
    ),
    Limit(
        name="several",
        value=3,
        reason=Text(
            zh="三个场景才能覆盖购买前、中、后", en="three scenarios are needed to span before, during and after"
        ),
    ),
    Limit(
        name="kinds",
        value=2,
        reason=Text(zh="一个渠道失效时要有第二个", en="a second kind is needed where the first fails"),
    ),
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("004-28", "004-29", "004-30", "004-31", "004-48"),
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
    # Touches are logged, of one kind, by rule; nobody is tagged and nothing is watched.
    example=Example(
        tables={
            "touches": "customer touched_at kind\na 2024-01-02 短信\nb 2024-01-03 短信",
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-01-31 10",
        },
        says="用户准备 0/3、用户旅程 1/3、自动触达 2/3、优化提升 0/3",
        brief=Brief(
            answers={
                "automation": (
                    {"scenario": "welcome", "trigger": "添加好友", "channel": "企业微信", "live": True},
                    {"scenario": "lapse", "trigger": "90 天未购", "live": False},
                )
            }
        ),
    ),
    place=30,
    asks=(Asked(key="automation", label=Text(zh="自动化能力", en="Automation in use")),),
)
