"""In which stage customers stand, which segments they form, and whether more of the loyal ones than usual lapse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.known_people import ask_identity, read_identity, say_people
from diagnostics.checks.people import _stages_words as words
from diagnostics.checks.people._customer_groups import cross_moves, name_segments, name_stages
from diagnostics.checks.people._lapse_waves import SEGMENTS, state_wave, tabulate_waves, tell_waves
from diagnostics.checks.people._stages_tables import draw_segments, tabulate_stages
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.stages import (
    count_lapses,
    count_moves,
    count_stages,
    measure_gaps,
    segment_customers,
    stage_customers,
)
from diagnostics.model.period import Period
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_days, word_money, word_number, word_percent
from diagnostics.statistics.lapse_waves import YEAR_DAYS, Wave, read_waves

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.overlap_bounds import Base as IdentityBase

QUESTION = Text(
    zh="客户处在哪个阶段，哪些消费正面临流失？", en="In which stage are customers, and which spend is about to be lost?"
)
DEFINITION = Text(
    zh="购买间隔 = 同一客户相邻两个购买日相隔的整天数，只计已经结束的间隔（因此比计入未回来者的复购周期短）。流失线 "
    "= 90% 的间隔在此之内结束；"
    "预警线 = 75%。"
    "阶段（按最近一次购买）：流失 = 沉默超过流失线；预流失 = 超过预警线；召回 = 上一次间隔超过流失线后又回来；"
    "成熟 = 三个及以上购买日；成长 = 两个；首购 = 一个。"
    "RFM：近 12 个月买家，R 近 = 沉默不超过间隔中位数，F 高 = 两个及以上购买日，M 高 = 消费不低于买家中位数。"
    "流失潮：活跃的复购客户在一条流失线的天数内没有再买的比例，与一年前（或上一期末）同一算法相比。",
    en="Gap = whole days between two consecutive purchase days of a customer; gaps still open do not count, so it is "
    "shorter than a cycle that allows for them. Lapse "
    "line = 90% of gaps end within it; warning line = 75%. Stages by the latest purchase: lapsed = silent beyond the "
    "lapse line; drifting = beyond the warning line; recalled = came back after a gap beyond the lapse line; mature = "
    "three purchase days or more; growing = two; new = one. RFM, buyers of the last 12 months: recent = silent for no "
    "longer than the median gap; frequent = two purchase days or more; high = spend at or above the buyers' median. "
    "Lapse wave: the share of active repeat customers who do not buy for the length of a lapse line, against the same "
    "share at the end of the comparison period.",
)
LEAST_GAPS = 100


@dataclass(frozen=True, kw_only=True)
class Stages:
    """Lines of silence, stages, segments, moves between stages, and lapses now and before."""

    median_gap: float
    warning_line: float
    lapse_line: float
    stages: pd.DataFrame
    segments: pd.DataFrame
    moves: pd.DataFrame
    waves: tuple[Wave, ...]
    is_short: bool
    currency: str
    identity: IdentityBase | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for gaps, stages, segments, and, with a comparison period, for moves and lapses."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    days = tables.keep(follow_purchases(within(lines, horizon.history)))
    gaps = tables.share(measure_gaps(days))
    since = max(horizon.history.start, horizon.as_of - timedelta(days=YEAR_DAYS))
    now = tables.share(stage_customers(days, gaps, horizon.as_of, since))
    year = days.filter(days.day >= ibis.date(since.isoformat()))
    asked = {
        "gaps": gaps,
        "stages": count_stages(now),
        "segments": segment_customers(year, gaps, horizon.as_of),
        "identity": ask_identity(within(lines, Period(start=since, end=horizon.as_of))),
    }
    if horizon.previous is not None:
        span = (horizon.previous.end - horizon.history.start).days
        asked["moves"] = count_moves(stage_customers(days, gaps, horizon.previous.end, since), now)
        asked["lapses"] = count_lapses(days, gaps, horizon.current.end, span)
        asked["lapses_before"] = count_lapses(days, gaps, horizon.previous.end, span)
    return asked


def measure(replies: Replies) -> Stages | NotComputable:
    """Name stages and segments, and set lapses against those of the comparison period."""
    gaps = replies["gaps"].iloc[0]
    if gaps.gaps < LEAST_GAPS:
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(float(gaps.gaps))))
    horizon = replies.engagement.horizon
    line = float(gaps.lapse_line)
    previous = horizon.previous
    is_short = previous is None or (previous.end - horizon.history.start).days < 2 * line
    waves = () if is_short else read_waves(replies["lapses"], replies["lapses_before"], SEGMENTS)
    return Stages(
        median_gap=float(gaps.median_gap),
        warning_line=float(gaps.warning_line),
        lapse_line=line,
        stages=name_stages(replies["stages"]),
        segments=name_segments(replies["segments"]),
        moves=cross_moves(replies["moves"]) if "moves" in replies else pd.DataFrame(),
        waves=waves,
        is_short=is_short,
        currency=replies.engagement.currency,
        identity=read_identity(replies["identity"]),
    )


def judge(measured: Stages, limits: Limits) -> tuple[Finding, ...]:
    """Raise a segment in which clearly more active repeat customers lapse than before."""
    return tuple(state_wave(measured, wave) for wave in measured.waves if wave.low > limits["rise"])


def tell(measured: Stages) -> Text:
    """The lines, the best segment, the spend at risk, the lapse rate."""
    segments, stages = measured.segments, measured.stages.set_index("id")
    best = segments[(segments.recent == 1) & (segments.frequent == 1) & (segments.high == 1)]
    said = words.ANSWER.fill(
        n=word_number(float(segments.customers.sum())),
        share=word_percent(float(best.customer_share.sum())),
        gmv_share=word_percent(float(best.gmv_share.sum())),
        risk=word_money(float(stages.gmv.reindex(["drifting", "lapsed"]).sum()), measured.currency),
    )
    return said + tell_waves(measured.waves)


def caveat(measured: Stages) -> tuple[Text, ...]:
    """How many people the customers are, and where the wave could not be judged."""
    short = (words.SHORT.fill(line=word_days(measured.lapse_line)),) if measured.is_short else ()
    return (*say_people(measured.identity), *short)


def tabulate(measured: Stages) -> tuple[Exhibit, ...]:
    """Segments, stages, moves and lapses."""
    return (*tabulate_stages(measured), *tabulate_waves(measured))


def draw(measured: Stages, language: Language) -> Figure:
    """Each segment's share of spend; those with high spend who are silent stand out."""
    return draw_segments(measured, language)


# Everybody buys every third day, so median and lapse line are 3 days. All of the 120 January customers still buy in
# the last three days of January; of the 120 February customers 60 no longer do: 0 % then, 50 % now.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "early 2024-01-01 10",
        "late 2024-02-29 10",
        *(f"a{i} 2024-01-{day} 100" for i in range(120) for day in (22, 25, 28, 31)),
        *(f"b{i} 2024-02-{day} 100" for i in range(120) for day in (20, 23, 26)),
        *(f"b{i} 2024-02-28 100" for i in range(60)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-13", "000-18", "003-29"),
    finds=("retention.lapse_wave",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="rise",
            value=0.03,
            reason=Text(
                zh="流失率升幅的下限超过 3 个百分点才提出，季节与活动错位常带来更小的波动",
                en="raised only if even the lower end of the rise exceeds 3 points; shifted promotions move it by less",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveat,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="流失率为 50.0%，上一期末为 0.0%",
        finds=(("retention.lapse_wave", {"segment": "repeat_high"}),),
    ),
    place=40,
)
