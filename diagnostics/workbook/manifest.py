"""The manifest of a run: what went in, with which versions, what came out, how long it took."""

from __future__ import annotations

import hashlib
import os
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import diagnostics
from diagnostics.workbook.vault import name_inputs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from diagnostics.model.section import Section
    from diagnostics.workbook.case import Case
    from diagnostics.workbook.run_folder import RunFolder

LIBRARIES = (
    "ibis-framework",
    "duckdb",
    "pandas",
    "numpy",
    "scipy",
    "statsmodels",
    "matplotlib",
    "seaborn",
    "papermill",
    "nbconvert",
    "typst",
    "XlsxWriter",
    "python-pptx",
)


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_inputs_hashed(case: Case) -> dict[str, str]:
    """SHA-256 of every file of the client that may be read; names without anybody's number."""
    return {name: hash_file(path) for name, path in name_inputs(case).items() if os.access(path, os.R_OK)}


def write_up(
    case: Case,
    run: RunFolder,
    *,
    times: Mapping[str, Any],
    parameters: Mapping[str, Any],
    own_notebooks: Sequence[str],
    sections: Sequence[Section],
) -> dict[str, Any]:
    """The manifest as a document; it holds no personal data and no key."""
    outputs = sorted(path for path in run.path.rglob("*") if path.is_file() and "spill" not in path.parts)
    return {
        "run_id": run.id,
        "client": case.name,
        **times,
        "versions": {"diagnosis": diagnostics.__version__, "python": platform.python_version()}
        | {name: version(name) for name in LIBRARIES},
        "parameters": dict(parameters),
        "own_notebooks": list(own_notebooks),
        "sections": {section.check: section.status for section in sections},
        "inputs": list_inputs_hashed(case),
        "outputs": {path.relative_to(run.path).as_posix(): hash_file(path) for path in outputs},
    }
