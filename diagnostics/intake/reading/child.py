"""Read files in a child process with limits on time and memory: a crafted workbook can abort or fill a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa

from diagnostics.intake.files import identify, open_bytes
from diagnostics.intake.reading.grid import Grid, UnreadableError
from diagnostics.intake.reading.reader import read_grids

SECONDS_A_BLOCK = 300.0
MOST_MEMORY = 4 << 30
# What the libraries reserve before the first byte is read, and what the smallest file may take beside that.
_LEAST_MEMORY = 2 << 30
# Cells in memory for each byte on disk, measured on honest exports: 50 for a packed workbook, 3 for text.
_MEMORY_A_BYTE = 80
_ROOT = Path(__file__).resolve().parents[3]
_ROWS = "_rows"
_SECONDS_TO_END = 5.0
# What Windows lacks is told by its number.
_KILLED = getattr(signal, "SIGKILL", 9)


class Reading:
    """A child process that reads one file after the other; it is started again when a file brings it down."""

    def __init__(self, *, seconds: float = SECONDS_A_BLOCK) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._late = False

    def read(self, path: Path) -> Iterator[Grid]:
        """All sheets of a file, block by block.

        `UnreadableError` if it can't be read, also midway, took too long or brought the process down.
        """
        child = self._child = self._child or _start()
        done = False
        try:
            self._late, seen = False, identify(path)
            _ask(child, path)
            while (answer := self._await(child)) is not None:
                yield answer
            done = True
            if identify(path) != seen:
                raise _changed()
        except UnreadableError:
            done = True
            raise
        except (BrokenPipeError, ValueError, pa.ArrowException) as error:
            raise self._explain(child) from error
        except OSError as error:
            raise _unopened(error) from error
        finally:
            # A reader that nobody heard to the end would answer the next question with this one's rest.
            if not done:
                self.close()

    def _explain(self, child: subprocess.Popen[bytes]) -> UnreadableError:
        """Why the child ended, or said what makes no sense."""
        if self._late:
            return _too_heavy()
        try:
            code = child.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            code = 0
        # A system short of memory ends a process by these signals; some readers end themselves so.
        return _too_heavy() if code in (-signal.SIGABRT, -_KILLED) else _failed()

    def _await(self, child: subprocess.Popen[bytes]) -> Grid | None:
        """The next block, or nothing at the end of the file."""
        watch = threading.Timer(self._seconds, self._stop, [child])
        watch.start()
        try:
            return _receive(child)
        finally:
            watch.cancel()

    def _stop(self, child: subprocess.Popen[bytes]) -> None:
        self._late = True
        child.kill()

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


def _too_heavy() -> UnreadableError:
    return UnreadableError(
        reason="too_heavy",
        advice="Reading the file took too long or too much memory; export it again as CSV, by month.",
    )


def _failed() -> UnreadableError:
    return UnreadableError(
        reason="fails_reader",
        advice="The file brings its reader down, so it is damaged; open it, and save it as XLSX or CSV.",
    )


def _changed() -> UnreadableError:
    return UnreadableError(
        reason="changed", advice="The file changed while it was read; wait until it is copied whole and run again."
    )


def _unopened(error: OSError) -> UnreadableError:
    advice = f"The file can't be opened ({error.strerror}); check its permissions."
    return UnreadableError(reason="not_readable", advice=advice)


def _start() -> subprocess.Popen[bytes]:
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        [sys.executable, "-m", "diagnostics.intake.reading.child"],
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


def _limit_memory(size: int) -> None:
    """Bound the memory of this process, where the system can, by the size of what it reads."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ModuleNotFoundError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = min(MOST_MEMORY, _LEAST_MEMORY + size * _MEMORY_A_BYTE)
    resource.setrlimit(resource.RLIMIT_DATA, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def _answer(path: Path, pipe: IO[bytes]) -> None:
    try:
        _limit_memory(identify(path).size)
        for grid in read_grids(lambda: open_bytes(path)):
            _send(pipe, _describe(grid), grid)
        _send(pipe, {"end": True})
    except UnreadableError as error:
        _send(pipe, {"fault": [error.reason, error.advice]})
    except MemoryError:
        fault = _too_heavy()
        _send(pipe, {"fault": [fault.reason, fault.advice]})
    except OSError as error:
        fault = _unopened(error)
        _send(pipe, {"fault": [fault.reason, fault.advice]})


def _serve() -> None:
    for line in sys.stdin.buffer:
        _answer(Path(json.loads(line)), sys.stdout.buffer)


if __name__ == "__main__":
    _serve()
