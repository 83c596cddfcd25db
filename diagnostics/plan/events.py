"""What to know before each event ahead: who waits to be told, and what the last campaign of its kind brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts, shorten, word_change, word_date, word_number
from diagnostics.plan.material import Material, Row
from diagnostics.plan.section_tables import NO_DATA, build, read_number, read_text

MOST_EVENTS, MOST_AUDIENCES = 12, 3
TYPES = {
    "new_item": Text(zh="上新", en="new item"),
    "promo": Text(zh="大促", en="promotion"),
    "brand_event": Text(zh="品牌事件", en="brand event"),
    "member_day": Text(zh="会员日", en="member day"),
    "co_brand": Text(zh="联名", en="co-branding"),
    "live": Text(zh="直播", en="live session"),
}
AUDIENCE = Text(zh="{scenario} {n} 人", en="{scenario}: {n}")
LIFT = Text(
    zh="「{name}」（{day} 开始）净增 {low} 至 {high}：{verdict}",
    en="“{name}” (began {day}), net {low} to {high}: {verdict}",
)
BARE = Text(zh="「{name}」（{day} 开始）：{verdict}", en="“{name}” (began {day}): {verdict}")
NO_AUDIENCE = NO_DATA.fill(export=Text(zh="带客户的订单与行为记录", en="orders and events with their customers"))
NO_RESULT = NO_DATA.fill(
    export=Text(
        zh="营销日历与订单里同类活动的起止日",
        en="a campaign of this kind in the campaign calendar, with its days,",
    )
)
NOTE = Text(
    zh="人数是今天各场景在等的人，彼此会重叠，不可相加。同类 = 同名，或需求表里写了同一类型的活动；取最近一场。",
    en="People are those who wait in each scenario today; they overlap and are not to be added up. Of a kind are "
    "campaigns of the same name, or whose event has the same kind in the sheet; the latest is shown.",
)


def brief_events(material: Material, events: Sequence[Row]) -> Exhibit:
    """The events that are still ahead, in order of their days; all events if the day of the diagnosis is not known."""
    fields = (
        Field(name="date", label=Text(zh="日期", en="Date")),
        Field(name="event", label=Text(zh="节点", en="Event")),
        Field(name="type", label=Text(zh="类型", en="Kind")),
        Field(name="channel", label=Text(zh="平台", en="Platform")),
        Field(name="audience", label=Text(zh="可触达的客群", en="Whom to tell")),
        Field(name="last", label=Text(zh="上次同类活动", en="Last of its kind")),
    )
    audience = _name_audiences(material)
    rows = [
        {
            "date": word_date(day),
            "event": shorten(read_text(row, "event")),
            "type": TYPES.get(read_text(row, "type")),
            "channel": name_channel(read_text(row, "channel")) if read_text(row, "channel") else None,
            "audience": audience,
            "last": _tell_last(material, row, events),
        }
        for day, row in list_ahead(events, material.as_of)
    ]
    return build("events", Text(zh="活动前策略", en="Before each event"), fields, rows[:MOST_EVENTS], NOTE)


def list_ahead(events: Sequence[Row], as_of: date | None) -> Iterator[tuple[date, Row]]:
    """Events with their day, from the day of the diagnosis on."""
    for row in events:
        day = row.get("date")
        if isinstance(day, date) and (as_of is None or day >= as_of):
            yield day, row


def _name_audiences(material: Material) -> Text:
    rows = [(read_number(row, "audience") or 0.0, row) for row in material.rows("automation.scenarios", "scenarios")]
    waiting = sorted((one for one in rows if one[0] > 0), key=lambda one: -one[0])[:MOST_AUDIENCES]
    named = [
        AUDIENCE.fill(scenario=scenario, n=word_number(n))
        for n, row in waiting
        if isinstance(scenario := row["scenario"], Text)
    ]
    return join_texts(named) if named else NO_AUDIENCE


def _tell_last(material: Material, event: Row, events: Sequence[Row]) -> Text:
    kind = read_text(event, "type")
    names = {read_text(row, "event") for row in events if kind and read_text(row, "type") == kind}
    known = {shorten(name, 24) for name in (*names, read_text(event, "event")) if name}
    # The campaigns measured stand latest first.
    for row in material.rows("campaigns.lift", "campaigns"):
        name, start, verdict = row["name"], row["start"], row["verdict"]
        if isinstance(name, Text) and name.zh in known and isinstance(start, date) and isinstance(verdict, Text):
            low, high = read_number(row, "low"), read_number(row, "high")
            said = {"name": name, "day": word_date(start), "verdict": verdict}
            if low is None or high is None:
                return BARE.fill(**said)
            return LIFT.fill(low=word_change(low, 0), high=word_change(high, 0), **said)
    return NO_RESULT
