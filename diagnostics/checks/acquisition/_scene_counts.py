"""What was measured, laid out by scene: adds, who passes, scans, and the adds of the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.acquisition._scenes import SCENES, place_entry

if TYPE_CHECKING:
    from diagnostics.checks.check import Replies

PASSING = ("orders", "buyers", "reached")


def read_before(replies: Replies) -> float | None:
    """Adds of the previous period, if contacts were there before it began."""
    previous = replies.engagement.horizon.previous
    if "before" not in replies or previous is None:
        return None
    before = replies["before"].iloc[0]
    return float(before.adds) if before["first"] < pd.Timestamp(previous.start) else None


def place_rows(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The columns summed by scene, from rows of a way, a code and whether a store is named."""
    placed = rows.assign(
        scene=[
            place_entry(_text(way), _text(source), in_store=bool(in_store)).id
            for way, source, in_store in zip(rows.way, rows.source, rows.in_store, strict=True)
        ]
    )
    return placed.groupby("scene", as_index=False)[columns].sum().astype(dict.fromkeys(columns, float))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def lay_channels(replies: Replies) -> pd.DataFrame:
    """Orders, buyers and reached of each scene's channels, and scans of the store's codes; NaN where not told."""
    rows = []
    passing = replies.frames.get("passing")
    scans = replies.frames.get("scans")
    for scene in SCENES:
        row: dict[str, object] = {"scene": scene.id}
        if passing is not None and scene.channels:
            mine = passing[passing.channel.isin(scene.channels)]
            row |= {name: float(mine[name].sum()) for name in PASSING}
        if scene.id == "counter" and scans is not None and scans.added.notna().any():
            told = scans[scans.added.notna()]
            row |= {"scans": float(told.scans.sum()), "scanned_adds": float(told.added.sum())}
        rows.append(row)
    columns = ["scene", *PASSING, "scans", "scanned_adds"]
    return pd.DataFrame(rows).reindex(columns=columns)
