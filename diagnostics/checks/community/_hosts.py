"""Whether anchors of live sessions keep groups of their own, and whether those groups speak more."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.community import _host_words as words
from diagnostics.metrics.group_hosts import total_hosts, total_owners
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent, word_points_range

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST_OWNERS = 5
Z = 1.96


@dataclass(frozen=True, kw_only=True)
class Hosts:
    """Owners of groups with their share of active members, and anchors with what they sell."""

    owners: pd.DataFrame
    anchors: pd.DataFrame

    def side(self, *, is_anchor: bool) -> pd.Series:
        """The shares of owners of one side."""
        return self.owners.share[self.owners.is_anchor == is_anchor].dropna()


def ask_hosts(tables: Tables) -> dict[str, ir.Table]:
    """Ask for owners and anchors; nothing where either is not named."""
    has_owners = tables.has("group_days", "owner", "members_total", "members_active")
    if not (has_owners and tables.has("live_sessions", "anchor")):
        return {}
    period = tables.engagement.horizon.current
    days, sessions = tables["group_days"], tables["live_sessions"]
    return {
        "hosts.owners": total_owners(days, sessions, period),
        "hosts.anchors": total_hosts(sessions, days, period),
    }


def measure_hosts(replies: Replies) -> Hosts | None:
    """Rate each owner; `None` where the period has no owner or no anchor."""
    if "hosts.owners" not in replies or replies["hosts.owners"].empty or replies["hosts.anchors"].empty:
        return None
    owners, anchors = replies["hosts.owners"], replies["hosts.anchors"]
    return Hosts(
        owners=owners.assign(share=owners.speakers / owners.members),
        anchors=anchors.sort_values(["paid", "anchor"], ascending=[False, True], ignore_index=True),
    )


def compare_sides(measured: Hosts) -> tuple[float, float] | None:
    """The interval of the difference of mean shares; `None` with fewer than five owners on a side."""
    mine, others = measured.side(is_anchor=True), measured.side(is_anchor=False)
    if min(len(mine), len(others)) < LEAST_OWNERS:
        return None
    gap = float(mine.mean() - others.mean())
    error = math.sqrt(float(mine.var(ddof=1)) / len(mine) + float(others.var(ddof=1)) / len(others))
    return gap - Z * error, gap + Z * error


def tell_hosts(measured: Hosts) -> Text:
    """How many anchors keep groups, and how lively these are."""
    hosts = int(measured.anchors.has_group.sum())
    anchors = word_number(len(measured.anchors))
    mine, others = measured.side(is_anchor=True), measured.side(is_anchor=False)
    if not hosts or mine.empty:
        return words.NOBODY.fill(anchors=anchors, owners=word_number(len(measured.owners)))
    ends = compare_sides(measured)
    return words.ANSWER.fill(
        anchors=anchors,
        hosts=word_number(hosts),
        mine=word_percent(mine.mean()),
        others=word_percent(others.mean() if len(others) else None),
        gap=words.GAP.fill(gap=word_points_range(*ends)) if ends else NOTHING,
    )


def tabulate_hosts(measured: Hosts) -> tuple[Exhibit, ...]:
    """Groups of anchors beside the others, and anchors with and without a group."""
    rows = [
        {
            "side": name,
            "owners": int((measured.owners.is_anchor == is_anchor).sum()),
            "share": measured.side(is_anchor=is_anchor).mean(),
            "joined": measured.owners.joined[measured.owners.is_anchor == is_anchor].sum(min_count=1),
        }
        for is_anchor, name in words.SIDES.items()
    ]
    sold = [
        {
            "side": words.HOSTING[has_group],
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


def draw_hosts(measured: Hosts, language: Language) -> Figure:
    """The mean share of members who speak on both sides."""
    shown = [
        (name, measured.side(is_anchor=key)) for key, name in words.SIDES.items() if len(measured.side(is_anchor=key))
    ]
    figure = draw_bars(
        [name.word(language) for name, _ in shown],
        [float(shares.mean()) for _, shares in shown],
        [f"{word_percent(shares.mean()).en}  n={len(shares)}" for _, shares in shown],
        axis_label=words.AXIS.word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure
