"""The tables of systems, how they are connected, and of the bridges between channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.systems._integration_words import BLOCKED, LINKS, STATES
from diagnostics.model.names import CHANNELS, ID_TYPES
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.model.brief import Row

MOST_ROWS = 15
MARK = Text(zh="●", en="●")


def show_systems(systems: Sequence[Row]) -> Exhibit:
    """A system a row: purpose, owner and the grade of its connection."""
    rows = [
        {
            "system": name_verbatim(shorten(str(row["system"]))),
            "purpose": name_verbatim(shorten(str(row.get("purpose") or ""))),
            "owner": name_verbatim(shorten(str(row.get("owner") or ""))),
            **{link: MARK if row.get("integration") == link else NOTHING for link in LINKS},
        }
        for row in systems[:MOST_ROWS]
    ]
    fields = (
        Field(name="system", label=Text(zh="系统", en="System")),
        Field(name="purpose", label=Text(zh="用途", en="Purpose")),
        Field(name="owner", label=Text(zh="负责岗位", en="Owner")),
        *(Field(name=link, label=label) for link, label in LINKS.items()),
    )
    title = Text(zh="系统对接矩阵", en="Systems and connections")
    return Exhibit(name="systems", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def show_bridges(bridges: Sequence[tuple[str, str, str]]) -> Exhibit:
    """A channel a row: the identity of its bridge, the state of it, and what that blocks."""
    rows = [
        {
            "channel": channel if channel in CHANNELS else shorten(channel),
            "identity": ID_TYPES.get(kind) or name_verbatim(kind or "–"),
            "state": STATES[state],
            "blocked": NOTHING if state == "crosses" else BLOCKED,
        }
        for channel, kind, state in bridges[:MOST_ROWS]
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="identity", label=Text(zh="所用身份", en="Identity used")),
        Field(name="state", label=Text(zh="状态", en="State")),
        Field(name="blocked", label=Text(zh="因此算不了", en="Can't be computed for want of it")),
    )
    title = Text(zh="会员打通与受阻的指标", en="Bridges and what they block")
    return Exhibit(name="bridges", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
