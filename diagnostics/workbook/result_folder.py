"""A folder of result files: which statement made each, and what it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis

from diagnostics.model.errors import Fault, PersonError
from diagnostics.workbook.manifest import hash_file
from diagnostics.workbook.result_files import WrongResultError, find_result, open_result, type_result
from diagnostics.workbook.small_cells import LEFT_OUT, find_people
from diagnostics.workbook.statements import SEAL, SEALED, seal_query
from diagnostics.workbook.writing import write_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import ibis.expr.types as ir
    import pandas as pd

CHECKED = "results.json"
NEXT_STEP = (
    "print the statements again with `sql all --client CLIENT --from-aggregates DIR`, let the client's engineer run "
    "those that are named, and put the results in place"
)


@dataclass(frozen=True, kw_only=True)
class Received:
    """One result: its frame, and how many people were in rows that the warehouse left out, for being too few."""

    frame: pd.DataFrame
    smallest: int = 1
    left_out: int = 0
    counted: int = 0

    @property
    def lost(self) -> float:
        """The share of people in rows left out."""
        return self.left_out / (self.left_out + self.counted) if self.left_out else 0.0


@dataclass(frozen=True, kw_only=True)
class ResultFolder:
    """A folder of result files; `trusted` holds the digests of files whose statements were checked before."""

    path: Path
    trusted: Mapping[str, str] = field(default_factory=dict)
    checked: dict[str, str] = field(default_factory=dict)

    def receive(self, name: str, expression: ir.Table) -> Received | None:
        """The result of a query; `None` if it is missing, `WrongResultError` if it can't be used."""
        path = find_result(self.path, name)
        if path is None:
            return None
        raw, digest = open_result(path), hash_file(path)
        told = SEALED.fullmatch(str(raw.first(SEAL)))
        if raw.rows and (told is None or any(row[raw.columns.index(SEAL)] != told[0] for row in raw.rows)):
            raise _unsealed(path.name)
        smallest = int(told[1]) if told else 1
        if told and self.trusted.get(path.name) != digest and seal_query(name, expression, smallest).seal != told[0]:
            raise _outdated(path.name)
        schema = dict(expression.schema().items())
        people = find_people(expression)
        if people and (smallest > 1 or LEFT_OUT in raw.columns):
            schema[LEFT_OUT] = "int64"
        frame = type_result(raw, ibis.schema({**schema, SEAL: "string"}))
        self.checked[path.name] = digest
        left_out = int(frame[LEFT_OUT].max()) if LEFT_OUT in schema and len(frame) else 0
        return Received(
            frame=frame[list(expression.schema().names)],
            smallest=smallest,
            left_out=left_out,
            counted=int(frame[list(people)].sum().sum()) if people else 0,
        )


def keep_checked(run: Path, checked: Mapping[str, str]) -> None:
    """Leave in a run which files, by digest, were found to belong to their statements."""
    write_json(run / CHECKED, dict(sorted(checked.items())))


def read_checked(run: Path) -> dict[str, str]:
    """What `keep_checked` left; nothing where nobody did."""
    path = run / CHECKED
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _unsealed(file: str) -> WrongResultError:
    expected = "the column that every statement gives, with one value on all rows"
    return WrongResultError(Fault(file=file, column=SEAL, found="none, or several values", expected=expected))


def _outdated(file: str) -> WrongResultError:
    expected = "the result of the statement as it is now: other periods, definitions or columns give other figures"
    return WrongResultError(Fault(file=file, column=SEAL, found="another statement's seal", expected=expected))


def refuse_results(folder: Path, faults: Sequence[Fault]) -> PersonError:
    """The error that tells every fault of the result files."""
    message = f"{len(faults)} faults in the result files of {folder}"
    return PersonError(message, next_step=NEXT_STEP, faults=faults)
