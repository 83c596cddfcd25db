"""Which ways of growth meet a rule, what they brought and cost, and how each can be done within the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.risk._mechanic_rules import LEVELS, MECHANICS, Level
from diagnostics.metrics.mechanics import count_added, count_pushes, count_referred
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_clauses,
    join_texts,
    name_verbatim,
    shorten,
    word_number,
    word_percent,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="在用的玩法有没有踩线，带来了什么？", en="Do the ways of growth in use cross a line, and what do they bring?"
)
DEFINITION = Text(
    zh="玩法按需求表的激励、券、储值、营销节点、引流方式与“玩法合规关注”，以及活动日志里的名称识别；识别靠字面，须在"
    "会上确认。"
    "分三级：不能做、有条件、注意，各写依据与合规的做法；这是提示，不是法律意见。效果只列能数的：按加粉计奖对应本期新"
    "增好友，"
    "裂变对应带来的新客；单位成本 = 费用 ÷ 数量，不等于增量。推送上限：每人每周收到的触达超过限值的人周占比。",
    en="Mechanics are recognised by words in the sheet (incentives, coupons, stored value, calendar, ways of "
    "acquisition, mechanics in doubt) and in the names of campaigns; to be confirmed in the session. Three levels: "
    "forbidden, allowed under conditions, allowed with care; each with its rule and a way within it: pointers, no "
    "legal advice. Effect is what can be counted: contacts added for pay per add, newcomers for referral; unit cost = "
    "cost over number, which is no gain. Push limit: share of person-weeks with more touches than the limit.",
)
NONE_FOUND = Text(zh="需求表与活动日志里没有写任何玩法", en="neither the sheet nor a campaign log names any mechanic")
UNLOCK = Text(
    zh="需求表的激励机制、玩法合规关注与营销节点；活动与投放日志",
    en="the sheet's incentives, mechanics in doubt and calendar; the campaign log",
)
ANSWER = Text(zh="识别出 {n} 种玩法：{parts}。", en="Ways of growth recognised: {n} ({parts}).")
PART = Text(zh="{level} {n} 种（{names}）", en="{n} {level}: {names}")
DOUBTED = Text(
    zh="客户拿不准的 {n} 条里有 {open} 条不在规则库，须请法务看。",
    en="Of {n} that the client doubts {open} are not in the library: ask a lawyer.",
)
PUSHED = Text(
    zh="{share} 的人周收到 {most} 次以上触达。", en="In {share} of person-weeks people got more than {most} touches."
)
NO_LOG = Text(
    zh="没有活动日志与触达日志：效果只算得出新增好友与裂变，推送上限与拒收查不了。",
    en="Without logs of campaigns and touches effect is known for adds and referral only, and push limits and refusals "
    "can't be checked.",
)
NO_CONSENT = Text(
    zh="客户的授权记录不在交付范围内，是否取得同意须由客户自查。",
    en="Records of consent are not part of the hand-over; whether it was given is for the client to check.",
)
WHERE: dict[str, Text] = {
    "doubt": Text(zh="合规关注", en="mechanics in doubt"),
    "incentives": Text(zh="激励机制", en="incentives"),
    "coupons": Text(zh="券政策", en="coupons"),
    "stored": Text(zh="储值", en="stored value"),
    "calendar": Text(zh="营销节点", en="event calendar"),
    "ways": Text(zh="引流方式", en="ways of acquisition"),
    "log": Text(zh="活动日志", en="campaign log"),
}
NAME = "risk.mechanics"
MOST_NAMES = 200


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One mechanic: where it was read, in which words, its cost (`None`: not stated) and what it brought."""

    id: str
    where: Text
    words: Text
    cost: float | None
    gained: float | None


@dataclass(frozen=True, kw_only=True)
class Mechanics:
    """All mechanics recognised, doubts of the client that no rule meets, and person-weeks over the push limit."""

    seen: tuple[Seen, ...]
    doubts: tuple[str, ...]
    open: tuple[str, ...]
    weeks: int | None
    over: int
    most: float

    def list_level(self, level: Level) -> tuple[Seen, ...]:
        """The mechanics of one level."""
        return tuple(one for one in self.seen if MECHANICS[one.id].level == level)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the names of campaigns, contacts added, newcomers by referral, and how often people were written to."""
    period = tables.engagement.horizon.current
    asked = {}
    if tables.has("campaigns", "campaign"):
        rows = tables["campaigns"]
        named = rows.group_by("campaign").agg(kind=rows.kind.min(), cost=rows.cost.sum())
        asked["campaigns"] = named.order_by("campaign").limit(MOST_NAMES)
    if tables.has("contacts", "contact", "added_at"):
        asked["adds"] = count_added(tables["contacts"], period)
    if tables.has("referrals", "joined"):
        asked["sharing"] = count_referred(tables["referrals"])
    if tables.has("touches", "customer", "touched_at"):
        limits = find_limits(NAME, LIMITS, tables.engagement)
        asked["pushes"] = count_pushes(tables["touches"], period, limits["a_week"])
    return asked


def measure(replies: Replies) -> Mechanics | NotComputable:
    """Recognise mechanics by their words and put cost and effect beside them."""
    brief = replies.engagement.brief
    read = [*_read_sheet(brief), *_read_log(replies)]
    found: dict[str, list[tuple[str, str, float | None]]] = {}
    for where, said, cost in read:
        for name, mechanic in MECHANICS.items():
            if mechanic.pattern.search(said):
                found.setdefault(name, []).append((where, said, cost))
    if "sharing" in replies:
        found.setdefault("sharing", [])
    if not found:
        return NotComputable(reason=NONE_FOUND, unlocked_by=UNLOCK)
    doubts = brief.choices("compliance_concern")
    pushes = replies["pushes"].iloc[0] if "pushes" in replies else None
    limits = find_limits(NAME, LIMITS, replies.engagement)
    order = [name for level in LEVELS for name in MECHANICS if MECHANICS[name].level == level]
    return Mechanics(
        seen=tuple(_describe(name, found[name], replies) for name in order if name in found),
        doubts=doubts,
        open=tuple(said for said in doubts if not any(one.pattern.search(said) for one in MECHANICS.values())),
        weeks=int(pushes.weeks) if pushes is not None and pushes.weeks else None,
        over=int(pushes.over or 0) if pushes is not None and pushes.weeks else 0,
        most=limits["a_week"],
    )


def _read_sheet(brief: Brief) -> Iterator[tuple[str, str, float | None]]:
    """Where, words and yearly cost of everything in the sheet that may be a mechanic."""
    for said in brief.choices("compliance_concern"):
        yield "doubt", said, None
    for row in brief.rows("incentives"):
        yield "incentives", f"{row.get('type')} {row.get('rule') or ''}", _number(row.get("cost"))
    for row in brief.rows("coupon_policy"):
        yield "coupons", str(row.get("type") or ""), None
    for row in brief.rows("events_calendar"):
        yield "calendar", str(row.get("event") or ""), _number(row.get("cost"))
    if brief.flag("stored_value"):
        yield "stored", "储值", None
    if "referral" in brief.choices("acquisition_ways"):
        yield "ways", "裂变", None


def _read_log(replies: Replies) -> Iterator[tuple[str, str, float | None]]:
    if "campaigns" in replies:
        for row in replies["campaigns"].to_dict("records"):
            yield "log", f"{row['campaign']} {row['kind'] or ''}", _number(row["cost"])


def _number(value: object) -> float | None:
    known = isinstance(value, int | float) and not isinstance(value, bool) and not pd.isna(value)
    return float(str(value)) if known else None


def _describe(name: str, read: list[tuple[str, str, float | None]], replies: Replies) -> Seen:
    costs = [cost for _, _, cost in read if cost is not None]
    cost = sum(costs) if costs else None
    gained = None
    if name in {"adds", "sharing"} and name in replies:
        row = replies[name].iloc[0]
        gained = _number(float(row.gained)) if not pd.isna(row.gained) else None
        if name == "sharing" and cost is None and not pd.isna(row.cost):
            cost = float(row.cost)
    places = list(dict.fromkeys(where for where, _, _ in read)) or ["log"]
    return Seen(
        id=name,
        where=join_texts(WHERE[place] for place in places),
        words=name_verbatim(shorten(read[0][1].replace("per_add", "").replace("commission", "").strip(), 24))
        if read
        else NOTHING,
        cost=cost,
        gained=gained,
    )


def judge(_measured: Mechanics, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: words point at a rule, whether it is broken is for a person to see."""
    return ()


def tell(measured: Mechanics) -> Text:
    """How many mechanics of each level, doubts that no rule meets, and the push limit."""
    parts = [
        PART.fill(
            level=LEVELS[level], n=word_number(len(seen)), names=join_texts(MECHANICS[one.id].name for one in seen)
        )
        for level in LEVELS
        if (seen := measured.list_level(level))
    ]
    said = ANSWER.fill(
        n=word_number(len(measured.seen)),
        parts=join_clauses(parts, zh="，"),
    )
    if measured.open:
        said += DOUBTED.fill(n=word_number(len(measured.doubts)), open=word_number(len(measured.open)))
    if measured.weeks:
        share = word_percent(measured.over / measured.weeks)
        said += PUSHED.fill(share=share, most=word_number(measured.most))
    return said


def caveats(measured: Mechanics) -> tuple[Text, ...]:
    """What can't be checked without logs, and that consent is for the client to check."""
    return (NO_CONSENT,) if measured.weeks else (NO_LOG, NO_CONSENT)


def tabulate(measured: Mechanics) -> tuple[Exhibit, ...]:
    """A mechanic a row with effect, cost and rule; and the client's doubts that no rule meets."""
    rows = [
        {
            "mechanic": MECHANICS[one.id].name,
            "where": one.where,
            "words": one.words,
            "level": LEVELS[MECHANICS[one.id].level],
            "cost": one.cost,
            "gained": one.gained,
            "each": one.cost / one.gained if one.cost is not None and one.gained else None,
            "rule": MECHANICS[one.id].rule,
            "way": MECHANICS[one.id].way,
        }
        for one in measured.seen
    ]
    fields = (
        Field(name="mechanic", label=Text(zh="玩法", en="Mechanic")),
        Field(name="where", label=Text(zh="见于", en="Read in")),
        Field(name="words", label=Text(zh="原文", en="Words")),
        Field(name="level", label=Text(zh="合规", en="Compliance")),
        Field(name="cost", label=Text(zh="费用", en="Cost"), unit="money"),
        Field(name="gained", label=Text(zh="带来人数", en="People gained"), unit="count"),
        Field(name="each", label=Text(zh="每人费用", en="Cost each"), unit="price"),
        Field(name="rule", label=Text(zh="依据", en="Rule")),
        Field(name="way", label=Text(zh="合规做法", en="Way within it")),
    )
    title = Text(zh="玩法的效果与合规", en="Mechanics: effect and compliance")
    shown = Exhibit(name="mechanics", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
    if not measured.open:
        return (shown,)
    doubts = pd.DataFrame({"doubt": [name_verbatim(shorten(said, 60)) for said in measured.open]}, dtype=object)
    field = Field(name="doubt", label=Text(zh="客户拿不准的玩法", en="What the client doubts"))
    title = Text(zh="规则库没有、须请法务看的", en="Not in the library: ask a lawyer")
    return shown, Exhibit(name="doubts", title=title, fields=(field,), frame=doubts)


def draw(measured: Mechanics, language: Language) -> Figure:
    """How many mechanics of each level."""
    counts = [len(measured.list_level(level)) for level in LEVELS]
    figure = draw_bars(
        [word.word(language) for word in LEVELS.values()],
        [float(count) for count in counts],
        [str(count) for count in counts],
        axis_label=Text(zh="玩法数", en="Mechanics").word(language),
        marked=[0] if counts[0] else [],
    )
    scale_count(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="a_week",
        value=3,
        reason=Text(
            zh="一周三次以上的触达，多数人会当作打扰；本工具的设定，可按品类改",
            en="more than three touches a week disturb most people; a setting of this workbook",
        ),
    ),
)

# Two contacts were added in the second of two months, at 12 in all: 6 each. Three levels of commission are forbidden.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-11",),
    finds=(),
    needs=(),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 9\n2024-02-29 9",
            "contacts": "contact added_at\nk1 2024-01-01\nk2 2024-02-02\nk3 2024-02-03",
        },
        says="识别出 2 种玩法：不能做 1 种（多级分销），注意 1 种（按加粉计奖）。客户拿不准的 2 条里有 1 条",
        brief=Brief(
            answers={
                "compliance_concern": ("三级奖金", "跨境代购"),
                "incentives": ({"type": "per_add", "rule": "每新增一位奖6元", "cost": 12.0},),
            }
        ),
    ),
    place=20,
)
