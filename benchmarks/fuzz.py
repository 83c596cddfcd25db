"""Breaks files of every kind at random and reads them: `python benchmarks/fuzz.py FOLDER [MINUTES] [SEED]`.

Each input goes the whole way from bytes to order lines. It may end as rows, all accounted for, or as a file that
can't be read and says why; anything else (an error in our process, a reader that fails without knowing why, more
than ten CPU seconds, more memory than the limit) is written to FOLDER with the input.
"""

from __future__ import annotations

import resource
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

import psutil
from hypothesis import HealthCheck, Phase, given, seed, settings

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from diagnostics.intake.reading.child import Reading, open_reading  # noqa: E402
from tests.intake.mutations import broken_files, seeds  # noqa: E402
from tests.intake.whole_way import take_whole_way  # noqa: E402

MINUTES, SLOW, BATCH = 20.0, 10.0, 500
MOST_MEMORY = 1_500_000_000
# What a reader says that did not foresee what it met.
UNFORESEEN = "fails_reader"
KEPT_OF_EACH = 3


def main(folder: Path, minutes: float, first_seed: int) -> None:
    """Fuzz for so many minutes of CPU time of both processes."""
    folder.mkdir(parents=True, exist_ok=True)
    tally: Counter[tuple[str, str]] = Counter()
    found: Counter[str] = Counter()
    begun, number, spent, most = time.perf_counter(), first_seed, 0.0, 0
    path = folder / "input"
    with open_reading(seconds=60) as reading:
        while spent < minutes * 60:

            @seed(number)
            @settings(
                max_examples=BATCH,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(broken_files())
            def read(file: tuple[str, bytes]) -> None:
                nonlocal most
                kind, data = file
                path.write_bytes(data)
                before = _spent()
                try:
                    reason = take_whole_way(path, reading)
                except Exception:  # noqa: BLE001 - what escapes is what is looked for
                    reason = "ERROR"
                    _keep(folder, data, f"{kind}\n{traceback.format_exc()}", found)
                took = _spent() - before
                memory = _weigh(reading)
                most = max(most, memory)
                if took > SLOW or reason.startswith(UNFORESEEN) or memory > MOST_MEMORY:
                    _keep(folder, data, f"{kind}\n{reason} {took:.1f} s {memory:,} bytes", found)
                tally[kind, reason.split(":")[0]] += 1

            read()
            number += 1
            spent = _spent()
            _report(tally, found, spent, time.perf_counter() - begun, most)


def _spent() -> float:
    """CPU seconds of this process and its readers, also those that ended."""
    live = sum(sum(child.cpu_times()[:2]) for child in psutil.Process().children())
    done = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + live + done.ru_utime + done.ru_stime


def _weigh(reading: Reading) -> int:
    child = reading._child  # noqa: SLF001 - what it weighs is asked by nobody else
    if child is None or child.poll() is not None:
        return 0
    return int(psutil.Process(child.pid).memory_info().rss)


def _keep(folder: Path, data: bytes, said: str, found: Counter[str]) -> None:
    name = said.splitlines()[-1][:100]
    found[name] += 1
    if found[name] <= KEPT_OF_EACH:
        stem = f"{len(found):03d}_{found[name]}"
        (folder / f"{stem}.bin").write_bytes(data)
        (folder / f"{stem}.txt").write_text(said, encoding="utf-8")


def _report(tally: Counter[tuple[str, str]], found: Counter[str], spent: float, wall: float, most: int) -> None:
    print(f"\n{tally.total():,} inputs, {spent / 60:.1f} CPU minutes, {wall / 60:.1f} minutes, {most / 1e6:,.0f} MB")
    by_kind: Counter[str] = Counter()
    for (kind, _), count in tally.items():
        by_kind[kind] += count
    for kind in sorted(seeds()):
        ends = {reason: count for (of, reason), count in tally.items() if of == kind}
        print(f"  {kind:<12}{by_kind[kind]:>7,}  {dict(sorted(ends.items(), key=lambda item: -item[1]))}")
    for name, count in found.most_common():
        print(f"  FOUND {count:>5}  {name}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(float(word) for word in sys.argv[2:3] or [MINUTES]), int((sys.argv[3:4] or ["1"])[0]))
