"""By which kinds of key customers are known, where they bought, and who bought in two channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified, sales
from diagnostics.metrics.orders import count_orders
from diagnostics.model.identity import GIVEN, KEY_KINDS, PREFIX_LENGTH

if TYPE_CHECKING:
    import ibis.expr.types as ir

TOGETHER = ""


def name_kind(customer: ir.StringValue) -> ir.StringValue:
    """The kind of key that a pseudonym begins with; `given` where it does not say."""
    prefix = customer.substr(0, PREFIX_LENGTH)
    return ibis.cases(*((prefix == kind.prefix, kind.id) for kind in KEY_KINDS.values()), else_=GIVEN.id)


def count_kinds(lines: ir.Table) -> ir.Table:
    """One row a part, channel and kind of key: n.

    Parts: `channel` counts the known buyers of each channel; `alone` those of them who bought on no other;
    `crossing` (channel empty) those who bought on several; `hidden` (kind empty) a channel's orders without a
    customer. Buyers have a selling line among `lines`, which come from `value_lines`.
    """
    buyers = _list_buyers(lines)
    places = buyers.group_by("customer").agg(channels=buyers.count(), channel=buyers.channel.min())
    places = places.mutate(kind=name_kind(places.customer))
    alone, several = places.filter(places.channels == 1), places.filter(places.channels > 1)
    orders = count_orders(lines)
    unknown = orders.filter(orders.customer.isnull())
    parts = (
        ("channel", buyers.mutate(kind=name_kind(buyers.customer)).group_by("channel", "kind")),
        ("alone", alone.group_by("channel", "kind")),
        ("crossing", several.mutate(channel=ibis.literal(TOGETHER)).group_by("channel", "kind")),
        ("hidden", unknown.mutate(kind=ibis.literal("")).group_by("channel", "kind")),
    )
    rows = [
        grouped.agg(n=lambda of: of.count()).select("channel", "kind", "n", part=ibis.literal(name))
        for name, grouped in parts
    ]
    return ibis.union(*rows)


def count_shared(lines: ir.Table) -> ir.Table:
    """One row a pair of channels and kind of key: n, the known buyers of both; first is the smaller name."""
    buyers = _list_buyers(lines)
    other = buyers.view()
    pairs = buyers.join(other, (buyers.customer == other.customer) & (buyers.channel < other.channel), rname="{name}_2")
    pairs = pairs.mutate(kind=name_kind(pairs.customer))
    return pairs.group_by(first=pairs.channel, second=pairs.channel_2, kind=pairs.kind).agg(n=lambda of: of.count())


def count_reach_kinds(lines: ir.Table, contacts: ir.Table, reachable: ir.Table) -> ir.Table:
    """One row a part, channel and kind of key: n, of buyers and contacts.

    Parts: `buyers` and `reached` by channel; `contacts` (channel empty) the reachable customers; `hidden`
    contacts (channel and kind empty) without any key of a customer.
    """
    buyers = _list_buyers(lines)
    marked = buyers.mutate(kind=name_kind(buyers.customer))
    reached = marked.semi_join(reachable, "customer")
    listed = reachable.mutate(kind=name_kind(reachable.customer), channel=ibis.literal(TOGETHER))
    unknown = contacts.filter(contacts.customer.isnull()).select("contact").distinct()
    unknown = unknown.mutate(kind=ibis.literal(""), channel=ibis.literal(TOGETHER))
    parts = (("buyers", marked), ("reached", reached), ("contacts", listed), ("hidden", unknown))
    rows = [
        table.group_by("channel", "kind").agg(n=table.count()).select("channel", "kind", "n", part=ibis.literal(name))
        for name, table in parts
    ]
    return ibis.union(*rows)


def _list_buyers(lines: ir.Table) -> ir.Table:
    return sales(identified(lines)).select("channel", "customer").distinct()
