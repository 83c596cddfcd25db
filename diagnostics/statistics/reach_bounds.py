"""How many buyers of a channel are contacts at least and at most, by the kinds of key on both sides."""

from __future__ import annotations

import pandas as pd

from diagnostics.statistics.overlap_bounds import LinkError, bound_overlap, read_kinds


def bound_reach(kinds: pd.DataFrame) -> pd.DataFrame:
    """One row a channel: least and most (shares of its known buyers) and computed_on.

    `kinds` has part, channel, kind and n, as `metrics.identity.count_reach_kinds` gives them.
    """
    buyers, reached = kinds[kinds.part == "buyers"], kinds[kinds.part == "reached"]
    contacts = read_kinds(kinds[kinds.part == "contacts"])
    hidden = int(kinds[kinds.part == "hidden"].n.sum())
    rows = []
    for channel, of in buyers.groupby("channel"):
        matched = read_kinds(reached[reached.channel == channel])
        bounds = bound_overlap(read_kinds(of), contacts, matched, hidden, LinkError()).over(float(of.n.sum()))
        rows.append((str(channel), bounds.low, bounds.high, bounds.computed_on))
    return pd.DataFrame(rows, columns=["channel", "least", "most", "computed_on"])
