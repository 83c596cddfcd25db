"""How time and memory grow: `python benchmarks/growth.py HOME 1000000 10000000 100000000 [--rivals PYTHON]`.

For each number of order lines a client is made under HOME (kept for the next time), then measured, every line in a
process of its own, by the CPU time of all its threads and its peak memory: scanning all columns of the lines, making
once what metrics share, eight figures by our metrics that find it, or each from the lines alone, by pandas and by
polars (in RIVALS, the Python of an environment that has them), every check of every wing, its queries and the whole of
it, and with `--whole` a run with notebooks and reports (memory: of all its processes together). What is measured is
added to HOME/growth.jsonl; HOME/growth.svg and growth.png draw all that is there against n log n.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[1]
ENGINES = ("scan", "make", "ours", "ours_alone", "pandas", "polars")
RIVALS = ("pandas", "polars")
# What they are called in the plot.
NAMES = {
    "scan": "scan of all columns",
    "make": "making once what figures share",
    "ours": "eight figures from that",
    "ours_alone": "eight figures, each from the lines",
}
Answer = TypeVar("Answer")


def measure(command: Sequence[str], limit: float) -> dict[str, Any]:
    """CPU seconds and peak MB of a process and what it waited for, how it ended, and what it said.

    Pages that processes share are counted for each of them: what they hold together is at most that.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL)
        ended: tuple[int, int, Any] = (0, 0, None)
        end, most = time.monotonic() + limit, 0
        while not ended[0]:
            most = max(most, _weigh_tree(process.pid))
            ended = os.wait4(process.pid, os.WNOHANG)
            if not ended[0] and time.monotonic() > end:
                process.kill()
                end = float("inf")
            time.sleep(0.05)
        said.seek(0)
        used: Any = ended[2]
        return {
            "cpu": round(used.ru_utime + used.ru_stime, 2),
            "mb": round(max(used.ru_maxrss / 1024, most / 1024)),
            "code": os.waitstatus_to_exitcode(ended[1]),
            "said": said.read(),
        }


def _weigh_tree(number: int) -> int:
    """Kilobytes held by a process and all below it (Linux)."""
    home = Path("/proc", str(number))
    try:
        held = [line for line in (home / "status").read_text().splitlines() if line.startswith("VmRSS:")]
        below = [int(one) for path in home.glob("task/*/children") for one in path.read_text().split()]
    except OSError:  # It has ended.
        return 0
    return sum(int(line.split()[1]) for line in held) + sum(map(_weigh_tree, below))


def examine_wing(folder: Path, wing: str) -> None:
    """Examine a wing's checks as its notebook does, and print a line for each."""
    from diagnostics.checks.examination import examine  # noqa: PLC0415 - only in the process that is measured
    from diagnostics.checks.shelf import list_checks, load_check  # noqa: PLC0415
    from diagnostics.workbook.case import Case  # noqa: PLC0415
    from diagnostics.workbook.examining import open_tables  # noqa: PLC0415

    tables, spent = open_tables(Case(folder=folder), spill=folder / "spill"), [0.0]

    def clock(work: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
        def timed(expression: Any) -> Answer:
            start = time.process_time()
            answer = work(expression)
            spent[0] += time.process_time() - start
            return answer

        return timed

    timed = replace(tables, fetch=clock(tables.fetch), share=clock(tables.share), share_on_disk=clock(tables.keep))
    for name in list_checks(wing):
        start, spent[0] = time.process_time(), 0.0
        section = examine(name, load_check(name), timed).section
        told = {"check": name, "status": section.status, "queries": round(spent[0], 2)}
        print(json.dumps(told | {"cpu": round(time.process_time() - start, 2)}), flush=True)


def measure_size(folder: Path, lines: int, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Everything that is asked for a number of lines."""
    if not (folder / "vault" / "inputs.json").exists():
        subprocess.run([sys.executable, str(ROOT / "benchmarks/growth_client.py"), str(folder), str(lines)], check=True)
    if "make" in options.engines:
        shutil.rmtree(folder / "vault" / "made", ignore_errors=True)
    for engine in options.engines:
        python = options.rivals if engine in RIVALS else sys.executable
        if python:
            script = str(ROOT / "benchmarks/growth_metrics.py")
            command = [python, script, engine, str(folder / "vault"), options.memory]
            yield {"what": engine} | measure(command, options.limit)
    if options.wings:
        # The checks' times hold the making of what they keep.
        shutil.rmtree(folder / "vault" / "made", ignore_errors=True)
    for wing in options.wings:
        command = [sys.executable, str(Path(__file__)), str(folder), "--wing", wing]
        found = measure(command, options.limit)
        found["checks"] = [json.loads(line) for line in found.pop("said").splitlines() if line.startswith("{")]
        yield {"what": f"wing {wing}"} | found
    shutil.rmtree(folder / "spill", ignore_errors=True)
    if options.whole:
        shutil.rmtree(folder / "vault" / "made", ignore_errors=True)
        limit_memory(folder, options.memory)
        call_current(folder)
        jobs = ["--jobs", str(options.jobs)] if options.jobs else []
        found = measure([sys.executable, str(ROOT / "run_diagnosis.py"), "run", str(folder), *jobs], options.limit)
        yield {"what": "whole run"} | found


def call_current(folder: Path) -> None:
    """Let a run take the vault that was made for it as made by this version of the program."""
    from diagnostics.workbook.case import Case  # noqa: PLC0415 - needs the path set
    from diagnostics.workbook.vault import INPUTS, fingerprint  # noqa: PLC0415
    from diagnostics.workbook.writing import write_json  # noqa: PLC0415

    case = Case(folder=folder)
    write_json(case.vault / INPUTS, fingerprint(case))


def limit_memory(folder: Path, memory: str) -> None:
    """Write into the client's settings how much memory the engine of each notebook may take."""
    settings = folder / "settings.yaml"
    kept = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("memory:")]
    settings.write_text("\n".join([*kept, f"memory: {memory}"]) + "\n", encoding="utf-8")


def show(found: dict[str, Any], scan: float | None) -> None:
    """One measurement, as a multiple of the scan where that was measured, and its checks."""
    ended = "" if found["code"] == 0 else f"  ended with {found['code']}"
    times = f" {found['cpu'] / scan:7.1f} x" if scan else ""
    print(
        f"{found['lines']:>11,}  {found['what']:<24} {found['cpu']:9.1f} CPU-s{times} {found['mb']:7,} MB{ended}",
        flush=True,
    )
    for check in found.get("checks", []):
        print(f"{'':13}{check['check']:<26} {check['cpu']:7.2f}, queries {check['queries']:7.2f}  {check['status']}")


def total(found: Sequence[dict[str, Any]]) -> None:
    """The sums over all checks of a size."""
    checks = [check for one in found for check in one.get("checks", [])]
    if checks:
        queries, whole = (sum(check[name] for check in checks) for name in ("queries", "cpu"))
        most = max(one["mb"] for one in found if "checks" in one)
        lines = f"{found[0]['lines']:>11,}"
        print(f"{lines}  {len(checks)} checks: {whole:.1f} CPU-s, their queries {queries:.1f}; at most {most:,} MB")


def draw(book: Path, home: Path) -> None:
    """CPU time against lines, for each thing measured at two sizes and more, with n log n through the last but one."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only where a plot is asked for

    latest: dict[str, dict[int, float]] = {}
    for line in book.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        if found["code"] == 0:
            latest.setdefault(found["what"], {})[found["lines"]] = found["cpu"]
    wings = [latest.pop(what) for what in list(latest) if what.startswith("wing ")]
    sizes = set.intersection(*map(set, wings)) if wings else set()
    latest["all checks"] = {lines: sum(wing[lines] for wing in wings) for lines in sizes}
    latest = {what: points for what, points in latest.items() if len(points) > 1}
    if not latest:
        return
    figure = Figure(figsize=(8.5, 4.5), layout="constrained")
    axes = figure.subplots()
    for what, points in latest.items():
        x = sorted(points)
        (drawn,) = axes.loglog(x, [points[n] for n in x], marker="o", label=NAMES.get(what, what))
        # Where the start of a process is still most of it, the first point says little of growth.
        scale = points[x[-2]] / (x[-2] * log(x[-2]))
        axes.loglog(x[-2:], [scale * n * log(n) for n in x[-2:]], linestyle=":", color=drawn.get_color())
    axes.set_xlabel("order lines")
    axes.set_ylabel("CPU seconds (dotted: n log n from the last but one)")
    figure.legend(loc="outside right upper", frameon=False, fontsize=8)
    for kind in ("svg", "png"):
        figure.savefig(home / f"growth.{kind}")


def main() -> None:
    """Measure the sizes asked for, then draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("lines", type=int, nargs="*")
    parser.add_argument("--rivals", default="", help="the Python of an environment with pandas and polars")
    parser.add_argument("--engines", type=_split, default=ENGINES)
    parser.add_argument("--wings", type=_split, default=None)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--memory", default="2GB", help="limit of the engine of eight figures and of a whole run")
    parser.add_argument("--jobs", type=int, default=0, help="notebooks of a whole run side by side (the run decides)")
    parser.add_argument("--limit", type=float, default=36_000.0, help="seconds for one process")
    parser.add_argument("--wing", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if options.wing:
        examine_wing(options.home, options.wing)
        return
    if options.wings is None:
        from diagnostics.checks.shelf import list_wings  # noqa: PLC0415 - needs the path set

        options.wings = tuple(list_wings())
    book = options.home / "growth.jsonl"
    for lines in options.lines:
        done = []
        for found in measure_size(options.home / str(lines), lines, options):
            done.append({"lines": lines} | found)
            with book.open("a", encoding="utf-8") as file:
                file.write(json.dumps(done[-1]) + "\n")
            scan = next((one["cpu"] for one in done if one["what"] == "scan"), None)
            show(done[-1], scan)
        total(done)
    draw(book, options.home)


def _split(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split(",") if word)


if __name__ == "__main__":
    main()
