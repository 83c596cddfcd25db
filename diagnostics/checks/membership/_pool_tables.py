"""The tables of the club: who is in, points by channel, benefits, and bridges by brand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.membership import _club_words as say
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, name_verbatim, shorten
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from diagnostics.checks.membership._pool import Pool

MOST_ROWS = 15
LONGEST = 18


def tabulate_pool(measured: Pool) -> tuple[Exhibit, ...]:
    """Who is in; points by channel; benefits of the club; bridges by brand."""
    shown = [_show_pool(measured)]
    if not measured.points.empty:
        shown.append(_show_points(measured))
    if measured.benefits:
        shown.append(_show_benefits(measured))
    if measured.bridges:
        shown.append(_show_bridges(measured))
    return tuple(shown)


def _show_pool(measured: Pool) -> Exhibit:
    low, high = measured.interval
    rows: list[dict[str, object]] = [
        {
            "group": Text(zh="私域买家中的高价值客户", en="Top customers among buyers in the pool"),
            "n": measured.reached,
            "inside": measured.reached_top,
            "share": measured.reached_top / measured.reached,
            "low": low,
            "high": high,
        }
    ]
    pairs = (
        (Text(zh="高价值客户中已进私域", en="Top customers who are in"), measured.top, measured.reached_top),
        (Text(zh="会员中已进私域", en="Members who are in"), measured.members, measured.members_reached),
    )
    for name, n, inside in pairs:
        if n and inside is not None:
            low, high = (float(end) for end in wilson(inside, n))
            rows.append({"group": name, "n": n, "inside": inside, "share": inside / n, "low": low, "high": high})
    fields = (
        Field(name="group", label=Text(zh="看谁", en="Who")),
        Field(name="n", label=Text(zh="人数", en="People"), unit="count"),
        Field(name="inside", label=Text(zh="其中", en="Of these"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        *interval_fields("share"),
    )
    title = Text(zh="私域的门槛：谁在里面", en="The threshold: who is in the private domain")
    return Exhibit(name="pool", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_points(measured: Pool) -> Exhibit:
    worth = [
        points * measured.rates[channel] if channel in measured.rates else None
        for channel, points in zip(measured.points.channel, measured.points.points, strict=True)
    ]
    frame = measured.points.assign(worth=pd.Series(worth, dtype=object))
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="known", label=Text(zh="有积分账户", en="With an account"), unit="count"),
        Field(name="holders", label=Text(zh="持有积分", en="Holding points"), unit="count"),
        Field(name="points", label=Text(zh="积分余额", en="Points held"), unit="count"),
        Field(name="worth", label=Text(zh="按规则折合", en="Worth by the rule"), unit="money"),
    )
    title = Text(zh="未使用的积分", en="Points not used yet")
    return Exhibit(name="points", title=title, fields=fields, frame=frame)


def _find_kind(benefit: str) -> Text:
    lowered = benefit.lower()
    return next(
        (name for name, words in say.KINDS.values() if any(word in lowered for word in words)), say.KINDS["other"][0]
    )


def _show_benefits(measured: Pool) -> Exhibit:
    rows = [
        {
            "benefit": name_verbatim(shorten(str(row.get("benefit") or ""), LONGEST)),
            "kind": _find_kind(str(row.get("benefit") or "")),
            "channel": str(row.get("channel") or ""),
            "open": say.PRIVATE if row.get("private_only") is True else say.ALL,
            "cost": row.get("cost"),
        }
        for row in sorted(measured.benefits, key=lambda row: row.get("private_only") is not True)[:MOST_ROWS]
    ]
    fields = (
        Field(name="benefit", label=Text(zh="权益", en="Benefit")),
        Field(name="kind", label=Text(zh="类型", en="Kind")),
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="open", label=Text(zh="给谁", en="Open to")),
        Field(name="cost", label=Text(zh="单人成本", en="Cost a member"), unit="price"),
    )
    title = Text(zh="俱乐部的权益（私域专享在前）", en="Benefits of the club, private ones first")
    return Exhibit(name="benefits", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_bridges(measured: Pool) -> Exhibit:
    rows = [
        {
            "brand": name_verbatim(shorten(str(row.get("brand") or ""), LONGEST))
            if row.get("brand")
            else say.NOT_STATED,
            "channel": name_channel(str(row.get("channel") or "")),
            "status": say.STATUS.get(str(row.get("status")), say.NOT_STATED),
        }
        for row in sorted(measured.bridges, key=lambda row: str(row.get("brand") or ""))[:MOST_ROWS]
    ]
    fields = (
        Field(name="brand", label=Text(zh="品牌", en="Brand")),
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="status", label=Text(zh="会员打通", en="Bridge of members")),
    )
    title = Text(zh="各品牌的会员打通", en="Bridges of members by brand")
    return Exhibit(name="bridges", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
