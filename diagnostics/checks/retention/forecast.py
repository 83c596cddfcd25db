"""What today's customers will buy in the next weeks if nothing changes, and how far such forecasts were off before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.foretold import draw_foretold
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.standing import GROUPS, ask_windows, name_cohort, name_cohorts, read_windows
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    word_change,
    word_date,
    word_days,
    word_month,
    word_number,
    word_percent,
)
from diagnostics.statistics.repeat_buying.misses import LEAST_EXPECTED, Miss, look_back, measure_misses
from diagnostics.statistics.repeat_buying.rolling import LEAST_CUSTOMERS, LEAST_REPEATS, Base, fit_bases
from diagnostics.statistics.repeat_buying.season import Season, find_season
from diagnostics.statistics.repeat_buying.states import band_active
from diagnostics.statistics.repeat_buying.totals import Tally, Weighed, foretell, weigh_now, weigh_past
from diagnostics.statistics.repeat_buying.windows import CUTS, Window, find_year_before, plan_quarters
from diagnostics.statistics.repeat_buying.yardsticks import BUYERS, PURCHASES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.period import Period
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.repeat_buying.forecast import Forecast

QUESTION = Text(
    zh="如果什么都不变，现有客户接下来会买多少？", en="What will today's customers buy next if nothing changes?"
)
DEFINITION = Text(
    zh="购买次数 = 有购买的天数（全渠道合并，同一天多单算一次），只含今天已有的客户，不含以后的新客。"
    "用首购后的购买次数、最近一次与年龄拟合重复购买模型（NBD、BG/NBD、MBG/NBD）；“早于数据的客户”年龄未知，"
    "从数据中第一次看到的购买算起，单独拟合。模型在四个更早的截点上逐一留出检验后选定，与最好者分不出高下时取最简单的。"
    "一年前同一时段之前至少还有半年历史时，那一次预测的偏差取一半作季节系数，另一半计入区间。"
    "80% 区间 = 参数误差 + 客户个体的偶然性 + 模型在四个截点上的实际偏差（按四次检验的 t 分布放宽）。"
    "“仍活跃的概率”是模型的推断，无法直接核对；可核对的是“至少买一次的人数”。",
    en="Purchases = days with a purchase (all channels together; several orders of a day are one) of customers known "
    "today, without those yet to come. Models of buying again (NBD, BG/NBD, MBG/NBD) are fitted to how "
    "often and how lately each bought; customers older than the data are fitted on their own, from their first "
    "purchase that is seen. The model is chosen on four earlier cuts, each foretold from what was known then; of those "
    "that can't be told from the best the simplest is taken. Where the same weeks of the year before could be foretold "
    "from half a year of history, half of what was missed then is taken as season, the other half as doubt. The 80% "
    "range holds doubt on parameters, chance of single customers, and what the model missed at the four cuts (by "
    "Student's t, as four tests are few). "
    "The chance of being active is inferred, not observed; what can be checked is how many buy at least once.",
)
TOO_FEW = Text(
    zh="历史不足 {days}，或在较早的截点上不足 {customers} 位客户、{repeats} 次再购，无法检验预测",
    en="less than {days} of history, or fewer than {customers} customers and {repeats} repeat purchases at an earlier "
    "cut: a forecast could not be tested",
)
ANSWER = Text(
    zh="现有 {n} 位客户在未来 {days}内预计再购 {mean} 次（80% 区间 {low} 至 {high}），"
    "约 {buyers} 人至少买一次（{buyers_low} 至 {buyers_high}）。同样的方法在此前 {cuts} 个截点上平均偏差 {error}。",
    en="Today's {n} customers are expected to buy {mean} times in the next {days} (80% range {low} to {high}), and "
    "about {buyers} of them at least once ({buyers_low} to {buyers_high}). At {cuts} earlier cuts the same way was off "
    "by {error} on average.",
)
NO_SEASON = Text(
    zh="历史还不够看出季节（需在一年前同一时段之前另有半年）：留出检验覆盖 {start} 至 {end}，"
    "下一窗口若遇到其中没有的旺季或淡季，实际会落在区间之外。",
    en="History is too short to tell a season (half a year before the same weeks a year ago is wanted): the holdouts "
    "cover {start} to {end}; a first peak or lull that they do not hold will fall outside the range.",
)
SEASON = Text(
    zh="季节系数 {factor}：一年前同一时段（{start} 起）按当时的数据预测 {foretold} 次，实际 {came} 次，取其一半；"
    "只有一年可比，大促日期若有移动会偏离。",
    en="Season factor {factor}: for the same weeks a year before (from {start}), {foretold} purchases were foretold "
    "with what was known then and {came} came; half of that is taken. It rests on one year: promotions on other days "
    "will miss it.",
)
ONE_SIDED = Text(
    zh="四个截点中的偏差都在同一方向（{error}），预测可能整体{way}。",
    en="All cuts were missed to the same side ({error}): the forecast may be too {way}.",
)
HIGH, LOW = Text(zh="偏高", en="high"), Text(zh="偏低", en="low")
BANDS = {
    "gone": Text(zh="多半已流失（概率低于 10%）", en="Probably gone (below 10%)"),
    "doubtful": Text(zh="存疑（10%–50%）", en="Doubtful (10% to 50%)"),
    "likely": Text(zh="可能活跃（50%–90%）", en="Likely active (50% to 90%)"),
    "active": Text(zh="几乎肯定活跃（90% 以上）", en="Almost surely active (90% and more)"),
}


@dataclass(frozen=True, kw_only=True)
class Foretold:
    """The forecast of all, of those who buy at least once, and by cohort; the misses before; and who is active.

    `cohorts`: label, customers, mean, low, high; `bands`: band, customers, purchases.
    """

    windows: tuple[Window, ...]
    bases: tuple[Base, ...]
    customers: float
    purchases: Forecast
    buyers: Forecast
    misses: tuple[Miss, ...]
    buyer_misses: tuple[Miss, ...]
    season: Season | None
    cohorts: pd.DataFrame
    bands: pd.DataFrame

    @property
    def mean_error(self) -> float:
        """Mean absolute error of total purchases at the earlier cuts."""
        return float(np.mean([abs(miss.error) for miss in self.misses]))


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask how customers stood today, at four earlier cuts, and a year ago."""
    return ask_windows(tables, _list_windows(tables.engagement.horizon.history), "cohort")


def _list_windows(history: Period) -> tuple[Window, ...]:
    """The next window and the four before it, then that of a year before unless it is one of them."""
    windows = plan_quarters(history)
    before = find_year_before(history, windows[0]) if windows else None
    return windows if before is None or before in windows else (*windows, before)


def _fit(replies: Replies) -> tuple[Base, ...]:
    history = replies.engagement.horizon.history
    windows = _list_windows(history)
    if not windows:
        return ()
    cuts = read_windows(replies, windows)
    before = find_year_before(history, windows[0])
    year_before = cuts[windows.index(before)] if before is not None else None
    bases = fit_bases(cuts[1 : CUTS + 1], cuts[0], year_before=year_before)
    return tuple(base.split_by(name_cohorts) for base in bases)


def measure(replies: Replies) -> Foretold | NotComputable:
    """Choose the models on the earlier cuts and foretell from today."""
    windows = plan_quarters(replies.engagement.horizon.history)
    bases = _fit(replies)
    past = weigh_past(bases, PURCHASES)
    misses = look_back(past)
    if not misses:
        return NotComputable(
            reason=TOO_FEW.fill(
                days=word_days(8 * 7), customers=word_number(LEAST_CUSTOMERS), repeats=word_number(LEAST_REPEATS)
            )
        )
    ahead, buyer_misses = float(windows[0].days), look_back(weigh_past(bases, BUYERS))
    now, season = weigh_now(bases, PURCHASES, ahead), find_season(bases, PURCHASES)
    (whole,) = _foretell(now, misses, season)
    (some,) = _foretell(weigh_now(bases, BUYERS, ahead), buyer_misses, find_season(bases, BUYERS))
    bands = pd.DataFrame(band_active([base.now for base in bases], ahead))
    return Foretold(
        windows=windows,
        bases=bases,
        customers=whole.customers,
        purchases=whole.forecast,
        buyers=some.forecast,
        misses=misses,
        buyer_misses=buyer_misses,
        season=season,
        cohorts=_list_by_cohort(_foretell(now, look_back(past, "label") or misses, season, "label")),
        bands=bands.assign(purchases=bands.purchases * (season.factor if season else 1.0)),
    )


def _foretell(
    now: Sequence[Weighed], misses: Sequence[Miss], season: Season | None, column: str | None = None
) -> tuple[Tally, ...]:
    """The totals with the season of the year before, as wide as what was missed and the doubt on the season say."""
    misfit = measure_misses(misses)
    if season is None:
        return foretell(now, column, misfit=misfit)
    return foretell(now, column, misfit=season.widen(misfit), factor=season.factor)


def _list_by_cohort(tallies: Sequence[Tally]) -> pd.DataFrame:
    """A row a quarter of first purchase (those older than the data in one): customers, mean, low, high."""
    rows = [
        {"label": tally.segment, "customers": tally.customers, **vars(tally.forecast)}
        for tally in tallies
        if tally.purchases >= LEAST_EXPECTED
    ]
    return pd.DataFrame(rows, columns=["label", "customers", "mean", "low", "high"])


def judge(measured: Foretold, limits: Limits) -> tuple[Finding, ...]:  # noqa: ARG001 - every check judges alike
    """A forecast is no trouble."""
    return ()


def tell(measured: Foretold) -> Text:
    """Purchases and buyers ahead, with ranges and the error before."""
    total, buyers = measured.purchases, measured.buyers
    return ANSWER.fill(
        n=word_number(measured.customers),
        days=word_days(measured.windows[0].days),
        mean=word_number(total.mean),
        low=word_number(total.low),
        high=word_number(total.high),
        buyers=word_number(buyers.mean),
        buyers_low=word_number(buyers.low),
        buyers_high=word_number(buyers.high),
        cuts=word_number(len(measured.misses)),
        error=word_percent(measured.mean_error),
    )


def caveats(measured: Foretold) -> tuple[Text, ...]:
    """Season, a bias if all misses were to one side, and why each model was taken."""
    said = [_word_season(measured)]
    errors = [miss.error for miss in measured.misses]
    if len(errors) > 1 and (min(errors) > 0 or max(errors) < 0):
        mean = float(np.mean(errors))
        said.append(ONE_SIDED.fill(error=word_change(mean), way=HIGH if mean > 0 else LOW))
    for base in measured.bases:
        said.append(
            Text(zh="{group}：{text}", en="{group}: {text}").fill(group=GROUPS[base.name], text=base.choice.text)
        )
        said.extend(flag.text for flag in base.now.fit.flags)
    return tuple(said)


def _word_season(measured: Foretold) -> Text:
    season = measured.season
    if season is None:
        first, last = measured.windows[-1].cut, measured.windows[0].cut
        return NO_SEASON.fill(start=word_date(first), end=word_date(last))
    return SEASON.fill(
        factor=word_number(season.factor, 2),
        start=word_date(date.fromisoformat(season.miss.cut)),
        foretold=word_number(season.miss.foretold),
        came=word_number(season.miss.came),
    )


def tabulate(measured: Foretold) -> tuple[Exhibit, ...]:
    """The holdouts, the forecast by cohort, and who is likely to be active."""
    return (_list_holdouts(measured), _list_cohorts(measured), _list_bands(measured))


def _list_holdouts(measured: Foretold) -> Exhibit:
    buyers = {miss.cut: miss for miss in measured.buyer_misses}
    rows = [
        {
            "cut": pd.Timestamp(miss.cut),
            "days": miss.ahead,
            "foretold": miss.foretold,
            "came": miss.came,
            "error": miss.error,
            "buyers": buyers[miss.cut].foretold if miss.cut in buyers else np.nan,
            "buyers_came": buyers[miss.cut].came if miss.cut in buyers else np.nan,
        }
        for miss in reversed(measured.misses)
    ]
    return Exhibit(
        name="holdouts",
        title=Text(zh="在更早的截点上：预测与实际", en="At earlier cuts: foretold and what came"),
        fields=(
            Field(name="cut", label=Text(zh="截点", en="Cut"), unit="date"),
            Field(name="days", label=Text(zh="预测窗口", en="Window"), unit="days"),
            Field(name="foretold", label=Text(zh="预测购买次数", en="Purchases foretold"), unit="count"),
            Field(name="came", label=Text(zh="实际", en="Came"), unit="count"),
            Field(name="error", label=Text(zh="偏差", en="Error"), unit="share"),
            Field(name="buyers", label=Text(zh="预测购买人数", en="Buyers foretold"), unit="count"),
            Field(name="buyers_came", label=Text(zh="实际人数", en="Buyers"), unit="count"),
        ),
        frame=pd.DataFrame(rows),
    )


def _list_cohorts(measured: Foretold) -> Exhibit:
    labels = [name_cohort(label) for label in measured.cohorts.label]
    return Exhibit(
        name="cohorts",
        title=Text(
            zh="按首购季度：下一窗口的购买次数", en="Purchases in the next window, by quarter of first purchase"
        ),
        fields=(
            Field(name="label", label=Text(zh="首购季度", en="First purchase")),
            Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
            Field(name="mean", label=Text(zh="预计购买次数", en="Purchases expected"), unit="count"),
            Field(name="low", label=Text(zh="80% 区间下限", en="80% range, low"), unit="count"),
            Field(name="high", label=Text(zh="80% 区间上限", en="80% range, high"), unit="count"),
        ),
        frame=measured.cohorts.assign(label=pd.Series(labels, index=measured.cohorts.index, dtype=object)),
        note=Text(
            zh="预计不足 {least} 次的季度不列。", en="Quarters with fewer than {least} expected purchases are left out."
        ).fill(least=word_number(LEAST_EXPECTED)),
    )


def _list_bands(measured: Foretold) -> Exhibit:
    labels = pd.Series([BANDS[str(band)] for band in measured.bands.band], dtype=object)
    return Exhibit(
        name="active",
        title=Text(zh="客户仍活跃的概率（模型推断）", en="Chance of still being active (inferred)"),
        fields=(
            Field(name="label", label=Text(zh="仍活跃的概率", en="Chance of being active")),
            Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
            Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
            Field(name="purchases", label=Text(zh="预计购买次数", en="Purchases expected"), unit="count"),
        ),
        frame=measured.bands.assign(label=labels, share=measured.bands.customers / measured.customers),
    )


def draw(measured: Foretold, language: Language) -> Figure:
    """Foretold and came at the earlier cuts, and the next window."""
    past = list(reversed(measured.misses))
    ahead = Text(zh="{month} 起（预测）", en="from {month} (next)").fill(month=word_month(measured.windows[0].cut))
    nothing = [np.nan] * len(past)
    labels = [Text(zh="{day} 起", en="from {day}").fill(day=name_verbatim(miss.cut)).word(language) for miss in past]
    return draw_foretold(
        [*labels, ahead.word(language)],
        came=[*(miss.came for miss in past), np.nan],
        foretold=[*(miss.foretold for miss in past), measured.purchases.mean],
        low=[*nothing, measured.purchases.low],
        high=[*nothing, measured.purchases.high],
        came_label=Text(zh="实际", en="Came").word(language),
        foretold_label=Text(zh="当时的预测（竖线为 80% 区间）", en="Foretold (line: 80% range)").word(language),
        axis_label=Text(zh="现有客户的购买次数", en="Purchases of known customers").word(language),
    )


# 400 customers who first buy in January; one in two buys again every 28 days all year, the others never: 42 days hold
# 300 purchases, which the range must hold.
DAYS = [f"{day:%Y-%m-%d}" for day in pd.date_range("2024-01-01", "2024-12-28", freq="28D")]
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{i} {pd.Timestamp(DAYS[0]) + pd.Timedelta(days=i % 28):%Y-%m-%d} 100" for i in range(400)),
        *(
            f"c{i} {pd.Timestamp(day) + pd.Timedelta(days=i % 28):%Y-%m-%d} 100"
            for day in DAYS[1:]
            for i in range(0, 400, 2)
        ),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-18", "001-09"),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="in the next 42 days"),
    place=40,
)
