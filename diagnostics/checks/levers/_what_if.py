"""What GMV would be with other levels of its levers: the scenarios, and the words of a level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.levers import _what_if_words as words
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.period import add_months
from diagnostics.model.wording import NOTHING, Text, word_money, word_month, word_number, word_percent, word_price
from diagnostics.statistics.lever_bests import MONTHS_A_QUARTER, Best, find_best_channels, find_best_quarters
from diagnostics.statistics.lever_levels import UNKNOWN
from diagnostics.statistics.what_if import Lever, scale_level, value_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from diagnostics.model.engagement import Engagement
    from diagnostics.model.period import Horizon
    from diagnostics.statistics.lever_tree import LeverTree
    from diagnostics.statistics.what_if import Worth

CHANGE = 0.1
# Below this a lever's distance from its best quarter is not worth a sentence.
LEAST_WORTH = 0.01
Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """Every lever now, the best levels known of it, and what four scenarios are worth a year."""

    levers: tuple[Lever, ...]
    quarters: Mapping[Key, Best]
    channels: Mapping[Key, Best]
    up: Worth
    down: Worth
    at_best_quarter: Worth
    at_best_channel: Worth
    horizon: Horizon
    currency: str


def value_what_if(tree: LeverTree, quarters: pd.DataFrame, visitors: pd.DataFrame, engagement: Engagement) -> WhatIf:
    """Value the scenarios; `quarters` come from `metrics.lever_quarters`, `visitors` from `metrics.levers`."""
    horizon = engagement.horizon
    levers = _list_levers(tree, horizon.yearly)
    best_quarters = find_best_quarters(tree, quarters, visitors, horizon.current.months)
    best_channels = find_best_channels(tree.levels)
    return WhatIf(
        levers=levers,
        quarters=best_quarters,
        channels=best_channels,
        up=value_scenario(levers, lambda lever: scale_level(lever.lever, lever.level, CHANGE)),
        down=value_scenario(levers, lambda lever: scale_level(lever.lever, lever.level, -CHANGE)),
        at_best_quarter=value_scenario(levers, lambda lever: _reach(lever, best_quarters)),
        at_best_channel=value_scenario(levers, lambda lever: _reach(lever, best_channels)),
        horizon=horizon,
        currency=engagement.currency,
    )


def _list_levers(tree: LeverTree, yearly: float) -> tuple[Lever, ...]:
    return tuple(
        Lever(channel=level.channel, depth=level.depth, lever=name, level=value, gmv=level.gmv * yearly)
        for level in tree.levels
        if level.is_current and level.depth != UNKNOWN and level.gmv > 0
        for name, value in level.levers.items()
        if (name, value) != ("kept", 1.0)  # no refund is recorded, or GMV is counted before refunds
    )


def tell_best(measured: WhatIf) -> Text:
    """The lever farthest from its best quarter; nothing where the distance is a trifle."""
    currency = measured.currency
    far = max(measured.levers, key=lambda lever: _value_best(lever, measured.quarters))
    worth = _value_best(far, measured.quarters)
    if worth < LEAST_WORTH * sum({(x.channel, x.depth): x.gmv for x in measured.levers}.values()):
        return NOTHING
    best = measured.quarters[key_of(far)]
    return words.BEST.fill(
        channel=name_channel(far.channel),
        lever=lower(far.lever),
        now=word_level(far.lever, far.level, currency),
        best=word_level(far.lever, best.level, currency),
        quarter=word_quarter(best, measured.horizon),
        worth=word_money(worth, currency),
    )


def key_of(lever: Lever) -> Key:
    """Channel, depth and lever."""
    return lever.channel, lever.depth, lever.lever


def _reach(lever: Lever, bests: Mapping[Key, Best]) -> float:
    """The best level if it lies above today's, else today's."""
    best = bests.get(key_of(lever))
    return max(best.level, lever.level) if best else lever.level


def _value_best(lever: Lever, bests: Mapping[Key, Best]) -> float:
    """What the best level of a lever is worth a year, 0 where it is not above today's."""
    return lever.gmv * (_reach(lever, bests) / lever.level - 1) if lever.level else 0.0


def lower(lever: str) -> Text:
    """A lever inside of a sentence."""
    return Text(zh=LEVERS[lever].zh, en=LEVERS[lever].en.lower())


def word_level(lever: str, level: float | None, currency: str) -> Text:
    """A lever's level in its own unit."""
    if lever in {"basket", "price", "list_price"}:
        return word_price(level, currency)
    if lever in {"conversion", "discount", "kept"}:
        return word_percent(level, 2)
    return word_number(level, 2 if lever in {"frequency", "items"} else 0)


def word_quarter(best: Best, horizon: Horizon) -> Text:
    """The first month of the quarter in which a best level was reached."""
    period = horizon.current if best.is_current or horizon.previous is None else horizon.previous
    return word_month(add_months(period.start, best.quarter * MONTHS_A_QUARTER))
