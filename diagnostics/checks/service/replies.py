"""How long customers wait for an answer and with whom, and whether more of them delete or block the staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.service import _block_words as gone
from diagnostics.checks.service import _reply_words as say
from diagnostics.checks.service._blocks import (
    WINDOW,
    Blocks,
    ask_blocks,
    draw_blocks,
    judge_blocks,
    measure_blocks,
    tabulate_blocks,
    tell_blocks,
)
from diagnostics.checks.service._reply_tables import tabulate_waiting
from diagnostics.checks.service._waiting import (
    WINDOW_DAYS,
    Waiting,
    ask_waiting,
    draw_waiting,
    judge_waiting,
    measure_waiting,
    tell_waiting,
    track_waiting,
)
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# All of them are told by replies; no capability rests on blocks alone.
ANSWERS = ("003-28", "001-62", "001-81")


@dataclass(frozen=True, kw_only=True)
class Service:
    """How long customers wait, and who of them turns away: one may be `None`, where the statistics don't tell it."""

    waiting: Waiting | None
    blocks: Blocks | None
    limits: Limits


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for replies and for blocks, by staff and store and by week."""
    return ask_waiting(tables) | ask_blocks(tables)


def measure(replies: Replies) -> Service | NotComputable:
    """Hold units against their like, and blocks against those before."""
    waiting, blocks = measure_waiting(replies), measure_blocks(replies)
    if waiting is None and blocks is None:
        return NotComputable(reason=say.NEITHER.fill(days=word_number(2 * WINDOW)), unlocked_by=say.UNLOCKED_BY)
    return Service(waiting=waiting, blocks=blocks, limits=find_limits("service.replies", LIMITS, replies.engagement))


def judge(measured: Service, limits: Limits) -> tuple[Finding, ...]:
    """Raise who lets customers wait, and where blocks surged."""
    waiting = () if measured.waiting is None else judge_waiting(measured.waiting, limits)
    return (*waiting, *(() if measured.blocks is None else judge_blocks(measured.blocks, limits)))


def tell(measured: Service) -> Text:
    """How soon customers get an answer, who is slow, and whether more of them turn away."""
    said = NOTHING if measured.waiting is None else tell_waiting(measured.waiting, measured.limits)
    return said if measured.blocks is None else said + tell_blocks(measured.blocks, measured.limits)


def caveats(measured: Service) -> tuple[Text, ...]:
    """Where the figures come from, the hours of service, and that blocks are not told."""
    said = []
    if measured.waiting is not None:
        said.append(say.SOURCE_STAFF if measured.waiting.units else say.SOURCE_WHOLE)
        if measured.waiting.hours:
            said.append(say.HOURS.fill(hours=name_verbatim(shorten(measured.waiting.hours))))
    if measured.blocks is None:
        said.append(gone.NOT_TOLD.fill(days=word_number(2 * WINDOW)))
    return tuple(said)


def lacks(measured: Service) -> Mapping[str, Text]:
    """All that rests on replies, where they are not told."""
    return {} if measured.waiting is not None else dict.fromkeys(ANSWERS, say.NOT_TOLD)


def track(measured: Service) -> tuple[Reading, ...]:
    """How long a first reply takes, and the share answered on the day."""
    return () if measured.waiting is None else track_waiting(measured.waiting)


def tabulate(measured: Service) -> tuple[Exhibit, ...]:
    """Replies by store, staff and week with the service desk, then blocks by week, store and staff."""
    waiting = () if measured.waiting is None else tabulate_waiting(measured.waiting)
    return (*waiting, *(() if measured.blocks is None else tabulate_blocks(measured.blocks)))


def draw(measured: Service, language: Language) -> Figure:
    """The slowest units beside the median; blocks by week where replies are not told."""
    if measured.waiting is not None:
        return draw_waiting(measured.waiting, measured.limits, language)
    return draw_blocks(measured.blocks, language)  # type: ignore[arg-type] # one of both is told


LIMITS = (
    name_limit(
        "minutes",
        30,
        "半小时内客户多已离开会话；区间下限超过才提",
        "after half an hour most customers have left the chat",
    ),
    name_limit(
        "times", 2, "至少慢一倍，才超出排班与客群的差别", "twice as slow goes beyond rosters and kinds of customers"
    ),
    name_limit(
        "share_gap",
        0.15,
        "比同类多漏回一成半的会话，超出客群差别",
        "fifteen chats in a hundred more left unanswered goes beyond kinds of customers",
    ),
    name_limit(
        "whole_minutes",
        60,
        "电商平台常以一小时内回复为有效回复，全员平均超过即普遍偏慢",
        "marketplaces count a reply within the hour as valid; an average beyond it is slow everywhere",
    ),
    name_limit("whole_share", 0.7, "三成以上会话当日无人回复", "three in ten chats and more get no answer on the day"),
    name_limit(
        "ratio", 1.3, "即使按区间下限也比预期多三成", "three tenths above the expected even at the interval's low end"
    ),
    name_limit(
        "cases", 10, "多出不足十位客户不值得单列", "under ten customers more are not worth a finding of their own"
    ),
    name_limit(
        "lift", 0.33, "公开案例自述入群后复购人数增幅上限", "the upper end of the rise that a public case claims"
    ),
)

# 120 days of seven staff: six answer in 8 to 13 minutes, the seventh in 90, so the median is 11. Each of a to f is
# blocked every fourth day; f in the last 60 days four times a day: 240, not 15.
MINUTES = {"a": 8, "b": 9, "c": 10, "d": 11, "e": 12, "f": 13, "g": 90}
DAYS = pd.date_range("2024-01-01", periods=2 * WINDOW)
EXAMPLE_DAYS = "\n".join(
    [
        "day staff chats reply_share reply_minutes added blocked",
        *(
            f"{day:%Y-%m-%d} {staff} 20 0.95 {minutes + place // 7 % 2} 2 "
            f"{'-' if staff == 'g' else 4 if staff == 'f' and place >= WINDOW else int(place % 4 == 0)}"
            for place, day in enumerate(DAYS)
            for staff, minutes in MINUTES.items()
        ),
    ]
)

CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(days=word_number(WINDOW_DAYS), window=word_number(WINDOW)),
    answers=ANSWERS,
    finds=("service.slow_reply", "service.block_surge"),
    needs=(Need(table="staff_days", columns=("day",)),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"staff_days": EXAMPLE_DAYS, "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-04-29 10"},
        # 5 x 15 + 240 = 315 now against 90.
        says="当日回复占比 95.0%；明显慢于同事的有 1 个：g。最近 60 天有 315 位客户删除或拉黑员工，按之前应为 90 位",
        finds=(("service.slow_reply", {"staff": "g"}), ("service.block_surge", {"staff": "f"})),
    ),
    place=10,
)
