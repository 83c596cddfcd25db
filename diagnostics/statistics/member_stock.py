"""How many members never bought, how fast new ones come to buy, and what waking the stock is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.statistics.proportions import newcombe_difference, wilson
from diagnostics.statistics.survival import Survival, fit_survival

if TYPE_CHECKING:
    import pandas as pd

LEAST_AT_RISK = 30


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Members of a channel who joined inside the history: how they came to buy.

    `followed` had not bought before and joined long enough before its end (the metric says how long); `never` of
    them have not bought by its end, a share with a 95 % interval. `bought_before` joined after a purchase,
    `fresh` joined later and have not bought yet. `curve` is the time from joining to the first purchase of all
    who had not bought before.
    """

    channel: str
    followed: int
    never: int
    low: float
    high: float
    bought_before: int
    fresh: int
    curve: Survival | None

    @property
    def share(self) -> float:
        """The share that never bought."""
        return self.never / self.followed


def read_joined(frame: pd.DataFrame, channel: str) -> Joined | None:
    """From the rows of one channel of `metrics.members.follow_joins`; `None` where nobody was followed."""
    part = frame[frame.channel == channel]
    never = int(part.never.sum())
    followed = never + int(part.bought.sum())
    if not followed:
        return None
    curve = fit_survival(part.days, part.events, part.censored, least_at_risk=LEAST_AT_RISK)
    low, high = wilson(never, followed)
    return Joined(
        channel=channel,
        followed=followed,
        never=never,
        low=float(low),
        high=float(high),
        bought_before=int(part.bought_before.sum()),
        fresh=int(part.censored.sum()) - never,
        curve=curve,
    )


@dataclass(frozen=True, kw_only=True)
class Woken:
    """Sleeping members at the start of a window and the year before: count and rate apart, and what they spent."""

    channel: str
    sleeping: int
    woken: int
    spend: float
    sleeping_before: int
    woken_before: int

    @property
    def rate(self) -> float:
        """Share of the sleeping that bought."""
        return self.woken / self.sleeping

    @property
    def rate_before(self) -> float | None:
        """The same a year before; `None` where nobody slept."""
        return self.woken_before / self.sleeping_before if self.sleeping_before else None

    @property
    def rate_interval(self) -> tuple[float, float]:
        """The rate's 95 % interval."""
        low, high = wilson(self.woken, self.sleeping)
        return float(low), float(high)

    @property
    def change_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the change of the rate."""
        if not self.sleeping_before:
            return None
        low, high = newcombe_difference(self.woken, self.sleeping, self.woken_before, self.sleeping_before)
        return float(low), float(high)

    @property
    def each(self) -> float:
        """What one who woke spent in the window."""
        return self.spend / self.woken if self.woken else 0.0


def compare_woken(now: pd.DataFrame, before: pd.DataFrame | None, channel: str) -> Woken | None:
    """Both windows of one channel; `None` where nobody slept."""
    here = now[now.channel == channel]
    if here.empty:
        return None
    past = before[before.channel == channel] if before is not None else here.iloc[:0]
    return Woken(
        channel=channel,
        sleeping=int(here.sleeping.sum()),
        woken=int(here.woken.sum()),
        spend=float(here.spend.fillna(0).sum()),
        sleeping_before=int(past.sleeping.sum()),
        woken_before=int(past.woken.sum()),
    )
