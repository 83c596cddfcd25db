"""What today's customers will buy in the next weeks if nothing changes, and how far such forecasts were off before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.retention import _forecast_words as words
from diagnostics.checks.retention._forecast_tables import draw_purchases, tabulate_foretold
from diagnostics.checks.standing import GROUPS, ask_windows, name_cohorts, read_windows
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, word_change, word_date, word_days, word_number, word_percent
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
            reason=words.TOO_FEW.fill(
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
    return words.ANSWER.fill(
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
        said.append(words.ONE_SIDED.fill(error=word_change(mean), way=words.HIGH if mean > 0 else words.LOW))
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
        return words.NO_SEASON.fill(start=word_date(first), end=word_date(last))
    return words.SEASON.fill(
        factor=word_number(season.factor, 2),
        start=word_date(date.fromisoformat(season.miss.cut)),
        foretold=word_number(season.miss.foretold),
        came=word_number(season.miss.came),
    )


def tabulate(measured: Foretold) -> tuple[Exhibit, ...]:
    """The holdouts, the forecast by cohort, and who is likely to be active."""
    return tabulate_foretold(measured)


def draw(measured: Foretold, language: Language) -> Figure:
    """Foretold and came at the earlier cuts, and the next window."""
    return draw_purchases(measured, language)


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
