"""Holds links and bounds against populations whose persons are known: `python benchmarks/identity.py [persons]`.

Prints one line a regime, over 20 seeds: precision and recall over pairs of identities, recall among pairs that keys
can connect at all, how many of the stated bounds held, and how wide they were; then time and memory of linking a
million and five million keys.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pyarrow as pa

from diagnostics.generator.identity_truth import try_links
from diagnostics.generator.population import REGIMES
from diagnostics.intake.people.links import EVIDENCE
from diagnostics.intake.people.persons import fill_person, resolve
from diagnostics.statistics.overlap_bounds import EXACT, LinkError

SEEDS = 20
MEGABYTE = 1_000_000


def tell_regimes(persons: int) -> None:
    """Mean (and worst) scores of each regime."""
    print(f"{persons} persons, {SEEDS} seeds: mean (worst)")
    print("regime | precision | recall | recall, linkable | bounds held | held, exact keys assumed | median width")
    for name, regime in REGIMES.items():
        trials = [try_links(persons, regime, seed, (LinkError(), EXACT)) for seed in range(SEEDS)]
        cells = [
            _mean_worst([trial.all_pairs.precision for trial in trials]),
            _mean_worst([trial.all_pairs.recall for trial in trials]),
            _mean_worst([trial.linkable.recall for trial in trials]),
            *(f"{sum(t.held[at] for t in trials)} of {sum(t.stated for t in trials)}" for at in range(2)),
            f"{np.median([width for trial in trials for width in trial.widths]):.0%}",
        ]
        print(" | ".join([name, *cells]), flush=True)


def _mean_worst(shares: list[float]) -> str:
    return f"{np.mean(shares):.1%} ({min(shares):.1%})"


def time_links(keys: int) -> None:
    """Time and memory of resolving so many keys, and of filling one pile of 400,000 rows."""
    evidence = invent_evidence(keys)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    clock = time.process_time()
    persons = resolve(evidence)
    spent = time.process_time() - clock
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    pile = pa.table({"_own_key": evidence["holder"].combine_chunks().slice(0, 400_000)})
    clock = time.process_time()
    fill_person(pile, "customer", persons)
    print(
        f"{keys:,} keys, {evidence.num_rows:,} links ({evidence.nbytes / MEGABYTE:.0f} MB): {spent:.1f} CPU-s, "
        f"peak {after:.0f} MB (before: {before:.0f} MB), a pile in {time.process_time() - clock:.2f} CPU-s"
    )


def invent_evidence(keys: int) -> pa.Table:
    """Links of accounts on four channels with phones: most of one phone, one in twenty of two."""
    stream = np.random.Generator(np.random.PCG64(1))
    accounts = keys * 55 // 100
    phones = keys - accounts
    links = accounts * 105 // 100
    holder = np.r_[np.arange(accounts), stream.integers(0, accounts, links - accounts)]
    shared = np.r_[stream.permutation(phones), stream.integers(0, phones, links - phones)]
    channel = stream.integers(0, 4, accounts)[holder]
    words = pa.array(["tmall", "jd", "store", "youzan"])
    kinds = pa.array(["recipient_phone", "buyer_phone"])
    columns = [
        _write_keys("A-", holder),
        _write_keys("P-", shared),
        pa.DictionaryArray.from_arrays(pa.array(channel, pa.int32()), words),
        pa.DictionaryArray.from_arrays(pa.array(channel // 2, pa.int32()), kinds),
        pa.array(stream.integers(1, 5, links)),
    ]
    return pa.table(columns, schema=EVIDENCE)


def _write_keys(prefix: str, numbers: np.ndarray) -> pa.ChunkedArray:
    """Keys of the length of pseudonyms, in blocks as intake would bring them."""
    step = 400_000
    blocks = [numbers[start : start + step].tolist() for start in range(0, len(numbers), step)]
    spread = 0x9E3779B97F4A7C15
    return pa.chunked_array(
        [pa.array([f"{prefix}{number * spread % 2**64:016x}{number:016x}" for number in block]) for block in blocks]
    )


if __name__ == "__main__":
    tell_regimes(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
    for size in (1_000_000, 5_000_000):
        time_links(size)
