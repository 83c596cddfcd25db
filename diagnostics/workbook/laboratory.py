"""Opens JupyterLab on a client's own copies of the notebooks, each bound to the client by its parameters cell."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import nbformat

from diagnostics.workbook.case import BY_HAND, PROJECT, list_notebooks

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.workbook.case import Case


def bind_notebooks(case: Case) -> list[Path]:
    """Copy the client's version of each notebook, or the shared one, with `client` set in its parameters cell.

    The copies lie in `runs/by_hand/notebooks`, and what is there already is left as the analyst left it. One that
    should be used by every run is moved to the client's `notebooks/`.
    """
    folder = case.runs / BY_HAND / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    bound = []
    for shared in list_notebooks():
        copy = folder / shared.name
        if not copy.exists():
            nbformat.write(_bind(nbformat.read(case.find_notebook(shared), as_version=4), case), copy)
        bound.append(copy)
    return bound


def open_laboratory(case: Case) -> int:
    """Start JupyterLab on the client's bound notebooks; returns its exit code."""
    folder = bind_notebooks(case)[0].parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(folder)]
    return subprocess.run(command, env=environment, check=False).returncode


def _bind(notebook: nbformat.NotebookNode, case: Case) -> nbformat.NotebookNode:
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            cell.source = "\n".join(
                f"client = {str(case.folder)!r}" if line.startswith("client =") else line for line in lines
            )
    return notebook
