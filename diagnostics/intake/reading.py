"""Read files in a child process with limits on time and memory: a crafted workbook can abort or fill a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa

from diagnostics.intake.files import open_bytes
from diagnostics.intake.grid import Grid, UnreadableError
from diagnostics.intake.reader import read_grids

SECONDS_A_BLOCK = 300.0
BYTES_OF_MEMORY = 4 << 30
_ROOT = Path(__file__).resolve().parents[2]
_ROWS = "_rows"


class Reading:
    """A child process that reads one file after the other; it is started again when a file brings it down."""

    def __init__(self, *, seconds: float = SECONDS_A_BLOCK) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, path: Path) -> Iterator[Grid]:
        """All sheets of a file, block by block.

        `UnreadableError` if it can't be read, also midway, took too long or brought the process down.
        """
        child = self._child = self._child or _start()
        done = False
        try:
            _ask(child, path)
            while (answer := self._await(child)) is not None:
                yield answer
            done = True
        except (BrokenPipeError, ValueError, pa.ArrowException, OSError) as error:
            raise UnreadableError(
                reason="too_heavy", advice="Reading the file took too long or too much memory; export it again as CSV."
            ) from error
        except UnreadableError:
            done = True
            raise
        finally:
            # A reader that nobody heard to the end would answer the next question with this one's rest.
            if not done:
                self.close()

    def _await(self, child: subprocess.Popen[bytes]) -> Grid | None:
        """The next block, or nothing at the end of the file."""
        watch = threading.Timer(self._seconds, child.kill)
        watch.start()
        try:
            return _receive(child)
        finally:
            watch.cancel()

    def close(self) -> None:
        """End the child process."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


@contextmanager
def open_reading(*, seconds: float = SECONDS_A_BLOCK) -> Iterator[Reading]:
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


def _ask(child: subprocess.Popen[bytes], path: Path) -> None:
    if child.stdin is None:
        raise BrokenPipeError
    child.stdin.write(json.dumps(str(path)).encode() + b"\n")
    child.stdin.flush()


def _receive(child: subprocess.Popen[bytes]) -> Grid | None:
    """The next answer: a block, the end (nothing), or a fault."""
    pipe = child.stdout
    head = pipe.readline() if pipe else b""
    if pipe is None or not head.endswith(b"\n"):
        raise BrokenPipeError
    said = json.loads(head)
    if fault := said.get("fault"):
        raise UnreadableError(reason=fault[0], advice=fault[1])
    if said.get("end"):
        return None
    table = pa.ipc.open_stream(pa.PythonFile(pipe, mode="r")).read_all()
    return Grid(
        cells=table.drop_columns([_ROWS]),
        rows=np.asarray(table[_ROWS]),
        sheet=said["sheet"],
        encoding=said["encoding"],
        names=tuple(said["names"]),
        broken=tuple((row, reason) for row, reason in said["broken"]),
        begins=said["begins"],
    )


def _send(pipe: IO[bytes], said: Mapping[str, object], grid: Grid | None = None) -> None:
    """Answers travel as a line of JSON and an Arrow stream: nothing that could run, nothing on disk."""
    pipe.write(json.dumps(said).encode() + b"\n")
    if grid is not None:
        table = grid.cells.append_column(_ROWS, pa.array(grid.rows, pa.int64()))
        with pa.ipc.new_stream(pa.PythonFile(pipe, mode="w"), table.schema) as writer:
            writer.write_table(table)
    pipe.flush()


def _describe(grid: Grid) -> dict[str, object]:
    return {
        "sheet": grid.sheet,
        "encoding": grid.encoding,
        "names": grid.names,
        "broken": [(int(row), reason) for row, reason in grid.broken],
        "begins": grid.begins,
    }


def _limit_memory() -> None:
    """Bound the memory of this process where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ModuleNotFoundError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = BYTES_OF_MEMORY if most == resource.RLIM_INFINITY else min(BYTES_OF_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def _answer(path: Path, pipe: IO[bytes]) -> None:
    try:
        for grid in read_grids(lambda: open_bytes(path)):
            _send(pipe, _describe(grid), grid)
        _send(pipe, {"end": True})
    except UnreadableError as error:
        _send(pipe, {"fault": [error.reason, error.advice]})
    except MemoryError:
        advice = "Reading the file took too much memory; export it again as CSV, by month."
        _send(pipe, {"fault": ["too_heavy", advice]})
    except OSError as error:
        advice = f"The file can't be opened ({error.strerror}); check its permissions."
        _send(pipe, {"fault": ["not_readable", advice]})


def _serve() -> None:
    _limit_memory()
    for line in sys.stdin.buffer:
        _answer(Path(json.loads(line)), sys.stdout.buffer)


if __name__ == "__main__":
    _serve()
