"""In which containers the private domain lies, which groups catch each channel, and whether the loop closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.venue import _loop_words as words
from diagnostics.checks.venue._channel_groups import Served, draw_groups, place_groups, show_groups, tell_groups
from diagnostics.checks.venue._loop_rules import CODE, Part, check_loop, counts_as_own
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 12
LONGEST = 18


@dataclass(frozen=True, kw_only=True)
class Loop:
    """Containers with accounts and users (the largest first), the five parts, each channel's groups, and the brief.

    The first two are empty where no container is stated, `channels` where no group is listed.
    """

    containers: tuple[tuple[str, int, int], ...]
    parts: tuple[Part, ...]
    channels: tuple[Served, ...]
    brief: Brief


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    del tables
    return {}


def measure(replies: Replies) -> Loop | NotComputable:
    """Read containers and groups, and check the parts where containers are stated."""
    brief = replies.engagement.brief
    containers, channels = _read_containers(brief), place_groups(brief)
    if not containers and not channels:
        return NotComputable(reason=words.NOTHING_STATED, unlocked_by=words.UNLOCKED_BY)
    parts = check_loop(brief) if containers else ()
    return Loop(containers=containers, parts=parts, channels=channels, brief=brief)


def _read_containers(brief: Brief) -> tuple[tuple[str, int, int], ...]:
    """Those of one kind as one, the largest first; accounts add up, users overlap."""
    sums: dict[str, tuple[int, int]] = {}
    for row in brief.rows("containers"):
        kind = str(row.get("type") or "")
        if kind in words.CONTAINERS:
            accounts, users = sums.get(kind, (0, 0))
            sums[kind] = accounts + _count(row, "account_count"), max(users, _count(row, "users"))
    return tuple(sorted(((kind, *counts) for kind, counts in sums.items()), key=lambda one: (-one[2], one[0])))


def _count(row: Mapping[str, object], name: str) -> int:
    value = row.get(name)
    return int(value) if isinstance(value, int | float) else 0


def judge(_measured: Loop, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: touchpoints without a code and systems without a link are raised where they are listed."""
    return ()


def tell(measured: Loop) -> Text:
    """Where the assets lie and what the loop lacks; which channels neither bridge nor group catches."""
    said = _tell_assets(measured) if measured.containers else NOTHING
    return said + tell_groups(measured.channels) if measured.channels else said


def _tell_assets(measured: Loop) -> Text:
    first, _, users = measured.containers[0]
    rest = NOTHING
    for verdicts, said in ((("half", "open"), words.REST), (("unknown",), words.UNKNOWN_PARTS)):
        names = [words.PARTS[part.id] for part in measured.parts if part.verdict in verdicts]
        if names:
            rest += said.fill(names=join_texts(names))
    return words.ANSWER.fill(
        n=word_number(len(measured.containers)),
        first=words.CONTAINERS[first],
        users=word_number(users),
        own=word_number(sum(counts_as_own(kind) for kind, _, _ in measured.containers)),
        closed=word_number(sum(part.verdict == "closed" for part in measured.parts)),
        rest=rest,
    )


def caveats(measured: Loop) -> tuple[Text, ...]:
    """That contacts on personal accounts are nobody's asset."""
    return (words.RISK,) if any(kind == "personal_wechat" for kind, _, _ in measured.containers) else ()


def lacks(measured: Loop) -> Mapping[str, Text]:
    """The half of which the sheet says nothing."""
    without_containers = {} if measured.containers else dict.fromkeys(BY_CONTAINERS, words.NO_CONTAINERS)
    return without_containers | ({} if measured.channels else dict.fromkeys(BY_GROUPS, words.NO_GROUPS))


def tabulate(measured: Loop) -> tuple[Exhibit, ...]:
    """The loop, containers with what can be sent, tools and their part, where touchpoints lead, groups by channel."""
    assets: tuple[Exhibit, ...] = ()
    if measured.containers:
        links = (_show_links(measured),) if measured.brief.rows("touchpoints") else ()
        assets = (_show_loop(measured.parts), _show_containers(measured), _show_tools(measured), *links)
    return (*assets, show_groups(measured.channels)) if measured.channels else assets


def _show_loop(parts: tuple[Part, ...]) -> Exhibit:
    rows = [
        {"part": words.PARTS[part.id], "verdict": words.VERDICTS[part.verdict], "facts": part.facts} for part in parts
    ]
    fields = (
        Field(name="part", label=Text(zh="环节", en="Part")),
        Field(name="verdict", label=Text(zh="判断", en="Verdict")),
        Field(name="facts", label=Text(zh="依据（需求表）", en="Facts of the sheet")),
    )
    title = Text(zh="闭环五段", en="The five parts of the loop")
    return Exhibit(name="loop", title=title, fields=fields, frame=pd.DataFrame(rows))


def _show_containers(measured: Loop) -> Exhibit:
    largest = max(users for _, _, users in measured.containers)
    rows = []
    for kind, accounts, users in measured.containers:
        anytime, often, free, rule = words.REACH[kind]
        rows.append(
            {
                "container": words.CONTAINERS[kind],
                "accounts": accounts or None,
                "users": users or None,
                "size": users / largest if largest and users else None,
                "anytime": words.YES if anytime else words.NO,
                "often": words.YES if often else words.NO,
                "free": words.YES if free else words.NO,
                "rule": rule,
                "verdict": words.OWN if counts_as_own(kind) else words.BORROWED,
            }
        )
    fields = (
        Field(name="container", label=Text(zh="容器", en="Container")),
        Field(name="accounts", label=Text(zh="账号或群", en="Accounts or groups"), unit="count"),
        Field(name="users", label=Text(zh="用户", en="Users"), unit="count"),
        Field(name="size", label=Text(zh="相当于最大容器", en="Of the largest"), unit="share"),
        Field(name="anytime", label=Text(zh="任何时间", en="Any time")),
        Field(name="often", label=Text(zh="任意频次", en="Any frequency")),
        Field(name="free", label=Text(zh="不付费", en="Free")),
        Field(name="rule", label=Text(zh="平台规则", en="The platform's rule")),
        Field(name="verdict", label=Text(zh="判断", en="Verdict")),
    )
    title = Text(zh="资产在哪，够不够得着", en="Where the assets lie, and whether they can be reached")
    return Exhibit(name="containers", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_tools(measured: Loop) -> Exhibit:
    held = {kind for kind, _, _ in measured.containers}
    rows = [
        {
            "tool": name,
            "part": words.TOOLS[kind],
            "status": words.IN_USE if kind in held else words.MISSING,
        }
        for kind, name in words.CONTAINERS.items()
    ]
    fields = (
        Field(name="tool", label=Text(zh="工具", en="Tool")),
        Field(name="part", label=Text(zh="分工", en="Part")),
        Field(name="status", label=Text(zh="使用情况", en="Use")),
    )
    title = Text(zh="工具分工", en="Tools and their part")
    return Exhibit(name="tools", title=title, fields=fields, frame=pd.DataFrame(rows))


def _show_links(measured: Loop) -> Exhibit:
    rows = [
        {
            "touchpoint": _name(row.get("touchpoint")),
            "code": _name(row.get(CODE)),
            "next": _name(row.get("next_step")),
        }
        for row in measured.brief.rows("touchpoints")[:MOST_ROWS]
    ]
    fields = (
        Field(name="touchpoint", label=Text(zh="触点", en="Touchpoint")),
        Field(name="code", label=Text(zh="入口码", en="Entry code")),
        Field(name="next", label=Text(zh="通到哪里", en="Leads to")),
    )
    policy = words.POLICIES.get(measured.brief.text("link_policy") or "", words.NOT_STATED)
    title = Text(zh="链接策略与触点的去向", en="Link policy, and where touchpoints lead")
    note = words.POLICY_NOTE.fill(policy=policy)
    return Exhibit(name="links", title=title, fields=fields, frame=pd.DataFrame(rows), note=note)


def _name(said: object) -> Text:
    return name_verbatim(shorten(str(said), LONGEST)) if said else NOTHING


def draw(measured: Loop, language: Language) -> Figure:
    """Users by container, those that are no reach of one's own marked; without containers groups by channel."""
    shown = measured.containers
    if not shown:
        return draw_groups(measured.channels, language)
    figure = draw_bars(
        [words.CONTAINERS[kind].word(language) for kind, _, _ in shown],
        [float(users) for _, _, users in shown],
        [word_number(users).word(language) for _, _, users in shown],
        axis_label=words.AXIS.word(language),
        marked=[place for place, (kind, _, _) in enumerate(shown) if not counts_as_own(kind)],
    )
    scale_count(figure.axes[0].xaxis)
    return figure


BY_CONTAINERS = ("000-25", "001-30", "001-31", "001-57", "001-77", "002-30", "004-02")
BY_GROUPS = ("002-23", "002-53")

# Groups pass two of three questions, the mini-program one. Own shop and its till are there; one pool without any
# touchpoint is half of traffic; one of two systems is connected; nothing is said of delivery. Two groups are Douyin's
# and one a store's; JD is not bridged and has none; one group states nothing.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(*BY_CONTAINERS, *BY_GROUPS),
    finds=(),
    needs=(),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10"},
        brief=Brief(
            answers={
                "containers": (
                    {"type": "group", "account_count": 10, "users": 800},
                    {"type": "miniprogram", "account_count": 1, "users": 3000},
                ),
                "public_pools": ({"pool": "抖音"},),
                "main_channels": ({"channel": "douyin"}, {"channel": "miniprogram"}),
                "systems": (
                    {"system": "SCRM", "integration": "api"},
                    {"system": "ERP", "integration": "file"},
                ),
                "groups_list": (
                    {"group_code": "g1", "type": "welfare", "channel": "douyin", "members": 80},
                    {"group_code": "g2", "type": "vip", "channel": "douyin", "members": 50},
                    {"group_code": "g3", "type": "store", "store": "A", "members": 60},
                    {"group_code": "g4", "type": "fan"},
                ),
                "bridge_status": (
                    {"channel": "douyin", "status": "live"},
                    {"channel": "jd", "status": "none"},
                ),
            }
        ),
        says="闭环五段里 2 段通，还差流量、数据回流，未知的有履约。3 个群分布在 2 个渠道，另有 1 个群没写渠道；"
        "京东既没打通会员也没有社群，先建群承接",
    ),
    place=65,
)
