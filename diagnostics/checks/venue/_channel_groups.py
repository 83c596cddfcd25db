"""Which channels have groups of which kind, and where groups must stand in for a missing bridge of members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.venue import _channel_group_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit
from diagnostics.model.wording import NOTHING, Text, join_texts, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from diagnostics.model.brief import Brief, Row
    from diagnostics.model.wording import Language

STORE, NOWHERE = "store", ""


@dataclass(frozen=True, kw_only=True)
class Served:
    """One channel: its groups by kind, the members stated and whether its members are bridged (empty: untold)."""

    channel: str
    kinds: Mapping[str, int]
    members: int
    bridge: str

    @property
    def groups(self) -> int:
        """How many groups it has."""
        return sum(self.kinds.values())

    @property
    def is_gap(self) -> bool:
        """Known not to be bridged, and without a group."""
        return self.bridge in {"none", "planned"} and not self.groups


def place_groups(brief: Brief) -> tuple[Served, ...]:
    """Put groups and bridges together by channel, gaps first, then most groups; nothing where no group is listed."""
    groups = brief.rows("groups_list")
    if not groups:
        return ()
    bridges = {str(row.get("channel") or ""): str(row.get("status") or "") for row in brief.rows("bridge_status")}
    named = [str(row.get("channel")) for row in brief.rows("main_channels") if row.get("channel")]
    channels = dict.fromkeys([*named, *bridges, *(_place(row) for row in groups)])
    served = []
    for channel in channels:
        mine = [row for row in groups if _place(row) == channel]
        kinds = [str(row.get("type") or "") for row in mine]
        sizes = [size for row in mine if isinstance(size := row.get("members"), int)]
        counted = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
        served.append(Served(channel=channel, kinds=counted, members=sum(sizes), bridge=bridges.get(channel, "")))
    return tuple(sorted(served, key=lambda one: (not one.is_gap, -one.groups, one.channel)))


def _place(row: Row) -> str:
    return str(row.get("channel") or "") or (STORE if row.get("store") else NOWHERE)


def _name(channel: str) -> Text:
    return name_channel(channel) if channel else words.UNKNOWN


def tell_groups(served: tuple[Served, ...]) -> Text:
    """How many groups where, and which channel has neither."""
    placed = [one for one in served if one.channel and one.groups]
    apart = sum(one.groups for one in served if not one.channel)
    gaps = [one for one in served if one.is_gap]
    return words.ANSWER.fill(
        groups=word_number(sum(one.groups for one in placed)),
        channels=word_number(len(placed)),
        apart=words.APART.fill(n=word_number(apart)) if apart else NOTHING,
        gaps=words.GAPS.fill(names=join_texts(_name(one.channel) for one in gaps)) if gaps else words.NO_GAPS,
    )


def show_groups(served: tuple[Served, ...]) -> Exhibit:
    """A channel a row: groups by kind, bridge and the way its customers are served."""
    rows = [
        {
            "channel": _name(one.channel),
            "groups": one.groups,
            "kinds": join_texts(
                words.KIND.fill(kind=words.KINDS.get(kind, words.UNKNOWN), n=word_number(n))
                for kind, n in one.kinds.items()
            ),
            "members": one.members or None,
            "bridge": words.BRIDGES.get(one.bridge, words.UNKNOWN) if one.channel else NOTHING,
            "route": words.ROUTES[one.bridge == "live", one.groups > 0] if one.channel and one.bridge else NOTHING,
        }
        for one in served
    ]
    return Exhibit(name="channels", title=words.TITLE, fields=words.FIELDS, frame=pd.DataFrame(rows, dtype=object))


def draw_groups(served: tuple[Served, ...], language: Language) -> Figure:
    """Groups by channel; channels with neither group nor bridge stand out."""
    return draw_bars(
        [_name(one.channel).word(language) for one in served],
        [float(one.groups) for one in served],
        [word_number(one.groups).word(language) for one in served],
        axis_label=words.AXIS.word(language),
        marked=[place for place, one in enumerate(served) if one.is_gap],
    )
