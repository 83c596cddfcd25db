"""Which levers moved GMV between the two compared periods, channel by channel, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.waterfall import Step, draw_waterfall
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.remedies import LEVER_REMEDIES
from diagnostics.metrics.levers import ask_levers
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    word_change,
    word_money,
    word_number,
    word_percent,
    word_period,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.lever_falls import Fall, find_unsteady, list_falls, weigh
from diagnostics.statistics.lever_tree import Level, LeverTree, Term, grow_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Horizon, Period
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="GMV 的变化由哪个杠杆造成？", en="Which lever moved GMV?")
DEFINITION = Text(
    zh="GMV = 访客数 × 转化率 × 人均订单数 × 笔单价（× 退款后留存比例，仅当 GMV 按扣除退款计），逐渠道比较两个可比期。"
    "访客 = 各月一级来源访客之和（按日下载的为日访客之和），买家按月去重后相加；"
    "没有流量数据的渠道用购买人数代替访客数 × 转化率；完全没有客户身份的渠道用订单数。"
    "用对数平均迪氏分解（LMDI），含零时用 Shapley 值；各项之和等于 GMV 变化，精确到分。"
    "区间：按客户分组的刀切法，95%。",
    en="GMV = visitors × conversion × orders per buyer × spend per order (× share kept after refunds, where GMV is net "
    "of refunds), by channel, between two comparable periods. Visitors = first-level sources summed over months (daily "
    "visitors where delivered by day); buyers are counted by month and summed. Channels without traffic use buyers in "
    "place of visitors × conversion; channels without any known customer use orders. Split by logarithmic means "
    "(LMDI), by Shapley values where a factor is zero; terms sum to the change of GMV to the cent. Intervals: "
    "jackknife over groups of customers, 95%.",
)
NO_PREVIOUS = Text(
    zh="数据不足两个可比期，无法比较；至少需要两个完整月份的订单",
    en="the data hold no two comparable periods; at least two whole months of orders are needed",
)
NO_SALES = Text(
    zh="两个可比期里都没有销售额（全部退款、全部为 0，或没有订单）",
    en="neither of the two comparable periods holds any sales (all refunded, all zero, or no orders)",
)
ANSWER = Text(
    zh="GMV 从 {before} 变为 {after}（{change}）。",
    en="GMV went from {before} to {after} ({change}).",
)
PULLED = Text(zh="拉动最大的是{lever}（{effect}{unsure}）", en="largest pull up: {lever}, {effect}{unsure}")
DRAGGED = Text(zh="拖累最大的是{lever}（{effect}{unsure}）", en="largest drag: {lever}, {effect}{unsure}")
UNSURE = Text(zh="，区间含零", en=" (may be chance)")
TWICE = Text(
    zh="访客数为所下载的每月（或每日）、各一级来源访客之和：同一人经两个来源、在两个月（或两天）到访会计两次。",
    en="Visitors are summed over the months (or days) delivered and over first-level sources: who comes by two sources "
    "or in two of those months (days) counts twice.",
)
APART = Text(
    zh="无身份客户的订单占本期 GMV 的 {share}，单列一项，不拆成人数与频次。",
    en="Orders without a known customer are {share} of current GMV; they are one term and not split into buyers and "
    "orders per buyer.",
)
NOT_JUDGED = Text(
    zh="以下渠道可识别客户的订单比例变化过大，其杠杆不作判断：{channels}。",
    en="The share of orders with a known customer moved too much for the levers to be judged in: {channels}.",
)
FALL = Text(
    zh="{channel}{lever}下降 {change}，一年少 {loss}",
    en="{channel}: {lever} down {change}, {loss} a year",
)
CAUSE = Text(
    zh="{channel}的{lever}由 {old} 变为 {new}，单此一项使 GMV 在比较期内减少 {effect}（占该渠道上期 GMV 的 {share}，"
    "区间 {low} 至 {high}）；该渠道 GMV 合计变动 {total}。",
    en="In {channel}, {lever} went from {old} to {new}; that alone took {effect} off GMV over the period ({share} of "
    "the channel's previous GMV, interval {low} to {high}). The channel's GMV as a whole moved by {total}.",
)
BASKET_PARTS = Text(zh="其中每单件数 {units}，件单价 {price}。", en="Units per order {units}, price per unit {price}.")
ONLY_BUYERS = Text(
    zh="没有流量数据，无法区分是来访变少还是转化变差。",
    en="Without traffic it can't be told whether fewer people came or fewer of them bought.",
)
REST = Text(zh="其余渠道（{n} 个）", en="Other channels ({n})")
OTHER_NOTE = Text(
    zh="其他项 = 无身份客户的销售、没有客户身份的渠道的订单数、新增与停止的渠道。",
    en="Other terms: sales without a known customer, orders of channels that know none, channels that entered or left.",
)
OTHER, RARE = "other", ["orders", "unknown", "entered", "left"]
MOST_ROWS = 12
MOST_FACTORS = 6


@dataclass(frozen=True, kw_only=True)
class Levers:
    """The tree, with what is needed to size and word it."""

    tree: LeverTree
    horizon: Horizon
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sums by bucket and for the visitors."""
    return ask_levers(tables)


def measure(replies: Replies) -> Levers | NotComputable:
    """Grow the tree."""
    if "sums" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    visitors = replies["visitors"] if "visitors" in replies else pd.DataFrame()
    tree = grow_tree(replies["sums"], visitors)
    if tree.before <= 0 and tree.after <= 0:
        return NotComputable(reason=NO_SALES)
    return Levers(tree=tree, horizon=replies.engagement.horizon, currency=replies.engagement.currency)


def judge(measured: Levers, limits: Limits) -> tuple[Finding, ...]:
    """Name levers that took much from a channel, surely, and more than other levers did."""
    return tuple(
        _state(fall, measured)
        for fall in list_falls(
            measured.tree,
            LEVER_REMEDIES,
            keyed_shift=limits["keyed_shift"],
            least_share=limits["least_share"],
            least_buyers=limits["least_buyers"],
            least_part=limits["least_part"],
        )
        if fall.loss > limits["least_loss"] * fall.base and fall.low > 0
    )


def _state(fall: Fall, measured: Levers) -> Finding:
    remedy, yearly, currency = LEVER_REMEDIES[fall.lever], measured.horizon.yearly, measured.currency
    channel, lever = name_channel(fall.channel), LEVERS[fall.lever]
    impact = Impact(low=fall.low * yearly, mid=fall.loss * yearly, high=fall.high * yearly)
    lowered = _lower(lever)
    cause = CAUSE.fill(
        channel=channel,
        lever=lowered,
        old=_word_factor(fall.lever, fall.old, currency),
        new=_word_factor(fall.lever, fall.new, currency),
        effect=word_money(fall.loss, currency),
        share=word_percent(fall.loss / fall.base),
        low=word_money(fall.low, currency),
        high=word_money(fall.high, currency),
        total=word_money(fall.change, currency, signed=True),
    )
    return Finding(
        code=remedy.code,
        scope={"channel": fall.channel},
        title=FALL.fill(
            channel=channel,
            lever=lowered,
            change=word_percent(1 - fall.new / fall.old),
            loss=word_money(impact.mid, currency),
        ),
        cause=cause + _explain(fall),
        action=remedy.action,
        owner_role=remedy.owner,
        validation=Validation(metric=remedy.metric, direction="up", window_days=remedy.window_days),
        stop_rule=remedy.stop,
        confidence=rate_gap(fall.loss, fall.low),
        impact=impact,
        evidence=(Evidence(table="channels", n=fall.buyers, value=fall.new / fall.old - 1),),
    )


def _explain(fall: Fall) -> Text:
    """What the lever itself is made of, or why it can't be told."""
    if fall.lever == "buyers":
        return ONLY_BUYERS
    if fall.units is None:
        return NOTHING
    return BASKET_PARTS.fill(units=word_change(fall.units), price=word_change(fall.price))


def _word_factor(lever: str, value: float, currency: str) -> Text:
    if lever == "basket":
        return word_price(value, currency)
    if lever in {"conversion", "kept"}:
        return word_percent(value, 2)
    return word_number(value, 2 if lever == "frequency" else 0)


def tell(measured: Levers) -> Text:
    """GMV before and after, and the lever that pulled and the one that dragged most."""
    tree, currency = measured.tree, measured.currency
    said = ANSWER.fill(
        before=word_money(tree.before, currency),
        after=word_money(tree.after, currency),
        change=word_change(tree.after / tree.before - 1 if tree.before else None),
    )
    by_effect = sorted(tree.totals, key=lambda term: term.effect)
    most = [
        words.fill(
            lever=_lower(LEVERS[term.lever]),
            effect=word_money(term.effect, currency, signed=True),
            unsure=UNSURE if term.low <= 0 <= term.high else "",
        )
        for words, term in ((PULLED, by_effect[-1]), (DRAGGED, by_effect[0]))
        if (term.effect > 0) == (words is PULLED) and term.effect
    ]
    return said + _join(most) if most else said


def _lower(lever: Text) -> Text:
    return Text(zh=lever.zh, en=lever.en.lower())


def _join(clauses: list[Text]) -> Text:
    """Clauses as one sentence."""
    en = "; ".join(clause.en for clause in clauses)
    return Text(zh="，".join(clause.zh for clause in clauses) + "。", en=f"{en[:1].upper()}{en[1:]}.")


def caveats(measured: Levers) -> tuple[Text, ...]:
    """What the reader must know of visitors and of orders without a customer."""
    tree = measured.tree
    said = [TWICE] if any(level.depth == "traffic" for level in tree.levels) else []
    unknown = sum(level.gmv for level in tree.levels if level.is_current and level.depth in {"unknown", "orders"})
    if unknown:
        said.append(APART.fill(share=word_percent(unknown / tree.after)))
    large = [name for name in find_unsteady(tree, KEYED_SHIFT.value) if weigh(tree, name) >= LEAST_SHARE.value]
    if large:
        said.append(NOT_JUDGED.fill(channels=join_texts(name_channel(channel) for channel in large[:MOST_ROWS])))
    return tuple(said)


def tabulate(measured: Levers) -> tuple[Exhibit, ...]:
    """The bridge, its terms by channel, and the factors by channel."""
    tree = measured.tree
    bridge = pd.DataFrame(
        [
            {"lever": LEVERS[term.lever], "effect": term.effect, "low": term.low, "high": term.high}
            for term in _order_totals(tree)
        ],
        columns=["lever", "effect", "low", "high"],
    )
    bridge["share"] = bridge.effect / tree.before if tree.before > 0 else None
    bridge_fields = (
        Field(name="lever", label=Text(zh="杠杆", en="Lever")),
        Field(name="effect", label=Text(zh="对 GMV 的影响", en="Effect on GMV"), unit="price"),
        Field(name="low", label=Text(zh="区间下限", en="Interval, low"), unit="money"),
        Field(name="high", label=Text(zh="区间上限", en="Interval, high"), unit="money"),
        Field(name="share", label=Text(zh="占上期 GMV", en="Share of previous GMV"), unit="share"),
    )
    before, after = (word_period(p.start, p.end) for p in _list_periods(measured.horizon))
    note = Text(zh="上期 {before}，本期 {after}。", en="Previous period {before}, current period {after}.")
    return (
        Exhibit(
            name="bridge",
            title=Text(zh="GMV 变化的构成", en="What the change of GMV is made of"),
            fields=bridge_fields,
            frame=bridge,
            note=note.fill(before=before, after=after),
        ),
        _tabulate_channels(tree),
        _tabulate_factors(tree),
    )


def _list_periods(horizon: Horizon) -> list[Period]:
    return [period for period in (horizon.previous, horizon.current) if period is not None]


def _order_totals(tree: LeverTree) -> list[Term]:
    """The terms over all channels that are not zero, in the order of the levers."""
    place = {lever: place for place, lever in enumerate(LEVERS)}
    return sorted((term for term in tree.totals if term.effect), key=lambda term: place[term.lever])


def _tabulate_channels(tree: LeverTree) -> Exhibit:
    """Channels by what they moved; the small ones are folded into one row."""
    rows: dict[str, dict[str, float]] = {channel: {"before": 0.0, "after": 0.0} for channel in tree.keyed}
    for level in tree.levels:
        rows[level.channel]["after" if level.is_current else "before"] += level.gmv
    for term in tree.terms:
        rows[term.channel][term.lever] = term.effect
    order = sorted(rows, key=lambda channel: -max(rows[channel]["before"], rows[channel]["after"]))
    shown = pd.DataFrame([rows[channel] for channel in order[:MOST_ROWS]])
    names = [name_channel(channel) for channel in order[:MOST_ROWS]]
    if rest := order[MOST_ROWS:]:
        folded = pd.DataFrame([rows[channel] for channel in rest]).sum(min_count=1)
        shown = pd.concat([shown, folded.to_frame().T], ignore_index=True)
        names.append(REST.fill(n=word_number(len(rest))))
    shown["channel"] = pd.Series(names, dtype=object)
    # Rare terms share a column, so that the way from one GMV to the other stays readable.
    shown[OTHER] = shown.reindex(columns=RARE).sum(axis=1, min_count=1)
    levers = [lever for lever in LEVERS if lever in shown and lever not in RARE]
    other = Field(name=OTHER, label=Text(zh="其他项", en="Other terms"), unit="money")
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="before", label=Text(zh="上期 GMV", en="GMV before"), unit="money"),
        *(Field(name=lever, label=LEVERS[lever], unit="money") for lever in levers),
        *((other,) if shown[OTHER].notna().any() else ()),
        Field(name="after", label=Text(zh="本期 GMV", en="GMV now"), unit="money"),
    )
    title = Text(zh="各渠道、各杠杆对 GMV 变化的影响", en="Effect on GMV by channel and lever")
    note = OTHER_NOTE if shown[OTHER].notna().any() else None
    return Exhibit(name="channels", title=title, fields=fields, frame=shown, note=note)


def _tabulate_factors(tree: LeverTree) -> Exhibit:
    """The levers themselves, before and after, of the largest channels."""
    known = [level for level in tree.levels if level.depth != "unknown" and level.orders]
    size = {channel: sum(level.gmv for level in known if level.channel == channel) for channel in tree.keyed}
    order = sorted(size, key=lambda channel: -size[channel])[:MOST_FACTORS]
    kept = sorted(
        (level for level in known if level.channel in order),
        key=lambda level: (order.index(level.channel), level.depth, level.is_current),
    )
    frame = pd.DataFrame([_tabulate_level(level) for level in kept])
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="period", label=Text(zh="时期", en="Period")),
        Field(name="visitors", label=LEVERS["users"], unit="count"),
        Field(name="conversion", label=LEVERS["conversion"], unit="share", digits=2),
        Field(name="people", label=LEVERS["buyers"], unit="count"),
        Field(name="frequency", label=LEVERS["frequency"], unit="number", digits=2),
        Field(name="basket", label=LEVERS["basket"], unit="price"),
        Field(name="kept", label=LEVERS["kept"], unit="share"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
    )
    title = Text(zh="各渠道的杠杆水平", en="The levers by channel")
    note = Text(
        zh="有流量的渠道，人均订单数为每位月度买家的订单数。",
        en="In channels with traffic, orders per buyer are per buyer and month.",
    )
    return Exhibit(name="factors", title=title, fields=fields, frame=frame, note=note)


def _tabulate_level(level: Level) -> dict[str, object]:
    has_visitors, has_buyers = level.depth == "traffic", level.depth != "orders"
    return {
        "channel": level.channel,
        "period": Text(zh="本期", en="Now") if level.is_current else Text(zh="上期", en="Before"),
        "visitors": level.users if has_visitors else None,
        "conversion": level.conversion if has_visitors else None,
        "people": level.buyers if has_buyers else None,
        "frequency": level.frequency if has_buyers else None,
        "basket": level.basket,
        "kept": level.kept,
        "gmv": level.gmv,
    }


def draw(measured: Levers, language: Language) -> Figure:
    """The bridge from the previous GMV to the current one."""
    tree, currency = measured.tree, measured.currency
    steps = [
        Step(
            label=LEVERS[term.lever].word(language),
            effect=term.effect,
            word=word_money(term.effect, currency, signed=True).word(language),
        )
        for term in _order_totals(tree)
    ]
    first, last = (
        Step(label=label.word(language), effect=gmv, word=word_money(gmv, currency).word(language))
        for label, gmv in (
            (Text(zh="上期 GMV", en="GMV before"), tree.before),
            (Text(zh="本期 GMV", en="GMV now"), tree.after),
        )
    )
    figure = draw_waterfall(
        first, steps, last, axis_label=Text(zh="GMV（轴不从零开始）", en="GMV (axis not from zero)").word(language)
    )
    scale_money(figure.axes[0].xaxis, currency, language)
    return figure


# January: 1,000 visitors, 100 buyers, one order of 100 each; February: 70 buyers. Conversion falls from 10 % to 7 %
# and nothing else moves, so it explains all of the 3,000 lost.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"tmall c{i:03d} 2024-01-02 100" for i in range(100)),
        *(f"tmall c{i:03d} 2024-02-28 100" for i in range(30, 100)),
        *(f"douyin d{i:03d} 2024-01-02 50" for i in range(40)),
        *(f"douyin d{i:03d} 2024-02-28 50" for i in range(40)),
    ]
)
EXAMPLE_TRAFFIC = """
starts_on  ends_on    channel source visitors
2024-01-01 2024-02-01 tmall   搜索   600
2024-01-01 2024-02-01 tmall   推荐   400
2024-02-01 2024-03-01 tmall   搜索   700
2024-02-01 2024-03-01 tmall   推荐   300
"""
KEYED_SHIFT = Limit(
    name="keyed_shift",
    value=0.1,
    reason=Text(
        zh="可识别客户的订单比例变化超过一成时，买家数的变化多半是识别率的变化",
        en="where the share of orders with a known customer moves by more, a change of buyers is mostly one of "
        "recognition",
    ),
)
LEAST_SHARE = Limit(
    name="least_share",
    value=0.02,
    reason=Text(zh="占 GMV 不足 2% 的渠道不单独判断", en="channels below 2% of GMV are not judged on their own"),
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-05", "003-18"),
    finds=("lever.users_drop", "lever.conversion_drop", "lever.frequency_drop", "lever.basket_drop"),
    needs=(Need(table="order_lines"),),
    limits=(
        Limit(
            name="least_loss",
            value=0.08,
            reason=Text(
                zh="一个杠杆使渠道 GMV 减少 8% 以上才值得专门处理；更小的变化与促销错位难以区分",
                en="a lever is worth a project of its own from 8% of the channel's GMV; less can't be told from a "
                "promotion that moved",
            ),
        ),
        Limit(
            name="least_part",
            value=0.34,
            reason=Text(
                zh="只点名在渠道各项损失中占三分之一以上的杠杆，最多两三个",
                en="only levers with more than a third of the channel's losses are named, two at most",
            ),
        ),
        LEAST_SHARE,
        Limit(
            name="least_buyers",
            value=30,
            reason=Text(zh="少于 30 位买家的比率不作判断", en="rates from fewer than 30 buyers are not judged"),
        ),
        KEYED_SHIFT,
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "traffic": EXAMPLE_TRAFFIC},
        says="-25.0%",
        finds=(("lever.conversion_drop", {"channel": "tmall"}),),
    ),
    place=10,
)
