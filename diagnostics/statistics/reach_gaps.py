"""How far channels reach fewer buyers than their fair peers, and what one more reached buyer may be worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.statistics.proportions import newcombe_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

LEAST_JUDGED = 100


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A channel against the best channel that it can fairly be compared with."""

    channel: str
    best: str
    difference: float
    low: float


def compare_channels(channels: pd.DataFrame, ease: Mapping[str, int]) -> tuple[Gap, ...]:
    """Each channel with 100 buyers against its best fair peer; the interval is Bonferroni's for so many channels.

    `channels` has channel, buyers, reached and share. A peer is fair where adding is no easier: `ease` ranks
    channels, those not named stand at 0. A channel without anybody reached is left out: its keys don't match.
    """
    judged = channels[(channels.buyers >= LEAST_JUDGED) & (channels.reached > 0)]
    confidence = 1 - 0.05 / max(len(judged), 1)
    gaps = []
    rows = judged.to_dict("records")
    for row in rows:
        peers = [
            peer for peer in rows if peer is not row and ease.get(peer["channel"], 0) <= ease.get(row["channel"], 0)
        ]
        if not peers:
            continue
        best = max(peers, key=lambda peer: float(peer["share"]))
        low, _ = newcombe_difference(best["reached"], best["buyers"], row["reached"], row["buyers"], confidence)
        difference = float(best["share"] - row["share"])
        gaps.append(Gap(channel=row["channel"], best=best["channel"], difference=difference, low=float(low)))
    return tuple(gaps)


def size_gap(row: Mapping[Any, Any], lift: float) -> tuple[tuple[float, float, float], bool]:
    """Money of one more reached buyer (low, mid, high), and whether the client's own data size it.

    `row` has reached_mean, matched_mean, difference_error and unreached_mean. A clear difference, twice its error
    and more, counts to a quarter, a half and in full, for it is an association. Without one, the range goes from
    nothing to `lift` of what those not reached spend again.
    """
    difference, error = float(row["reached_mean"] - row["matched_mean"]), float(row["difference_error"])
    if difference - 2 * error > 0:
        return (0.25 * difference, 0.5 * difference, difference), True
    most = lift * max(float(row["unreached_mean"]), 0.0)
    return (0.0, most / 2, most), False
