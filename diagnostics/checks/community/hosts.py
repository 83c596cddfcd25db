"""Whether anchors of live sessions keep groups of their own, and whether those groups speak more."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.group_hosts import total_hosts, total_owners
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent, word_points_range

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="主播自己带社群吗，带的群更活跃、场次卖得更好吗？",
    en="Do anchors keep groups of their own, are these livelier, and do their sessions sell better?",
)
DEFINITION = Text(
    zh="主播与群主是同一员工编号即算主播带群。活跃 = 发言成员 ÷ 群成员（逐日相加，按群主算一个比例，再取平均）；"
    "两组群主各不少于 {least} 位才比较（Welch 95%）。小时成交 = 成交金额 ÷ 直播小时，样本是主播，只列不判。"
    "主播带群不是随机的，是相关。",
    en="An anchor keeps a group where both are the same staff code. Active = members who spoke over members (days "
    "added up, one share an owner, then the mean); compared where both sides have {least} owners (Welch, 95%). Sales "
    "an hour = sales over hours on air, listed for anchors and not judged. Who keeps groups is not drawn by lot: an "
    "association.",
)
NO_OWNERS = Text(zh="本期群统计没有群主或成员数", en="the group statistics of the period name no owner or no members")
UNLOCK = Text(
    zh="按群主的群聊统计，与带主播编号的直播场次", en="group statistics by owner, live sessions with the anchor"
)
NOBODY = Text(
    zh="{anchors} 位主播里没有人自己带社群（{owners} 位群主都不是主播）：播完就散，粉丝没有落脚处；"
    "可先让一位主播带一个群试。",
    en="None of {anchors} anchors keeps a group (no one of {owners} group owners is an anchor): who watched has "
    "nowhere to stay; try one anchor with one group first.",
)
ANSWER = Text(
    zh="{anchors} 位主播里 {hosts} 位自己带社群，群内活跃 {mine}，其他群 {others}{gap}。",
    en="{hosts} of {anchors} anchors keep groups; {mine} of members speak there, {others} elsewhere{gap}.",
)
OTHER_CODES = Text(
    zh="主播写的是花名、群主写的是员工编号时两边对不上；请核对直播场次里的主播编号。",
    en="Where anchors are written by stage name and owners by staff code they never meet: check the anchors' codes.",
)
GAP = Text(zh="（差 {gap}）", en=" (difference {gap})")
SIDES = {True: Text(zh="主播带的群", en="Kept by anchors"), False: Text(zh="其他群", en="Other groups")}
AXIS = Text(zh="发言成员占比，按群主平均（n 为群主）", en="Share of members who speak, mean of owners (n: owners)")
LEAST_OWNERS = 5
Z = 1.96


@dataclass(frozen=True, kw_only=True)
class Hosts:
    """Owners of groups with their share of active members, and anchors with what they sell."""

    owners: pd.DataFrame
    anchors: pd.DataFrame
    currency: str

    def side(self, *, is_anchor: bool) -> pd.Series:
        """The shares of owners of one side."""
        return self.owners.share[self.owners.is_anchor == is_anchor].dropna()


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for owners and anchors."""
    period = tables.engagement.horizon.current
    days, sessions = tables["group_days"], tables["live_sessions"]
    return {"owners": total_owners(days, sessions, period), "anchors": total_hosts(sessions, days, period)}


def measure(replies: Replies) -> Hosts | NotComputable:
    """Rate each owner."""
    owners = replies["owners"]
    if owners.empty or replies["anchors"].empty:
        return NotComputable(reason=NO_OWNERS, unlocked_by=UNLOCK)
    return Hosts(
        owners=owners.assign(share=owners.speakers / owners.members),
        anchors=replies["anchors"].sort_values(["paid", "anchor"], ascending=[False, True], ignore_index=True),
        currency=replies.engagement.currency,
    )


def judge(_measured: Hosts, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: groups that fall silent are raised where they are measured."""
    return ()


def compare_sides(measured: Hosts) -> tuple[float, float] | None:
    """The interval of the difference of mean shares; `None` with fewer than five owners on a side."""
    mine, others = measured.side(is_anchor=True), measured.side(is_anchor=False)
    if min(len(mine), len(others)) < LEAST_OWNERS:
        return None
    gap = float(mine.mean() - others.mean())
    error = math.sqrt(float(mine.var(ddof=1)) / len(mine) + float(others.var(ddof=1)) / len(others))
    return gap - Z * error, gap + Z * error


def tell(measured: Hosts) -> Text:
    """How many anchors keep groups, and how lively these are."""
    hosts = int(measured.anchors.has_group.sum())
    anchors = word_number(len(measured.anchors))
    mine, others = measured.side(is_anchor=True), measured.side(is_anchor=False)
    if not hosts or mine.empty:
        return NOBODY.fill(anchors=anchors, owners=word_number(len(measured.owners)))
    ends = compare_sides(measured)
    return ANSWER.fill(
        anchors=anchors,
        hosts=word_number(hosts),
        mine=word_percent(mine.mean()),
        others=word_percent(others.mean() if len(others) else None),
        gap=GAP.fill(gap=word_points_range(*ends)) if ends else Text(zh="", en=""),
    )


def caveats(measured: Hosts) -> tuple[Text, ...]:
    """That anchors and owners may be written differently."""
    return () if measured.anchors.has_group.any() else (OTHER_CODES,)


def tabulate(measured: Hosts) -> tuple[Exhibit, ...]:
    """Groups of anchors beside the others, and anchors with and without a group."""
    rows = [
        {
            "side": name,
            "owners": int((measured.owners.is_anchor == is_anchor).sum()),
            "share": measured.side(is_anchor=is_anchor).mean(),
            "joined": measured.owners.joined[measured.owners.is_anchor == is_anchor].sum(min_count=1),
        }
        for is_anchor, name in SIDES.items()
    ]
    sold = [
        {
            "side": HOSTING[has_group],
            "anchors": len(part),
            "sessions": part.sessions.sum(),
            "hourly": 60 * part.paid.sum() / part.minutes.sum() if part.minutes.sum() else None,
        }
        for has_group in (True, False)
        for part in [measured.anchors[measured.anchors.has_group == has_group]]
    ]
    groups = (
        Field(name="side", label=Text(zh="社群", en="Groups")),
        Field(name="owners", label=Text(zh="群主", en="Owners"), unit="count"),
        Field(name="share", label=Text(zh="活跃成员占比", en="Members who speak"), unit="share"),
        Field(name="joined", label=Text(zh="本期入群", en="Joined in the period"), unit="count"),
    )
    anchors = (
        Field(name="side", label=Text(zh="主播", en="Anchors")),
        Field(name="anchors", label=Text(zh="人数", en="Number"), unit="count"),
        Field(name="sessions", label=Text(zh="场次", en="Sessions"), unit="count"),
        Field(name="hourly", label=Text(zh="小时成交", en="Sales an hour"), unit="price"),
    )
    return (
        Exhibit(
            name="groups",
            title=Text(zh="主播带的群与其他群", en="Groups kept by anchors, and others"),
            fields=groups,
            frame=pd.DataFrame(rows),
        ),
        Exhibit(
            name="anchors",
            title=Text(zh="带群与不带群的主播", en="Anchors with and without a group"),
            fields=anchors,
            frame=pd.DataFrame(sold),
        ),
    )


HOSTING = {True: Text(zh="自己带群", en="Keeps a group"), False: Text(zh="不带群", en="Keeps none")}


def draw(measured: Hosts, language: Language) -> Figure:
    """The mean share of members who speak on both sides."""
    shown = [(name, measured.side(is_anchor=key)) for key, name in SIDES.items() if len(measured.side(is_anchor=key))]
    figure = draw_bars(
        [name.word(language) for name, _ in shown],
        [float(shares.mean()) for _, shares in shown],
        [f"{word_percent(shares.mean()).en}  n={len(shares)}" for _, shares in shown],
        axis_label=AXIS.word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# Two anchors, of whom A1 owns groups of 100 members; 30 speak. B, no anchor, has 100 members, and 10 speak.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION.fill(least=word_number(LEAST_OWNERS)),
    answers=("002-28",),
    finds=(),
    needs=(
        Need(table="group_days", columns=("owner", "members_total", "members_active")),
        Need(table="live_sessions", columns=("anchor",)),
    ),
    limits=(),
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
            "group_days": "day owner members_total members_active\n2024-02-05 A1 100 30\n2024-02-05 B 100 10",
            "live_sessions": "session channel anchor starts_at minutes paid_amount\n"
            "s1 douyin A1 2024-02-06 60 600\ns2 douyin A2 2024-02-07 60 300",
        },
        says="1 of 2 anchors keep groups; 30.0% of members speak there, 10.0% elsewhere",
    ),
    place=80,
)
