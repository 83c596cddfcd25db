"""What GMV would be with other levels of its levers: arithmetic, its interaction stated, its formula as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.tornado import draw_tornado
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.levers import _what_if_words as words
from diagnostics.checks.levers._what_if_tables import (
    WhatIf,
    key_of,
    lower,
    reach,
    tabulate_what_if,
    value_best,
    word_level,
    word_quarter,
)
from diagnostics.metrics.lever_quarters import ask_quarters
from diagnostics.metrics.levers import ask_levers
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.section import NO_PREVIOUS, Need, NotComputable
from diagnostics.model.wording import Text, word_money, word_number
from diagnostics.statistics.lever_bests import find_best_channels, find_best_quarters
from diagnostics.statistics.lever_levels import UNKNOWN
from diagnostics.statistics.lever_tree import LeverTree, grow_tree
from diagnostics.statistics.what_if import Lever, scale_level, value_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

CHANGE = 0.1
# Below this a lever's distance from its best quarter is not worth a sentence.
LEAST_WORTH = 0.01


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sums of the lever tree, and the same by quarter."""
    return {**ask_levers(tables), **ask_quarters(tables)}


def measure(replies: Replies) -> WhatIf | NotComputable:
    """Value the scenarios."""
    if "sums" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    visitors = replies["visitors"] if "visitors" in replies else pd.DataFrame()
    horizon = replies.engagement.horizon
    tree = grow_tree(replies["sums"], visitors)
    levers = _list_levers(tree, horizon.yearly)
    if not levers:
        return NotComputable(reason=words.NO_SALES)
    quarters = find_best_quarters(tree, replies["quarters"], visitors, horizon.current.months)
    channels = find_best_channels(tree.levels)
    return WhatIf(
        levers=levers,
        quarters=quarters,
        channels=channels,
        up=value_scenario(levers, lambda lever: scale_level(lever.lever, lever.level, CHANGE)),
        down=value_scenario(levers, lambda lever: scale_level(lever.lever, lever.level, -CHANGE)),
        at_best_quarter=value_scenario(levers, lambda lever: reach(lever, quarters)),
        at_best_channel=value_scenario(levers, lambda lever: reach(lever, channels)),
        horizon=horizon,
        currency=replies.engagement.currency,
    )


def _list_levers(tree: LeverTree, yearly: float) -> tuple[Lever, ...]:
    return tuple(
        Lever(channel=level.channel, depth=level.depth, lever=name, level=value, gmv=level.gmv * yearly)
        for level in tree.levels
        if level.is_current and level.depth != UNKNOWN and level.gmv > 0
        for name, value in level.levers.items()
        if (name, value) != ("kept", 1.0)  # no refund is recorded, or GMV is counted before refunds
    )


def judge(_measured: WhatIf, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing is wrong with arithmetic: what fell is judged by the lever tree."""
    return ()


def tell(measured: WhatIf) -> Text:
    """The worth of 10 % in one lever and in all, the interaction, and the lever farthest from its best quarter."""
    currency, up = measured.currency, measured.up
    lever = max(up.single, key=lambda name: up.single[name])
    said = words.ANSWER.fill(
        most=word_money(up.single[lever], currency),
        lever=lower(lever),
        count=word_number(len(up.single)),
        together=word_money(up.together, currency),
        interaction=word_money(up.interaction, currency),
        down=word_money(-measured.down.together, currency),
    )
    far = max(measured.levers, key=lambda lever: value_best(lever, measured.quarters))
    worth = value_best(far, measured.quarters)
    if worth < LEAST_WORTH * sum({(x.channel, x.depth): x.gmv for x in measured.levers}.values()):
        return said
    best = measured.quarters[key_of(far)]
    return said + words.BEST.fill(
        channel=name_channel(far.channel),
        lever=lower(far.lever),
        now=word_level(far.lever, far.level, currency),
        best=word_level(far.lever, best.level, currency),
        quarter=word_quarter(best, measured.horizon),
        worth=word_money(worth, currency),
    )


def draw(measured: WhatIf, language: Language) -> Figure:
    """What 10 % down and 10 % up do, lever by lever and all at once."""
    order = [lever for lever in LEVERS if lever in measured.up.single]
    labels = [LEVERS[lever].word(language) for lever in order] + [words.TOGETHER.word(language)]
    down = [*(measured.down.single[lever] for lever in order), measured.down.together]
    up = [*(measured.up.single[lever] for lever in order), measured.up.together]
    written = [
        (
            word_money(low, measured.currency, signed=True).word(language),
            word_money(high, measured.currency, signed=True).word(language),
        )
        for low, high in zip(down, up, strict=True)
    ]
    label = Text(
        zh="杠杆变化 10%，年 GMV 的变化（算术，不是预测）", en="GMV a year with levers 10% down and up (arithmetic)"
    )
    figure = draw_tornado(labels, down, up, written, axis_label=label.word(language))
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


# February: 50 buyers, one order each of two items at 50: 5,000, a year 60,000. 10 % more buyers, orders, items or price
# is 6,000 each; all four 60,000 x (1.1^4 - 1) = 27,846, of which 3,846 is interaction.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at quantity paid_amount",
        *(f"jd c{i:03d} 2024-01-02 2 100" for i in range(60)),
        *(f"jd c{i:03d} 2024-02-28 2 100" for i in range(50)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("003-18",),
    finds=(),
    needs=(Need(table="order_lines"),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate_what_if,
    draw=draw,
    caveats=lambda _measured: (words.NO_FORECAST,),
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="CNY 3,846"),
    place=25,
)
