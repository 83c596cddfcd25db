"""Which levers moved GMV between the two compared periods, and whether these hold the same promotion days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.waterfall import Step, draw_waterfall
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.levers import _tree_words as words
from diagnostics.checks.levers._calendar import Calendar, read_calendar, say_limits, tell_calendar
from diagnostics.checks.levers._calendar_tables import tabulate_calendar
from diagnostics.checks.levers._tree_findings import lower, state_fall
from diagnostics.checks.levers._tree_tables import order_totals, tabulate_tree
from diagnostics.checks.remedies import LEVER_REMEDIES
from diagnostics.metrics.levers import ask_levers
from diagnostics.metrics.phases import ask_phases
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import Text, join_clauses, join_texts, word_change, word_money, word_percent
from diagnostics.statistics.calendar_effect import find_losses
from diagnostics.statistics.lever_falls import find_unsteady, list_falls, weigh
from diagnostics.statistics.lever_tree import LeverTree, grow_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_NAMED = 12


@dataclass(frozen=True, kw_only=True)
class Levers:
    """The tree, what other promotion days did (`None` where they are not known), and what sizes it."""

    tree: LeverTree
    calendar: Calendar | None
    horizon: Horizon
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sums by bucket, for the visitors, and for GMV by promotion phase."""
    return {**ask_levers(tables), **ask_phases(tables)}


def measure(replies: Replies) -> Levers | NotComputable:
    """Grow the tree."""
    if "sums" not in replies:
        return NotComputable(reason=words.NO_PREVIOUS)
    visitors = replies["visitors"] if "visitors" in replies else pd.DataFrame()
    tree = grow_tree(replies["sums"], visitors)
    if tree.before <= 0 and tree.after <= 0:
        return NotComputable(reason=words.NO_SALES)
    engagement = replies.engagement
    return Levers(tree=tree, calendar=read_calendar(replies), horizon=engagement.horizon, currency=engagement.currency)


def judge(measured: Levers, limits: Limits) -> tuple[Finding, ...]:
    """Name levers that took much from a channel, surely, and more than other levers did."""
    effect = measured.calendar.effect if measured.calendar is not None else None
    return tuple(
        state_fall(fall, measured.horizon.yearly, measured.currency)
        for fall in list_falls(
            measured.tree,
            LEVER_REMEDIES,
            keyed_shift=limits["keyed_shift"],
            least_share=limits["least_share"],
            least_buyers=limits["least_buyers"],
            least_part=limits["least_part"],
            least_left=limits["least_left"],
            calendar=find_losses(effect),
        )
        if fall.loss > limits["least_loss"] * fall.base and fall.is_sure
    )


def tell(measured: Levers) -> Text:
    """GMV before and after, the levers that pulled and dragged most, and what of it the calendar made."""
    tree, currency = measured.tree, measured.currency
    said = words.ANSWER.fill(
        before=word_money(tree.before, currency),
        after=word_money(tree.after, currency),
        change=word_change(tree.after / tree.before - 1 if tree.before else None),
    )
    by_effect = sorted(tree.totals, key=lambda term: term.effect)
    most = [
        template.fill(
            lever=lower(LEVERS[term.lever]),
            effect=word_money(term.effect, currency, signed=True),
            unsure=words.UNSURE if term.low <= 0 <= term.high else "",
        )
        for template, term in ((words.PULLED, by_effect[-1]), (words.DRAGGED, by_effect[0]))
        if (term.effect > 0) == (template is words.PULLED) and term.effect
    ]
    if most:
        said += _join(most)
    return said if measured.calendar is None else said + tell_calendar(measured.calendar)


def _join(clauses: list[Text]) -> Text:
    """Clauses as one sentence."""
    joined = join_clauses(clauses, zh="，")
    return Text(zh=f"{joined.zh}。", en=f"{joined.en[:1].upper()}{joined.en[1:]}.")


def caveats(measured: Levers) -> tuple[Text, ...]:
    """What the reader must know of visitors, orders without a customer, refunds still to come, and the calendar."""
    tree = measured.tree
    said = [words.TWICE] if any(level.depth == "traffic" for level in tree.levels) else []
    unknown = sum(level.gmv for level in tree.levels if level.is_current and level.depth in {"unknown", "orders"})
    if unknown:
        said.append(words.APART.fill(share=word_percent(unknown / tree.after)))
    if any(level.is_current and level.kept < 1 for level in tree.levels):
        said.append(words.LATE_REFUNDS)
    large = [name for name in find_unsteady(tree, KEYED_SHIFT.value) if weigh(tree, name) >= LEAST_SHARE.value]
    if large:
        said.append(words.NOT_JUDGED.fill(channels=join_texts(name_channel(channel) for channel in large[:MOST_NAMED])))
    return (*said, *say_limits(measured.calendar))


def tabulate(measured: Levers) -> tuple[Exhibit, ...]:
    """The bridge, its terms by channel, the largest single terms and the levels; what the calendar did."""
    levers = tabulate_tree(measured.tree, measured.horizon)
    return levers if measured.calendar is None else (*levers, *tabulate_calendar(measured.calendar.effect))


def draw(measured: Levers, language: Language) -> Figure:
    """The bridge from the previous GMV to the current one."""
    tree, currency = measured.tree, measured.currency
    steps = [
        Step(
            label=LEVERS[term.lever].word(language),
            effect=term.effect,
            word=word_money(term.effect, currency, signed=True).word(language),
        )
        for term in order_totals(tree)
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
# and nothing else moves, so it explains all of the 3,000 lost at tmall. Spring Festival of 2024 is on 10 February:
# January holds 12 ordinary days and 19 of the run-up, February 8 of the run-up, 8 of the holiday and 13 ordinary ones.
# Douyin sells 100 a day of the run-up in both, so its 1,100 are the calendar's and no lever's; tmall sells 10,000 and
# 7,000 on ordinary days, of which there is one more: (833.33 + 538.46) / 2 = 685.90. The calendar made -414.10.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"tmall c{i:03d} 2024-01-02 100" for i in range(100)),
        *(f"tmall c{i:03d} 2024-02-28 100" for i in range(30, 100)),
        *(f"douyin d{i:03d} 2024-01-20 50" for i in range(38)),
        *(f"douyin d{i:03d} 2024-02-02 50" for i in range(16)),
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
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("003-05", "003-18", "003-34"),
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
        Limit(
            name="least_left",
            value=0.25,
            reason=Text(
                zh="访客增而转化降、新客增而频次降，多为稀释：相邻杠杆补回四分之三以上的，不算损失",
                en="more visitors convert less and more new buyers order less often: a loss that its neighbour makes "
                "good by three quarters is none",
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
        says="(-34.5%). Largest drag: conversion, CNY -3,000. The periods hold other promotion days: Run-up to Spring "
        "Festival from 19 to 8 days, Spring Festival from 0 to 8 days; of the change the calendar made CNY -414",
        finds=(("lever.conversion_drop", {"channel": "tmall"}),),
    ),
    place=10,
)
