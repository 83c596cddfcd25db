"""Who speaks in groups, and whether anchors who keep groups of their own have livelier ones and sell better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.community import _host_words, _voice_words
from diagnostics.checks.community._hosts import (
    LEAST_OWNERS,
    Hosts,
    ask_hosts,
    draw_hosts,
    measure_hosts,
    tabulate_hosts,
    tell_hosts,
)
from diagnostics.checks.community._speakers import (
    WINDOW,
    Voices,
    ask_voices,
    draw_voices,
    judge_voices,
    measure_voices,
    tell_voices,
)
from diagnostics.checks.community._voice_tables import tabulate_voices
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# The capability that rests on hosts.
HOSTING = "002-28"


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Who speaks, and which anchors host: one may be `None`, where the statistics don't tell it."""

    voices: Voices | None
    hosts: Hosts | None
    limits: Limits


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask who speaks, and for owners and anchors."""
    return ask_voices(tables) | ask_hosts(tables)


def measure(replies: Replies) -> Groups | NotComputable:
    """Hold units against their like, and groups of anchors against the others."""
    voices, hosts = measure_voices(replies), measure_hosts(replies)
    if voices is None and hosts is None:
        return NotComputable(reason=_voice_words.NEITHER, unlocked_by=_voice_words.UNLOCKED_BY)
    return Groups(voices=voices, hosts=hosts, limits=find_limits("community.voices", LIMITS, replies.engagement))


def judge(measured: Groups, limits: Limits) -> tuple[Finding, ...]:
    """Raise groups in which only the company or a single customer speaks."""
    return () if measured.voices is None else judge_voices(measured.voices, limits)


def tell(measured: Groups) -> Text:
    """The company's share, groups in which only it or one customer speaks, and how lively groups of anchors are."""
    said = NOTHING if measured.voices is None else tell_voices(measured.voices, measured.limits)
    return said if measured.hosts is None else said + tell_hosts(measured.hosts)


def caveats(measured: Groups) -> tuple[Text, ...]:
    """On which source the figures rest; that anchors and owners may be written differently."""
    said = [_voice_words.NOT_TOLD]
    if measured.voices is not None:
        said = [_voice_words.SOURCE_VOICES if len(measured.voices.talkers) else _voice_words.SOURCE_DAYS]
    if measured.hosts is not None and not measured.hosts.anchors.has_group.any():
        said.append(_host_words.OTHER_CODES)
    return tuple(said)


def lacks(measured: Groups) -> Mapping[str, Text]:
    """Groups of anchors, where owners or anchors are not named."""
    return {} if measured.hosts is not None else {HOSTING: _host_words.NOT_TOLD}


def tabulate(measured: Groups) -> tuple[Exhibit, ...]:
    """The company's share, talkers and lone days, then groups of anchors beside the others."""
    voices = () if measured.voices is None else tabulate_voices(measured.voices)
    return (*voices, *(() if measured.hosts is None else tabulate_hosts(measured.hosts)))


def draw(measured: Groups, language: Language) -> Figure:
    """The units with the largest company share; groups of anchors where nobody tells who spoke."""
    if measured.voices is not None:
        return draw_voices(measured.voices, measured.limits, language)
    return draw_hosts(measured.hosts, language)  # type: ignore[arg-type] # one of both is told


LIMITS = (
    name_limit(
        "company",
        0.9,
        "公开观察里企业群平均七成来自企业；九成以上等于广告栏",
        "seven tenths is what a public observation found on average; nine tenths is a notice board",
    ),
    name_limit("messages", 60, "不足 60 条消息不判断", "under 60 messages nothing is judged"),
    name_limit(
        "talker", 0.5, "一半以上客户消息来自一个人", "more than half of the customers' messages come from one person"
    ),
    name_limit(
        "days_left",
        0.3,
        "去掉此人，有客户发言的日子只剩三成",
        "without that person three tenths of the days with a word are left",
    ),
    name_limit("lone_days", 0.7, "七成以上的日子只有一个人说话", "on seven days in ten a single person speaks"),
)


# Eight weeks of six groups: the company says 2 of 6, but 19 of 20 in one; in another one customer says all the rest,
# in the others four customers say one each. Of two anchors A1 owns groups, in which 30 of 100 members speak; in those
# of B, no anchor, 10 of 100 do.
def _say(group: int, day: int) -> list[str]:
    staff = f"2024-0{1 + day // 28}-{1 + day % 28:02} g{group} - s{group} true"
    if group == LOUD:
        return [f"{staff} 19", f"2024-0{1 + day // 28}-{1 + day % 28:02} g{group} c{day % 7} - false 1"]
    speakers = ["one"] * 4 if group == LONE else ["p", "q", "r", "t"]
    return [f"{staff} 2", *(f"2024-0{1 + day // 28}-{1 + day % 28:02} g{group} {name} - false 1" for name in speakers)]


LOUD, LONE = 5, 4
EXAMPLE_VOICES = "\n".join(
    [
        "day group contact staff is_staff messages",
        *(row for day in range(WINDOW) for g in range(6) for row in _say(g, day)),
    ]
)

CHECK = Check(
    question=_voice_words.QUESTION,
    definition=_voice_words.DEFINITION.fill(window=word_number(WINDOW), least=word_number(LEAST_OWNERS)),
    answers=(HOSTING,),
    finds=("community.monologue", "community.single_talker"),
    needs=(Need(table="group_days"),),
    limits=LIMITS,
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
            "group_voices": EXAMPLE_VOICES,
            "group_days": "day owner members_total members_active\n2024-02-05 A1 100 30\n2024-02-05 B 100 10",
            "live_sessions": "session channel anchor starts_at minutes paid_amount\n"
            "s1 douyin A1 2024-02-06 60 600\ns2 douyin A2 2024-02-07 60 300",
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-28 10",
        },
        # Five groups say 6 a day, of which 2 are the company's, the sixth 20, of which 19: 29 of 50.
        says="58.0% 的消息来自企业（95% 区间 58.0% 至 58.0%，6 个群）；1 个群几乎只有企业在说：g5；"
        "1 个群只靠一位客户撑着：g4。2 位主播里 1 位自己带社群，群内活跃 30.0%，其他群 10.0%",
        finds=(("community.monologue", {"group": "g5"}), ("community.single_talker", {"group": "g4"})),
    ),
    place=20,
    uses=("live_sessions",),
)
