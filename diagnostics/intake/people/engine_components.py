"""The connected components of a graph of keys as expressions, so that an engine of many machines can work them out."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

Keep = Callable[[ir.Table], ir.Table]


def label_components(keys: ir.Table, edges: ir.Table, keep: Keep) -> ir.Table:
    """`key` and `label`, the smallest key of its component.

    `keys` has a row for each `key`, `edges` link `holder` and `shared`; `keep` works a table out and keeps it. Each
    round takes the smallest label among the neighbours, then the label's own label, so that chains shorten by half:
    the rounds grow with the logarithm of the longest one.
    """
    ends = keep(edges.select(key="holder", other="shared").union(edges.select(key="shared", other="holder")))
    labels = keys.select("key", label="key", before="key")
    while True:
        labels = keep(_shorten(keep(_hook(labels, ends))))
        if not int(labels.filter(labels.label != labels.before).count().to_pandas()):
            return labels.select("key", "label")


def _hook(labels: ir.Table, ends: ir.Table) -> ir.Table:
    """Each key with its label before, and with the smallest one around it."""
    near = ends.join(labels.select(other="key", near="label"), "other")
    nearest = near.group_by("key").agg(near=near.near.min())
    both = labels.select("key", before="label").left_join(nearest, "key")
    return both.select("key", "before", label=ibis.least(both.before, both.near.fill_null(both.before)))


def _shorten(hooked: ir.Table) -> ir.Table:
    heads = hooked.select(label="key", farther="label")
    return hooked.join(heads, "label").select("key", "before", label="farther")
