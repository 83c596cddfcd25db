"""Which combination of venues a client can play: what each needs, what is there, and how much GMV its channels hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diagnostics.checks.domains import CHANNELS
from diagnostics.checks.venue._role_words import COMBINATIONS
from diagnostics.model.wording import Text

CONTENT = frozenset(["xiaohongshu", "douyin", "kuaishou"])
# The channels that carry a part; live orders carry theirs beside.
CARRIED: dict[str, frozenset[str]] = {
    "mini": CHANNELS["own"] - {"wecom", "official_account"},
    "store": CHANNELS["store"],
    "content": CONTENT,
}


@dataclass(frozen=True, kw_only=True)
class Combination:
    """One combination: its parts, those that are not there, and the share of GMV that its channels carry."""

    name: Text
    parts: tuple[str, ...]
    lacking: tuple[str, ...]
    share: float


def choose_combinations(has: Mapping[str, bool], sold: Iterable[tuple[str, bool, float]]) -> tuple[Combination, ...]:
    """All combinations, the recommended one first; `sold` are channel, whether live, and share of GMV.

    >>> first = choose_combinations({"group": True, "mini": True}, [("miniprogram", False, 0.4)])[0]
    >>> first.name.en, first.lacking, first.share
    ('Groups + mini-program', (), 0.4)
    """
    rows = list(sold)
    found = [
        Combination(
            name=name,
            parts=parts,
            lacking=tuple(part for part in parts if not has.get(part)),
            share=sum(share for channel, is_live, share in rows if _carries(parts, channel, is_live=is_live)),
        )
        for name, parts in COMBINATIONS.values()
    ]
    return tuple(sorted(found, key=lambda one: (len(one.lacking), -one.share, -len(one.parts))))


def _carries(parts: tuple[str, ...], channel: str, *, is_live: bool) -> bool:
    if is_live and "live" in parts:
        return True
    return any(channel in CARRIED.get(part, frozenset()) for part in parts)
