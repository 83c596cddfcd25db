"""Channels by the share of buyers whom others can recognise, and how far each pair's buyers overlap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from diagnostics.checks.data import _identity_words as words
from diagnostics.checks.known_people import ERROR, NO_COMMON_KEY
from diagnostics.model.basis import Basis
from diagnostics.model.identity import meets
from diagnostics.statistics.overlap_bounds import Bounds, bound_overlap, read_kinds


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two channels, the smaller one first, and the share of its buyers who also bought in the other."""

    first: str
    second: str
    buyers: int
    matched: int
    overlap: Bounds

    @property
    def basis(self) -> Basis:
        """On which of the smaller channel's buyers the overlap was computed."""
        return Basis(share=self.overlap.computed_on, of=words.BOTH_BUYERS, why=NO_COMMON_KEY)


def describe_channels(kinds: pd.DataFrame) -> pd.DataFrame:
    """One row a channel, most buyers first: buyers, comparable, share, hidden."""
    known = kinds[kinds.part == "channel"]
    comparable = known[[meets(kind) for kind in known.kind]]
    frame = pd.DataFrame(
        {
            "buyers": known.groupby("channel").n.sum(),
            "comparable": comparable.groupby("channel").n.sum(),
            "hidden": kinds[kinds.part == "hidden"].groupby("channel").n.sum(),
        }
    )
    frame = frame.fillna(0).rename_axis("channel").reset_index()
    frame["share"] = frame.comparable / frame.buyers.where(frame.buyers > 0)
    return frame.sort_values(["buyers", "channel"], ascending=[False, True], ignore_index=True)


def compare_channels(kinds: pd.DataFrame, shared: pd.DataFrame) -> tuple[Pair, ...]:
    """Every pair of channels with bounds of its overlap, most buyers first."""
    known = {str(at): read_kinds(of) for at, of in kinds[kinds.part == "channel"].groupby("channel")}
    both = {pair: read_kinds(of) for pair, of in shared.groupby(["first", "second"])}
    pairs = []
    for names in combinations(sorted(known), 2):
        first, second = sorted(names, key=lambda name: (sum(known[name].values()), name))
        matched = both.get(names, {})
        buyers = sum(known[first].values())
        overlap = bound_overlap(known[first], known[second], matched, error=ERROR).over(buyers)
        pairs.append(Pair(first=first, second=second, buyers=buyers, matched=sum(matched.values()), overlap=overlap))
    return tuple(sorted(pairs, key=lambda pair: (-pair.buyers, pair.first, pair.second)))
