"""Executes one notebook through Papermill; only the notebook's own last word counts as success."""

from __future__ import annotations

import logging
import os
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diagnostics.workbook.case import PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from diagnostics.workbook.run_folder import RunFolder

TIMEOUT_SECONDS = 1800


@dataclass(frozen=True, kw_only=True)
class Execution:
    """How a notebook ended: its name, and the fault if its end was not reached."""

    notebook: str
    fault: str = ""


def execute(source: Path, run: RunFolder, parameters: Mapping[str, Any]) -> Execution:
    """Run a notebook with parameters into the run's folder.

    Papermill marks a killed kernel's notebook as completed, so the end counts only if the last cell said so.
    """
    # Taken in here because they take a second, and most commands run no notebook.
    import papermill  # noqa: PLC0415
    import zmq  # noqa: PLC0415
    from jupyter_core.utils import ensure_event_loop  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    name = source.stem
    unknown = set(parameters) - set(papermill.inspect_notebook(str(source)))
    if unknown:
        return Execution(notebook=name, fault=f"{source.name} has no parameters {sorted(unknown)}")
    run.notebooks.mkdir(parents=True, exist_ok=True)
    said = run.path / "status" / f"{name}.json"
    said.unlink(missing_ok=True)
    _quiet_kernels()
    try:
        papermill.execute_notebook(
            str(source),
            str(run.notebooks / source.name),
            parameters=dict(parameters),
            progress_bar=False,
            log_output=False,
            execution_timeout=TIMEOUT_SECONDS,
            start_timeout=120,
            config=Config({"KernelManager": {"transport_encryption": "auto" if zmq.has("curve") else "disabled"}}),
            extra_arguments=["--IPKernelApp.log_level=50"],
        )
    except Exception as fault:  # noqa: BLE001 - a notebook may fail in any way, and the others go on
        return Execution(notebook=name, fault=str(fault))
    finally:
        # The client of the kernel leaves this thread's event loop open.
        ensure_event_loop().close()
    return Execution(notebook=name, fault="" if said.exists() else "the end of the notebook was not reached")


def _quiet_kernels() -> None:
    """Kernels import the project, run without a debugger's check of frozen modules, and log nothing.

    Algebra in several threads only gets in the way: kernels run side by side, and their matrices are small.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join(
        dict.fromkeys([str(PROJECT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))])
    )
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in ("papermill", "traitlets", "nbclient"):
        logging.getLogger(name).setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="papermill|nbclient|jupyter_client|zmq")
