"""Draws who is a member of which channel, since when, and who joined and never bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import numpy as np

    from diagnostics.generator.clinic.trades import Trade

# Members who have never bought, as a share of all.
SILENT = (0.05, 0.15)


def draw_members(rng: np.random.Generator, lines: pd.DataFrame, trade: Trade) -> pd.DataFrame:
    """The canonical `customers`: some of each channel's buyers joined when they first bought there, some never buy."""
    opened = lines.sort_values("ordered_at", kind="stable").drop_duplicates(["channel", "customer"])
    joined = opened[rng.random(len(opened)) < trade.members]
    channel = joined.channel.astype(str).to_numpy()
    silent = draw_silent(rng, lines, channel, float(rng.uniform(*SILENT)))
    members = pd.DataFrame(
        {"customer": joined.customer.astype(str).to_numpy(), "channel": channel, "joined_on": joined.ordered_at}
    )
    return pd.concat([members, silent], ignore_index=True).assign(
        joined_on=lambda frame: frame.joined_on.dt.normalize(), is_member=True
    )


def draw_silent(rng: np.random.Generator, lines: pd.DataFrame, channels: np.ndarray, share: float) -> pd.DataFrame:
    """Members without a purchase, `share` of all of them beside others of these channels, who joined on any day."""
    count = round(len(channels) * share / (1 - share))
    days = (lines.ordered_at.max() - lines.ordered_at.min()).days
    return pd.DataFrame(
        {
            "customer": [f"{number:032x}" for number in rng.integers(0, 2**62, count).tolist()],
            "channel": rng.choice(channels, count) if count else channels[:0],
            "joined_on": lines.ordered_at.min() + pd.to_timedelta(rng.integers(0, max(days, 1), count), unit="D"),
        }
    )
