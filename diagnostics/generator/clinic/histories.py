"""Draws who buys when and where: customers come, go on buying for a while, and stop."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagnostics.generator.clinic.days import Floats, Ints

MOST_AGAIN = 60
# What a customer's chance of a further purchase scatters around (the sum of a beta distribution's parameters).
LIKENESS = 6.0


def draw_orders(
    rng: np.random.Generator,
    weights: Floats,
    born: Floats,
    customers: int,
    *,
    home: Floats,
    again: Floats,
    cycle: float,
) -> pd.DataFrame:
    """One row an order: `person`, `day` (number in `weights`), `channel` (number), `turn` (0 is the first).

    `born` weighs the days on which customers come; `home` are the channels' parts of new customers and `again` their
    chances of a further purchase. Waiting times run in the business's own time, in which a promotion day is long.
    """
    first = rng.choice(len(born), customers, p=born / born.sum())
    channel = rng.choice(len(home), customers, p=home / home.sum())
    stay = rng.beta(LIKENESS * again[channel], LIKENESS * (1 - again[channel]))
    more = np.minimum(rng.geometric(1 - np.clip(stay, 0.001, 0.97)) - 1, MOST_AGAIN)
    person: Ints = np.repeat(np.arange(customers), more)
    pace = np.clip(rng.lognormal(np.log(cycle), 0.35, customers), 3, None)
    waits = pd.Series(rng.gamma(2.0, pace[person] / 2.0))
    clock = np.cumsum(weights) / weights.mean()
    elapsed = clock[first][person] + waits.groupby(person).cumsum().to_numpy()
    day = np.searchsorted(clock, elapsed, side="right")
    orders = pd.DataFrame(
        {
            "person": np.concatenate([np.arange(customers), person]),
            "day": np.concatenate([first, day]),
            "channel": np.concatenate([channel, _stray(rng, channel[person], home)]),
        }
    )
    kept = orders[orders.day < len(weights)].sort_values(["person", "day"], kind="stable", ignore_index=True)
    return kept.assign(turn=kept.groupby("person").cumcount())


def _stray(rng: np.random.Generator, channel: Ints, home: Floats) -> Ints:
    """One repeat purchase in twelve happens in another channel than the first."""
    other = rng.choice(len(home), len(channel), p=home / home.sum())
    return np.where(rng.random(len(channel)) < 1 / 12, other, channel)
