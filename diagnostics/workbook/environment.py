"""Gives the workbook its own environment on first use, with nothing but Python: pinned versions, checked by hash."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HOME = PROJECT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 13)
RUN_LOCK = PROJECT / "requirements.lock"
TEST_LOCK = PROJECT / "requirements-test.lock"
SPARK_LOCK = PROJECT / "requirements-spark.lock"
# PySpark comes as source only: it is built with what the lock before it pins, and nothing else is fetched for it.
SPARK_SOURCE_LOCK = PROJECT / "requirements-spark-source.lock"
MARKS = {
    RUN_LOCK: ("ibis", "papermill", "typst", "python_calamine", "pptx"),
    TEST_LOCK: ("pytest", "hypothesis", "mypy"),
}
SPARK_MARKS = ("pyspark", "grpc_status", "zstandard")
WHEELS_ONLY = ("--only-binary", ":all:")
SOURCE_ONLY = ("--no-binary", ":all:", "--no-build-isolation")


def enter(command: list[str], lock: Path = RUN_LOCK) -> None:
    """Go on in an environment that has what `lock` pins: this one if it has it, else the project's own.

    Makes `.venv` on first use, installs into it, and hands `command` (arguments of Python) to its interpreter.
    Returns only if the running interpreter will do.
    """
    if all(importlib.util.find_spec(mark) for mark in MARKS[RUN_LOCK] + MARKS[lock]):
        return
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(str(part) for part in sys.version_info[:2])
        sys.exit(f"Python 3.11 to 3.13 is needed; this is {found}.")
    python = find_python(HOME)
    if not is_ready(lock):
        install(python, lock)
    sys.exit(subprocess.run([str(python), *command], check=False).returncode)


def add_spark() -> None:
    """Install PySpark if it is not there; only into the project's own environment, others are their owners'."""
    if Path(sys.prefix) == HOME and not all(importlib.util.find_spec(mark) for mark in SPARK_MARKS):
        _say("Adding Spark (once; 460 MB are fetched) ...")
        python = Path(sys.executable)
        _install(python, SPARK_LOCK, WHEELS_ONLY)
        _install(python, SPARK_SOURCE_LOCK, SOURCE_ONLY)
        importlib.invalidate_caches()


def find_python(home: Path) -> Path:
    """The interpreter of an environment."""
    return home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def is_ready(lock: Path) -> bool:
    """Whether the project's environment holds what the lock pins."""
    mark = HOME / f"{lock.name}.installed"
    return mark.exists() and mark.read_text(encoding="utf-8") == _hash(lock)


def install(python: Path, lock: Path) -> None:
    """Make the environment and install the pins; the mark is written last."""
    _say(f"Setting up the workbook in {HOME} (once; a few minutes) ...")
    if not python.exists():
        venv.create(HOME, with_pip=True)
    _install(python, lock, WHEELS_ONLY)
    _make_importable(python)
    (HOME / f"{lock.name}.installed").write_text(_hash(lock), encoding="utf-8")
    _say("The workbook is set up.")


def _install(python: Path, lock: Path, forms: tuple[str, ...]) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps", *forms]
    ended = subprocess.run(
        [str(python), "-m", "pip", "install", *quiet, "-r", str(lock)],
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    if ended.returncode:
        sys.exit(
            f"The libraries could not be installed (pip ended with {ended.returncode}). Check the network, run again."
        )


def _make_importable(python: Path) -> None:
    """Let notebooks opened from anywhere in this environment import the project."""
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    told = subprocess.run(asked, check=True, capture_output=True, encoding="utf-8")
    (Path(told.stdout.strip()) / "diagnosis_workbook.pth").write_text(f"{PROJECT}\n", encoding="utf-8")


def _hash(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
