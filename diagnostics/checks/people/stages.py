"""In which stage customers stand, which segments they form, and whether more of the loyal ones than usual lapse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.known_people import ask_identity, read_identity, say_people
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
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.period import Period
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_points,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.lapse_waves import YEAR_DAYS, Wave, read_waves

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

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
TOO_FEW = Text(
    zh="只观察到 {n} 个购买间隔，不足以确定流失线",
    en="only {n} gaps between purchases were observed, too few for a line",
)
ANSWER = Text(
    zh="近 12 个月 {n} 位买家中，重要价值客户占 {share}、贡献 {gmv_share} 的消费；预流失与流失客户此间共消费 {risk}。",
    en="Of {n} buyers of the last 12 months, {share} are of key value and bring {gmv_share} of spend; those who drift "
    "or have lapsed spent {risk} in that time.",
)
WAVE = Text(
    zh="活跃复购客户的流失率为 {now}，上一期末为 {before}。",
    en="Of active repeat customers {now} have lapsed, against {before} at the end of the comparison period.",
)
TITLE = Text(
    zh="{segment}正在成批流失：流失率由 {before} 升至 {now}，按此速度每年约损失 {loss}",
    en="{segment} lapse in a wave: from {before} to {now}, at this pace about {loss} a year",
)
CAUSE = Text(
    zh="活跃的复购客户（n = {n}）中，{now} 在 {line} 内没有再买，上一期末为 {before}；"
    "多出 {gap}（95% 下限 {low}），相当于 {extra} 位客户，留下来的人同期人均消费 {each}。",
    en="Of active repeat customers (n = {n}) {now} did not buy again within {line}, {before} at the end of the "
    "comparison period: {gap} more (95% lower end {low}), or {extra} customers; those who stayed spent {each} each in "
    "that time.",
)
ACTION = Text(
    zh="把越过预警线、未到流失线的复购客户拉成名单，由导购按上次购买品类一对一回访；越过流失线的另设召回权益，两组分开"
    "核算。",
    en="List repeat customers between the warning line and the lapse line and have guides contact them about what they "
    "bought last; give those beyond the line a benefit of their own and account for both groups apart.",
)
STOP = Text(
    zh="两轮回访后，名单客户 60 天回购率不高于随机留出的未触达对照组，则停止并改查商品与价格。",
    en="Stop if after two rounds those contacted return within 60 days no more than a random group left out; look at "
    "products and prices instead.",
)
SHORT = Text(
    zh="历史不足两条流失线（{line}），流失潮无法与上一期比较，未作判断。",
    en="The history is shorter than two lapse lines ({line}), so the wave cannot be compared and is not judged.",
)
LEAST_GAPS = 100
SEGMENTS = {1: "repeat_high", 0: "repeat_low"}
SEGMENT_NAMES = {
    "repeat_high": Text(zh="高消费复购客户", en="Repeat customers with high spend"),
    "repeat_low": Text(zh="低消费复购客户", en="Repeat customers with low spend"),
}
STAGES = {
    "new": Text(zh="首购", en="New"),
    "growing": Text(zh="成长", en="Growing"),
    "mature": Text(zh="成熟", en="Mature"),
    "recalled": Text(zh="召回", en="Recalled"),
    "drifting": Text(zh="预流失", en="Drifting"),
    "lapsed": Text(zh="流失", en="Lapsed"),
}
# Recent, frequent, high: the name of the segment and what to do with it.
RFM = {
    (1, 1, 1): (Text(zh="重要价值", en="Key: value"), Text(zh="专属顾问与新品优先", en="own adviser, new items first")),
    (0, 1, 1): (Text(zh="重要保持", en="Key: keep"), Text(zh="一对一回访，问清原因", en="call, ask for the reason")),
    (1, 0, 1): (Text(zh="重要发展", en="Key: develop"), Text(zh="引导第二单", en="lead to a second order")),
    (0, 0, 1): (Text(zh="重要挽留", en="Key: win back"), Text(zh="高价值召回权益", en="a strong reason to return")),
    (1, 1, 0): (Text(zh="一般价值", en="General: value"), Text(zh="连带推荐提客单", en="raise spend per order")),
    (0, 1, 0): (Text(zh="一般保持", en="General: keep"), Text(zh="自动化周期提醒", en="automatic reminders")),
    (1, 0, 0): (Text(zh="一般发展", en="General: develop"), Text(zh="新客培育流程", en="welcome programme")),
    (0, 0, 0): (Text(zh="一般挽留", en="General: win back"), Text(zh="低成本群发，不投人力", en="cheap sends only")),
}


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
        return NotComputable(reason=TOO_FEW.fill(n=word_number(float(gaps.gaps))))
    horizon = replies.engagement.horizon
    line = float(gaps.lapse_line)
    previous = horizon.previous
    is_short = previous is None or (previous.end - horizon.history.start).days < 2 * line
    waves = () if is_short else read_waves(replies["lapses"], replies["lapses_before"], SEGMENTS)
    return Stages(
        median_gap=float(gaps.median_gap),
        warning_line=float(gaps.warning_line),
        lapse_line=line,
        stages=_name_stages(replies["stages"]),
        segments=_name_segments(replies["segments"]),
        moves=_cross_moves(replies["moves"]) if "moves" in replies else pd.DataFrame(),
        waves=waves,
        is_short=is_short,
        currency=replies.engagement.currency,
        identity=read_identity(replies["identity"]),
    )


def judge(measured: Stages, limits: Limits) -> tuple[Finding, ...]:
    """Raise a segment in which clearly more active repeat customers lapse than before."""
    return tuple(_find(measured, wave) for wave in measured.waves if wave.low > limits["rise"])


def tell(measured: Stages) -> Text:
    """The lines, the best segment, the spend at risk, the lapse rate."""
    segments, stages = measured.segments, measured.stages.set_index("id")
    best = segments[(segments.recent == 1) & (segments.frequent == 1) & (segments.high == 1)]
    said = ANSWER.fill(
        n=word_number(float(segments.customers.sum())),
        share=word_percent(float(best.customer_share.sum())),
        gmv_share=word_percent(float(best.gmv_share.sum())),
        risk=word_money(float(stages.gmv.reindex(["drifting", "lapsed"]).sum()), measured.currency),
    )
    return said + _tell_wave(measured.waves)


def caveat(measured: Stages) -> tuple[Text, ...]:
    """How many people the customers are, and where the wave could not be judged."""
    short = (SHORT.fill(line=word_days(measured.lapse_line)),) if measured.is_short else ()
    return (*say_people(measured.identity), *short)


def tabulate(measured: Stages) -> tuple[Exhibit, ...]:
    """Segments, stages, moves and lapses."""
    customers = Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count")
    money = (
        Field(name="gmv", label=Text(zh="近 12 个月消费", en="Spend, 12 months"), unit="money"),
        Field(name="customer_share", label=Text(zh="客户占比", en="Share of customers"), unit="share"),
        Field(name="gmv_share", label=Text(zh="消费占比", en="Share of spend"), unit="share"),
    )
    cuts = Text(
        zh="R 切点 {days}，F 切点 2 个购买日，M 切点 {money}", en="Cut-points: R {days}, F 2 purchase days, M {money}"
    )
    segments = Exhibit(
        name="segments",
        title=Text(zh="RFM 八类客户（近 12 个月买家）", en="Eight RFM segments, buyers of the last 12 months"),
        fields=(
            Field(name="name", label=Text(zh="客群", en="Segment")),
            customers,
            *money,
            Field(name="action", label=Text(zh="经营动作", en="What to do")),
        ),
        frame=measured.segments,
        note=cuts.fill(
            days=word_days(measured.median_gap),
            money=word_price(float(measured.segments.money_cut.max()), measured.currency),
        ),
    )
    lines = Text(
        zh="间隔中位数 {median}，预警线 {warning}，流失线 {lapse}",
        en="Median gap {median}, warning line {warning}, lapse line {lapse}",
    )
    stages = Exhibit(
        name="stages",
        title=Text(zh="生命周期阶段（全部观察到的客户）", en="Lifecycle stages, all customers observed"),
        fields=(Field(name="name", label=Text(zh="阶段", en="Stage")), customers, *money),
        frame=measured.stages,
        note=lines.fill(
            median=word_days(measured.median_gap),
            warning=word_days(measured.warning_line),
            lapse=word_days(measured.lapse_line),
        ),
    )
    return (segments, stages, *_tabulate_moves(measured), *_tabulate_waves(measured))


def draw(measured: Stages, language: Language) -> Figure:
    """Each segment's share of spend; those with high spend who are silent stand out."""
    shown = measured.segments
    template = Text(zh="{spend}（{n} 人，{share}）", en="{spend} ({n}, {share})")
    words = [
        template.fill(spend=word_percent(gmv), n=word_number(count), share=word_percent(share)).word(language)
        for gmv, count, share in zip(
            shown.gmv_share.tolist(), shown.customers.tolist(), shown.customer_share.tolist(), strict=True
        )
    ]
    figure = draw_bars(
        [name.word(language) for name in shown.name],
        shown.gmv_share.tolist(),
        words,
        axis_label=Text(
            zh="占近 12 个月消费（括号内：人数与人数占比）",
            en="Share of spend, last 12 months (in brackets: customers and their share)",
        ).word(language),
        marked={place for place, (r, m) in enumerate(zip(shown.recent, shown.high, strict=True)) if m and not r},
    )
    figure.axes[0].margins(x=0.45)
    scale_share(figure.axes[0].xaxis)
    return figure


def _find(measured: Stages, wave: Wave) -> Finding:
    gap = wave.gap
    low, loss, high = wave.range_value(measured.lapse_line)
    return Finding(
        code="retention.lapse_wave",
        scope={"segment": wave.segment},
        title=TITLE.fill(
            segment=SEGMENT_NAMES[wave.segment],
            before=word_percent(wave.before),
            now=word_percent(wave.now),
            loss=word_money(loss, measured.currency),
        ),
        cause=CAUSE.fill(
            n=word_number(wave.at_risk),
            now=word_percent(wave.now),
            before=word_percent(wave.before),
            line=word_days(measured.lapse_line),
            gap=word_points(gap),
            low=word_points(wave.low),
            extra=word_number(gap * wave.at_risk),
            each=word_price(wave.each, measured.currency),
        ),
        action=ACTION,
        owner_role="member",
        validation=Validation(metric="return_old", direction="up", window_days=90),
        stop_rule=STOP,
        confidence=rate_gap(gap, wave.low),
        impact=Impact(low=low, mid=loss, high=high),
        evidence=(Evidence(table="waves", n=wave.at_risk, value=wave.now),),
    )


def _tell_wave(waves: tuple[Wave, ...]) -> Text:
    if not waves:
        return NOTHING
    now = sum(wave.lapsed for wave in waves) / sum(wave.at_risk for wave in waves)
    before = sum(wave.lapsed_before for wave in waves) / sum(wave.at_risk_before for wave in waves)
    return WAVE.fill(now=word_percent(now), before=word_percent(before))


def _name_stages(answered: pd.DataFrame) -> pd.DataFrame:
    frame = answered.set_index("stage").reindex(list(STAGES)).fillna(0).rename_axis("id").reset_index()
    return _add_shares(frame.assign(name=pd.Series(list(STAGES.values()), dtype=object)))


def _name_segments(answered: pd.DataFrame) -> pd.DataFrame:
    keys = pd.MultiIndex.from_tuples(RFM, names=["recent", "frequent", "high"])
    cut = answered.money_cut.max()
    frame = answered.set_index(["recent", "frequent", "high"]).reindex(keys).fillna(0).reset_index()
    names, actions = zip(*RFM.values(), strict=True)
    return _add_shares(
        frame.assign(money_cut=cut, name=pd.Series(names, dtype=object), action=pd.Series(actions, dtype=object))
    )


def _add_shares(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        customer_share=frame.customers / frame.customers.sum(), gmv_share=frame.gmv / max(frame.gmv.sum(), 1e-9)
    )


def _cross_moves(moves: pd.DataFrame) -> pd.DataFrame:
    """A row a stage before, a column a stage now, shares of the row; empty rows are left out."""
    counts = moves.pivot_table(index="stage_before", columns="stage", values="customers", fill_value=0)
    counts = counts.reindex(index=list(STAGES), columns=list(STAGES), fill_value=0)
    counts = counts[counts.sum(axis=1) > 0]
    names = pd.Series([STAGES[stage] for stage in counts.index], index=counts.index, dtype=object)
    shares = counts.div(counts.sum(axis=1), axis=0)
    return shares.assign(name=names, customers=counts.sum(axis=1)).reset_index(drop=True)


def _tabulate_moves(measured: Stages) -> tuple[Exhibit, ...]:
    if measured.moves.empty:
        return ()
    fields = (
        Field(name="name", label=Text(zh="上一期末的阶段", en="Stage before")),
        Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
        *(Field(name=stage, label=name, unit="share") for stage, name in STAGES.items()),
    )
    title = Text(zh="上一期末的客户如今处在哪个阶段", en="Where the customers of the comparison period's end stand now")
    return (Exhibit(name="moves", title=title, fields=fields, frame=measured.moves),)


def _tabulate_waves(measured: Stages) -> tuple[Exhibit, ...]:
    if not measured.waves:
        return ()
    rows = [
        (SEGMENT_NAMES[wave.segment], wave.at_risk, wave.now, wave.at_risk_before, wave.before, wave.gap, wave.low)
        for wave in measured.waves
    ]
    names = ["name", "at_risk", "now", "at_risk_before", "before", "rise", "low"]
    fields = (
        Field(name="name", label=Text(zh="客群", en="Segment")),
        Field(name="at_risk", label=Text(zh="活跃复购客户", en="Active repeat customers"), unit="count"),
        Field(name="now", label=Text(zh="流失率", en="Lapsed"), unit="share"),
        Field(name="at_risk_before", label=Text(zh="上一期末客户", en="The same before"), unit="count"),
        Field(name="before", label=Text(zh="上一期末流失率", en="Lapsed before"), unit="share"),
        Field(name="rise", label=Text(zh="上升", en="Rise"), unit="points"),
        Field(name="low", label=Text(zh="上升的 95% 下限", en="95% low of the rise"), unit="points"),
    )
    title = Text(zh="活跃复购客户的流失", en="Lapses of active repeat customers")
    return (Exhibit(name="waves", title=title, fields=fields, frame=pd.DataFrame(rows, columns=names)),)


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
