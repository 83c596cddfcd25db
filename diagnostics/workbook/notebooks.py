"""Which notebook shows which wings of checks: one wing has one notebook, small ones share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.shelf import list_wings
from diagnostics.workbook.case import list_notebooks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FIRST, LAST = "01_intake", "10_report"
# A kernel takes seconds to start, so wings of a few checks sit together.
SHARED: dict[str, tuple[str, ...]] = {
    "intake": ("data",),
    "operations": (
        "membership",
        "community",
        "service",
        "stores",
        "live",
        "referral",
        "campaigns",
        "acquisition",
        "content",
    ),
    "strategy": (
        "brief",
        "fit",
        "goals",
        "journey",
        "research",
        "resources",
        "organisation",
        "systems",
        "automation",
        "risk",
    ),
    "report": (),
}


def name_wings(notebook: Path) -> tuple[str, ...]:
    """The wings that a notebook shows and that have checks: `02_people` shows people, `01_intake` shows data."""
    name = notebook.stem[3:]
    shelf = list_wings()
    return tuple(wing for wing in SHARED.get(name, (name,)) if wing in shelf)


def choose_notebooks(only: Sequence[str]) -> list[Path]:
    """The notebooks of the wings asked for (all if none), without the report's own."""
    examining = [path for path in list_notebooks() if path.stem != LAST]
    return [path for path in examining if not only or path.stem == FIRST or set(name_wings(path)) & set(only)]


def find_pages() -> dict[str, str]:
    """The printed page of each wing's notebook, relative to the report."""
    return {wing: f"notebooks/{path.stem}.html" for path in list_notebooks() for wing in name_wings(path)}
