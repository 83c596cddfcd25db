"""What of spend per buyer moved within channels, and what by buyers who moved between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.waterfall import Bridge, Step
from diagnostics.checks.levers import _mix_words as words
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.levers import sum_levers
from diagnostics.metrics.lines import identified, value_lines
from diagnostics.model.wording import Text, word_price
from diagnostics.statistics.jackknife import find_interval, leave_one_out
from diagnostics.statistics.mix import Mix, split_mix

if TYPE_CHECKING:
    from typing import Literal

    import ibis.expr.types as ir
    from numpy.typing import ArrayLike, NDArray

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The split by channel, and the same without each group of customers, from which the intervals come."""

    channels: tuple[str, ...]
    buyers: NDArray[np.float64]
    gmv: NDArray[np.float64]
    split: Mix
    repeated: Mix
    yearly: float
    currency: str

    @property
    def mix(self) -> float:
        """The whole mix effect on spend per buyer."""
        return float(self.split.mix.sum())

    @property
    def rate(self) -> float:
        """The whole rate effect on spend per buyer."""
        return float(self.split.rate.sum())

    def bound(self, effect: Literal["rate", "mix"], places: ArrayLike | None = None) -> tuple[float, float]:
        """Low and high (95 %) of an effect over some channels, all of them without `places`."""
        chosen = np.arange(len(self.channels)) if places is None else np.asarray(places, dtype=np.int64)
        whole, left = getattr(self.split, effect), getattr(self.repeated, effect)
        low, high = find_interval(whole[chosen].sum(), left[:, chosen].sum(axis=-1))
        return float(low), float(high)


def ask_shift(tables: Tables) -> dict[str, ir.Table]:
    """The query `sums`: buyers and GMV of known customers; none without customers or a period to compare with."""
    horizon = tables.engagement.horizon
    if horizon.previous is None or not tables.has("order_lines", "customer"):
        return {}
    lines = identified(value_lines(tables["order_lines"], tables.engagement.gmv_basis))
    return {"sums": sum_levers(mark_compared(lines, horizon.previous, horizon.current))}


def read_shift(replies: Replies) -> Shift | None:
    """Split the change, once for all customers and once without each group of them; `None` without two channels."""
    if "sums" not in replies:
        return None
    sums = replies["sums"]
    channels = tuple(sorted(sums.channel.unique()))
    counts = _arrange(sums, channels)
    whole = counts.sum(axis=0)
    if np.count_nonzero((whole[:, :, 0] > 0).all(axis=1)) < 2:  # noqa: PLR2004 - a mix takes two
        return None
    return Shift(
        channels=channels,
        buyers=whole[..., 0],
        gmv=whole[..., 1],
        split=_split(whole),
        repeated=_split(leave_one_out(counts)),
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def _arrange(sums: pd.DataFrame, channels: tuple[str, ...]) -> NDArray[np.float64]:
    """Buyers and GMV as (buckets, channels, periods, 2)."""
    buckets, bucket = np.unique(sums.bucket, return_inverse=True)
    counts = np.zeros((max(len(buckets), 2), len(channels), 2, 2))
    place = pd.Index(channels).get_indexer(pd.Index(sums.channel))
    np.add.at(counts, (bucket, place, sums.is_current.astype(int)), sums[["buyers", "gmv"]].to_numpy(dtype=float))
    return counts


def _split(counts: NDArray[np.float64]) -> Mix:
    return split_mix(counts[..., 0, 0], counts[..., 0, 1], counts[..., 1, 0], counts[..., 1, 1])


def tell_channels(measured: Shift) -> Text:
    """Spend per buyer before and after, and the two effects with their intervals."""
    currency = measured.currency
    ends = {"rate": measured.bound("rate"), "mix": measured.bound("mix")}
    return words.CHANNELS.fill(
        **{
            f"{effect}_{side}": word_price(end, currency, signed=True)
            for effect, pair in ends.items()
            for side, end in zip(("low", "high"), pair, strict=True)
        },
        before=word_price(float(measured.split.before), currency),
        after=word_price(float(measured.split.after), currency),
        rate=word_price(measured.rate, currency, signed=True),
        mix=word_price(measured.mix, currency, signed=True),
    )


def lay_channels(measured: Shift, language: Language) -> Bridge:
    """From the previous spend per buyer to the current one by rate and mix."""
    currency = measured.currency
    totals = [
        Step(label=label.word(language), effect=float(level), word=word_price(float(level), currency).word(language))
        for label, level in (
            (Text(zh="上期人均消费", en="Spend per buyer before"), measured.split.before),
            (Text(zh="本期人均消费", en="Spend per buyer now"), measured.split.after),
        )
    ]
    steps = [
        Step(label=label.word(language), effect=effect, word=word_price(effect, currency, signed=True).word(language))
        for label, effect in (
            (Text(zh="各渠道自身（水平）", en="Within channels (rate)"), measured.rate),
            (Text(zh="渠道结构", en="Mix of channels"), measured.mix),
        )
    ]
    label = Text(zh="人均消费（轴不从零开始）", en="Spend per buyer (axis not from zero)")
    return Bridge(first=totals[0], steps=tuple(steps), last=totals[1], axis_label=label.word(language))
