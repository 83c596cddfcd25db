"""Whether enough people carry the tags that the planned segments need, and what each audience buys."""

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
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, NotComputable
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BY_TAGS = ("000-12", "001-18", "002-22")
BY_BUYERS = "001-82"


@dataclass(frozen=True, kw_only=True)
class Tagging:
    """Coverage of tags, and what audiences buy; whether tagged people can be found among buyers at all."""

    coverage: Coverage
    branches: Branches | None
    is_matched: bool


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the carriers of every planned tag, and for buyers of each category by audience."""
    return ask_coverage(tables) | ask_branches(tables)


def measure(replies: Replies) -> Tagging | NotComputable:
    """Read the carriers off, and the share of each audience's buyers who bought each category."""
    limits = find_limits("automation.tags", LIMITS, replies.engagement)
    coverage = read_coverage(replies, limits)
    if coverage is None:
        return NotComputable(reason=words.NO_TAGS, unlocked_by=words.UNLOCKED_BY)
    return Tagging(coverage=coverage, branches=read_branches(replies, limits), is_matched="categories" in replies)


def judge(measured: Tagging, limits: Limits) -> tuple[Finding, ...]:
    """Raise planned tags that too few carry; a liking is a chance, no trouble."""
    return judge_coverage(measured.coverage, limits)


def tell(measured: Tagging) -> Text:
    """How many are tagged and which planned tags are empty; the audiences that can be told, and the clearest liking."""
    said = tell_coverage(measured.coverage)
    return said if measured.branches is None else said + tell_branches(measured.branches)


def lacks(measured: Tagging) -> Mapping[str, Text]:
    """What audiences buy, where no audience can be told among buyers."""
    if measured.branches is not None:
        return {}
    return {BY_BUYERS: NO_BRANCH if measured.is_matched else NO_BUYERS}


def tabulate(measured: Tagging) -> tuple[Exhibit, ...]:
    """Planned tags, tags found, and audiences by category."""
    shown = tabulate_coverage(measured.coverage)
    return shown if measured.branches is None else (*shown, tabulate_branches(measured.branches))


def draw(measured: Tagging, language: Language) -> Figure:
    """Coverage of the planned tags, else of those found."""
    return draw_coverage(measured.coverage, language)


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
)

# Everybody carries a source, eight of 400 a skin type; VIP is rare by its meaning. Forty mothers buy wipes, forty
# others soap: all of the mothers against half of all tagged buyers.
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

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(*BY_TAGS, BY_BUYERS),
    finds=("people.tag_gap",),
    needs=(),
    uses=("contacts", "order_lines"),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    lacks=lacks,
    example=Example(
        tables={"contacts": EXAMPLE_CONTACTS, "order_lines": EXAMPLE_LINES},
        says="最少的是肤质（2.0%）。能识别的人群有 1 类：宝妈、孕妇 40 位买家；最明显的偏好是宝妈、孕妇买湿巾（100.0%，"
        "全部 50.0%）",
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
