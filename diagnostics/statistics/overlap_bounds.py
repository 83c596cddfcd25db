"""How many people channels share at least and at most, when some of them can't be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

from diagnostics.model.identity import meets

if TYPE_CHECKING:
    import pandas as pd

Counts = Mapping[str, int]
HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class LinkError:
    """How far keys are trusted when bounds are stated.

    `wrong`: of customers found on both channels, so many may be two people (a phone shared or passed on).
    `missed`: of customers who could be compared and were not found, so many may yet be the same person under
    another number or account. Both are set so that the bounds hold on populations with known persons
    (`benchmarks/identity.py`); a client's keys may be better or worse.
    """

    wrong: float = 0.05
    missed: float = 0.05


EXACT = LinkError(wrong=0.0, missed=0.0)


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """A number between two ends, the share of customers on which it was computed, and a point if one is assumed.

    Of two channels `computed_on` is the smaller of both sides' shares. It is 0 where nothing could be compared: then
    the ends say only what is possible.
    """

    low: float
    high: float
    computed_on: float
    point: float | None = None

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            message = f"a lower bound must not exceed the upper one: {self.low}, {self.high}"
            raise ValueError(message)

    @property
    def width(self) -> float:
        """How far the ends are apart."""
        return self.high - self.low

    def over(self, whole: float) -> Bounds:
        """The same as shares of a whole, at most all of it."""
        point = None if self.point is None else min(self.point / whole, 1.0)
        return Bounds(
            low=min(self.low / whole, 1.0),
            high=min(self.high / whole, 1.0),
            computed_on=self.computed_on,
            point=point,
        )


def bound_overlap(first: Counts, second: Counts, matched: Counts, hidden: int = 0, error: LinkError = EXACT) -> Bounds:
    """Customers of `first` who are also customers of `second`.

    All count customers by the kind of key that they are known by (`model.identity`); `matched` those found in both,
    `hidden` those whom rows without any customer key may hide in `second`. Two customers that are known by the same
    meeting key and were not matched are two people; any other pair could be one person. The upper end is thus the
    matched and the largest matching among pairs that could be one, by König's theorem over kinds; with one meeting
    key it is matched + min(|A|-m, |B|-m, uA+uB), the metric dictionary's.
    `point` assumes that customers who can't be compared overlap as often as those who can.

    >>> bound_overlap({"phone": 60, "account": 40}, {"phone": 100}, {"phone": 30})
    Bounds(low=30.0, high=70.0, computed_on=0.6, point=50.0)
    """
    of_first, of_second, both = sum(first.values()), sum(second.values()), sum(matched.values())
    # A list of the client that ties accounts to contacts lets even accounts meet: then some of them matched.
    common = [kind for kind in first if (meets(kind) and second.get(kind)) or matched.get(kind)]
    mine, theirs = (sum(side.get(kind, 0) for kind in common) for side in (first, second))
    rest, other = ({kind: n - matched.get(kind, 0) for kind, n in side.items()} for side in (first, second))
    extra = count_possible(rest, {**other, HIDDEN: hidden})
    unfound = sum(min(rest[kind], other.get(kind, 0)) for kind in common)
    low = both * (1 - error.wrong)
    high = max(low, min(both + extra + error.missed * unfound, of_first, of_second + hidden))
    point = None
    if mine and theirs:
        point = min(max(both * (of_first / mine) * (of_second / theirs), low), high)
    # The smaller of both sides: all of one channel's keys are of no use where the other has few to compare with.
    computed_on = min(mine / of_first, theirs / (of_second + hidden)) if of_first and theirs else 0.0
    return Bounds(low=low, high=float(high), computed_on=computed_on, point=point)


def count_possible(first: Counts, second: Counts) -> int:
    """The most pairs of one customer each that could be one person: the largest matching between kinds of key.

    >>> count_possible({"phone": 10, "account": 5}, {"phone": 10})
    5
    """
    kinds = list(first)
    return min(
        sum(first[kind] for kind in kinds if kind not in chosen)
        + sum(count for kind, count in second.items() if any(_could_be_one(mine, kind) for mine in chosen))
        for chosen in chain.from_iterable(combinations(kinds, size) for size in range(len(kinds) + 1))
    )


def _could_be_one(first: str, second: str) -> bool:
    return not (first == second and meets(first))


@dataclass(frozen=True, kw_only=True)
class Base:
    """Customers of all channels together, by where and by which key they are known.

    `channels` counts the customers of each channel; `alone` those seen on one channel only, by channel and kind of
    key; `crossing` those seen on several, by kind; `hidden` are orders without a customer, each of which may hide
    one more person.
    """

    channels: Counts
    alone: Mapping[tuple[str, str], int]
    crossing: Counts
    hidden: int = 0

    @property
    def known(self) -> int:
        """Customers as they are keyed."""
        return sum(self.alone.values()) + sum(self.crossing.values())

    @property
    def comparable(self) -> float:
        """The share of customers with a key by which other channels could recognise them."""
        kinds = [*self.crossing.items(), *((kind, count) for (_, kind), count in self.alone.items())]
        return sum(count for kind, count in kinds if meets(kind)) / self.known if self.known else 0.0


def read_base(frame: pd.DataFrame) -> Base:
    """The base from rows of part, channel, kind and n, as `metrics.identity.count_kinds` gives them."""
    parts = dict(iter(frame.groupby("part")))
    none = frame.iloc[:0]
    channels, alone = parts.get("channel", none), parts.get("alone", none)
    crossing, hidden = parts.get("crossing", none), parts.get("hidden", none)
    return Base(
        channels={str(channel): int(n) for channel, n in channels.groupby("channel").n.sum().items()},
        alone={(str(at), str(by)): int(n) for at, by, n in zip(alone.channel, alone.kind, alone.n, strict=True)},
        crossing=read_kinds(crossing),
        hidden=int(hidden.n.sum()),
    )


def read_kinds(rows: pd.DataFrame) -> dict[str, int]:
    """Customers by kind of key, from rows of kind and n."""
    return {str(kind): int(n) for kind, n in zip(rows.kind, rows.n, strict=True)}


def bound_people(base: Base, error: LinkError = EXACT) -> Bounds:
    """People behind the known customers, orders without a customer left out.

    At most as many as there are keys. At least as many as the largest set in which everybody is somebody else:
    the customers of one channel, or those known by one kind of meeting key (one account a channel and one number
    a person assumed, up to `error`).
    """
    own = max(base.channels.values(), default=0)
    kinds = {kind for _, kind in base.alone if meets(kind)} | set(base.crossing)
    by_kind = max((_count_kind(base, kind) for kind in kinds), default=0)
    crossing = sum(base.crossing.values())
    least = max(own, by_kind) * (1 - error.missed)
    return Bounds(low=min(least, base.known), high=base.known + error.wrong * crossing, computed_on=base.comparable)


def bound_crossing(base: Base, error: LinkError = EXACT) -> Bounds:
    """People who bought on two channels and more.

    At least those found. At most one more for every two customers of different channels and keys that don't meet:
    no more than half of those seen alone, nor than those outside the largest channel, nor outside the largest
    kind of meeting key.
    """
    found, alone = sum(base.crossing.values()), sum(base.alone.values())
    parts = [sum(n for (at, _), n in base.alone.items() if at == one) for one in {at for at, _ in base.alone}]
    meeting = {by for _, by in base.alone if meets(by)}
    kinds = [sum(n for (_, by), n in base.alone.items() if by == one) for one in meeting]
    outside = min(alone - max(parts, default=0), alone - max(kinds, default=0), alone // 2)
    missed = error.missed * min(alone - max(parts, default=0), max(kinds, default=0))
    # An order without a customer may be the second channel of anybody.
    most = min(found + outside + missed + min(base.hidden, alone), base.known)
    low = found * (1 - error.wrong)
    return Bounds(low=low, high=max(float(most), low), computed_on=base.comparable)


def _count_kind(base: Base, kind: str) -> int:
    return base.crossing.get(kind, 0) + sum(count for (_, by), count in base.alone.items() if by == kind)
