"""Read files in a child process with limits on time and memory: a crafted workbook can abort or fill a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa

from diagnostics.intake.files import read_bytes
from diagnostics.intake.grid import Grid, UnreadableError
from diagnostics.intake.reader import read_grids

SECONDS_A_FILE = 300.0
BYTES_OF_MEMORY = 8 << 30
_ROOT = Path(__file__).resolve().parents[2]
_ROWS, _SAID = "_rows", "grid"


class Reading:
    """A child process that reads one file after the other; it is started again when a file brings it down."""

    def __init__(self, *, seconds: float = SECONDS_A_FILE) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, path: Path) -> list[Grid]:
        """All sheets of a file; `UnreadableError` also if it took too long or brought the process down."""
        child = self._child = self._child or _start()
        watch = threading.Timer(self._seconds, child.kill)
        watch.start()
        try:
            answer = _ask(child, path)
        finally:
            watch.cancel()
        if answer is None:
            self.close()
            raise UnreadableError(
                reason="too_heavy", advice="Reading the file took too long or too much memory; export it again as CSV."
            )
        if isinstance(answer, tuple):
            raise UnreadableError(reason=answer[0], advice=answer[1])
        return answer

    def close(self) -> None:
        """End the child process."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


@contextmanager
def open_reading(*, seconds: float = SECONDS_A_FILE) -> Iterator[Reading]:
    """A `Reading` that is closed at the end."""
    reading = Reading(seconds=seconds)
    try:
        yield reading
    finally:
        reading.close()


def _start() -> subprocess.Popen[bytes]:
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        [sys.executable, "-m", "diagnostics.intake.reading"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )


def _ask(child: subprocess.Popen[bytes], path: Path) -> list[Grid] | tuple[str, str] | None:
    """What the child answers; nothing if it came down."""
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(json.dumps(str(path)).encode() + b"\n")
        child.stdin.flush()
        head = child.stdout.readline()
        if not head.endswith(b"\n"):
            return None
        fault, count = json.loads(head)
        return tuple(fault) if fault else [_receive(child.stdout) for _ in range(count)]
    except (BrokenPipeError, pa.ArrowInvalid, OSError):
        return None


def _send(pipe: IO[bytes], answer: list[Grid] | tuple[str, str]) -> None:
    """Answers travel as a line of JSON and one Arrow stream a sheet: nothing that could run, nothing on disk."""
    if isinstance(answer, tuple):
        pipe.write(json.dumps([answer, 0]).encode() + b"\n")
    else:
        pipe.write(json.dumps([None, len(answer)]).encode() + b"\n")
        for grid in answer:
            _send_grid(pipe, grid)
    pipe.flush()


def _send_grid(pipe: IO[bytes], grid: Grid) -> None:
    said = {"sheet": grid.sheet, "encoding": grid.encoding, "names": grid.names, "broken": grid.broken}
    cells = grid.cells.append_column(_ROWS, pa.array(grid.rows, pa.int64()))
    table = cells.replace_schema_metadata({_SAID: json.dumps(said)})
    with pa.ipc.new_stream(pa.PythonFile(pipe, mode="w"), table.schema) as writer:
        writer.write_table(table)


def _receive(pipe: IO[bytes]) -> Grid:
    table = pa.ipc.open_stream(pa.PythonFile(pipe, mode="r")).read_all()
    said = json.loads(table.schema.metadata[_SAID.encode()])
    return Grid(
        cells=table.drop_columns([_ROWS]).replace_schema_metadata(None),
        rows=np.asarray(table[_ROWS]),
        sheet=said["sheet"],
        encoding=said["encoding"],
        names=tuple(said["names"]),
        broken=tuple((row, reason) for row, reason in said["broken"]),
    )


def _limit_memory() -> None:
    """Bound the memory of this process where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ModuleNotFoundError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = BYTES_OF_MEMORY if most == resource.RLIM_INFINITY else min(BYTES_OF_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def _answer(path: Path) -> list[Grid] | tuple[str, str]:
    try:
        return read_grids(read_bytes(path))
    except UnreadableError as error:
        return error.reason, error.advice
    except MemoryError:
        return "too_heavy", "Reading the file took too much memory; export it again as CSV, by month."
    except OSError as error:
        return "not_readable", f"The file can't be opened ({error.strerror}); check its permissions."


def _serve() -> None:
    _limit_memory()
    for line in sys.stdin.buffer:
        _send(sys.stdout.buffer, _answer(Path(json.loads(line))))


if __name__ == "__main__":
    _serve()
