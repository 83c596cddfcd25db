"""Decide which keys are one person, on what evidence, and write the person on every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.feed import OWN_KEY, PHONE_KEY
from diagnostics.intake.people.link_codes import (
    CodedLinks,
    Codes,
    Flags,
    Nodes,
    Small,
    code_links,
    place_keys,
    rank_keys,
)
from diagnostics.intake.people.link_cuts import KEPT, Judged, judge_links, label_keys
from diagnostics.intake.people.link_rules import LinkRules, read_rules
from diagnostics.intake.people.links import EVIDENCE, EVIDENCE_KINDS, collect_links
from diagnostics.intake.people.tails import find_contradicted, split_tails
from diagnostics.intake.working import column, put
from diagnostics.model.account import LinkCount
from diagnostics.model.brief import Brief
from diagnostics.model.links import REASONS

KEYED_TABLES = {
    "order_lines": "customer",
    "customers": "customer",
    "contacts": "customer",
    "touches": "customer",
    "events": "customer",
    "referrals": "referrer",
    "feedback": "customer",
    "group_members": "customer",
    "live_orders": "customer",
    "live_viewers": "customer",
}
VOIDING = ("buyer_phone", "remark_phone")


@dataclass(frozen=True, kw_only=True)
class Persons:
    """Keys that belong to another key's person, whom they stand for, and the evidence.

    `moved` are keys with another head than themselves, `heads` the place among the judged links' keys of the one
    that stands for each, empty where a key ties so many people that it stands for nobody. A key that did not move is
    a person by itself.
    """

    moved: pa.Array
    heads: pa.Array
    judged: Judged = field(repr=False)


# What finds persons: in this process, or on an engine of many machines.
Resolver = Callable[[pa.Table, LinkRules], Persons]


def resolve(evidence: pa.Table, rules: LinkRules | None = None) -> Persons:
    """Persons from the evidence of all blocks, concatenated.

    People are the connected components of the links that no rule cuts. The head of a person is the key known on
    most channels (phone, phone hash, unionid, member id, account, contact), then the one seen on most rows, then
    the smallest. A phone of many accounts or contacts, as its own, is nobody's.
    """
    tails, paired = split_tails(evidence)
    links = code_links(paired)
    del paired
    ranks = rank_keys(links.keys)
    judged = judge_links(links, rules or LinkRules(), find_contradicted(links, tails), place_keys(links, ranks))
    head = _choose_heads(judged, ranks)
    void = _find_void(judged)
    places = np.flatnonzero((head != np.arange(len(head))) | void[head] | void)
    heads = pa.array(head[places], mask=void[head[places]] | void[places])
    return Persons(moved=links.keys.take(pa.array(places)), heads=heads, judged=judged)


def fill_person(table: pa.Table, column_name: str, persons: Persons) -> pa.Table:
    """The table with the person of each row: that of the platform's own id, else of the phone.

    A row whose only key is a phone of many people stays without a person.
    """
    own = pc.coalesce(column(table, OWN_KEY), column(table, PHONE_KEY))
    if not len(persons.moved) or own.null_count == len(own):
        return put(table, column_name, own)
    coded = own.dictionary_encode()
    words = coded.dictionary
    # The distinct keys of one block are few against all: they are the ones that are hashed.
    at = np.asarray(pc.fill_null(pc.index_in(persons.moved, value_set=words), -1))
    found = np.flatnonzero(at >= 0)
    place = np.full(len(words), -1, dtype=np.int64)
    place[at[found]] = found
    heads = persons.judged.links.keys.take(persons.heads.take(pa.array(place, mask=place < 0)))
    people = pc.if_else(pa.array(place >= 0), heads, words)
    return put(table, column_name, people.take(coded.indices))


def list_links(persons: Persons) -> pa.Table:
    """Every link with its evidence: holder, shared, channel, kind, rows, kept and reason (empty where kept)."""
    links, fate = persons.judged.links, persons.judged.fate
    keys = [pa.DictionaryArray.from_arrays(pa.array(nodes), links.keys) for nodes in (links.holder, links.shared)]
    reasons = pa.DictionaryArray.from_arrays(pa.array(fate, mask=fate == KEPT), pa.array(REASONS))
    return pa.table(
        {
            "holder": keys[0],
            "shared": keys[1],
            "channel": pa.DictionaryArray.from_arrays(pa.array(links.channel), links.channels),
            "kind": pa.DictionaryArray.from_arrays(pa.array(links.kind), pa.array(EVIDENCE_KINDS)),
            "rows": pa.array(links.rows),
            "kept": pa.array(fate == KEPT),
            "reason": reasons,
        }
    )


def count_links(persons: Persons) -> tuple[LinkCount, ...]:
    """How many links of each kind of evidence hold, or were cut for which reason."""
    links, fate = persons.judged.links, persons.judged.fate
    return tuple(
        LinkCount(
            kind=kind,
            reason="" if reason == KEPT else REASONS[reason],
            links=int(chosen.sum()),
            rows=int(links.rows[chosen].sum()),
        )
        for place, kind in enumerate(EVIDENCE_KINDS)
        for reason in (KEPT, *range(len(REASONS)))
        if (chosen := (links.kind == place) & (fate == reason)).any()
    )


def find_persons(
    links: pa.Table,
    tables: Mapping[str, pa.Table],
    accounts: pa.Table | None,
    brief: Brief,
    resolver: Resolver = resolve,
) -> Persons:
    """Persons from the order lines' `links` and all other tables, under the rules that the requirement sheet sets.

    `accounts` are rows of `contact` with keys, before they were merged; `resolver` may stand in for `resolve`.
    """
    told = [(name, table) for name, table in tables.items() if name in KEYED_TABLES]
    told += [("contacts", accounts)] if accounts is not None else []
    evidence = [links, *(collect_links(table, name) for name, table in told)]
    return resolver(pa.concat_tables([part.cast(EVIDENCE) for part in evidence]), read_rules(brief))


def fill_persons(tables: Mapping[str, pa.Table], persons: Persons) -> dict[str, pa.Table]:
    """Tables with their person column filled."""
    return {
        name: fill_person(table, KEYED_TABLES[name], persons) if name in KEYED_TABLES else table
        for name, table in tables.items()
    }


def _find_void(judged: Judged) -> Flags:
    """Phones that were given as their own by more accounts or contacts than a person has."""
    links = judged.links
    many = judged.fate == REASONS.index("shared_by_many")
    own = np.isin(links.kind, [EVIDENCE_KINDS.index(kind) for kind in VOIDING])
    void = np.zeros(len(links.keys), dtype=bool)
    void[links.shared[many & own]] = True
    return void


def _choose_heads(judged: Judged, ranks: Small) -> Nodes:
    """For each key the key that stands for its person."""
    links, kept = judged.links, judged.kept
    count = len(links.keys)
    rows = np.bincount(links.holder[kept], links.rows[kept], count)
    rows += np.bincount(links.shared[kept], links.rows[kept], count)
    labels = label_keys(judged)
    order = np.lexsort((-rows, ranks, labels))
    first = np.flatnonzero(np.r_[True, labels[order][1:] != labels[order][:-1]]) if count else order
    head_of = order[first]
    _break_ties(head_of, first, order, (labels, ranks, rows), links)
    heads: Nodes = head_of[labels].astype(np.int32)
    return heads


def _break_ties(
    head_of: Codes, first: Codes, order: Codes, sizes: tuple[Nodes, Small, np.ndarray], links: CodedLinks
) -> None:
    """Where several keys stand equally well, take the smallest, whatever order they came in."""
    tied = first[first + 1 < len(order)]
    mine, next_one = order[tied], order[tied + 1]
    same = np.logical_and.reduce([size[mine] == size[next_one] for size in sizes])
    for place in tied[same].tolist():
        ends, base = place, order[place]
        while ends < len(order) and all(size[order[ends]] == size[base] for size in sizes):
            ends += 1
        candidates = order[place:ends].tolist()
        head_of[sizes[0][base]] = min(candidates, key=lambda node: str(links.keys[node].as_py()))
