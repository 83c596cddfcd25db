"""Where a way of several steps loses most, and how many would come through at the client's own best rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST_PEOPLE = 30


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of one channel: people before and after it, its interval, and the best channel's low end.

    `recoverable` are the people more who would come through at the low end of the best fair channel's interval, `None`
    where there is no such channel or the step has fewer than 30 people.
    """

    channel: str
    name: str
    before: int
    after: int
    low: float
    high: float
    recoverable: float | None

    @property
    def rate(self) -> float:
        """The share who come through."""
        return self.after / self.before

    @property
    def lost(self) -> int:
        """The people who don't."""
        return self.before - self.after


def compare_steps(name: str, channels: Sequence[tuple[str, int, int]], ease: Mapping[str, int]) -> tuple[Step, ...]:
    """One step in each channel (channel, people before, people after); channels with nobody before are left out.

    `ease` ranks channels by how easily people come through, those not named stand at 0: a channel is only held
    against those where it is no easier.

    >>> [round(step.recoverable or 0) for step in compare_steps("added", [("a", 1000, 500), ("b", 1000, 100)], {})]
    [0, 369]
    """
    known = [(channel, before, after) for channel, before, after in channels if before > 0]
    ends = {channel: wilson(after, before) for channel, before, after in known}
    judged = [channel for channel, before, _ in known if before >= LEAST_PEOPLE]
    steps = []
    for channel, before, after in known:
        peers = [peer for peer in judged if peer != channel and ease.get(peer, 0) <= ease.get(channel, 0)]
        bar = max((float(ends[peer][0]) for peer in peers), default=None)
        is_judged = bar is not None and before >= LEAST_PEOPLE
        steps.append(
            Step(
                channel=channel,
                name=name,
                before=before,
                after=after,
                low=float(ends[channel][0]),
                high=float(ends[channel][1]),
                recoverable=max(bar * before - after, 0.0) if is_judged and bar is not None else None,
            )
        )
    return tuple(steps)
