"""When people buy: gaps between purchases, leaving, and the channel of each order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diagnostics.generator.draws import EXPONENTIAL, Flags, Floats, Ints, draw, open_stream
from diagnostics.generator.people import People
from diagnostics.generator.places import STORE, YOUZAN
from diagnostics.generator.season import DAY_SECONDS, DAYS, draw_seconds, place_on_days, weigh_days

MOST_ORDERS = 80
SHORTEST_GAP_DAYS = 6.0
CROSSING_ORDERS = 0.4


@dataclass(frozen=True, kw_only=True)
class Purchases:
    """One entry per order of a business without troubles, in order of time.

    `turn` counts a person's orders from 0; `second` is seconds since the first day began. Orders before the
    first day are left out, `before` counts them per person.
    """

    person: Ints
    turn: Ints
    day: Ints
    second: Ints
    channel: Ints
    reach_chance: Floats
    refund_chance: Floats
    before: Ints

    def __len__(self) -> int:
        return len(self.person)


def _walk(people: People, seed: int) -> tuple[Ints, Ints, Floats]:
    """Let everybody buy until they leave or the time is over: person, turn and seasonal time of each order."""
    stream = open_stream(seed, "purchases")
    end = float(weigh_days(store=False).sum())
    person, elapsed = np.arange(people.count, dtype=np.int64), people.elapsed
    found: list[tuple[Ints, Ints, Floats]] = []
    for turn in range(MOST_ORDERS):
        found.append((person, np.full(len(person), turn, dtype=np.int64), elapsed))
        stays = stream.random(len(person)) >= people.leaving[person]
        person, elapsed = person[stays], elapsed[stays]
        gap = SHORTEST_GAP_DAYS + draw(stream, EXPONENTIAL, len(person)) * people.gap[person]
        inside = elapsed + gap < end
        person, elapsed = person[inside], (elapsed + gap)[inside]
    persons, turns, times = zip(*found, strict=True)
    return np.concatenate(persons), np.concatenate(turns), np.concatenate(times)


def _place(people: People, person: Ints, elapsed: Floats) -> Ints:
    """Days; stores follow their own season."""
    online = place_on_days(elapsed, weigh_days(store=False))
    weights = weigh_days(store=True)
    scale = float(weights.sum()) / float(weigh_days(store=False).sum())
    offline = place_on_days(elapsed * scale, weights)
    return np.minimum(np.where(people.home[person] == STORE, offline, online), DAYS - 1)


def _find_channels(people: People, person: Ints, turn: Ints, crossing: Flags) -> Ints:
    home = people.home[person]
    return np.where(people.crosses[person] & (turn > 0) & crossing, YOUZAN, home)


def make_purchases(people: People, seed: int) -> Purchases:
    """All orders of the two years, and how many each person had placed before."""
    person, turn, elapsed = _walk(people, seed)
    stream = open_stream(seed, "orders")
    day = _place(people, person, elapsed)
    crossing, reach, refund = (stream.random(len(person)) for _ in range(3))
    channel = _find_channels(people, person, turn, crossing < CROSSING_ORDERS)
    seconds = np.where(
        channel == STORE,
        draw_seconds(stream, len(person), store=True),
        draw_seconds(stream, len(person)),
    )
    second = day * DAY_SECONDS + seconds
    order = np.argsort(second, kind="stable")
    order = order[day[order] >= 0]
    return Purchases(
        person=person[order],
        turn=turn[order],
        day=day[order],
        second=second[order],
        channel=channel[order],
        reach_chance=reach[order],
        refund_chance=refund[order],
        before=np.bincount(person[day < 0], minlength=people.count),
    )
