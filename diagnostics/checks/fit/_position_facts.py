"""Facts behind the roles of the private domain and the steps of the brand's position, from sheet and data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.facts import Fact
from diagnostics.checks.fit import _position_words as words
from diagnostics.model.wording import NOTHING, Text, word_heads, word_number, word_percent

if TYPE_CHECKING:
    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.brief import Brief

TWO_WAY = frozenset({"wecom", "group", "personal_wechat"})
BEYOND_SELLING = frozenset({"fan", "vip", "service", "member"})
BEYOND_SALES = frozenset({"brand_event", "member_day", "co_brand", "new_item"})
QUARTERS = 4
SERVING = frozenset({"service", "account"})


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the cascade: what the data show of it, and whether they bear it out (`None`: they can't tell)."""

    id: str
    seen: Text
    holds: bool | None


def read_roles(replies: Replies, limits: Limits) -> dict[str, tuple[Fact, ...]]:
    """Five facts of each role."""
    brief = replies.engagement.brief
    return {
        "interaction": _read_interaction(brief, replies, limits),
        "event": _read_events(brief, replies),
        "differentiated": _read_differences(brief),
    }


def _name_role(brief: Brief, role: str) -> Fact:
    named = brief.choices("pd_positioning")
    text = Text(zh="客户把它写作定位", en="the client names it as a role")
    return Fact(id="named", name=text, holds=role in named if named else None)


def _read_interaction(brief: Brief, replies: Replies, limits: Limits) -> tuple[Fact, ...]:
    kinds = {str(row.get("type")) for row in brief.rows("containers")}
    groups = [str(row.get("type")) for row in brief.rows("groups_list")]
    beyond = sum(kind in BEYOND_SELLING for kind in groups)
    accounts = brief.rows("accounts_matrix")
    personas = sum(bool(row.get("persona")) for row in accounts)
    talk = _first(replies, "talk")
    active = float(talk["groups_active"] / talk["groups_total"]) if talk.get("groups_total") else None
    return (
        _name_role(brief, "interaction"),
        Fact(
            id="two_way",
            name=Text(zh="有能对话的容器（企微、社群）", en="containers that allow talk (WeCom, groups)"),
            holds=bool(kinds & TWO_WAY) if kinds else None,
        ),
        Fact(
            id="groups",
            name=Text(
                zh="有福利、门店群以外的群（兴趣、会员、服务）",
                en="groups beyond offers and stores (interest, members, service)",
            ),
            holds=beyond > 0 if groups else None,
            seen=_of(beyond, len(groups)),
        ),
        Fact(
            id="personas",
            name=Text(zh="账号有人设", en="accounts have a persona"),
            holds=personas * 2 >= len(accounts) if accounts else None,
            seen=_of(personas, len(accounts)),
        ),
        Fact(
            id="talk",
            name=Text(zh="半数以上的群当天有消息（数据）", en="half of the groups have a message on a day (data)"),
            holds=None if active is None else active >= limits["active_groups"],
            seen=word_percent(active) if active is not None else NOTHING,
        ),
    )


def _read_events(brief: Brief, replies: Replies) -> tuple[Fact, ...]:
    events = [(row.get("date"), str(row.get("type"))) for row in brief.rows("events_calendar")]
    own = [day for day, kind in events if kind in BEYOND_SALES]
    quarters = {(pd.Timestamp(str(day)).quarter) for day in own if day is not None}
    campaigns = _first(replies, "campaigns")
    held = int(campaigns["campaigns"]) if campaigns else None
    return (
        _name_role(brief, "event"),
        Fact(
            id="own_events",
            name=Text(zh="日历里有大促以外的活动", en="the calendar holds events besides sales"),
            holds=bool(own) if events else None,
            seen=_of(len(own), len(events)),
        ),
        Fact(
            id="rhythm",
            name=Text(zh="这类活动每个季度都有", en="such events in every quarter"),
            holds=len(quarters) == QUARTERS if events else None,
        ),
        Fact(
            id="live",
            name=Text(zh="有直播分工可以承接活动", en="live shows are staffed to carry events"),
            holds=bool(brief.rows("live_roles")) if "live_roles" in brief.answers else None,
        ),
        Fact(
            id="log",
            name=Text(zh="活动有日志与费用（数据）", en="campaigns are logged with cost (data)"),
            holds=None if held is None else held > 0,
            seen=word_number(held) if held is not None else NOTHING,
        ),
    )


def _read_differences(brief: Brief) -> tuple[Fact, ...]:
    dimensions = {row.get("dimension") for row in brief.rows("tag_dictionary")} - {None}
    benefits = brief.rows("benefits")
    exclusive = sum(row.get("private_only") is True for row in benefits)
    prices = [
        (float(private), float(public))
        for row in brief.rows("price_system")
        if isinstance(private := row.get("private_price"), int | float)
        and isinstance(public := row.get("public_price"), int | float)
    ]
    lower = sum(private < public for private, public in prices)
    levels = {str(row.get("level")) for row in brief.rows("accounts_matrix")} - {"None"}
    return (
        _name_role(brief, "differentiated"),
        Fact(
            id="tags",
            name=Text(zh="标签有两个以上维度可分人", en="tags of two dimensions or more tell people apart"),
            holds=len(dimensions) > 1 if dimensions else None,
            seen=word_number(len(dimensions)) if dimensions else NOTHING,
        ),
        Fact(
            id="benefits",
            name=Text(zh="有私域专享的权益", en="benefits of the private domain alone"),
            holds=exclusive > 0 if benefits else None,
            seen=_of(exclusive, len(benefits)),
        ),
        Fact(
            id="prices",
            name=Text(zh="有私域专享的价格", en="prices of the private domain alone"),
            holds=lower > 0 if prices else None,
            seen=_of(lower, len(prices)),
        ),
        Fact(
            id="levels",
            name=Text(zh="高价值客户有专人或专群", en="top customers have an account or group of their own"),
            holds="premium" in levels or _has_vip_group(brief) if levels or brief.rows("groups_list") else None,
        ),
    )


def _has_vip_group(brief: Brief) -> bool:
    return any(row.get("type") == "vip" for row in brief.rows("groups_list"))


def _of(part: int, whole: int) -> Text:
    return Text(zh=f"{part} / {whole}", en=f"{part} of {whole}") if whole else NOTHING


def read_cascade(replies: Replies, limits: Limits) -> tuple[Step, ...]:
    """What sheet and data show of product, price and service, in this order."""
    facts = _first(replies, "facts")
    paid = float(facts["listed_paid"] / facts["listed"]) if facts.get("listed") else None
    brief = replies.engagement.brief
    fte = sum(
        float(count)
        for row in brief.rows("headcount")
        if row.get("role") in SERVING and isinstance(count := row.get("fte"), int | float)
    )
    reply = _first(replies, "reply").get("share")
    hours = brief.text("service_hours")
    return (
        Step(
            id="product",
            seen=words.SEEN_PAID.fill(share=word_percent(paid, 0)),
            holds=None if paid is None else paid >= limits["full_price"],
        ),
        Step(
            id="price",
            seen=words.SEEN_BELOW.fill(share=word_percent(None if paid is None else 1 - paid, 0)),
            holds=None if paid is None else 1 - paid >= limits["cheap"],
        ),
        Step(
            id="service",
            seen=words.SEEN_SERVICE.fill(
                fte=word_heads(fte) if brief.rows("headcount") else words.NOT_STATED,
                hours=words.STATED if hours else words.NOT_STATED,
                reply=word_percent(reply),
            ),
            holds=None if reply is None else reply >= limits["answered"] and fte > 0,
        ),
    )


def _first(replies: Replies, name: str) -> Mapping[str, float]:
    """The one row of a reply without what it does not know; empty if it was not asked."""
    if name not in replies or replies[name].empty:
        return {}
    row = replies[name].iloc[0]
    return {str(key): float(value) for key, value in row.items() if not pd.isna(value)}
