"""What today's customers will still bring within a stated horizon, by where and when they were won."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import WELL_COSTED, Costing, read_costing
from diagnostics.checks.retention import _value_words as words
from diagnostics.checks.retention._value_groups import find_margins, list_groups, regroup, value_groups
from diagnostics.checks.retention._value_tables import draw_worth, tabulate_worth
from diagnostics.checks.standing import OLDER, ask_windows, name_cohorts, read_windows, share_followed
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.purchase_histories import total_costing
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    join_texts,
    word_change,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.repeat_buying.gamma_gamma import gather_spending
from diagnostics.statistics.repeat_buying.independence import Independence, check_independence
from diagnostics.statistics.repeat_buying.misses import LEAST_EXPECTED, Miss, look_back
from diagnostics.statistics.repeat_buying.rolling import ALL, Base, Cut, fit_bases
from diagnostics.statistics.repeat_buying.totals import weigh_now, weigh_past
from diagnostics.statistics.repeat_buying.windows import Window, count_independent, plan_value
from diagnostics.statistics.repeat_buying.yardsticks import measure_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.repeat_buying.forecast import Forecast

QUESTION = Text(
    zh="现有客户在约定期限内还值多少钱？哪个渠道、哪批客户更值？",
    en="What will today's customers still bring, and which channel or cohort won the better ones?",
)
DEFINITION = Text(
    zh="客户价值 = 今天已有的客户在期限内（一年；历史不足两年时为历史的一半）的再购净额（已减退款），按年 10% 折现；"
    "商品成本齐全时乘以该渠道客户的毛利率，否则只谈销售额。不含首单、获客成本与服务成本，不作更远的外推。"
    "购买次数用重复购买模型，每次金额用 Gamma-Gamma 模型，只拟合有净额的购买（假定金额与次数独立，检验结果列出），再"
    "乘以该组客户未退的比例（首购之后净额大于零的购买日占比 × 金额中未在其他日期退回的占比）。渠道 = 首购渠道；早于数据"
    "的客户首购未知，单列。80% 区间 = 参数误差 + 客户个体偶然性 + 模型在三个更早截点上的实际偏差；"
    "三个窗口同日结束、互相重叠，只抵 1.3 次独立检验，按 t 分布放宽。",
    en="Value = net spend (refunds taken off) that today's customers will bring within the horizon (a year, or half of "
    "a history shorter than two), discounted at 10% a year; times the gross margin of the channel's customers where "
    "product costs are known, else sales only. Without first orders, cost of acquisition and of service, and nothing "
    "beyond the horizon. Purchases come from a model of buying again, spend a purchase from the Gamma-Gamma model, "
    "fitted on purchases that kept any net (it takes both as independent; the test is shown), times the share that the "
    "group's customers do not get back (purchase days after the first with net above 0, times the share of money not "
    "taken back on other days). Channel is that of the first purchase; customers older than the data have none that is "
    "known. The 80% range holds doubt on parameters, chance of single customers and what "
    "the model missed at three earlier cuts; their windows overlap and count as 1.3 tests, by which Student's t "
    "widens.",
)
ANNUAL_RATE = 0.1


@dataclass(frozen=True, kw_only=True)
class Worth:
    """The value of all, by channel and by cohort; the misses before; independence; what the money is.

    `channels` and `cohorts`: label, customers, mean, low, high (money), margin.
    """

    window: Window
    bases: tuple[Base, ...]
    customers: float
    total: Forecast
    channels: pd.DataFrame
    cohorts: pd.DataFrame
    misses: tuple[Miss, ...]
    independence: Independence | None
    costing: Costing
    currency: str

    @property
    def on_margin(self) -> bool:
        """Whether the money is gross margin."""
        return self.costing.share >= WELL_COSTED


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask how customers stood today and at three earlier cuts, what they spent, and what it cost."""
    horizon = tables.engagement.horizon
    since = find_newcomers_since(horizon.history)
    asked = ask_windows(tables, plan_value(horizon.history), "channel", "cohort", money=True)
    return {**asked, "costing": total_costing(share_followed(tables), since, horizon.current)}


def measure(replies: Replies) -> Worth | NotComputable:
    """Fit purchases and spend by channel of the first purchase, and value everybody."""
    windows = plan_value(replies.engagement.horizon.history)
    cuts = [regroup(cut) for cut in read_windows(replies, windows)]
    bases = tuple(base.split_by(name_cohorts) for base in fit_bases(cuts[1:], cuts[0])) if cuts else ()
    if not bases or any(stand.spend is None for base in bases for stand in (*base.past, base.now)):
        return NotComputable(reason=words.TOO_FEW)
    past = weigh_past(bases, measure_money())
    misses = look_back(past)
    costing = read_costing(replies["costing"])
    now = weigh_now(
        bases,
        measure_money(ANNUAL_RATE, find_margins(replies["costing"], bases, costing)),
        float(windows[0].days),
    )
    valued = value_groups(now, past, count_independent(windows[1:]))
    if not misses or not all(np.isfinite(tally.forecast.mean) for tally in valued["total"]):
        return NotComputable(reason=words.TOO_FEW)
    (whole,) = valued["total"]
    if whole.purchases < LEAST_EXPECTED:
        return NotComputable(reason=words.TOO_FEW)
    return Worth(
        window=windows[0],
        bases=bases,
        customers=whole.customers,
        total=whole.forecast,
        channels=list_groups(valued["channels"]),
        cohorts=list_groups(valued["cohorts"]),
        misses=misses,
        independence=_check_spending(cuts[0]),
        costing=costing,
        currency=replies.engagement.currency,
    )


def _check_spending(cut: Cut) -> Independence | None:
    if cut.spending is None:
        return None
    return check_independence(gather_spending(cut.spending.kept, cut.spending.spend, cut.spending.customers))


def judge(measured: Worth, limits: Limits) -> tuple[Finding, ...]:  # noqa: ARG001 - every check judges alike
    """What customers are worth is no trouble by itself."""
    return ()


def tell(measured: Worth) -> Text:
    """The whole, then the best and the worst channel."""
    said = words.ANSWER.fill(
        n=word_number(measured.customers),
        days=word_days(measured.window.days),
        total=word_money(measured.total.mean, measured.currency),
        what=words.MARGIN if measured.on_margin else words.SALES,
        low=word_money(measured.total.low, measured.currency),
        high=word_money(measured.total.high, measured.currency),
        each=word_price(measured.total.mean / measured.customers, measured.currency),
    )
    rows = measured.channels[~measured.channels.label.isin([OLDER, ALL])].sort_values("mean_each")
    if len(rows) <= 1:
        return said
    best, worst = rows.iloc[-1], rows.iloc[0]
    return said + words.BEST.fill(
        best=name_channel(str(best.label)),
        best_each=word_price(float(best.mean_each), measured.currency),
        worst=name_channel(str(worst.label)),
        worst_each=word_price(float(worst.mean_each), measured.currency),
    )


def caveats(measured: Worth) -> tuple[Text, ...]:
    """The misses before, whether spend depends on frequency, and what is known of costs."""
    errors = join_texts([word_change(miss.error) for miss in measured.misses])
    said = [words.TESTED.fill(errors=errors)]
    if measured.independence is not None:
        said.append(measured.independence.text)
    if not measured.on_margin:
        share = measured.costing.share
        said.append(words.NO_MARGIN.fill(share=word_percent(share)) if share > 0 else words.NO_COSTS)
    return tuple(said)


def tabulate(measured: Worth) -> tuple[Exhibit, ...]:
    """Value by channel, by cohort, and the holdouts."""
    return tabulate_worth(measured)


def draw(measured: Worth, language: Language) -> Figure:
    """Value a customer with its range, by channel, or by cohort where there is but one channel."""
    return draw_worth(measured, language)


# 400 customers who first buy in January 2024; one in two buys again every 28 days for a year, always for 100.
DAYS = [f"{day:%Y-%m-%d}" for day in pd.date_range("2024-01-01", "2024-12-28", freq="28D")]
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(
            f"c{i} {pd.Timestamp(day) + pd.Timedelta(days=i % 28):%Y-%m-%d} {90 + i % 21}"
            for place, day in enumerate(DAYS)
            for i in range(0, 400, 1 if place == 0 else 2)
        ),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-09", "002-42"),
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
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="within 175 days"),
    place=50,
)
