"""The tables of groups: each with its state, tiers, owners, the life curve, the weeks and when contacts bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.community import _health_words as say
from diagnostics.checks.units import word_ago
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from diagnostics.checks.community.health import Health


def tabulate_health(measured: Health) -> tuple[Exhibit, ...]:
    """Groups, tiers, owners, the life curve, the weeks, and how long ago contacts bought."""
    shown = []
    if len(measured.groups):
        shown += [_show_groups(measured.groups), _show_tiers(measured.groups)]
    if len(measured.bounds):
        shown.append(_show_owners(measured.bounds))
    if len(measured.ages):
        shown.append(_show_ages(measured.ages))
    shown.append(_show_weeks(measured.weeks))
    if len(measured.recency):
        frame = measured.recency.assign(
            label=pd.Series([say.BANDS[int(band)] for band in measured.recency.band], dtype=object),
            share=measured.recency.customers / measured.recency.customers.sum(),
        )
        fields = (
            Field(name="label", label=Text(zh="距上次购买", en="Last purchase")),
            Field(name="customers", label=Text(zh="联系人", en="Contacts"), unit="count"),
            Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        )
        title = Text(zh="私域池活力：联系人距上次购买", en="Vitality of the pool: when contacts last bought")
        shown.append(Exhibit(name="recency", title=title, fields=fields, frame=frame))
    return tuple(shown)


def _show_groups(groups: pd.DataFrame) -> Exhibit:
    order = groups.state.map({"dead": 0, "alive": 1, "young": 2, "untold": 3})
    frame = groups.assign(order=order, word=groups.state.map(say.STATES).astype(object), last=groups.last_talk)
    return Exhibit(
        name="groups",
        title=Text(zh="社群清单（死群在前）", en="Groups, dead ones first"),
        fields=(
            Field(name="unit", label=Text(zh="群", en="Group")),
            Field(name="owner", label=Text(zh="群主", en="Owner")),
            Field(name="word", label=Text(zh="状态", en="State")),
            Field(
                name="last",
                label=Text(zh="客户最后发言（天前）", en="Last word of a customer (days ago)"),
                unit="count",
            ),
            Field(name="members", label=Text(zh="成员", en="Members"), unit="count"),
            Field(name="messages", label=Text(zh="近 14 天消息", en="Messages, 14 days"), unit="count"),
            Field(name="talks_before", label=Text(zh="此前有客户发言的天数", en="Days with talk before"), unit="count"),
        ),
        frame=frame.sort_values(["order", "members"], ascending=[True, False], ignore_index=True),
    )


def _show_tiers(groups: pd.DataFrame) -> Exhibit:
    judged = groups[groups.state.isin(["alive", "dead"])]
    kind = judged.get("kind", pd.Series(None, index=judged.index, dtype=object)).fillna("-")
    tiers = (
        judged.assign(kind=kind, dead=judged.state == "dead")
        .groupby("kind", as_index=False)
        .agg(groups=("unit", "count"), dead=("dead", "sum"), members=("members", "sum"), messages=("messages", "sum"))
    )
    tiers = tiers.assign(share=tiers.dead / tiers.groups, each=tiers.messages / tiers.members.where(tiers.members > 0))
    return Exhibit(
        name="tiers",
        title=Text(zh="社群分层（按群类型）", en="Tiers of groups, by kind"),
        fields=(
            Field(name="kind", label=Text(zh="群类型", en="Kind")),
            Field(name="groups", label=Text(zh="群数", en="Groups"), unit="count"),
            Field(name="members", label=Text(zh="成员", en="Members"), unit="count"),
            Field(name="dead", label=Text(zh="死群", en="Dead"), unit="count"),
            Field(name="share", label=Text(zh="死群占比", en="Share dead"), unit="share"),
            Field(
                name="each", label=Text(zh="人均消息（14 天）", en="Messages each, 14 days"), unit="number", digits=2
            ),
        ),
        frame=tiers.sort_values("share", ascending=False, ignore_index=True),
    )


def _show_owners(bounds: pd.DataFrame) -> Exhibit:
    frame = bounds.assign(
        active=bounds.active_sum / bounds.group_days, spoke=bounds.speakers / bounds.members.where(bounds.members > 0)
    )
    return Exhibit(
        name="owners",
        title=Text(zh="群主：必然无消息的群（近 14 天）", en="Owners: groups certainly without a message in 14 days"),
        fields=(
            Field(name="unit", label=Text(zh="群主", en="Owner")),
            Field(name="groups", label=Text(zh="群数", en="Groups"), unit="count"),
            Field(name="dead_least", label=Text(zh="至少无消息", en="Without, at least"), unit="count"),
            Field(name="dead_most", label=Text(zh="至多无消息", en="Without, at most"), unit="count"),
            Field(name="active", label=Text(zh="日均有消息群占比", en="Active on a day"), unit="share"),
            Field(name="members", label=Text(zh="成员", en="Members"), unit="count"),
            Field(name="spoke", label=Text(zh="日均发言成员占比", en="Members who speak on a day"), unit="share"),
        ),
        frame=frame.sort_values(["dead_least", "active"], ascending=[False, True], ignore_index=True),
    )


def _show_ages(ages: pd.DataFrame) -> Exhibit:
    low, high = wilson(ages.alive, ages.groups)
    return Exhibit(
        name="ages",
        title=Text(zh="寿命曲线：建群第几个月仍有客户发言", en="Life curve: groups still talked in, by month of age"),
        fields=(
            Field(name="month", label=Text(zh="建群第几个月", en="Month of age"), unit="count"),
            Field(name="groups", label=Text(zh="群数", en="Groups"), unit="count"),
            Field(name="share", label=Text(zh="仍有客户发言", en="Still talked in"), unit="share"),
            Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
            Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        ),
        frame=ages.assign(month=ages.age + 1, share=ages.alive / ages.groups, low=low, high=high),
    )


def _show_weeks(weeks: pd.DataFrame) -> Exhibit:
    ago = [word_ago(week) for week in weeks.week.astype(int)]
    return Exhibit(
        name="weeks",
        title=Text(zh="按周走势（由早到近）", en="Week by week, oldest first"),
        fields=(
            Field(name="ago", label=Text(zh="周", en="Week")),
            Field(name="group_share", label=Text(zh="日均有消息群占比", en="Groups active on a day"), unit="share"),
            Field(
                name="member_share", label=Text(zh="日均发言成员占比", en="Members who speak on a day"), unit="share"
            ),
            Field(name="messages", label=Text(zh="消息数", en="Messages"), unit="count"),
        ),
        frame=weeks.assign(ago=pd.Series(ago, dtype=object)),
    )
