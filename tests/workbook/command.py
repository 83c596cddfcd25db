"""The command line as a user calls it: a process of its own."""

import subprocess
import sys

from diagnostics.workbook.case import PROJECT


def call(*arguments):
    """Exit code and texts of `run_diagnosis.py` with these arguments."""
    command = [sys.executable, str(PROJECT / "run_diagnosis.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=500, check=False)
