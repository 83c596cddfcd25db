"""Whether the private domain is a club of the best members, and whether one set of rules gives a reason to join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.membership import _club_words as say
from diagnostics.checks.membership._benefit_words import NO_RULES
from diagnostics.checks.membership._benefits import (
    Benefits,
    draw_benefits,
    read_benefits,
    tabulate_benefits,
    tell_benefits,
)
from diagnostics.checks.membership._pool import (
    LEAST,
    Pool,
    ask_pool,
    doubt_pool,
    draw_pool,
    measure_pool,
    tell_pool,
)
from diagnostics.checks.membership._pool_tables import tabulate_pool
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BY_POOL = ("001-61", "002-25", "002-26", "002-47", "002-49")
BY_SHEET = ("000-10", "000-17", "002-07", "002-24")


@dataclass(frozen=True, kw_only=True)
class Club:
    """Who is in the private domain, and what the channels offer members; one may be `None`, where nothing tells it."""

    pool: Pool | None
    benefits: Benefits | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for top customers in the pool, members in it, and points."""
    return ask_pool(tables)


def measure(replies: Replies) -> Club | NotComputable:
    """Put the pool beside the best customers, and compare the channels' rules."""
    pool, benefits = measure_pool(replies), read_benefits(replies.engagement.brief)
    if pool is None and benefits is None:
        return NotComputable(reason=say.NEITHER.fill(n=word_number(LEAST)), unlocked_by=say.UNLOCK)
    return Club(pool=pool, benefits=benefits)


def judge(_measured: Club, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: an open private domain is a choice, and wording alone does not prove that anything is lost."""
    return ()


def tell(measured: Club) -> Text:
    """How many of the best are in the pool and what points are held; how rules differ, and the reason to join."""
    said = NOTHING if measured.pool is None else tell_pool(measured.pool)
    return said if measured.benefits is None else said + tell_benefits(measured.benefits)


def caveats(measured: Club) -> tuple[Text, ...]:
    """The client's own rule, and the logs that would tell what points and gifts do."""
    return () if measured.pool is None else doubt_pool(measured.pool)


def lacks(measured: Club) -> Mapping[str, Text]:
    """What rests on buyers in the pool, or on the sheet's rules, where these are not there."""
    too_few = say.TOO_FEW.fill(n=word_number(LEAST))
    by_pool = dict.fromkeys(BY_POOL, too_few) if measured.pool is None else {}
    return by_pool | (dict.fromkeys(BY_SHEET, NO_RULES) if measured.benefits is None else {})


def tabulate(measured: Club) -> tuple[Exhibit, ...]:
    """Who is in, points, benefits of the club, bridges by brand; rules that differ, and benefits by channel."""
    pool = () if measured.pool is None else tabulate_pool(measured.pool)
    return (*pool, *(() if measured.benefits is None else tabulate_benefits(measured.benefits)))


def draw(measured: Club, language: Language) -> Figure:
    """The share of top customers in the pool beside an open door; where it is not told, benefits by channel."""
    if measured.pool is not None:
        return draw_pool(measured.pool, language)
    return draw_benefits(measured.benefits, language)  # type: ignore[arg-type] # one of both is told


# 200 buyers, the first 40 of whom spend 500 and the others 100; the 40 and 20 others are contacts: 40 of 60 are top
# customers (66.7%, interval from 54%). 1,000 points at 100 for 1 are worth 10.
# Gold is reached at 1,000 in one channel and at 2,000 in the other; points differ; nothing is private only.
CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION,
    answers=(*BY_POOL, *BY_SHEET),
    finds=(),
    needs=(Need(table="order_lines"),),
    uses=("contacts",),
    judges=BY_SHEET,
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={
            "order_lines": "\n".join(
                [
                    "customer ordered_at paid_amount",
                    "z 2024-01-01 1",
                    *(f"c{i:03d} 2024-02-{1 + i % 28:02d} {500 if i < 40 else 100}" for i in range(200)),  # noqa: PLR2004 - the fifth
                ]
            ),
            "contacts": "\n".join(["contact customer added_at", *(f"k{i} c{i:03d} 2024-01-15" for i in range(60))]),
            "customers": (
                "customer channel is_member points\nc001 tmall true 600\nc002 tmall true 400\nc199 tmall true 0"
            ),
        },
        says="66.7% 是高价值客户（40 / 60，不设门槛时约 20%），高价值客户有 100.0% 进了私域：私域确实更集中高价值客户。"
        "2 人手里有 1,000 积分未用，按规则约值 10元。2 个渠道写了会员规则，发现 2 处不一致；私域专享权益 0 项；"
        "进私域没有任何专享，用户没有理由来",
        brief=Brief(
            answers={
                "member_system": "per_channel",
                "tiers": (
                    {"channel": "tmall", "tier": "金卡", "rule": "年消费满1000元"},
                    {"channel": "youzan", "tier": "金卡", "rule": "年消费满2000元"},
                ),
                "points_rules": (
                    {"channel": "tmall", "earn": "1元1分", "burn": "100分抵1元"},
                    {"channel": "youzan", "earn": "1元2分"},
                ),
                "benefits": ({"channel": "tmall", "tier": "金卡", "benefit": "生日礼", "private_only": False},),
            }
        ),
    ),
    place=60,
)
