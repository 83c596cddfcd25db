"""Persons as an engine of many machines finds them, in the shape in which this machine's own reckoning gives them."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.people.engine_components import Keep
from diagnostics.intake.people.engine_links import judge_on_engine
from diagnostics.intake.people.link_codes import CodedLinks
from diagnostics.intake.people.link_cuts import KEPT, Judged
from diagnostics.intake.people.link_numbers import number_keys
from diagnostics.intake.people.link_rules import LinkRules
from diagnostics.intake.people.links import EVIDENCE_KINDS
from diagnostics.intake.people.persons import VOIDING, Persons
from diagnostics.model.links import REASONS

_PLAIN = pa.schema([(name, pa.string()) for name in ("holder", "shared", "channel", "kind")] + [("rows", pa.int64())])


def resolve_on_engine(
    evidence: pa.Table, rules: LinkRules, *, load: Callable[[pa.Table], ir.Table], keep: Keep
) -> Persons:
    """The same persons as `persons.resolve`, from evidence that `load` brings onto an engine.

    Only keyed hashes leave this machine, never the client's key.
    """
    links, keys, labels = judge_on_engine(load(evidence.cast(_PLAIN)), rules, keep)
    moved = _name_heads(links, keys, labels).to_pyarrow()
    judged = _code(links.to_pyarrow())
    heads = pc.index_in(moved["head"].combine_chunks(), value_set=judged.links.keys)
    return Persons(moved=moved["key"].combine_chunks(), heads=heads, judged=judged)


def _name_heads(links: ir.Table, keys: ir.Table, labels: ir.Table) -> ir.Table:
    """Each `key` that does not stand for itself, with its `head`, empty where a key of many takes part."""
    held = links.filter(links.reason.isnull())
    ends = held.select("rows", key="holder").union(held.select("rows", key="shared"))
    seen = ends.group_by("key").agg(seen=ends.rows.sum())
    placed = keys.join(labels, "key").left_join(seen, "key").drop("key_right")
    best = ibis.row_number().over(
        group_by=placed.label, order_by=[placed["rank"], placed.seen.fill_null(0).desc(), placed.key]
    )
    heads = placed.mutate(place=best)
    heads = heads.filter(heads.place == 0).select("label", head="key")
    many = links.filter((links.reason == "shared_by_many") & links.kind.isin(VOIDING))
    void = many.select(key="shared").distinct()
    named = labels.join(heads, "label").select("key", "head")
    own = named.left_join(void.mutate(is_void=True), "key").select("key", "head", "is_void")
    both = own.left_join(void.select(head="key", has_void=True), "head").select("key", "head", "is_void", "has_void")
    is_void = ibis.coalesce(both.is_void, both.has_void, False)
    known = both.select("key", "head", is_void=is_void)
    moved = known.filter(known.is_void | (known["head"] != known.key))
    return moved.select("key", head=ibis.cases((~moved.is_void, moved["head"]), else_=ibis.null("string")))


def _code(links: pa.Table) -> Judged:
    """Links in text as the numbers in which they are counted and written."""
    sides = [links[name].chunks for name in ("holder", "shared")]
    keys, parts = number_keys([*sides[0], *sides[1]])
    nodes = np.concatenate([*parts, np.empty(0, np.int32)])
    channel = links["channel"].combine_chunks().dictionary_encode()
    fate = pc.fill_null(pc.index_in(links["reason"].combine_chunks(), value_set=pa.array(REASONS)), KEPT)
    kind = pc.index_in(links["kind"].combine_chunks(), value_set=pa.array(EVIDENCE_KINDS))
    coded = CodedLinks(
        keys=keys,
        channels=channel.dictionary,
        holder=nodes[: links.num_rows],
        shared=nodes[links.num_rows :],
        channel=np.asarray(channel.indices, dtype=np.int32),
        kind=np.asarray(kind).astype(np.int8),
        rows=np.asarray(links["rows"], dtype=np.int64),
    )
    return Judged(links=coded, fate=np.asarray(fate).astype(np.int8))
