"""The tables of what the systems can carry: functions, the loop, blockers, containers and tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.facts import UNKNOWN, YES
from diagnostics.checks.systems import _capability_words as words
from diagnostics.checks.systems._capability import read_cost
from diagnostics.checks.systems._capability_facts import SERVES, find_serving, read_container
from diagnostics.checks.systems._integration_words import LINKS
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from diagnostics.checks.systems._capability import Capability

MOST_ROWS = 15
NO = Text(zh="没有", en="no")


def tabulate_capability(measured: Capability) -> tuple[Exhibit, ...]:
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
        cost = read_cost(row)
        served = [words.FUNCTIONS[name] for name in SERVES if str(row["system"]) in find_serving(measured.brief, name)]
        rows.append(
            {
                "tool": name_verbatim(shorten(str(row["system"]))),
                "link": LINKS.get(str(row.get("integration")), UNKNOWN),
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
