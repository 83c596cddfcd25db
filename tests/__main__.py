"""Sets up what the tests need, if it is not there, and runs them: `python tests`."""

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from diagnostics.workbook.environment import TEST_LOCK, enter  # noqa: E402 - the project is importable from here on

if __name__ == "__main__":
    enter([str(Path(__file__).parent), *sys.argv[1:]], TEST_LOCK)
    import pytest

    sys.exit(pytest.main(["--rootdir", str(PROJECT), "-c", str(PROJECT / "pyproject.toml"), *sys.argv[1:]]))
