"""Whether tiers, benefits and points are the same in all channels, and whether there is a reason to join."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_number,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="各渠道的等级、权益、积分统一吗？进私域有没有理由？",
    en="Are tiers, benefits and points the same in all channels, and is there a reason to join?",
)
DEFINITION = Text(
    zh="依需求表判断。冲突 = 同名等级在不同渠道升级规则不同、同一权益只在部分渠道有、积分的获取或消耗或有效期不同；"
    "只比较填了该表的"
    "渠道，字面不同即列出，由顾问确认是否真冲突。入会理由 = 标为私域专享的权益，加上私域价低于公域价的商品；"
    "两者都没有，进私域与不进"
    "没有差别。权益成本为单人年成本之和。",
    en="Judged from the sheet. Conflict = a tier of one name with other rules, a benefit that only some channels have, "
    "points earned, burned or expiring differently; only channels that filled in the table are compared and any other "
    "wording is listed, for the consultant to confirm. Reason to join = benefits marked private only, and items whose "
    "private price is below the public one; with neither it makes no difference to join. Cost = the sum a member.",
)
NOTHING_STATED = Text(
    zh="需求表没有写等级、权益或积分规则", en="the requirement sheet states no tiers, benefits or points rules"
)
ANSWER = Text(
    zh="{channels} 个渠道写了会员规则，{conflicts}；私域专享权益 {private} 项{prices}。",
    en="Channels with stated rules: {channels}; {conflicts}; private-only benefits: {private}{prices}.",
)
NONE_CHEAPER = Text(zh="，{items} 个商品没有一个私域价更低", en="; of {items} items none is cheaper in private")
DIFFERENT = Text(zh="发现 {n} 处不一致", en="differences found: {n}")
ALIKE = Text(zh="没有发现不一致", en="no differences found")
PRICES = Text(zh="，{items} 个商品里 {cheaper} 个私域价更低", en="; of {items} items {cheaper} are cheaper in private")
NO_REASON = Text(
    zh="进私域没有任何专享，用户没有理由来。",
    en="Nothing is reserved for the private domain: there is no reason to join.",
)
KINDS: dict[str, Text] = {
    "tier": Text(zh="等级规则", en="Tier rule"),
    "benefit": Text(zh="权益", en="Benefit"),
    "earn": Text(zh="积分获取", en="Points earned"),
    "burn": Text(zh="积分消耗", en="Points burned"),
    "expiry": Text(zh="积分有效期", en="Points expire"),
}
ONLY = Text(zh="只在{channels}有", en="only in {channels}")
LONGEST = 30
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One thing that channels treat differently, worded by channel."""

    kind: str
    name: str
    words: Text


@dataclass(frozen=True, kw_only=True)
class Benefits:
    """What the channels offer, where they differ, and what is private only."""

    channels: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]
    conflicts: tuple[Conflict, ...]
    private: tuple[str, ...]
    items: int
    cheaper: int


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    del tables
    return {}


def measure(replies: Replies) -> Benefits | NotComputable:
    """Compare the channels' rules and list what is reserved for the private domain."""
    brief = replies.engagement.brief
    tables = {key: brief.rows(key) for key in ("tiers", "benefits", "points_rules")}
    if not any(tables.values()):
        return NotComputable(reason=NOTHING_STATED)
    prices = [
        (public, private)
        for row in brief.rows("price_system")
        if isinstance(public := row.get("public_price"), int | float)
        and isinstance(private := row.get("private_price"), int | float)
    ]
    return Benefits(
        channels=tuple(sorted({str(row.get("channel")) for rows in tables.values() for row in rows})),
        rows=tables["benefits"],
        conflicts=(*_compare_rules(brief), *_compare_benefits(brief)),
        private=tuple(
            str(row.get("benefit"))
            for row in tables["benefits"]
            if row.get("private_only") is True and row.get("benefit")
        ),
        items=len(prices),
        cheaper=sum(private < public for public, private in prices),
    )


def _compare_rules(brief: Brief) -> list[Conflict]:
    """Tiers of one name and points of all channels whose wording differs."""
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in brief.rows("tiers"):
        if row.get("tier") and row.get("rule"):
            said["tier", str(row["tier"])][str(row.get("channel"))] = str(row["rule"])
    for row in brief.rows("points_rules"):
        for part in ("earn", "burn", "expiry"):
            if row.get(part):
                said[part, ""][str(row.get("channel"))] = str(row[part])
    return [
        Conflict(kind=kind, name=name, words=_word_channels(by_channel))
        for (kind, name), by_channel in said.items()
        if len({"".join(rule.split()) for rule in by_channel.values()}) > 1
    ]


def _word_channels(by_channel: Mapping[str, str]) -> Text:
    colon = Text(zh="{channel}：{rule}", en="{channel}: {rule}")
    return join_texts(
        colon.fill(channel=name_channel(channel), rule=name_verbatim(shorten(rule, LONGEST)))
        for channel, rule in by_channel.items()
    )


def _compare_benefits(brief: Brief) -> list[Conflict]:
    """Benefits that only some of the channels have; those reserved for the private domain are meant to differ."""
    rows = [row for row in brief.rows("benefits") if row.get("benefit")]
    channels = {str(row.get("channel")) for row in rows}
    holders: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.get("private_only") is not True:
            holders[str(row["benefit"])].add(str(row.get("channel")))
    return [
        Conflict(
            kind="benefit",
            name=name,
            words=ONLY.fill(channels=join_texts(name_channel(channel) for channel in sorted(held))),
        )
        for name, held in holders.items()
        if held != channels and len(channels) > 1
    ]


def judge(measured: Benefits, limits: Limits) -> tuple[Finding, ...]:
    """Nothing: wording alone does not prove that anything is lost."""
    del measured, limits
    return ()


def tell(measured: Benefits) -> Text:
    """How many differences, and whether there is a reason to join."""
    prices = (PRICES if measured.cheaper else NONE_CHEAPER).fill(
        items=word_number(measured.items), cheaper=word_number(measured.cheaper)
    )
    said = ANSWER.fill(
        channels=word_number(len(measured.channels)),
        conflicts=DIFFERENT.fill(n=word_number(len(measured.conflicts))) if measured.conflicts else ALIKE,
        private=word_number(len(measured.private)),
        prices=prices if measured.items else NOTHING,
    )
    return said if measured.private or measured.cheaper else said + NO_REASON


def tabulate(measured: Benefits) -> tuple[Exhibit, ...]:
    """Differences; and benefits against channels."""
    conflicts = [
        {"kind": KINDS[one.kind], "name": name_verbatim(shorten(one.name)), "words": one.words}
        for one in measured.conflicts[:MOST_ROWS]
    ]
    fields = (
        Field(name="kind", label=Text(zh="不一致的内容", en="What differs")),
        Field(name="name", label=Text(zh="名称", en="Name")),
        Field(name="words", label=Text(zh="各渠道的写法", en="By channel")),
    )
    title = Text(zh="渠道之间不一致的规则（待确认）", en="Rules that differ between channels, to be confirmed")
    frame = pd.DataFrame(conflicts, dtype=object)
    return (Exhibit(name="conflicts", title=title, fields=fields, frame=frame), _show_matrix(measured))


def _show_matrix(measured: Benefits) -> Exhibit:
    cells: dict[str, dict[str, object]] = defaultdict(dict)
    for row in measured.rows:
        cells[str(row.get("benefit"))][str(row.get("channel"))] = PRIVATE if row.get("private_only") is True else ALL
    rows = [
        {
            "benefit": name_verbatim(shorten(name, LONGEST)),
            **{channel: held.get(channel, NOTHING) for channel in measured.channels},
        }
        for name, held in list(cells.items())[:MOST_ROWS]
    ]
    fields = (
        Field(name="benefit", label=Text(zh="权益", en="Benefit")),
        *(Field(name=channel, label=name_channel(channel)) for channel in measured.channels),
    )
    title = Text(zh="权益与渠道", en="Benefits by channel")
    return Exhibit(name="matrix", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


PRIVATE, ALL = Text(zh="私域专享", en="private only"), Text(zh="都有", en="for all")


def draw(measured: Benefits, language: Language) -> Figure:
    """Benefits of each channel, those reserved for the private domain marked."""
    counts = {
        channel: sum(str(row.get("channel")) == channel for row in measured.rows) for channel in measured.channels
    }
    reserved = {
        channel: sum(str(row.get("channel")) == channel and row.get("private_only") is True for row in measured.rows)
        for channel in measured.channels
    }
    note = Text(zh="{n}，其中私域专享 {private}", en="{n}, private only: {private}")
    figure = draw_bars(
        [name_channel(channel).word(language) for channel in measured.channels],
        [float(counts[channel]) for channel in measured.channels],
        [
            note.fill(n=word_number(counts[channel]), private=word_number(reserved[channel])).word(language)
            for channel in measured.channels
        ],
        axis_label=Text(zh="权益项数", en="Benefits").word(language),
    )
    scale_count(figure.axes[0].xaxis)
    figure.axes[0].margins(x=0.4)
    return figure


# Gold is reached at 1,000 in one channel and at 2,000 in the other; points differ; nothing is private only.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-10", "000-17", "002-07", "002-24"),
    finds=(),
    needs=(),
    asks=(Asked(key="member_system", label=Text(zh="会员体系", en="Member system")),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="没有理由",
        brief=Brief(
            answers={
                "member_system": "per_channel",
                "tiers": (
                    {"channel": "tmall", "tier": "金卡", "rule": "年消费满1000元"},
                    {"channel": "youzan", "tier": "金卡", "rule": "年消费满2000元"},
                ),
                "points_rules": (
                    {"channel": "tmall", "earn": "1元1分"},
                    {"channel": "youzan", "earn": "1元2分"},
                ),
                "benefits": ({"channel": "tmall", "tier": "金卡", "benefit": "生日礼", "private_only": False},),
            }
        ),
    ),
    place=50,
)
