"""Number millions of keys without holding a hash table of their text."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Nodes = npt.NDArray[np.int32]
Prints = npt.NDArray[np.uint64]

_STEP = 100_000
_WORD = 8
# An odd number of 64 bits without pattern (the golden ratio's) and a shift, as in Vigna's SplitMix64.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def number_keys(chunks: list[pa.Array]) -> tuple[pa.Array, list[Nodes]]:
    """Distinct keys, and for each chunk the number of the key of each row.

    Keys of one length, as pseudonyms are, are sorted by a fingerprint of 64 bits, and every row is then compared
    with the key of its number; keys of several lengths, or two with one fingerprint, go through Arrow's dictionary,
    which takes three times the memory.
    """
    full = [chunk for chunk in chunks if len(chunk)]
    numbered = _number_by_print(full) or _number_by_text(full)
    keys, nodes = numbered
    rest = iter(nodes)
    return keys, [next(rest) if len(chunk) else np.empty(0, np.int32) for chunk in chunks]


def _number_by_text(chunks: list[pa.Array]) -> tuple[pa.Array, list[Nodes]]:
    coded = pa.chunked_array(chunks, pa.string()).dictionary_encode()
    keys = coded.chunk(0).dictionary if coded.num_chunks else pa.array([], pa.string())
    if coded.num_chunks:
        keys = coded.chunk(coded.num_chunks - 1).dictionary
    return keys, [np.asarray(chunk.indices, dtype=np.int32) for chunk in coded.chunks]


def _number_by_print(chunks: list[pa.Array]) -> tuple[pa.Array, list[Nodes]] | None:
    prints = [_print_keys(chunk) for chunk in chunks]
    known = [found for found in prints if found is not None]
    if not chunks or len(known) < len(chunks):
        return None
    whole = np.concatenate(known)
    del prints, known
    order = np.argsort(whole)
    ordered = whole[order]
    is_first = np.r_[True, ordered[1:] != ordered[:-1]]
    nodes = np.empty(len(whole), dtype=np.int32)
    nodes[order] = np.cumsum(is_first, dtype=np.int32) - 1
    first = order[is_first]
    del whole, ordered, order, is_first
    keys = pa.chunked_array(chunks).take(pa.array(first)).combine_chunks()
    ends = np.cumsum([0, *(len(chunk) for chunk in chunks)])
    parts = [nodes[start:end] for start, end in pairwise(ends.tolist())]
    agree = all(_agrees(chunk, keys, part) for chunk, part in zip(chunks, parts, strict=True))
    return (keys, parts) if agree else None


def _agrees(chunk: pa.Array, keys: pa.Array, nodes: Nodes) -> bool:
    """Whether every row is the key of its number, looked at in steps."""
    return all(
        pc.all(pc.equal(chunk.slice(start, _STEP), keys.take(pa.array(nodes[start : start + _STEP])))).as_py()
        for start in range(0, len(chunk), _STEP)
    )


def _print_keys(chunk: pa.Array) -> Prints | None:
    """A number of 64 bits for each key; `None` if the keys are not of one length."""
    count, (_, places, text) = len(chunk), chunk.buffers()
    offsets = np.frombuffer(places, np.int32)[chunk.offset : chunk.offset + count + 1]
    width = int(offsets[1] - offsets[0])
    if chunk.null_count or not width or (np.diff(offsets) != width).any():
        return None
    raw = np.frombuffer(text, np.uint8)[offsets[0] : offsets[-1]].reshape(count, width)
    found = np.full(count, width, dtype=np.uint64)
    for start in range(0, count, _STEP):
        part = raw[start : start + _STEP]
        padded = np.zeros((len(part), -(-width // _WORD) * _WORD), dtype=np.uint8)
        padded[:, :width] = part
        for word in padded.view(np.uint64).T:
            mixed = (found[start : start + _STEP] ^ word) * _SPREAD
            found[start : start + _STEP] = mixed ^ (mixed >> _SHIFT)
    return found
