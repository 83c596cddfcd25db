"""Sets up what the tests need, if it is not there, and runs them: `python tests`."""

import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from diagnostics.workbook.environment import TEST_LOCK, add_spark, enter  # noqa: E402 - the project is importable from here on

if __name__ == "__main__":
    enter([str(Path(__file__).parent), *sys.argv[1:]], TEST_LOCK)
    # A cluster is tested where there is Java to run one.
    if shutil.which("java"):
        add_spark()
    import pytest

    settings = ["--rootdir", str(PROJECT), "-c", str(PROJECT / "pyproject.toml")]
    # A file's tests share a process: they share clients that are slow to make.
    side_by_side = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    sys.exit(pytest.main([*settings, *side_by_side, *sys.argv[1:]]))
