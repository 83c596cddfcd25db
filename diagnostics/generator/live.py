"""Live sessions on Douyin: a steady funnel, with the share of sales that live rooms make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.generator.draws import NORMAL, Floats, Ints, draw, open_stream, round_by_chance
from diagnostics.generator.orders import Orders
from diagnostics.generator.places import DOUYIN
from diagnostics.generator.season import DAY_SECONDS, DAYS

EVERY_DAYS = 2
LIVE_SHARE = 0.45
# Share of each stage that goes on to the next: exposed, viewers, shown a product, clicked, bought.
STAGES = (0.22, 0.7, 0.3, 0.08)
NOISE = 0.05
ANCHORS = ("青颜小茶", "青颜小满", "青颜谷雨")


@dataclass(frozen=True, kw_only=True)
class LiveSessions:
    """One entry per session."""

    start: Ints
    minutes: Ints
    anchor: Ints
    exposed: Ints
    viewers: Ints
    views: Ints
    product_exposed: Ints
    product_clicked: Ints
    buyers: Ints
    paid_fen: Ints


def make_live_sessions(orders: Orders, seed: int) -> LiveSessions:
    """One session every second evening; it makes a steady share of the two days' orders."""
    stream = open_stream(seed, "live")
    count = DAYS // EVERY_DAYS
    douyin = orders.channel == DOUYIN
    slot = orders.day[douyin] // EVERY_DAYS
    paid = np.zeros(count, dtype=np.int64)
    np.add.at(paid, slot, orders.paid_fen[douyin])
    buyers = np.maximum(round_by_chance(stream, LIVE_SHARE * np.bincount(slot, minlength=count)), 1)
    stages: list[Ints] = [buyers]
    for rate in reversed(STAGES):
        steps: Floats = rate * (1 + NOISE * draw(stream, NORMAL, count))
        stages.append(np.round(stages[-1] / steps).astype(np.int64))
    sold, clicked, shown, viewers, exposed = stages
    starts = np.arange(count, dtype=np.int64) * EVERY_DAYS * DAY_SECONDS + 19 * 3600
    return LiveSessions(
        start=starts + stream.integers(0, 1800, count),
        minutes=stream.integers(150, 241, count),
        anchor=np.arange(count, dtype=np.int64) % len(ANCHORS),
        exposed=exposed,
        viewers=viewers,
        views=np.round(viewers * 1.4).astype(np.int64),
        product_exposed=shown,
        product_clicked=clicked,
        buyers=sold,
        paid_fen=np.round(paid * LIVE_SHARE / 100).astype(np.int64) * 100,
    )
