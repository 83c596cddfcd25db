"""The content plan: what the roadmap needs written, when it must be ready, and the calendar it has to fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from diagnostics.model.names import name_channel
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_date, word_days, word_number
from diagnostics.plan.actions import PHASES
from diagnostics.plan.events import TYPES, brief_events
from diagnostics.plan.material import Material, Row
from diagnostics.plan.phrases import list_ranks, word_rank
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import (
    FINDING,
    FROM_SHEET,
    NO_DATA,
    WHEN,
    build,
    drop_empty,
    judge_status,
    read_text,
)

CONTENT = "content"
# The capabilities that take the sheet's events, and those of them that are still ahead.
CALENDAR, BEFORE = "002-54", "001-23"
QUESTION = Text(zh="要写哪些内容，赶哪些节点？", en="What has to be written, and for which dates?")
ANSWER = Text(
    zh="路线图里 {n} 件动作要内容，共 {days}的工作，{first}先交 {rank} 的；{calendar}；{load}。",
    en="Actions of the roadmap that need content: {n}, {days} of work, {rank} first ({first}); {calendar}; {load}.",
)
NONE = Text(
    zh="路线图里没有动作要新内容；{calendar}；{load}。",
    en="No action of the roadmap needs new content; {calendar}; {load}.",
)
DATES = Text(
    zh="日历上有 {n} 个节点，第一个是{event}（{day}）", en="the calendar holds {n} dates, the first is {event} ({day})"
)
NO_DATES = Text(zh="需求表没有写营销节点", en="the sheet lists no events")
ONLY = Text(zh="日历上有 {n} 个节点", en="the calendar holds {n} dates")
TOUCHES = Text(zh="触达频次见活动一节", en="the load of touches stands in the section on campaigns")
NO_TOUCHES = Text(
    zh="推送效果没有数据：补触达记录即可看到", en="no data on what pushes bring: a log of touches would show it"
)


def plan_content(material: Material, roadmap: Roadmap) -> PlanSection:
    """The content work that chosen actions need, and the calendar by platform."""
    needed = [one for one in roadmap.chosen if one.candidate.action.days.get(CONTENT)]
    events = sorted(material.brief.rows("events_calendar"), key=lambda row: str(row.get("date") or ""))
    loads = material.rows("campaigns.fatigue", "loads")
    parts = {"calendar": _tell_dates(events), "load": TOUCHES if loads else NO_TOUCHES}
    if needed:
        days = sum(one.candidate.action.days[CONTENT] for one in needed)
        answer = ANSWER.fill(
            n=word_number(len(needed)),
            days=word_days(days),
            first=PHASES[needed[0].phase],
            rank=word_rank(needed[0].candidate.finding),
            **parts,
        )
    else:
        answer = NONE.fill(**parts)
    rows = [
        {
            "finding": word_rank(one.candidate.finding),
            "action": one.candidate.finding.action,
            "days": one.candidate.action.days[CONTENT],
            "when": PHASES[one.phase],
        }
        for one in needed
    ]
    briefing = brief_events(material, events)
    claims = {CALENDAR: bool(events), BEFORE: not briefing.frame.empty}
    return PlanSection(
        name="plan.content",
        chapter="12",
        question=QUESTION,
        answer=answer,
        status=judge_status(measured=bool(needed), stated=bool(events)),
        reason=NO_DATA.fill(
            export=Text(
                zh="营销节点（需求表，含已定的未来节点）与触达记录",
                en="the sheet's events, with those fixed ahead, and a log of touches",
            )
        ),
        exhibits=drop_empty([_draw_work(rows), _draw_calendar(events), briefing]),
        ranks=list_ranks(one.candidate.finding for one in needed),
        capabilities=("003-21", *(name for name, there in claims.items() if there)),
        lacking=tuple(name for name, there in claims.items() if not there),
    )


def _tell_dates(events: Sequence[Row]) -> Text:
    if not events:
        return NO_DATES
    first = next((row for row in events if isinstance(row.get("date"), date)), None)
    if first is None:
        return ONLY.fill(n=word_number(len(events)))
    day = first["date"]
    return DATES.fill(
        n=word_number(len(events)),
        event=name_verbatim(shorten(read_text(first, "event"))),
        day=word_date(day) if isinstance(day, date) else NOTHING,
    )


def _draw_work(rows: list[dict[str, object]]) -> Exhibit:
    fields = (
        FINDING,
        Field(name="action", label=Text(zh="动作", en="Action")),
        Field(name="days", label=Text(zh="内容人天", en="Days of content work"), unit="days"),
        WHEN,
    )
    return build("work", Text(zh="路线图需要的内容", en="Content that the roadmap needs"), fields, rows)


def _draw_calendar(events: Sequence[Row]) -> Exhibit:
    """The sheet's events in order of their days, with platform and cost as stated."""
    fields = (
        Field(name="date", label=Text(zh="日期", en="Date")),
        Field(name="event", label=Text(zh="节点", en="Event")),
        Field(name="type", label=Text(zh="类型", en="Kind")),
        Field(name="channel", label=Text(zh="平台", en="Platform")),
        Field(name="cost", label=Text(zh="费用", en="Cost"), unit="money"),
    )
    rows = [
        {
            "date": word_date(day) if isinstance(day := row.get("date"), date) else None,
            "event": shorten(read_text(row, "event")),
            "type": TYPES.get(read_text(row, "type")),
            "channel": name_channel(read_text(row, "channel")) if read_text(row, "channel") else None,
            "cost": row.get("cost"),
        }
        for row in events
    ]
    title = Text(zh="各平台营销节点", en="Calendar by platform")
    return build("calendar", title, fields, rows, FROM_SHEET.fill(field=Text(zh="营销节点", en="event calendar")))
