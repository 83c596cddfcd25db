"""Functions of the data platform, links of the feedback loop, blockers and containers, from sheet and data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.facts import Fact
from diagnostics.checks.systems import _capability_words as words
from diagnostics.model.names import MEETING_IDS, name_channel
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.checks.check import Limits
    from diagnostics.model.brief import Brief

CONNECTED = frozenset({"api", "realtime"})
SCRM = re.compile(r"scrm|企微|企业微信|wecom", re.IGNORECASE)
ORDERS = re.compile(r"erp|oms|pos|订单|商城|有赞|微盟|order|shop", re.IGNORECASE)
OWN = frozenset({"store", "website", "own_app", "dealer"})
# By name or purpose, which system serves which function.
SERVES: dict[str, re.Pattern[str]] = {
    "collect": re.compile(r"cdp|crm|erp|oms|pos|数据|订单|会员|data|order|member", re.IGNORECASE),
    "identify": re.compile(r"cdp|crm|会员|member", re.IGNORECASE),
    "profile": re.compile(r"cdp|scrm|crm|画像|profile", re.IGNORECASE),
    "segment": re.compile(r"cdp|scrm|\bma\b|分群|segment", re.IGNORECASE),
    "trigger": re.compile(r"\bma\b|自动化|scrm|企微|automation", re.IGNORECASE),
    "measure": re.compile(r"\bbi\b|\bma\b|cdp|报表|分析|analy", re.IGNORECASE),
}
LEAST_SETS, LEAST_DIMENSIONS = 3, 2
# How the sheet's words name a container.
NAMED: dict[str, re.Pattern[str]] = {
    "wecom": re.compile(r"企微|企业微信|导购|wecom", re.IGNORECASE),
    "personal_wechat": re.compile(r"个微|个人微信|personal", re.IGNORECASE),
    "group": re.compile(r"群|group", re.IGNORECASE),
    "official_account": re.compile(r"公众号|official", re.IGNORECASE),
    "miniprogram": re.compile(r"小程序|商城|有赞|mini", re.IGNORECASE),
    "channels": re.compile(r"视频号|channels", re.IGNORECASE),
    "app": re.compile(r"app|应用", re.IGNORECASE),
    "sms": re.compile(r"短信|sms", re.IGNORECASE),
}


@dataclass(frozen=True, kw_only=True)
class Blocker:
    """What keeps data apart, whether inside or outside, and who is to remove it."""

    name: Text
    is_inside: bool
    cause: str
    owner: Text


def read_functions(brief: Brief, seen: Mapping[str, float], limits: Limits) -> tuple[Fact, ...]:
    """The six functions; `seen` holds contacts, matched, tagged and answers, as far as they are known."""
    contacts = seen.get("contacts") or 0.0
    sets = {row.get("dataset") for row in brief.rows("key_types")}
    dimensions = {row.get("dimension") for row in brief.rows("tag_dictionary")} - {None}
    live = any(row.get("live") is True for row in brief.rows("automation"))
    told: dict[str, tuple[bool | None, Text]] = {
        "collect": (len(sets) >= LEAST_SETS if sets else None, word_number(len(sets)) if sets else NOTHING),
        "identify": _share(seen.get("matched"), contacts, limits["matched"]),
        "profile": _share(seen.get("tagged"), contacts, limits["tagged"]),
        "segment": (len(dimensions) >= LEAST_DIMENSIONS, word_number(len(dimensions))),
        "trigger": (live, NOTHING),
        "measure": (seen["answers"] > 0 if "answers" in seen else None, NOTHING),
    }
    return tuple(Fact(id=name, name=words.TESTS[name], holds=holds, seen=said) for name, (holds, said) in told.items())


def _share(part: float | None, whole: float, least: float) -> tuple[bool | None, Text]:
    if part is None or not whole:
        return None, NOTHING
    return part / whole >= least, word_percent(part / whole)


def find_serving(brief: Brief, function: str) -> list[str]:
    """The systems that serve a function, by their name or purpose."""
    return [
        str(row["system"])
        for row in brief.rows("systems")
        if row.get("system") and SERVES[function].search(f"{row['system']} {row.get('purpose') or ''}")
    ]


def read_loop(brief: Brief, seen: Mapping[str, float], limits: Limits) -> tuple[Fact, ...]:
    """The links on which a purchase comes back to the people who serve the customer."""
    rows = brief.rows("systems")
    said = [(f"{row.get('system')} {row.get('purpose') or ''}", row.get("integration") in CONNECTED) for row in rows]
    tools = [linked for name, linked in said if SCRM.search(name)]
    orders = [linked for name, linked in said if ORDERS.search(name)]
    contacts = seen.get("contacts") or 0.0
    told: dict[str, bool | None] = {
        "tool": bool(tools),
        "tool_link": any(tools),
        "order_link": any(orders),
        "known": _share(seen.get("matched"), contacts, limits["matched"])[0],
        "tagged": _share(seen.get("tagged"), contacts, limits["tagged"])[0],
    }
    return tuple(Fact(id=name, name=words.LOOP[name], holds=holds) for name, holds in told.items())


def list_blockers(brief: Brief) -> tuple[Blocker, ...]:
    """Systems without an interface, then platforms whose members can't be recognised elsewhere."""
    found = [
        Blocker(
            name=name_verbatim(shorten(str(row["system"]))),
            is_inside=True,
            cause=str(row.get("integration")),
            owner=name_verbatim(shorten(str(row["owner"]))) if row.get("owner") else words.NOBODY,
        )
        for row in brief.rows("systems")
        if row.get("system") and row.get("integration") in {"none", "file"}
    ]
    for row in brief.rows("bridge_status"):
        status = row.get("status")
        if status == "live" and row.get("id_type") in MEETING_IDS:
            continue
        channel = name_channel(str(row.get("channel")))
        cause = "within" if status == "live" else "planned" if status == "planned" else "open"
        owner = words.PLATFORM_OWNER.fill(channel=channel)
        is_own = row.get("channel") in OWN
        found.append(Blocker(name=channel, is_inside=is_own, cause=cause, owner=owner))
    return tuple(found)


def read_container(brief: Brief, kind: str, logs: Mapping[str, bool]) -> dict[str, bool | None]:
    """Whether a container is worked on by segments, with a log of pushes, entry codes and automation.

    `logs` tells of containers whose pushes were delivered as data. `None`: neither sheet nor data tell.
    """
    codes = [
        bool(row.get("entry_code/state"))
        for row in brief.rows("touchpoints")
        if NAMED[kind].search(f"{row.get('touchpoint')} {row.get('next_step') or ''}")
    ]
    automations = brief.rows("automation")
    return {
        "segments": _read_segments(brief, kind),
        "log": logs.get(kind),
        "codes": any(codes) if codes else None,
        "automation": any(
            row.get("live") is True and NAMED[kind].search(str(row.get("channel"))) for row in automations
        )
        if automations
        else None,
    }


def _read_segments(brief: Brief, kind: str) -> bool | None:
    if kind == "group":
        kinds = {row.get("type") for row in brief.rows("groups_list")} - {None}
        return len(kinds) > 1 if kinds else None
    if kind in {"wecom", "personal_wechat"}:
        levels = {row.get("level") for row in brief.rows("accounts_matrix")} - {None}
        return len(levels) > 1 if levels else None
    return None
