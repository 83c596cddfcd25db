"""The columns of the known exports, read from the catalog."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent.parent / "catalog" / "layouts"


@cache
def read_columns(layout: str) -> tuple[str, ...]:
    """The headers of a layout, in order, duplicates and all.

    >>> read_columns("miniprogram_visit")[:2]
    ('ref_date', 'session_cnt')
    """
    raw = yaml.safe_load((FOLDER / f"{layout}.yaml").read_text(encoding="utf-8"))
    return tuple(str(name) for name in raw["columns"])
