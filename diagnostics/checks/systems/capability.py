"""Whether the systems can carry fine operation: functions, feedback loop, blockers with owners, tools with cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.facts import UNKNOWN, YES, Fact, count_held, word_held
from diagnostics.checks.systems import _capability_words as words
from diagnostics.checks.systems._capability_facts import (
    SERVES,
    Blocker,
    find_serving,
    list_blockers,
    read_container,
    read_functions,
    read_loop,
)
from diagnostics.metrics.automation_facts import count_profiles, count_touch_facts
from diagnostics.model.brief import Brief, Row
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "systems.capability"
MOST_ROWS = 15
NO = Text(zh="没有", en="no")
# Which delivered table is a container's log of pushes.
LOGS = {"wecom": ("touches", "touched_at"), "group": ("group_days", "messages"), "official_account": ("posts", "post")}


@dataclass(frozen=True, kw_only=True)
class Capability:
    """Functions, links, blockers, the sheet, and what the data show of contacts."""

    brief: Brief
    functions: tuple[Fact, ...]
    loop: tuple[Fact, ...]
    blockers: tuple[Blocker, ...]
    seen: Mapping[str, float]
    logs: Mapping[str, bool]
    currency: str

    @property
    def cost(self) -> float | None:
        """What the tools cost a year; `None` where no cost is stated."""
        stated = [cost for row in self.brief.rows("systems") if (cost := _read_cost(row)) is not None]
        return sum(stated) if stated else None


def _read_cost(row: Row) -> float | None:
    cost = row.get("annual_cost")
    return float(cost) if isinstance(cost, int | float) and not isinstance(cost, bool) else None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for tags and matches of contacts, for answers to touches, and which logs were delivered."""
    asked = {}
    if tables.has("contacts", "contact"):
        asked["profiles"] = count_profiles(tables["contacts"])
    if tables.has("touches", "touched_at"):
        asked["touches"] = count_touch_facts(tables["touches"], tables.engagement.horizon.current)
    for kind, (table, column) in LOGS.items():
        if tables.has(table, column):
            asked[f"log_{kind}"] = tables[table].agg(rows=tables[table].count())
    return asked


def measure(replies: Replies) -> Capability | NotComputable:
    """Check functions, links and blockers one by one."""
    brief = replies.engagement.brief
    if not any(row.get("system") for row in brief.rows("systems")):
        return NotComputable(reason=words.NO_SYSTEMS)
    limits = DEFAULTS | dict(replies.engagement.limits.get(NAME, {}))
    seen = {
        str(key): float(value)
        for name in ("profiles", "touches")
        if name in replies
        for key, value in replies[name].iloc[0].items()
        if not pd.isna(value)
    }
    return Capability(
        brief=brief,
        functions=read_functions(brief, seen, limits),
        loop=read_loop(brief, seen, limits),
        blockers=list_blockers(brief),
        seen=seen,
        logs={kind: f"log_{kind}" in replies for kind in LOGS},
        currency=replies.engagement.currency,
    )


def judge(_measured: Capability, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: customers who can't be matched and scenarios that are missed are raised where they are counted."""
    return ()


def tell(measured: Capability) -> Text:
    """Functions that lack, where the loop breaks, the bridge rate, blockers, and the cost of tools."""
    held, known = count_held(measured.functions)
    lacks = [words.FUNCTIONS[fact.id] for fact in measured.functions if fact.holds is False]
    broken = [fact.name for fact in measured.loop if fact.holds is not True]
    said = words.ANSWER.fill(
        held=word_number(held),
        known=word_number(known),
        lacks=words.LACKS.fill(names=join_texts(lacks)) if lacks else NOTHING,
        loop=word_held(measured.loop),
        broken=words.BROKEN.fill(name=broken[0]) if broken else NOTHING,
    )
    contacts = measured.seen.get("contacts")
    if contacts:
        matched = measured.seen.get("matched", 0.0)
        low, high = wilson(matched, contacts)
        said += words.BRIDGE.fill(
            n=word_number(contacts),
            share=word_percent(matched / contacts),
            low=word_percent(float(low)),
            high=word_percent(float(high)),
        )
    inside = sum(one.is_inside for one in measured.blockers)
    said += words.BLOCKED.fill(inside=word_number(inside), outside=word_number(len(measured.blockers) - inside))
    if measured.cost is None:
        return said
    cost = word_money(measured.cost, measured.currency)
    if not contacts:
        return said + words.COST_ONLY.fill(cost=cost)
    return said + words.COST.fill(cost=cost, each=word_price(measured.cost / contacts, measured.currency))


def caveats(measured: Capability) -> tuple[Text, ...]:
    """What is missing for tools and contacts."""
    said = [words.NO_COST] if measured.cost is None else []
    return tuple(said if measured.seen.get("contacts") else [*said, words.NO_CONTACTS])


def tabulate(measured: Capability) -> tuple[Exhibit, ...]:
    """Functions, the loop, the bridge rate, blockers, containers and tools."""
    shown = (
        _show_functions(measured),
        _show_loop(measured),
        _show_bridge(measured),
        _show_blockers(measured),
        _show_containers(measured),
        _show_tools(measured),
    )
    return tuple(exhibit for exhibit in shown if not exhibit.frame.empty)


def _show_functions(measured: Capability) -> Exhibit:
    rows = [
        {
            "function": words.FUNCTIONS[fact.id],
            "test": fact.name,
            "state": fact.state,
            "seen": fact.seen,
            "by": join_texts(name_verbatim(shorten(name, 18)) for name in find_serving(measured.brief, fact.id)),
        }
        for fact in measured.functions
    ]
    fields = (
        Field(name="function", label=Text(zh="功能", en="Function")),
        Field(name="test", label=Text(zh="怎样算有", en="Counts if")),
        Field(name="state", label=Text(zh="现状", en="State")),
        Field(name="seen", label=Text(zh="读到", en="As read")),
        Field(name="by", label=Text(zh="可能由谁承担（按名称与用途）", en="Served by, going by names")),
    )
    title = Text(zh="客户数据平台六项功能", en="Six functions of a customer data platform")
    return Exhibit(name="functions", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_loop(measured: Capability) -> Exhibit:
    rows = [{"link": fact.name, "state": fact.state} for fact in measured.loop]
    fields = (
        Field(name="link", label=Text(zh="环节（按先后）", en="Link, in order")),
        Field(name="state", label=Text(zh="现状", en="State")),
    )
    title = Text(zh="消费数据回流到 SCRM", en="Purchases back to the SCRM")
    return Exhibit(name="loop", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_bridge(measured: Capability) -> Exhibit:
    contacts, matched = measured.seen.get("contacts"), measured.seen.get("matched", 0.0)
    rows = []
    if contacts:
        low, high = wilson(matched, contacts)
        rows = [
            {
                "contacts": contacts,
                "matched": matched,
                "share": matched / contacts,
                "low": float(low),
                "high": float(high),
            }
        ]
    fields = (
        Field(name="contacts", label=Text(zh="企微好友", en="WeCom contacts"), unit="count"),
        Field(name="matched", label=Text(zh="能对应客户", en="Known as customers"), unit="count"),
        Field(name="share", label=Text(zh="并入率", en="Bridge rate"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    title = Text(zh="私域用户并入客户档案", en="Private-domain users in the customer file")
    return Exhibit(name="bridge", title=title, fields=fields, frame=pd.DataFrame(rows))


def _show_blockers(measured: Capability) -> Exhibit:
    rows = [
        {
            "name": one.name,
            "side": words.INSIDE if one.is_inside else words.OUTSIDE,
            "cause": words.CAUSES[one.cause],
            "owner": one.owner,
            "removal": words.REMOVALS[one.cause],
        }
        for one in measured.blockers[:MOST_ROWS]
    ]
    fields = (
        Field(name="name", label=Text(zh="系统或平台", en="System or platform")),
        Field(name="side", label=Text(zh="在哪里", en="Where")),
        Field(name="cause", label=Text(zh="卡在什么", en="What blocks")),
        Field(name="owner", label=Text(zh="由谁解", en="Owner")),
        Field(name="removal", label=Text(zh="怎么解", en="How to remove it")),
    )
    title = Text(zh="数据卡点登记", en="Register of data blockers")
    return Exhibit(name="blockers", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_containers(measured: Capability) -> Exhibit:
    marks = {True: YES, False: NO, None: UNKNOWN}
    rows = [
        {"container": words.CONTAINERS[kind], "users": row.get("users")}
        | {name: marks[state] for name, state in read_container(measured.brief, kind, measured.logs).items()}
        for row in measured.brief.rows("containers")
        if (kind := str(row.get("type"))) in words.CONTAINERS
    ]
    fields = (
        Field(name="container", label=Text(zh="容器", en="Container")),
        Field(name="users", label=Text(zh="用户数（填写）", en="Users, stated"), unit="count"),
        Field(name="segments", label=Text(zh="分群推送", en="Segments")),
        Field(name="log", label=Text(zh="推送日志", en="Log of pushes")),
        Field(name="codes", label=Text(zh="入口码", en="Entry codes")),
        Field(name="automation", label=Text(zh="自动化", en="Automation")),
    )
    title = Text(zh="容器 × 精细运营", en="Containers by fine operation")
    note = Text(
        zh="推送日志看交付的数据：企微群发记录、群统计、公众号图文分析；其余看需求表。",
        en="Logs go by the data delivered: WeCom sends, group statistics, articles; the rest by the sheet.",
    )
    return Exhibit(name="containers", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object), note=note)


def _show_tools(measured: Capability) -> Exhibit:
    contacts = measured.seen.get("contacts")
    rows = []
    for row in measured.brief.rows("systems")[:MOST_ROWS]:
        if not row.get("system"):
            continue
        cost = _read_cost(row)
        served = [words.FUNCTIONS[name] for name in SERVES if str(row["system"]) in find_serving(measured.brief, name)]
        rows.append(
            {
                "tool": name_verbatim(shorten(str(row["system"]))),
                "link": words.LINKS.get(str(row.get("integration")), UNKNOWN),
                "serves": join_texts(served),
                "cost": cost,
                "each": cost / contacts if cost is not None and contacts else None,
            }
        )
    fields = (
        Field(name="tool", label=Text(zh="工具", en="Tool")),
        Field(name="link", label=Text(zh="对接", en="Connection")),
        Field(name="serves", label=Text(zh="承担的功能（按名称与用途）", en="Functions, going by names")),
        Field(name="cost", label=Text(zh="年费用", en="Cost a year"), unit="money"),
        Field(name="each", label=Text(zh="折每位好友", en="Per contact"), unit="price"),
    )
    title = Text(zh="工具的费用与承担的事", en="What tools cost and serve")
    return Exhibit(name="tools", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Capability, language: Language) -> Figure:
    """What each tool costs, those without an interface stand out; without costs functions and links that are there."""
    costs = [(row, cost) for row in measured.brief.rows("systems") if (cost := _read_cost(row))]
    if costs:
        figure = draw_bars(
            [shorten(str(row.get("system")), 18) for row, _ in costs],
            [cost for _, cost in costs],
            [word_money(cost, measured.currency).word(language) for _, cost in costs],
            axis_label=Text(zh="年费用", en="Cost a year").word(language),
            marked=[place for place, (row, _) in enumerate(costs) if row.get("integration") in {"none", "file"}],
        )
        scale_money(figure.axes[0].xaxis, measured.currency, language)
        return figure
    groups = [
        (Text(zh="数据平台功能", en="Platform functions"), measured.functions),
        (Text(zh="回流环节", en="Links of the loop"), measured.loop),
    ]
    counts = [count_held(facts) for _, facts in groups]
    return draw_bars(
        [name.word(language) for name, _ in groups],
        [float(held) for held, _ in counts],
        [word_held(facts).word(language) for _, facts in groups],
        axis_label=Text(zh="成立的项数", en="How many are there").word(language),
        marked=[place for place, (held, known) in enumerate(counts) if held * 2 < known],
    )


LIMITS = (
    Limit(
        name="matched",
        value=0.5,
        reason=Text(
            zh="不到一半好友能对应客户，系统就不知道多数人买过什么",
            en="with less than half known as customers the system can't tell what most people bought",
        ),
    ),
    Limit(
        name="tagged",
        value=0.3,
        reason=Text(zh="不到三成好友有标签，分群只覆盖少数人", en="with under 30% tagged, segments cover only a few"),
    ),
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# Two of four contacts are known; the SCRM has an interface, the ERP none. Without tags profiles and the loop's last
# link fail. Of six functions only identifying is there, measuring is not known. 600 a year over 4 contacts is 150 each.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("001-16", "001-51", "001-63", "001-80", "001-85", "004-25"),
    finds=(),
    needs=(),
    asks=(Asked(key="systems", label=Text(zh="系统清单", en="System list")),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250",
            "contacts": "contact customer added_at\nk1 a 2024-01-01\nk2 b 2024-01-01\nk3 - 2024-01-01\nk4 - 2024-01-01",
        },
        says="工具一年 600元，折每位好友 150.00元",
        brief=Brief(
            answers={
                "systems": (
                    {"system": "ERP", "integration": "none", "owner": "IT", "annual_cost": 400.0},
                    {"system": "SCRM", "integration": "api", "annual_cost": 200.0},
                ),
                "bridge_status": ({"channel": "tmall", "status": "live", "id_type": "platform_id"},),
                "containers": ({"type": "wecom", "users": 4},),
            }
        ),
    ),
    place=20,
)
