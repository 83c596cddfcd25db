"""Whether planned segments can be told apart by tags, what each buys, whose tags answer, and who follows up leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.automation import _tag_words as words
from diagnostics.checks.automation._branch_words import NO_BRANCH, NO_BUYERS
from diagnostics.checks.automation._branches import (
    Branches,
    ask_branches,
    read_branches,
    tabulate_branches,
    tell_branches,
)
from diagnostics.checks.automation._coverage import (
    Coverage,
    ask_coverage,
    draw_coverage,
    judge_coverage,
    read_coverage,
    tell_coverage,
)
from diagnostics.checks.automation._coverage_tables import tabulate_coverage
from diagnostics.checks.automation._leads import ask_leads, draw_leads, read_leads, tabulate_leads, tell_leads
from diagnostics.checks.automation._response_words import LEADS, LEADS_TOO, NO_LEADS, NO_TAGGED
from diagnostics.checks.automation._responses import (
    Responses,
    ask_responses,
    read_responses,
    tabulate_responses,
    tell_responses,
)
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, NotComputable
from diagnostics.model.wording import NOTHING, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BY_TAGS = ("000-12", "001-18", "002-22")
BY_BUYERS, BY_TOUCHES, BY_LEADS = "001-82", "000-47", "002-40"


@dataclass(frozen=True, kw_only=True)
class Tagging:
    """Coverage of tags, what audiences buy, response by tag, and leads by staff; `None` for what nothing tells.

    `is_matched`: tagged people can be found among buyers at all.
    """

    coverage: Coverage | None
    branches: Branches | None
    is_matched: bool
    responses: Responses | None
    leads: pd.DataFrame | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for carriers of every planned tag, buyers by audience, orders after touches by tag, and leads by staff."""
    return ask_coverage(tables) | ask_branches(tables) | ask_responses(tables) | ask_leads(tables)


def measure(replies: Replies) -> Tagging | NotComputable:
    """Read the carriers off, what the buyers of each audience bought, responses by tag, and leads."""
    limits = find_limits("automation.tags", LIMITS, replies.engagement)
    coverage, leads = read_coverage(replies, limits), read_leads(replies)
    if coverage is None and leads is None:
        return NotComputable(reason=words.NEITHER, unlocked_by=words.UNLOCKED_BY)
    return Tagging(
        coverage=coverage,
        branches=read_branches(replies, limits),
        is_matched="categories" in replies,
        responses=read_responses(replies, limits),
        leads=leads,
    )


def judge(measured: Tagging, limits: Limits) -> tuple[Finding, ...]:
    """Raise planned tags that too few carry; a liking is a chance, and differences in response are associations."""
    return () if measured.coverage is None else judge_coverage(measured.coverage, limits)


def tell(measured: Tagging) -> Text:
    """How many are tagged and which planned tags are empty; what audiences like; whose tags answer, and leads."""
    coverage = NOTHING if measured.coverage is None else tell_coverage(measured.coverage)
    branches = NOTHING if measured.branches is None else tell_branches(measured.branches)
    return coverage + branches + _tell_follow_up(measured)


def _tell_follow_up(measured: Tagging) -> Text:
    leads = measured.leads
    if measured.responses is not None:
        return tell_responses(measured.responses, NOTHING if leads is None else tell_leads(leads, LEADS_TOO))
    return NOTHING if leads is None else tell_leads(leads, LEADS)


def lacks(measured: Tagging) -> Mapping[str, Text]:
    """What rests on tags, on buyers or touches that meet them, or on lead statistics, where these are not there."""
    lacking = {} if measured.leads is not None else {BY_LEADS: NO_LEADS}
    if measured.coverage is None:
        return dict.fromkeys((*BY_TAGS, BY_BUYERS, BY_TOUCHES), words.NO_TAGS) | lacking
    if measured.branches is None:
        lacking[BY_BUYERS] = NO_BRANCH if measured.is_matched else NO_BUYERS
    if measured.responses is None:
        lacking[BY_TOUCHES] = NO_TAGGED
    return lacking


def tabulate(measured: Tagging) -> tuple[Exhibit, ...]:
    """Planned tags, tags found, audiences by category, response by tag, and leads by staff."""
    shown = () if measured.coverage is None else tabulate_coverage(measured.coverage)
    if measured.branches is not None:
        shown = (*shown, tabulate_branches(measured.branches))
    if measured.responses is not None:
        shown = (*shown, tabulate_responses(measured.responses))
    return shown if measured.leads is None else (*shown, tabulate_leads(measured.leads))


def draw(measured: Tagging, language: Language) -> Figure:
    """Coverage of the planned tags, else of those found; without tags follow-ups by staff."""
    if measured.coverage is not None:
        return draw_coverage(measured.coverage, language)
    return draw_leads(measured.leads, language)  # type: ignore[arg-type] # one of both is told


LIMITS = (
    Limit(
        name="people",
        value=300,
        reason=Text(zh="不足 300 人时不判断覆盖", en="coverage of fewer than 300 people is not judged"),
    ),
    Limit(
        name="tag",
        value=0.1,
        reason=Text(
            zh="一成都不到的标签分不出可用的人群", en="a tag that under a tenth carry yields no segment to work with"
        ),
    ),
    Limit(
        name="dimension",
        value=0.3,
        reason=Text(
            zh="单个标签可以少，整个维度不到三成就是没有在打标",
            en="single tags may be rare, but a dimension under 30% is not being filled",
        ),
    ),
    Limit(
        name="behind",
        value=0.25,
        reason=Text(
            zh="或不到自己其他规划标签中位覆盖的四分之一",
            en="or under a quarter of the median coverage of the client's other planned tags",
        ),
    ),
    Limit(
        name="least_buyers",
        value=30,
        reason=Text(zh="不足 30 位买家的占比不判断", en="shares of fewer than 30 buyers are not judged"),
    ),
    Limit(
        name="least_touches",
        value=30,
        reason=Text(zh="不足 30 次触达的占比不判断", en="shares of fewer than 30 touches are not judged"),
    ),
)

# Everybody carries a source, eight of 400 a skin type; VIP is rare by its meaning. Forty mothers buy wipes, forty
# others soap: all of the mothers against half of all tagged buyers. Ten of the soap buyers and 30 who buy nothing get a
# touch two days before: 25% of them order.
MOTHERS = range(40)
SKIN, MOTHER = ",肤质:干皮", ",宝妈"
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at category paid_amount",
        *(f"c{i} 2024-02-05 {'湿巾' if i in MOTHERS else '香皂'} 20" for i in range(80)),
        "c0 2024-01-01 湿巾 20",
        "c0 2024-02-29 湿巾 20",
    ]
)
EXAMPLE_CONTACTS = "\n".join(
    [
        "contact | customer | added_at | tags",
        *(
            f"k{i} | c{i} | 2024-01-05 | 来源:门店{SKIN if i % 50 == 0 else ''}{MOTHER if i in MOTHERS else ''}"
            for i in range(400)
        ),
    ]
)
EXAMPLE_TOUCHES = "\n".join(["customer touched_at", *(f"c{i} 2024-02-03" for i in range(70, 110))])

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(*BY_TAGS, BY_BUYERS, BY_TOUCHES, BY_LEADS),
    finds=("people.tag_gap",),
    needs=(),
    uses=("contacts", "order_lines", "lead_periods"),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    lacks=lacks,
    example=Example(
        tables={
            "contacts": EXAMPLE_CONTACTS,
            "order_lines": EXAMPLE_LINES,
            "touches": EXAMPLE_TOUCHES,
            "lead_periods": "staff followed added\ns1 12 5",
        },
        says="最少的是肤质（2.0%）。能识别的人群有 1 类：宝妈、孕妇 40 位买家；最明显的偏好是宝妈、孕妇买湿巾（100.0%，"
        "全部 50.0%）。本期触达有标签的人 40 次，25.0% 在 7 天内下单；最高的是“来源”（25.0%）；"
        "线索由 1 人跟进 12 次，添加 5 位客户",
        finds=(("people.tag_gap", {"tag": "肤质"}),),
        brief=Brief(
            answers={
                "tag_dictionary": (
                    {"tag": "来源", "dimension": "channel"},
                    {"tag": "肤质", "dimension": "preference"},
                    {"tag": "VIP", "dimension": "participation"},
                )
            }
        ),
    ),
    place=20,
)
