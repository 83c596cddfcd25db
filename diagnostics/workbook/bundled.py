"""The two bundled clients: the real one as it is shipped, the invented one made on first use."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from diagnostics.generator.qingyan import make_client, sheet_answers
from diagnostics.intake.sheet.form import write_form
from diagnostics.workbook.case import CLIENT_DATA, Case, find_case, name_case
from diagnostics.workbook.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

REAL, GENERATED = "online_retail_ii", "qingyan_skincare"


def open_case(client: str, home: Path = CLIENT_DATA) -> Case:
    """A client's case; the generated client is made if it is the one that is named and not there."""
    if client == GENERATED and not name_case(client, home).exports.is_dir():
        generate(name_case(client, home))
    return find_case(client, home)


def generate(case: Case) -> None:
    """Make the invented client in a hidden folder, and give it its name when it is whole."""
    beside = case.folder.with_name(f".{case.name}.partial")
    shutil.rmtree(beside, ignore_errors=True)
    make_client(beside)
    write_whole(beside / case.sheet.name, write_form("zh", answers=sheet_answers()))
    beside.rename(case.folder)
