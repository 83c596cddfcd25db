"""Who waits for an automatic follow-up today, what nobody follows up, and how far the modules of automation stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.automation import _scenario_words as words
from diagnostics.checks.automation._module_words import NO_LIST, UNKNOWN
from diagnostics.checks.automation._modules import (
    Automation,
    ask_modules,
    draw_modules,
    read_modules,
    tabulate_modules,
    tell_modules,
)
from diagnostics.checks.automation._wait_tables import tabulate_waits
from diagnostics.checks.automation._waits import (
    Waits,
    ask_waits,
    doubt_waits,
    draw_waits,
    judge_waits,
    measure_waits,
    tell_waits,
)
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BY_WAITS = ("004-33", "004-34", "004-35", "004-36")
BY_SHEET = ("004-28", "004-29", "004-30", "004-31", "004-48")


@dataclass(frozen=True, kw_only=True)
class Scenarios:
    """Who waits, and the modules of the sheet's automations; one may be `None`, where nothing tells it."""

    waits: Waits | None
    modules: Automation | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for waits by scenario, and for what tables tell of contacts and touches."""
    return ask_waits(tables) | ask_modules(tables)


def measure(replies: Replies) -> Scenarios | NotComputable:
    """Read each scenario's waits, and check the modules fact by fact."""
    limits = find_limits("automation.scenarios", LIMITS, replies.engagement)
    waits, modules = measure_waits(replies, limits), read_modules(replies, limits)
    if waits is None and modules is None:
        return NotComputable(reason=words.NEITHER, unlocked_by=words.UNLOCKED_BY)
    return Scenarios(waits=waits, modules=modules)


def judge(measured: Scenarios, limits: Limits) -> tuple[Finding, ...]:
    """Raise every scenario with enough people in it that nobody follows up."""
    return () if measured.waits is None else judge_waits(measured.waits, limits)


def tell(measured: Scenarios) -> Text:
    """Who waits today, what it is worth and what is missed; how far each module stands."""
    said = NOTHING if measured.waits is None else tell_waits(measured.waits)
    return said if measured.modules is None else said + tell_modules(measured.modules)


def caveats(measured: Scenarios) -> tuple[Text, ...]:
    """Which contacts can be followed and how soon an intent is answered; that nothing delivered counts as not there."""
    waits = () if measured.waits is None else doubt_waits(measured.waits)
    return waits if measured.modules is None else (*waits, UNKNOWN)


def lacks(measured: Scenarios) -> Mapping[str, Text]:
    """What rests on customers seen waiting, or on the sheet's list of automations, where these are not there."""
    by_waits = dict.fromkeys(BY_WAITS, words.NO_WAITS) if measured.waits is None else {}
    return by_waits | (dict.fromkeys(BY_SHEET, NO_LIST) if measured.modules is None else {})


def tabulate(measured: Scenarios) -> tuple[Exhibit, ...]:
    """Scenario cards; facts by module, and the three tests of each automation."""
    waits = () if measured.waits is None else tabulate_waits(measured.waits)
    return (*waits, *(() if measured.modules is None else tabulate_modules(measured.modules)))


def draw(measured: Scenarios, language: Language) -> Figure:
    """Customers waiting today by scenario; where these are not told, the facts of each module."""
    if measured.waits is not None:
        return draw_waits(measured.waits, language)
    return draw_modules(measured.modules, language)  # type: ignore[arg-type] # one of both is told


LIMITS = (
    Limit(
        name="a_year",
        value=100,
        reason=Text(zh="一年不足 100 次的场景不值得自动化", en="under 100 entries a year a scenario is not worth it"),
    ),
    Limit(
        name="touched",
        value=0.3,
        reason=Text(
            zh="连区间上限也不到三成收到触达，等于没有跟进",
            en="with even the upper end under 30% reached nobody follows up",
        ),
    ),
    Limit(
        name="lift_mid",
        value=0.1,
        reason=Text(
            zh="公开案例自述频次提升 30% 且无对照组，中值只取其三分之一",
            en="a public case claims 30% more frequency without a comparison group: a third of it is the middle",
        ),
    ),
    Limit(
        name="lift_high",
        value=0.3,
        reason=Text(zh="上限取公开案例的自述增幅", en="the public case's own claim is the high end"),
    ),
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

# Forty customers a month put something into the cart, a quarter of them order ten days later; nobody is written to.
EXAMPLE_EVENTS = "\n".join(
    [
        "customer happened_at kind",
        *(f"c{month}x{i} 2024-0{month}-05 加购" for month in range(1, 7) for i in range(40)),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{month}x{i} 2024-0{month}-15 80" for month in range(1, 7) for i in range(10)),
        "old 2024-01-01 80",
        "old 2024-06-30 80",
    ]
)
EXAMPLE_TOUCHES = "customer touched_at kind\nold 2024-01-02 短信\nold 2024-06-01 短信"

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(*BY_WAITS, *BY_SHEET),
    finds=("automation.missed_scenario",),
    needs=(Need(table="order_lines"),),
    judges=BY_SHEET,
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    # Of the 40 carts of 5 June 30 are open when June ends. Touches are logged, of one kind, by rule; nobody is tagged
    # and nothing is watched.
    example=Example(
        tables={"events": EXAMPLE_EVENTS, "order_lines": EXAMPLE_LINES, "touches": EXAMPLE_TOUCHES},
        says="没有自动跟进的场景：加购未下单。自动化的四个模块：用户准备 0/3、用户旅程 1/3、自动触达 2/3、优化提升 "
        "0/3，最薄弱的是用户准备，先补：三成以上联系人有标签、半数以上联系人能对应客户、有标签体系用于筛选；清单里 2 "
        "条自动化，三问都过的有 1 条",
        finds=(("automation.missed_scenario", {"scenario": "intent_no_order"}),),
        brief=Brief(
            answers={
                "automation": (
                    {"scenario": "welcome", "trigger": "添加好友", "channel": "企业微信", "live": True},
                    {"scenario": "lapse", "trigger": "90 天未购", "live": False},
                )
            }
        ),
    ),
    place=10,
)
