"""How long first buyers take to come back, and in which channel they come only once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.steps import Steps, draw_steps
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.pairs import list_pairs
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.returns import (
    REST,
    pick_firsts,
    times_to_return,
    value_later_days,
    wait_by_quarter,
    wait_by_week,
)
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_days, word_number, word_percent, word_points, word_points_range
from diagnostics.statistics.between_cohorts import NextShare, foretell_share
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.cohort_differences import Differences, Durations, compare_cohorts
from diagnostics.statistics.outstanding_returns import Waits, expect_back, miss_returns, widen_share
from diagnostics.statistics.repeat_buying.misses import Miss, measure_misses
from diagnostics.statistics.repeat_buying.windows import plan_quarters
from diagnostics.statistics.survival import Survival, divide_shares, fit_survival, subtract_shares
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Period
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.repeat_buying.forecast import Misfit

QUESTION = Text(zh="首购之后，有多少人会再来，多久来？", en="How many first buyers come back, and how soon?")
DEFINITION = Text(
    zh="从首购日到下一个购买日的天数（同一天的多单算一次，再购可在任何渠道），按首购渠道分组，用 Kaplan-Meier 估计；"
    "尚未再购的客户计到数据截止日（右删失），阴影为只含抽样误差的 95% 区间，下方为仍在观察中的人数，少于 30 人处截断。"
    "数据开头几个月的“首购”多半是老客，不计入。至多列出首购人数最多的 6 个渠道，每个不少于 300 人。"
    "金额 = 该渠道首购客户一年的后续购买额 ×（最好渠道回购率 ÷ 本渠道回购率 − 1）：低值取区间下端中可追回的部分，"
    "中值取估计值中可追回的部分，高值为区间上端的全部差距（退款前）。",
    en="Days from the first purchase to the next purchase day (orders of one day count once; the next may be in any "
    "channel), by channel of the first purchase, estimated after Kaplan-Meier. Who has not returned counts up to the "
    "end of the data (right-censored); bands are 95% intervals of sampling, below stands how many are still observed, "
    "and curves end where fewer than 30 are. First purchases in the opening months mostly belong to older customers "
    "and are left out. Shown are at most 6 channels, those with most first buyers, of 300 or more each. "
    "Money = what the channel's first buyers spend later a year x (the best channel's share / the channel's own - 1): "
    "low is the part of the interval's low end that can be won back, mid that part of the estimate, high all of the "
    "interval's high end, before refunds.",
)
TOO_FEW = Text(
    zh="可观察的新客只有 {n} 位，不足以画出回购曲线", en="only {n} new customers can be followed: too few for a curve"
)
ANSWER = Text(
    zh="新客（{n} 位）中，估计 {share} 会在首购后 {days}内再次购买。",
    en="Of new customers (n = {n}) an estimated {share} buy again within {days} of the first purchase.",
)
HALF = Text(zh="一半的人在 {days}内回来。", en="Half are back within {days}.")
BETWEEN = Text(
    zh="按首购渠道看，最高是{best}（{best_share}），最低是{worst}（{worst_share}）。",
    en="By first channel it is highest for {best} ({best_share}) and lowest for {worst} ({worst_share}).",
)
TITLE = Text(
    zh="{channel}的新客多为一次性买家：{days}内仅 {share} 再次购买，{best}为 {best_share}",
    en="{channel}: most new customers buy only once; {share} return within {days}, {best_share} at {best}",
)
CAUSE = Text(
    zh="{channel}的新客回头比客户自己做得最好的{best}低 {gap}（已计入观察时长；多重比较后区间为 {range}）；"
    "通常是首单靠低价或达人带来、首单后没有加粉和承接。",
    en="New customers of {channel} return {gap} less than those of {best}, the client's best (follow-up allowed for; "
    "interval after multiple comparison {range}). Usually the first order is won by price or by a creator, and "
    "nobody stays in touch after it.",
)
ACTION = Text(
    zh="在{channel}首单包裹与售后环节引导加企微，首购后第 7、21、45 天按品类做三次触达并给第二单专享权益；"
    "先做 20% 的新客，留同样大小的对照组。",
    en="Invite first buyers of {channel} to WeCom in the parcel and after-sales; contact them on days 7, 21 and 45 by "
    "category with an offer for the second order. Start with 20% of new customers and a comparison group as large.",
)
STOP = Text(
    zh="60 天内触达组的再购率未高于对照组 2 个百分点，则停止权益投入，转查首单商品。",
    en="Stop the offers if after 60 days the contacted group does not return 2 points more than the comparison group.",
)
NO_VALUE = Text(
    zh="该渠道的客户本期没有后续购买，算不出金额",
    en="customers of this channel bought nothing later in the period, so there is no base for money",
)
WHOLE = Text(zh="全部新客", en="All new customers")
NO_CHANNEL = Text(
    zh="首购人数达到 300 的渠道不足两个，只给出整体曲线，不做渠道比较。",
    en="Fewer than two channels have 300 first buyers: one curve for all, and no comparison of channels.",
)
NEXT = Text(
    zh="区间只说明已有的新客；{cohorts} 个季度之间还有差别，下一季新客 {days}内再购的比例大约在 {low} 至 {high} 之间"
    "（80% 区间）。",
    en="The bands speak of the new customers so far. Quarters differ beyond them ({cohorts} of them): of the next "
    "quarter's new customers {low} to {high} may buy again within {days} (80% range).",
)
COUNTS = Text(zh="首购后天数；上方数字为仍在观察中的人数", en="Days after the first purchase; numbers: still observed")
HORIZONS = (90, 180, 365)
SHORTER = (30, 60, *HORIZONS)
JUDGED = 180
LEAST_AT_RISK = 30
# The days labelled, by the longest curve that they suit.
TICKS = {200: (0, 30, 60, 90, 120, 150, 180), 400: (0, 30, 60, 90, 180, 270, 365), 10_000: (0, 90, 180, 365, 540, 730)}


@dataclass(frozen=True, kw_only=True)
class ReturnCurves:
    """Curves by first channel (`""` is everybody), the day on which they are compared, and what is bought later.

    `later` is the gmv a year, by first channel, of all purchases after the first; `later_paid` before refunds.
    `waits` are days and censored of each curve's first buyers, `misfit` how far earlier expectations of who is still
    to come back missed.
    """

    curves: dict[str, Survival]
    waits: dict[str, pd.DataFrame]
    misfit: Misfit
    day: int
    later: dict[str, float]
    later_paid: dict[str, float]
    differences: Differences | None
    following: NextShare | None
    currency: str

    def range_share(self, name: str, day: int, *, confidence: float = 0.95) -> tuple[float, float] | None:
        """The interval of the share back by a day: sampling, and what is still to come; `None` beyond the curve."""
        curve, waits = self.curves[name], self.waits[name]
        if day > curve.followed_to:
            return None
        days, censored = (waits[column].to_numpy(dtype=np.float64) for column in ("days", "censored"))
        return widen_share(curve, day, expect_back(curve, days, censored, day), self.misfit, confidence=confidence)

    @property
    def channels(self) -> dict[str, float]:
        """The share that returned by the day compared, by channel, highest first; everybody left out."""
        found = {name: curve.share_by(self.day) for name, curve in self.curves.items() if name != REST}
        known = {name: share.value for name, share in found.items() if share is not None}
        return dict(sorted(known.items(), key=lambda item: -item[1]))


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the waiting times of new customers, and for what is bought after first purchases."""
    horizon = tables.engagement.horizon
    days = tables.keep(follow_purchases(value_lines(tables["order_lines"], tables.engagement.gmv_basis)))
    firsts = pick_firsts(days, find_newcomers_since(horizon.history))
    return {
        "times": times_to_return(firsts, horizon.as_of),
        "quarters": wait_by_quarter(firsts, horizon.as_of),
        "weeks": wait_by_week(firsts, horizon.as_of),
        "later": value_later_days(days, horizon.current),
    }


def measure(replies: Replies) -> ReturnCurves | NotComputable:
    """Fit a curve for everybody and one for each large channel."""
    times = replies["times"]
    whole = fit_survival(times.days, times.events, times.censored, least_at_risk=LEAST_AT_RISK)
    n = int(times.events.sum() + times.censored.sum())
    if whole is None or whole.followed_to < SHORTER[0]:
        return NotComputable(reason=TOO_FEW.fill(n=word_number(n)))
    named = times[times.channel != REST]
    fitted = {
        str(name): fit_survival(own.days, own.events, own.censored, least_at_risk=LEAST_AT_RISK)
        for name, own in named.groupby("channel")
    }
    kept = {name: curve for name, curve in fitted.items() if curve is not None and curve.followed_to >= SHORTER[0]}
    shown = dict(sorted(kept.items(), key=lambda item: -item[1].n)) if len(kept) > 1 else {}
    curves = {REST: whole, **shown}
    reached = min(curve.followed_to for curve in curves.values())
    yearly = replies.engagement.horizon.yearly
    later = replies["later"]
    day = max(day for day in SHORTER if day <= min(reached, JUDGED))
    misses = _look_back(replies["weeks"], replies.engagement.horizon.history)
    return ReturnCurves(
        curves=curves,
        waits={name: times if name == REST else named[named.channel == name] for name in curves},
        misfit=measure_misses(misses),
        day=day,
        following=_foretell_next(replies["quarters"], day),
        later=dict(zip(later.channel.astype(str), later.gmv * yearly, strict=True)),
        later_paid=dict(zip(later.channel.astype(str), later.paid * yearly, strict=True)),
        differences=compare_cohorts(
            {
                str(name): Durations(days=own.days, events=own.events, censored=own.censored)
                for name, own in named.groupby("channel")
                if name in shown
            },
            least=LEAST_AT_RISK,
        ),
        currency=replies.engagement.currency,
    )


def _look_back(weeks: pd.DataFrame, history: Period) -> tuple[Miss, ...]:
    """How far the curves of four earlier cuts missed the returns of the time after them."""
    age, days, events, censored = (
        weeks[name].to_numpy(dtype=np.float64) for name in ("age", "days", "events", "censored")
    )
    windows = [(float((history.end - window.cut).days), float(window.days)) for window in plan_quarters(history)[1:]]
    waits = Waits(age=age, days=days, events=events, censored=censored)
    return miss_returns(waits, windows, least_at_risk=LEAST_AT_RISK)


def _foretell_next(quarters: pd.DataFrame, day: int) -> NextShare | None:
    """What share of the next quarter's new customers may come back, from how far the quarters differed."""
    fitted = [
        fit_survival(own.days, own.events, own.censored, least_at_risk=LEAST_AT_RISK)
        for _, own in quarters.groupby("quarter")
    ]
    shares = [share for curve in fitted if curve is not None and (share := curve.share_by(day)) is not None]
    known = [share for share in shares if share.error > 0]
    return foretell_share([share.value for share in known], [share.error for share in known])


def track(measured: ReturnCurves) -> tuple[Reading, ...]:
    """The share that came back by the day compared, over all and by first channel."""
    return tuple(
        reading
        for name, curve in measured.curves.items()
        if (share := curve.share_by(measured.day)) is not None
        for reading in track_value(
            "repurchase_newN",
            share.value,
            share.low,
            share.high,
            n=curve.n,
            scope={"channel": name} if name != REST else {},
            kind=f"{measured.day} d",
            span="history",
        )
    )


def judge(measured: ReturnCurves, limits: Limits) -> tuple[Finding, ...]:
    """Raise every channel whose first buyers return clearly less than those of the client's best channel."""
    shares = measured.channels
    if not shares:
        return ()
    best = next(iter(shares))
    found = (_judge_channel(measured, channel, best, limits) for channel in shares if channel != best)
    return tuple(finding for finding in found if finding is not None)


def _judge_channel(measured: ReturnCurves, channel: str, best: str, limits: Limits) -> Finding | None:
    own, other = (measured.curves[name].share_by(measured.day) for name in (channel, best))
    if own is None or other is None or own.value >= other.value * limits["most_ratio"]:
        return None
    pairs = len(measured.channels) * (len(measured.channels) - 1) // 2
    low, high = subtract_shares(other, own, pairs=pairs)
    if low <= limits["least_gap"]:
        return None
    names = {"channel": name_channel(channel), "best": name_channel(best)}
    gap, days = other.value - own.value, word_days(measured.day)
    later = (measured.later.get(channel, 0.0), measured.later_paid.get(channel, 0.0))
    impact = size_gap(later, divide_shares(other, own, pairs=pairs), limits) if own.value > 0 else None
    return Finding(
        code="retention.one_time_buyers",
        scope={"channel": channel},
        title=TITLE.fill(**names, days=days, share=word_percent(own.value), best_share=word_percent(other.value)),
        cause=CAUSE.fill(**names, gap=_points(gap), range=word_points_range(low, high, signed=False)),
        action=ACTION.fill(**names),
        owner_role="account",
        validation=Validation(metric="repurchase_newN", direction="up", window_days=60),
        stop_rule=STOP,
        confidence=rate_gap(gap, low),
        impact=impact,
        impact_reason=None if impact else NO_VALUE,
        severity=None if impact else "medium",
        evidence=(Evidence(table="shares", n=int(measured.curves[channel].n), value=own.value),),
    )


def size_gap(later: tuple[float, float], ratio: tuple[float, float, float], limits: Limits) -> Impact | None:
    """What later purchases would be more if the channel's customers came back as the best one's do.

    They would grow in proportion to those who return: `ratio` (low, value, high) is the best channel's share over
    the own. `later` are the purchases after refunds and before them: the high end counts none as given back.
    """
    net, paid = later
    if net <= 0:
        return None
    low, mid, high = ratio
    measured = (net * (low - 1), net * (mid - 1), max(net, paid) * (high - 1))
    low, mid, high = size_stake(measured, least=limits["feasible_low"], likely=limits["feasible_mid"])
    return Impact(low=low, mid=mid, high=high)


def _points(gap: float) -> Text:
    unsigned = word_points(gap)
    return Text(zh=unsigned.zh.lstrip("+"), en=unsigned.en.lstrip("+"))


def tell(measured: ReturnCurves) -> Text:
    """The share that returns, then the best and the worst channel, or the median where there is but one."""
    whole = measured.curves[REST]
    share = whole.share_by(measured.day)
    said = ANSWER.fill(
        n=word_number(whole.n), share=word_percent(share.value if share else None), days=word_days(measured.day)
    )
    shares = list(measured.channels.items())
    median = whole.day_of(0.5).day
    if len(shares) <= 1 and median is not None:
        said += HALF.fill(days=word_days(median))
    if len(shares) > 1:
        (best, most), (worst, least) = shares[0], shares[-1]
        said += BETWEEN.fill(
            best=name_channel(best),
            best_share=word_percent(most),
            worst=name_channel(worst),
            worst_share=word_percent(least),
        )
    return said


def caveats(measured: ReturnCurves) -> tuple[Text, ...]:
    """What the next new customers may do, and that there is nothing to compare, if so."""
    said = () if measured.channels else (NO_CHANNEL,)
    found = measured.following
    if found is None:
        return said
    after = NEXT.fill(
        days=word_days(measured.day),
        cohorts=word_number(found.cohorts),
        low=word_percent(found.low),
        high=word_percent(found.high),
    )
    return (*said, after)


def name_curve(name: str) -> Text:
    """A channel's name, or everybody."""
    return WHOLE if name == REST else name_channel(name)


def tabulate(measured: ReturnCurves) -> tuple[Exhibit, ...]:
    """Shares returned by 90, 180 and 365 days, with intervals and who is still observed; and the curves."""
    rows = [
        {
            "channel": name_curve(name),
            "customers": curve.n,
            "median": curve.day_of(0.5).day,
            **_row(measured, name, day),
        }
        for name, curve in measured.curves.items()
        for day in HORIZONS
    ]
    fields = (
        Field(name="channel", label=Text(zh="首购渠道", en="First channel")),
        Field(name="customers", label=Text(zh="新客数", en="New customers"), unit="count"),
        Field(name="day", label=Text(zh="首购后", en="Within"), unit="days"),
        Field(name="share", label=Text(zh="再次购买占比", en="Bought again"), unit="share"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="share"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="share"),
        Field(name="at_risk", label=Text(zh="仍在观察", en="Still observed"), unit="count"),
        Field(name="median", label=Text(zh="一半人回来用时", en="Half are back after"), unit="days"),
    )
    title = Text(zh="首购后 90、180、365 天内再次购买", en="Bought again within 90, 180 and 365 days")
    note = Text(
        zh="空白 = 观察时间还不够长。95% 区间除抽样误差外，还计入尚未到期的客户在更早的截点上偏离曲线的幅度。",
        en="Empty = not observed long enough. Beyond sampling, the 95% intervals hold how far customers still waiting "
        "strayed from the curve at earlier cuts.",
    )
    shares = Exhibit(name="shares", title=title, fields=fields, frame=pd.DataFrame(rows), note=note)
    if measured.differences is None:
        return (shares,)
    pairs = Text(zh="渠道之间：新客回头快慢的差别", en="Between channels: how soon new customers come back")
    return (shares, list_pairs(measured.differences, name_channel, pairs))


def _row(measured: ReturnCurves, name: str, day: int) -> dict[str, float]:
    share, ends = measured.curves[name].share_by(day), measured.range_share(name, day)
    if share is None or ends is None:
        return {"day": day, **dict.fromkeys(("share", "low", "high", "at_risk"), np.nan)}
    low, high = ends
    return {"day": day, "share": share.value, "low": low, "high": high, "at_risk": share.at_risk}


def draw(measured: ReturnCurves, language: Language) -> Figure:
    """The share that has come back, by days since the first purchase."""
    shown = {name: curve for name, curve in measured.curves.items() if name != REST} or measured.curves
    longest = max(curve.followed_to for curve in shown.values())
    ticks = [tick for tick in _choose_ticks(longest) if tick <= longest]
    steps = [
        Steps(
            label=name_curve(name).word(language),
            days=curve.days,
            values=1 - curve.survival,
            low=1 - curve.high,
            high=1 - curve.low,
            counts=[_count(curve, tick) for tick in ticks],
        )
        for name, curve in shown.items()
    ]
    return draw_steps(
        steps,
        ticks,
        axis_label=Text(zh="已再次购买的比例", en="Share that bought again").word(language),
        count_label=COUNTS.word(language),
    )


def _choose_ticks(longest: float) -> tuple[int, ...]:
    """Ticks for a time of observation; the sparsest for any longer one."""
    return next((days for end, days in TICKS.items() if longest <= end), TICKS[max(TICKS)])


def _count(curve: Survival, day: int) -> str:
    share = curve.share_by(day)
    return "" if share is None else word_number(share.at_risk).en


# Of 300 first buyers in each channel, half in February and half in July, 180 return to one and 60 to the other.
RETURNING = {"miniprogram": 180, "douyin": 60}
FIRST = {0: ("2024-02-05", "2024-03-06"), 1: ("2024-07-05", "2024-08-04")}
EXAMPLE_LINES = "\n".join(
    [
        "customer channel ordered_at paid_amount",
        "old miniprogram 2024-01-01 100",
        *(f"{channel}{i} {channel} {FIRST[i % 2][0]} 100" for channel in RETURNING for i in range(300)),
        *(f"{channel}{i} {channel} {FIRST[i % 2][1]} 100" for channel, n in RETURNING.items() for i in range(n)),
        "old miniprogram 2024-12-31 100",
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-27", "004-05", "002-50"),
    finds=("retention.one_time_buyers",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="least_gap",
            value=0.08,
            reason=Text(
                zh="与最好渠道的差距，其区间下限须超过 8 个百分点：渠道人群本就不同，小差距不算问题",
                en="the low end of the gap to the best channel must exceed 8 points: channels differ by their nature",
            ),
        ),
        Limit(
            name="most_ratio",
            value=0.7,
            reason=Text(
                zh="回购率不到最好渠道的七成才算明显偏低",
                en="below 70% of the best channel's share counts as clearly low",
            ),
        ),
        Limit(
            name="feasible_low",
            value=0.25,
            reason=Text(zh="保守估计能追回差距的四分之一", en="cautious: a quarter of the gap is won back"),
        ),
        Limit(
            name="feasible_mid",
            value=0.5,
            reason=Text(
                zh="居中估计能追回一半：渠道人群的差别不会完全消失",
                en="middle: half, as the channels' buyers stay different",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="20.0%",
        finds=(("retention.one_time_buyers", {"channel": "douyin"}),),
    ),
    place=20,
)
