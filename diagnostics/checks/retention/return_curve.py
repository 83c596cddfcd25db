"""How long first buyers take to come back, and in which channel they come only once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.retention import _return_curve_words as words
from diagnostics.checks.retention._return_curve_findings import LIMITS, judge_channel
from diagnostics.checks.retention._return_curve_tables import HORIZONS, draw_curves, tabulate_curves
from diagnostics.checks.retention._return_doubts import LEAST_AT_RISK, foretell_next, look_back
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
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_days, word_number, word_percent
from diagnostics.statistics.cohort_differences import Differences, Durations, compare_cohorts
from diagnostics.statistics.outstanding_returns import expect_back, widen_share
from diagnostics.statistics.repeat_buying.misses import measure_misses
from diagnostics.statistics.survival import Survival, fit_survival

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.between_cohorts import NextShare
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
NO_CHANNEL = Text(
    zh="首购人数达到 300 的渠道不足两个，只给出整体曲线，不做渠道比较。",
    en="Fewer than two channels have 300 first buyers: one curve for all, and no comparison of channels.",
)
SHORTER = (30, 60, *HORIZONS)
JUDGED = 180


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
        return NotComputable(reason=words.TOO_FEW.fill(n=word_number(n)))
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
    misses = look_back(replies["weeks"], replies.engagement.horizon.history)
    return ReturnCurves(
        curves=curves,
        waits={name: times if name == REST else named[named.channel == name] for name in curves},
        misfit=measure_misses(misses),
        day=day,
        following=foretell_next(replies["quarters"], day),
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
    found = (judge_channel(measured, channel, best, limits) for channel in shares if channel != best)
    return tuple(finding for finding in found if finding is not None)


def tell(measured: ReturnCurves) -> Text:
    """The share that returns, then the best and the worst channel, or the median where there is but one."""
    whole = measured.curves[REST]
    share = whole.share_by(measured.day)
    said = words.ANSWER.fill(
        n=word_number(whole.n), share=word_percent(share.value if share else None), days=word_days(measured.day)
    )
    shares = list(measured.channels.items())
    median = whole.day_of(0.5).day
    if len(shares) <= 1 and median is not None:
        said += words.HALF.fill(days=word_days(median))
    if len(shares) > 1:
        (best, most), (worst, least) = shares[0], shares[-1]
        said += words.BETWEEN.fill(
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
    after = words.NEXT.fill(
        days=word_days(measured.day),
        cohorts=word_number(found.cohorts),
        low=word_percent(found.low),
        high=word_percent(found.high),
    )
    return (*said, after)


def tabulate(measured: ReturnCurves) -> tuple[Exhibit, ...]:
    """Shares returned by 90, 180 and 365 days, with intervals and who is still observed; and the curves."""
    return tabulate_curves(measured)


def draw(measured: ReturnCurves, language: Language) -> Figure:
    """The share that has come back, by days since the first purchase."""
    return draw_curves(measured, language)


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
    limits=LIMITS,
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
