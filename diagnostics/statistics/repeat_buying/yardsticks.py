"""What is foretold of customers: purchases, who buys at least once, money."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from diagnostics.statistics.repeat_buying.customer_value import Purses, Terms, value_rows, vary_rows
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.likelihood import Layout
from diagnostics.statistics.repeat_buying.predict import ROUGH, chance_of, expect_purchases, vary_purchases
from diagnostics.statistics.repeat_buying.rolling import Stand

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Rows of a stand, laid out, with parameters of purchases (`own`) and of spend, and the days ahead."""

    stand: Stand
    purses: Purses
    layout: Layout
    own: Numbers
    spend: Numbers
    ahead: float


Expect: TypeAlias = Callable[[Scene], Numbers]


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """What is foretold of a customer of each row, its mean and variance; and what came of the row's customers.

    `swift` stands in for `expect` where only its ratio by draw of the parameters is asked for.
    """

    expect: Expect
    swift: Expect
    vary: Expect
    count: Callable[[pd.DataFrame], Numbers]


def _expect(scene: Scene) -> Numbers:
    return expect_purchases(scene.stand.model, scene.own, scene.layout, scene.ahead)


def _vary(scene: Scene) -> Numbers:
    return vary_purchases(scene.stand.model, scene.own, scene.layout, scene.ahead, nodes=ROUGH)


def _chance(scene: Scene) -> Numbers:
    return np.asarray(1 - chance_of(scene.stand.model, scene.own, scene.layout, scene.ahead, 0.0))


def _spread(scene: Scene) -> Numbers:
    share = _chance(scene)
    return share * (1 - share)


PURCHASES = Yardstick(
    expect=_expect,
    swift=_expect,
    vary=_vary,
    count=lambda rows: (rows.later * rows.customers).to_numpy(dtype=np.float64),
)
BUYERS = Yardstick(
    expect=_chance,
    swift=_chance,
    vary=_spread,
    count=lambda rows: rows.customers.where(rows.later > 0, 0).to_numpy(dtype=np.float64),
)


def measure_money(annual_rate: float = 0.0, margins: Mapping[str, float] | None = None) -> Yardstick:
    """Net spend, discounted at an annual rate, times the margin of the group where there is one.

    What came is net spend as it came: misses are those of spend without discount. Discount changes the spread by less
    than the spread is known, so that is left without.
    """
    known = margins or {}

    def expect_at(rate: float) -> Expect:
        def expect(scene: Scene) -> Numbers:
            terms = Terms(days=scene.ahead, annual_rate=rate, margin=known.get(scene.stand.group))
            return value_rows(scene.stand.model, scene.own, scene.spend, scene.purses, terms, layout=scene.layout)

        return expect

    def vary(scene: Scene) -> Numbers:
        terms = Terms(days=scene.ahead, annual_rate=0.0, margin=known.get(scene.stand.group))
        return vary_rows(
            scene.stand.model, scene.own, scene.spend, scene.purses, terms, layout=scene.layout, nodes=ROUGH
        )

    return Yardstick(
        expect=expect_at(annual_rate),
        swift=expect_at(0.0),
        vary=vary,
        count=lambda rows: rows.later_net.to_numpy(dtype=np.float64),
    )
