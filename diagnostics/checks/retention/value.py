"""What today's customers will still bring within a stated horizon, by where and when they were won."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.ranges import draw_points
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import WELL_COSTED, Costing, read_costing
from diagnostics.checks.standing import (
    GROUPS,
    OLDER,
    ask_windows,
    name_cohort,
    name_cohorts,
    read_windows,
    share_followed,
)
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.purchase_histories import total_costing
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
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
from diagnostics.statistics.repeat_buying.misses import (
    LEAST_EXPECTED,
    Miss,
    look_back,
    measure_misses,
)
from diagnostics.statistics.repeat_buying.rolling import ALL, Base, Cut, fit_bases
from diagnostics.statistics.repeat_buying.totals import Tally, Weighed, foretell, weigh_now, weigh_past
from diagnostics.statistics.repeat_buying.windows import Window, count_independent, plan_value
from diagnostics.statistics.repeat_buying.yardsticks import measure_money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    "购买次数用重复购买模型，每次金额用 Gamma-Gamma 模型（假定金额与次数独立，检验结果列出）。渠道 = 首购渠道；"
    "早于数据的客户首购未知，单列。80% 区间 = 参数误差 + 客户个体偶然性 + 模型在三个更早截点上的实际偏差；"
    "三个窗口同日结束、互相重叠，只抵 1.3 次独立检验，按 t 分布放宽。",
    en="Value = net spend (refunds taken off) that today's customers will bring within the horizon (a year, or half of "
    "a history shorter than two), discounted at 10% a year; times the gross margin of the channel's customers where "
    "product costs are known, else sales only. Without first orders, cost of acquisition and of service, and nothing "
    "beyond the horizon. Purchases come from a model of buying again, spend a purchase from the Gamma-Gamma model "
    "(which takes both as independent; the test is shown). Channel is that of the first purchase; customers older than "
    "the data have none that is known. The 80% range holds doubt on parameters, chance of single customers and what "
    "the model missed at three earlier cuts; their windows overlap and count as 1.3 tests, by which Student's t "
    "widens.",
)
TOO_FEW = Text(
    zh="历史太短或再购客户太少，价值预测无法在更早的截点上检验",
    en="history is too short, or too few customers bought again, to test a value forecast at earlier cuts",
)
ANSWER = Text(
    zh="现有 {n} 位客户未来 {days}内预计再带来 {total} 的{what}（80% 区间 {low} 至 {high}），人均 {each}。",
    en="Today's {n} customers are expected to bring another {total} of {what} within {days} (80% range {low} to "
    "{high}), {each} each.",
)
BEST = Text(
    zh="数据期内的新客中，人均最高的是首购在{best}的（{best_each}），最低是{worst}（{worst_each}）。",
    en="Of those won within the data, customers of {best} are worth most ({best_each} each), those of {worst} least "
    "({worst_each}).",
)
SALES, MARGIN = Text(zh="净销售额", en="net sales"), Text(zh="毛利", en="gross margin")
TESTED = Text(
    zh="同样的方法在更早的截点上预测净销售额的偏差：{errors}。",
    en="At earlier cuts the same way missed net sales by {errors}.",
)
NO_MARGIN = Text(
    zh="有成本的商品只占净销售额的 {share}，因此只谈销售额。",
    en="Costs are known for {share} of net sales only: value is that of sales, not of margin.",
)
NO_COSTS = Text(
    zh="没有商品成本，因此只谈销售额。", en="No product costs were delivered: value is that of sales, not of margin."
)
OTHERS = Text(zh="其他渠道", en="Other channels")
MIXED = Text(zh="其他渠道与早于数据的客户", en="Others, and older than the data")
ANNUAL_RATE = 0.1
# More rows than this can't be read.
MOST_ROWS = 12


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
    cuts = [_regroup(cut) for cut in read_windows(replies, windows)]
    bases = tuple(base.split_by(name_cohorts) for base in fit_bases(cuts[1:], cuts[0])) if cuts else ()
    if not bases or any(stand.spend is None for base in bases for stand in (*base.past, base.now)):
        return NotComputable(reason=TOO_FEW)
    past = weigh_past(bases, measure_money())
    misses = look_back(past)
    costing = read_costing(replies["costing"])
    now = weigh_now(
        bases,
        measure_money(ANNUAL_RATE, _find_margins(replies["costing"], bases, costing)),
        float(windows[0].days),
    )
    valued = _value(now, past, count_independent(windows[1:]))
    if not misses or not all(np.isfinite(tally.forecast.mean) for tally in valued["total"]):
        return NotComputable(reason=TOO_FEW)
    (whole,) = valued["total"]
    if whole.purchases < LEAST_EXPECTED:
        return NotComputable(reason=TOO_FEW)
    return Worth(
        window=windows[0],
        bases=bases,
        customers=whole.customers,
        total=whole.forecast,
        channels=_list(valued["channels"]),
        cohorts=_list(valued["cohorts"]),
        misses=misses,
        independence=_check_spending(cuts[0]),
        costing=costing,
        currency=replies.engagement.currency,
    )


def _check_spending(cut: Cut) -> Independence | None:
    if cut.spending is None:
        return None
    return check_independence(gather_spending(cut.spending.repeats, cut.spending.spend, cut.spending.customers))


def _regroup(cut: Cut) -> Cut:
    """Newer customers go by the channel of their first purchase; that of older ones is not known."""

    def name(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(group=frame.channel.where(frame.group != OLDER, OLDER))

    return replace(cut, rows=name(cut.rows), spending=None if cut.spending is None else name(cut.spending))


def _find_margins(frame: pd.DataFrame, bases: Sequence[Base], costing: Costing) -> dict[str, float]:
    """The margin of each base's customers, that of all where little of theirs has a cost; empty without costs."""
    if costing.share < WELL_COSTED:
        return {}
    group = frame.channel.where(frame.group != OLDER, OLDER)
    names = [base.name for base in bases]
    group = group.where(group.isin(names), ALL)
    whole = _find_margin(costing)
    found = {name: read_costing(frame[group == name]) for name in names}
    return {name: _find_margin(own) if own.share >= WELL_COSTED else whole for name, own in found.items()}


def _find_margin(costing: Costing) -> float:
    known = costing.net - costing.uncosted
    return costing.earned / known if known > 0 else 0.0


def _value(
    now: Sequence[Weighed], past: Sequence[Sequence[Weighed]], independent: float
) -> dict[str, tuple[Tally, ...]]:
    """The whole, by channel group and by cohort; each with the misfit of its own misses before."""

    def tally(column: str | None) -> tuple[Tally, ...]:
        misses = look_back(past, column) or look_back(past)
        return foretell(now, column, misfit=measure_misses(misses, independent=independent))

    return {"total": tally(None), "channels": tally("group"), "cohorts": tally("label")}


def _list(tallies: Sequence[Tally]) -> pd.DataFrame:
    """A row a tally: totals, and each a customer; of too few purchases only the mean can be told."""
    rows = []
    for tally in tallies:
        told = tally.forecast
        ends = (told.low, told.high) if tally.purchases >= LEAST_EXPECTED else (np.nan, np.nan)
        whole = dict(zip(("mean", "low", "high"), (told.mean, *ends), strict=True))
        each = {f"{name}_each": amount / tally.customers for name, amount in whole.items()}
        rows.append({"label": tally.segment, "customers": tally.customers, **whole, **each})
    return pd.DataFrame(rows)


def judge(measured: Worth, limits: Limits) -> tuple[Finding, ...]:  # noqa: ARG001 - every check judges alike
    """What customers are worth is no trouble by itself."""
    return ()


def tell(measured: Worth) -> Text:
    """The whole, then the best and the worst channel."""
    said = ANSWER.fill(
        n=word_number(measured.customers),
        days=word_days(measured.window.days),
        total=word_money(measured.total.mean, measured.currency),
        what=MARGIN if measured.on_margin else SALES,
        low=word_money(measured.total.low, measured.currency),
        high=word_money(measured.total.high, measured.currency),
        each=word_price(measured.total.mean / measured.customers, measured.currency),
    )
    rows = measured.channels[~measured.channels.label.isin([OLDER, ALL])].sort_values("mean_each")
    if len(rows) <= 1:
        return said
    best, worst = rows.iloc[-1], rows.iloc[0]
    return said + BEST.fill(
        best=name_channel(str(best.label)),
        best_each=word_price(float(best.mean_each), measured.currency),
        worst=name_channel(str(worst.label)),
        worst_each=word_price(float(worst.mean_each), measured.currency),
    )


def caveats(measured: Worth) -> tuple[Text, ...]:
    """The misses before, whether spend depends on frequency, and what is known of costs."""
    errors = join_texts([word_change(miss.error) for miss in measured.misses])
    said = [TESTED.fill(errors=errors)]
    if measured.independence is not None:
        said.append(measured.independence.text)
    if not measured.on_margin:
        share = measured.costing.share
        said.append(NO_MARGIN.fill(share=word_percent(share)) if share > 0 else NO_COSTS)
    return tuple(said)


def name_groups(labels: Sequence[str]) -> list[Text]:
    """What groups of customers are called: by channel, older than the data, or the rest of them together."""
    if len(labels) == 1:
        return [GROUPS[ALL]]
    named = {ALL: OTHERS if OLDER in labels else MIXED, OLDER: GROUPS[OLDER]}
    return [named.get(label) or name_channel(label) for label in labels]


def tabulate(measured: Worth) -> tuple[Exhibit, ...]:
    """Value by channel, by cohort, and the holdouts."""
    return (
        _list_values(
            "channels",
            Text(zh="客户价值：按首购渠道", en="Customer value by channel of the first purchase"),
            Text(zh="首购渠道", en="First channel"),
            measured.channels,
            name_groups(list(measured.channels.label)),
        ),
        _list_values(
            "cohorts",
            Text(zh="客户价值：按首购季度", en="Customer value by quarter of the first purchase"),
            Text(zh="首购季度", en="First purchase"),
            measured.cohorts,
            [name_cohort(label) for label in measured.cohorts.label],
        ),
        _list_holdouts(measured),
    )


def _list_values(name: str, title: Text, label: Text, frame: pd.DataFrame, labels: Sequence[Text]) -> Exhibit:
    return Exhibit(
        name=name,
        title=title,
        fields=(
            Field(name="label", label=label),
            Field(name="customers", label=Text(zh="客户数", en="Customers"), unit="count"),
            Field(name="mean", label=Text(zh="合计", en="Total"), unit="money"),
            Field(name="low", label=Text(zh="80% 区间下限", en="80% range, low"), unit="money"),
            Field(name="high", label=Text(zh="80% 区间上限", en="80% range, high"), unit="money"),
            Field(name="mean_each", label=Text(zh="人均", en="Each"), unit="price"),
            Field(name="low_each", label=Text(zh="人均下限", en="Each, low"), unit="price"),
            Field(name="high_each", label=Text(zh="人均上限", en="Each, high"), unit="price"),
        ),
        frame=frame.assign(label=pd.Series(list(labels), index=frame.index, dtype=object)),
        note=Text(
            zh="预计购买不足 {least} 次的，不给区间。", en="No range where fewer than {least} purchases are expected."
        ).fill(least=word_number(LEAST_EXPECTED)),
    )


def _list_holdouts(measured: Worth) -> Exhibit:
    rows = [
        {
            "cut": pd.Timestamp(miss.cut),
            "days": miss.ahead,
            "foretold": miss.foretold,
            "came": miss.came,
            "error": miss.error,
        }
        for miss in measured.misses
    ]
    return Exhibit(
        name="holdouts",
        title=Text(
            zh="在更早的截点上：再购净销售额的预测与实际", en="At earlier cuts: net sales foretold and what came"
        ),
        fields=(
            Field(name="cut", label=Text(zh="截点", en="Cut"), unit="date"),
            Field(name="days", label=Text(zh="预测窗口", en="Window"), unit="days"),
            Field(name="foretold", label=Text(zh="预测", en="Foretold"), unit="money"),
            Field(name="came", label=Text(zh="实际", en="Came"), unit="money"),
            Field(name="error", label=Text(zh="偏差", en="Error"), unit="share"),
        ),
        frame=pd.DataFrame(rows),
    )


def draw(measured: Worth, language: Language) -> Figure:
    """Value a customer with its range, by channel, or by cohort where there is but one channel."""
    by_channel = len(measured.channels) > 1
    frame = measured.channels.sort_values("mean_each", ascending=False) if by_channel else measured.cohorts
    frame = frame.tail(MOST_ROWS)
    names = name_groups(list(frame.label)) if by_channel else [name_cohort(str(label)) for label in frame.label]
    words = [
        Text(zh="{each}（{n} 人）", en="{each} (n = {n})").fill(
            each=word_price(each, measured.currency), n=word_number(customers)
        )
        for each, customers in zip(frame.mean_each, frame.customers, strict=True)
    ]
    label = Text(zh="未来 {days}人均{what}（线为 80% 区间）", en="{what} each within {days} (lines: 80% range)")
    what = MARGIN if measured.on_margin else SALES
    figure = draw_points(
        [name.word(language) for name in names],
        list(frame.mean_each),
        low=list(frame.low_each),
        high=list(frame.high_each),
        words=[word.word(language) for word in words],
        axis_label=label.fill(days=word_days(measured.window.days), what=what).word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


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
