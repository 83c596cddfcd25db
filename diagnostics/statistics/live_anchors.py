"""What an anchor's hour on air brings, against the client's other anchors in the same months and hours of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.statistics.shrinkage import shrink

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_SESSIONS = 8
# Morning, afternoon and evening are different audiences.
EDGES = (0, 12, 18, 24)
SLOTS = ("morning", "afternoon", "evening")


def rate_anchors(sessions: pd.DataFrame) -> pd.DataFrame:
    """One row a channel and anchor of 8 sessions or more, best first: what an hour brings, like with like.

    Columns: channel, anchor, sessions, hours, paid, paid_hour, gpm, viewer_value, cost, effect, low, high. `effect` is
    the ratio of an hour's sales to that of the other anchors in the same months and parts of the day, after
    shrinkage, with its interval for all anchors at once (NaN where nobody else was on air then). `sessions` hold
    channel, anchor, starts_at, minutes, views, viewers, paid_amount and cost (NaN where no shift is known).
    """
    held = sessions[sessions.anchor.notna() & (sessions.minutes > 0) & sessions.paid_amount.notna()]
    groups = [(key, own) for key, own in held.groupby(["channel", "anchor"]) if len(own) >= LEAST_SESSIONS]
    rows = [_total(own, str(channel), str(anchor)) for (channel, anchor), own in groups]
    rated = pd.DataFrame(rows, columns=list(COLUMNS))
    return _add_effects(rated, held).sort_values(["channel", "paid_hour"], ascending=[True, False], ignore_index=True)


COLUMNS = ("channel", "anchor", "sessions", "hours", "paid", "paid_hour", "gpm", "viewer_value", "cost")


def _total(own: pd.DataFrame, channel: str, anchor: str) -> dict[str, object]:
    hours, paid = float(own.minutes.sum() / 60), float(own.paid_amount.sum())
    costed = own[own.cost.notna()]
    return {
        "channel": channel,
        "anchor": anchor,
        "sessions": len(own),
        "hours": hours,
        "paid": paid,
        "paid_hour": paid / hours,
        "gpm": _ratio(own, "views") * 1000,
        "viewer_value": _ratio(own, "viewers"),
        "cost": float(costed.cost.sum() / costed.paid_amount.sum()) if costed.paid_amount.sum() > 0 else np.nan,
    }


def _ratio(own: pd.DataFrame, lower: str) -> float:
    both = own[own[lower] > 0]
    return float(both.paid_amount.sum() / both[lower].sum()) if len(both) else np.nan


def _add_effects(rated: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    scored = held.assign(
        score=np.log1p(held.paid_amount.astype(float) / (held.minutes.astype(float) / 60)),
        month=held.starts_at.dt.to_period("M"),
        slot=pd.cut(held.starts_at.dt.hour, EDGES, right=False, labels=SLOTS).astype(str),
    )
    gaps = [_compare(scored, row.channel, row.anchor) for row in rated.itertuples()]
    known = np.array([not np.isnan(error) for _, error in gaps], dtype=bool)
    effects = np.full((3, len(rated)), np.nan)
    if known.any():
        shrunk = shrink([gap for gap, error in gaps if not np.isnan(error)], [e for _, e in gaps if not np.isnan(e)])
        effects[:, known] = np.exp([shrunk.values, *shrunk.bounds()])  # noqa: PD011 - a record's field, no frame
    return rated.assign(effect=effects[0], low=effects[1], high=effects[2])


def _compare(scored: pd.DataFrame, channel: object, anchor: object) -> tuple[float, float]:
    """The mean log ratio within strata of month and part of the day, and its standard error; NaN without any."""
    own = scored[scored.channel == channel]
    is_mine = own.anchor == anchor
    sides = [own[side].groupby(["month", "slot"]).score.agg(["mean", "count"]) for side in (is_mine, ~is_mine)]
    cells = sides[0].merge(sides[1], left_index=True, right_index=True, suffixes=("", "_others"))
    if cells.empty:
        return np.nan, np.nan
    weight = (cells["count"] * cells["count_others"] / (cells["count"] + cells["count_others"])).to_numpy(dtype=float)
    gaps = (cells["mean"] - cells["mean_others"]).to_numpy(dtype=float)
    residual: NDArray[np.float64] = (
        own.score - own.groupby([is_mine, "month", "slot"]).score.transform("mean")
    ).to_numpy(dtype=float)
    freedom = len(own) - own.groupby([is_mine, "month", "slot"]).ngroups
    if freedom < LEAST_SESSIONS:
        return np.nan, np.nan
    spread = float((residual**2).sum() / freedom)
    error = float(np.sqrt(spread / weight.sum()))
    return float(np.average(gaps, weights=weight)), max(error, 1e-6)
