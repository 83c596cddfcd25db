"""With one anchor far fewer viewers of a live session get through a step than with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.clinic.floors import reach
from diagnostics.generator.clinic.outposts import ANCHORS
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    from diagnostics.generator.clinic.client import Client

FROM, TO = "product_clicked", "buyers"
# Steps of a session times groups that are looked at: anchors, and four windows of weeks.
LOOKED_AT = 3 * (len(ANCHORS) + 4)
LEAST = 12


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """An anchor with enough sessions, on the last step: who clicked and then buys."""
    sessions = client.tables["live_sessions"].anchor.value_counts()
    able = sorted(sessions.index[sessions >= LEAST])
    if not able:
        return None
    return {"channel": "douyin", "step": f"{FROM}_to_{TO}", "staff": str(rng.choice(able))}


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The share of those who get through that must be missing, beyond the noise of two means of sessions' logits.

    The anchor's own level counts: who does a little better than the others has further to fall.
    """
    sessions = client.tables["live_sessions"]
    levels = np.log((sessions[TO] + 0.5) / (sessions[FROM] - sessions[TO] + 0.5))
    mine = sessions.anchor == scope["staff"]
    error = [float(levels[side].std()) / float(side.sum()) ** 0.5 for side in (mine, ~mine)]
    noise = reach(LOOKED_AT) * float(np.hypot(*error))
    ahead = float(levels[mine].mean() - levels[~mine].mean())
    return float(1 - limits["ratio"] * np.exp(-noise - ahead))


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Let the share `gap` of the anchor's buyers not buy; it costs what they paid."""
    if not 0 < gap < 1:
        return None
    sessions = client.tables["live_sessions"]
    mine = sessions.anchor == scope["staff"]
    left = rng.binomial(sessions[TO].to_numpy(dtype=np.int64), 1 - gap)
    buyers = sessions[TO].where(~mine, left)
    paid = (sessions.paid_amount * buyers / sessions[TO].clip(lower=1)).round(2)
    lost = float(sessions.paid_amount[mine].sum()) * gap
    changed = sessions.assign(**{TO: buyers, "paid_amount": paid})
    return Planted(client=client.with_tables(live_sessions=changed), effect=lost)


PLANTING = Planting(code="live.funnel_leak", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
