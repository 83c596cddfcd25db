"""Opens JupyterLab on a client's own copies of the notebooks, each bound to the client by its parameters cell."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import nbformat

from diagnostics.workbook.case import PROJECT, list_notebooks

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.workbook.case import Case


def bind_notebooks(case: Case) -> list[Path]:
    """Copy the shared notebooks that the client has no version of, with `client` set in the parameters cell."""
    folder = case.folder / "notebooks"
    folder.mkdir(exist_ok=True)
    bound = []
    for shared in list_notebooks():
        own = folder / shared.name
        if not own.exists():
            nbformat.write(_bind(nbformat.read(shared, as_version=4), case), own)
            bound.append(own)
    return bound


def open_laboratory(case: Case) -> int:
    """Start JupyterLab in the client's notebooks folder; returns its exit code."""
    bind_notebooks(case)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(case.folder / "notebooks")]
    return subprocess.run(command, env=environment, check=False).returncode


def _bind(notebook: nbformat.NotebookNode, case: Case) -> nbformat.NotebookNode:
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            cell.source = "\n".join(
                f"client = {str(case.folder)!r}" if line.startswith("client =") else line for line in lines
            )
    return notebook
