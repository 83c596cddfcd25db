"""Keeps what a run leaves behind: sections, tables, figures, findings, and reads it back for the report."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
from pydantic import TypeAdapter

from diagnostics.model.engagement import Engagement
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.section import Examined, Exhibit, Field, Section
from diagnostics.model.wording import LANGUAGES, Language, Text
from diagnostics.workbook.writing import write_json, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from diagnostics.model.account import IntakeAccount
    from diagnostics.model.brief import Brief

ENGAGEMENT = TypeAdapter(Engagement)
ENGAGEMENT_FILE = "engagement.json"
SECTION = TypeAdapter(Section)
FIELDS = TypeAdapter(tuple[Field, ...])


@dataclass(frozen=True, kw_only=True)
class RunFolder:
    """One run's folder."""

    path: Path

    @property
    def id(self) -> str:
        """The run's id."""
        return self.path.name.removeprefix(".").removesuffix(".partial")

    @property
    def notebooks(self) -> Path:
        """The executed notebooks."""
        return self.path / "notebooks"

    def keep(self, examined: Examined) -> None:
        """Write a section's tables and figures, and at last the section itself."""
        section = examined.section
        for exhibit in examined.exhibits:
            name = f"{section.check}.{exhibit.name}"
            write_json(self.path / "tables" / f"{name}.json", _pack(exhibit))
            write_whole(self.path / "tables" / f"{name}.csv", _print_csv(exhibit))
        for language, svg in examined.figures.items():
            write_whole(self.path / "figures" / f"{section.check}.{language}.svg", svg)
        if examined.fault:
            write_whole(self.path / "logs" / f"{section.check}.txt", examined.fault)
        packed = SECTION.dump_python(section, mode="json")
        packed["exhibits"] = [exhibit.name for exhibit in examined.exhibits]
        write_json(self.path / "sections" / f"{section.check}.json", packed)

    def keep_engagement(self, engagement: Engagement) -> None:
        """Write what was fixed for the run; the brief and the account stay in the vault."""
        write_json(self.path / ENGAGEMENT_FILE, _fix(engagement))

    def fits(self, engagement: Engagement) -> bool:
        """Whether the run was begun for the same client, periods, definitions and limits."""
        path = self.path / ENGAGEMENT_FILE
        return path.exists() and self._read(ENGAGEMENT_FILE) == _fix(engagement)

    def read_engagement(self, brief: Brief, account: IntakeAccount) -> Engagement:
        """What was fixed for the run, with the brief and the account of the vault."""
        return ENGAGEMENT.validate_python({**self._read(ENGAGEMENT_FILE), "brief": brief, "account": account})

    def list_kept(self) -> list[str]:
        """The checks whose sections are written."""
        return sorted(path.stem for path in (self.path / "sections").glob("*.json"))

    def read_section(self, check: str) -> Section:
        """A section as it was kept."""
        packed = self._read(f"sections/{check}.json")
        packed.pop("exhibits")
        return SECTION.validate_python(packed)

    def read_exhibits(self, check: str) -> list[Exhibit]:
        """A section's tables as they were kept."""
        names = self._read(f"sections/{check}.json")["exhibits"]
        return [_unpack(name, self._read(f"tables/{check}.{name}.json")) for name in names]

    def read_figure(self, check: str, language: Language) -> str | None:
        """A section's figure as SVG text, if it has one."""
        path = self.path / "figures" / f"{check}.{language}.svg"
        return path.read_text(encoding="utf-8") if path.exists() else None

    def _read(self, name: str) -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads((self.path / name).read_text(encoding="utf-8")))


def _fix(engagement: Engagement) -> dict[str, Any]:
    return cast("dict[str, Any]", ENGAGEMENT.dump_python(engagement, mode="json", exclude={"brief", "account"}))


def _pack(exhibit: Exhibit) -> dict[str, Any]:
    rows = [[_pack_cell(row[field.name]) for field in exhibit.fields] for row in _iterate(exhibit.frame)]
    return {
        "title": _pack_cell(exhibit.title),
        "note": _pack_cell(exhibit.note),
        "fields": FIELDS.dump_python(exhibit.fields, mode="json"),
        "rows": rows,
    }


def _unpack(name: str, packed: dict[str, Any]) -> Exhibit:
    fields = FIELDS.validate_python(packed["fields"])
    columns = {
        field.name: [_unpack_cell(row[place], field) for row in packed["rows"]] for place, field in enumerate(fields)
    }
    frame = pd.DataFrame({column: pd.Series(cells, dtype=object) for column, cells in columns.items()})
    note = _unpack_cell(packed["note"], None)
    return Exhibit(name=name, title=Text(**packed["title"]), fields=fields, frame=frame, note=cast("Text | None", note))


def _iterate(frame: pd.DataFrame) -> Sequence[dict[str, Any]]:
    return cast("Sequence[dict[str, Any]]", frame.to_dict("records"))


def _pack_cell(cell: Any) -> Any:
    if isinstance(cell, Text):
        return {"zh": cell.zh, "en": cell.en}
    if cell is None or cell is pd.NaT or cell is pd.NA or (isinstance(cell, float) and not math.isfinite(cell)):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.isoformat()
    return cell.item() if hasattr(cell, "item") else cell if isinstance(cell, bool | int | float | str) else str(cell)


def _unpack_cell(cell: Any, field: Field | None) -> Any:
    if isinstance(cell, dict):
        return Text(**cell)
    if field is not None and field.unit in {"date", "month"} and cell is not None:
        return pd.Timestamp(cell)
    return cell


def _print_csv(exhibit: Exhibit) -> str:
    paper = io.StringIO()
    writer = csv.writer(paper, lineterminator="\n")
    writer.writerow([field.name for field in exhibit.fields])
    for row in _iterate(exhibit.frame):
        cells = [_pack_cell(row[field.name]) for field in exhibit.fields]
        writer.writerow(["" if cell is None else _guard(cell) for cell in cells])
    return paper.getvalue()


def _guard(cell: Any) -> Any:
    """A text that a spreadsheet would run is quoted with an apostrophe."""
    if isinstance(cell, dict):
        cell = cell[LANGUAGES[0]]
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell


def find_run(runs: Path, run_id: str) -> RunFolder:
    """A complete run by its id, or the newest by `latest`."""
    path = runs / run_id
    if path.parent != runs or not (path / ENGAGEMENT_FILE).is_file():
        known = ", ".join(sorted(p.name for p in runs.glob("[0-9]*"))) if runs.is_dir() else ""
        message = f"there is no run {run_id} in {runs}"
        step = f"choose from: {known}" if known else "start one with `run`"
        raise PersonError(message, next_step=step, exit_code=ExitCode.WRONG_ARGUMENTS)
    return RunFolder(path=path.resolve())
