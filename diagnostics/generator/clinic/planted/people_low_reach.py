"""A channel's buyers can be reached in the private domain far less than those of the others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.generator.clinic.cuts import choose_channel
from diagnostics.generator.clinic.floors import shares_apart
from diagnostics.generator.clinic.planting import Limits, Planted, Planting, Scope

if TYPE_CHECKING:
    import numpy as np

    from diagnostics.generator.clinic.client import Client

YEAR = timedelta(days=365)
# Channels where adding is no harder than elsewhere are no fair measure for the others.
EASY = ("store", "youzan")


def count_reached(client: Client) -> pd.DataFrame:
    """By channel: buyers of the last year (`n`), and the share of them that are contacts."""
    lines = client.lines[client.lines.ordered_at >= pd.Timestamp(client.current.end) - YEAR]
    buyers = lines.drop_duplicates(["channel", "customer"])
    reached = buyers.customer.astype(str).isin(set(client.tables["contacts"].customer))
    grouped = reached.groupby(buyers.channel.astype(str))
    return pd.DataFrame({"n": grouped.size(), "share": grouped.mean()})


def choose(rng: np.random.Generator, client: Client) -> Scope | None:
    """A platform beside at least one other: where the others are easier to add in, there is nothing to compare."""
    channel = choose_channel(rng, client)
    hard = [outlet.channel for outlet in client.trade.outlets if outlet.channel not in EASY]
    return {"channel": channel} if channel in hard and len(hard) > 1 else None


def floor(client: Client, scope: Scope, limits: Limits) -> float:
    """The limit beyond the noise of two shares."""
    counted = count_reached(client)
    own, others = counted.loc[[scope["channel"]]], counted.drop(index=[scope["channel"], *EASY], errors="ignore")
    best = others[others.share == others.share.max()]
    sides = [(float(side.share.iloc[0]), float(side.n.iloc[0])) for side in (own, best)]
    return limits["gap"] + shares_apart(*sides[0], *sides[1], looked_at=len(counted))


def plant(rng: np.random.Generator, client: Client, scope: Scope, gap: float) -> Planted | None:
    """Leave so many of the channel's buyers without a contact that its share falls by `gap`.

    Nobody buys less for it here, so the true effect of reaching them is not known: `None`.
    """
    counted = count_reached(client)
    share = float(counted.share[scope["channel"]])
    if gap >= share:
        return None
    contacts, lines = client.tables["contacts"], client.lines
    home = set(lines.customer[lines.channel == scope["channel"]].astype(str))
    lost = contacts.customer.isin(home) & (rng.random(len(contacts)) < gap / share)
    return Planted(client=client.with_tables(contacts=contacts[~lost].reset_index(drop=True)), effect=None)


PLANTING = Planting(code="people.low_reach", choose=choose, floor=floor, rule="limit plus half-width", plant=plant)
