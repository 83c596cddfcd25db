"""Evidence of links as arrays of numbers, so that millions of keys fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.people.link_numbers import number_keys
from diagnostics.intake.people.links import EVIDENCE_KINDS
from diagnostics.model.identity import KEY_KINDS, PREFIX_LENGTH

Codes = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]
Small = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class CodedLinks:
    """One entry a distinct link: nodes of `keys`, a channel of `channels`, a kind of evidence and rows."""

    keys: pa.Array
    channels: pa.Array
    holder: Nodes
    shared: Nodes
    channel: Nodes
    kind: Small
    rows: Codes


def code_links(evidence: pa.Table) -> CodedLinks:
    """Number the keys in the order in which they come, and add up links that several blocks told."""
    sides = [evidence[name].chunks for name in ("holder", "shared")]
    keys, parts = number_keys([*sides[0], *sides[1]])
    nodes = np.concatenate([*parts, np.empty(0, np.int32)])
    del parts
    count = evidence.num_rows
    channel, channels = _code_words(evidence["channel"])
    kind = code_kinds(evidence["kind"])
    width, kinds = max(len(channels), 1), len(EVIDENCE_KINDS)
    packed = nodes[:count].astype(np.int64)
    for codes, size in ((nodes[count:], max(len(keys), 1)), (channel, width), (kind, kinds)):
        packed = packed * size + codes
    rows = np.asarray(evidence["rows"], dtype=np.int64)
    order = np.argsort(packed, kind="stable")
    packed, rows = packed[order], rows[order]
    starts = np.flatnonzero(np.r_[True, packed[1:] != packed[:-1]]) if count else np.empty(0, np.int64)
    packed = packed[starts]
    totals = np.add.reduceat(rows, starts) if count else rows
    packed, kind_code = np.divmod(packed, kinds)
    packed, channel_code = np.divmod(packed, width)
    holder, shared = np.divmod(packed, max(len(keys), 1))
    return CodedLinks(
        keys=keys,
        channels=channels,
        holder=holder.astype(np.int32),
        shared=shared.astype(np.int32),
        channel=channel_code.astype(np.int32),
        kind=kind_code.astype(np.int8),
        rows=totals,
    )


def code_kinds(kinds: pa.ChunkedArray) -> Small:
    """The place of each kind of evidence among `EVIDENCE_KINDS`."""
    codes, words = _code_words(kinds)
    places = np.array([EVIDENCE_KINDS.index(word) for word in words.to_pylist()], dtype=np.int8)
    found: Small = places[codes] if len(places) else np.empty(0, np.int8)
    return found


def _code_words(words: pa.ChunkedArray) -> tuple[Nodes, pa.Array]:
    coded = words.unify_dictionaries()
    if pa.types.is_dictionary(words.type) and coded.num_chunks:
        # Blocks that are concatenated keep dictionaries of their own.
        parts = [np.asarray(chunk.indices, dtype=np.int32) for chunk in coded.chunks]
        return np.concatenate(parts), coded.chunk(coded.num_chunks - 1).dictionary
    return np.empty(0, np.int32), pa.array([], pa.string())


def rank_keys(keys: pa.Array) -> Small:
    """How well each key stands for its person: the place of its kind, unknown kinds as an account."""
    order = {kind.prefix: place for place, kind in enumerate(KEY_KINDS.values())}
    prefixes = pc.utf8_slice_codeunits(keys, 0, PREFIX_LENGTH)
    at = pc.fill_null(pc.index_in(prefixes, value_set=pa.array(list(order))), list(KEY_KINDS).index("account"))
    ranks: Small = np.asarray(at).astype(np.int8)
    return ranks


def place_keys(links: CodedLinks, ranks: Small) -> Codes:
    """The slot of each key: its kind, and for an account its channel; one person fills few places of a slot."""
    account = list(KEY_KINDS).index("account")
    channel = np.zeros(len(links.keys), dtype=np.int64)
    stated = links.kind == EVIDENCE_KINDS.index("stated")
    channel[links.shared[stated]] = links.channel[stated]
    channel[links.holder[~stated]] = links.channel[~stated]
    is_account = ranks == account
    return np.where(is_account, channel + len(KEY_KINDS), ranks.astype(np.int64))


def count_groups(groups: Codes) -> Codes:
    """For each entry, how many entries share its group.

    >>> count_groups(np.array([5, 9, 5])).tolist()
    [2, 1, 2]
    """
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(groups) else order
    sizes = np.diff(np.r_[starts, len(groups)])
    found = np.empty(len(groups), dtype=np.int64)
    found[order] = np.repeat(sizes, sizes)
    return found


def is_strictly_first(groups: Codes, rows: Codes) -> Flags:
    """Whether an entry has more rows than every other of its group; where the first two tie, nobody is first.

    >>> is_strictly_first(np.array([1, 1, 2, 2]), np.array([3, 1, 2, 2])).tolist()
    [True, False, False, False]
    """
    order = np.lexsort((-rows, groups))
    ordered, size = groups[order], rows[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]] if len(ordered) else np.empty(0, bool)
    is_tie = np.r_[(ordered[1:] == ordered[:-1]) & (size[1:] == size[:-1]), False] if len(ordered) else starts
    first = np.zeros(len(groups), dtype=bool)
    first[order] = starts & ~is_tie
    return first
