"""Counts what a person rated in notes.yaml towards the capabilities that no check answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diagnostics.workbook.catalog import read_rubrics
from diagnostics.workbook.coverage import UNCLAIMED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

NOT_RATED = "needs a person's rating in notes.yaml: {rubrics}"


def ask_person(entries: Sequence[dict[str, Any]], rated: Collection[str]) -> list[dict[str, Any]]:
    """The entries of `cover`, with the ratings that claim them; without another answer all of these make it judged.

    `rated` are the ids of the rubrics that have a mark.
    """
    asked: dict[str, list[str]] = {}
    for rubric in read_rubrics().values():
        for capability in rubric.capabilities:
            asked.setdefault(capability, []).append(rubric.id)
    return [
        _claim(entry, asked.get(entry["id"], [])) | _judge(entry, asked.get(entry["id"], []), rated)
        for entry in entries
    ]


def _claim(entry: dict[str, Any], rubrics: Sequence[str]) -> dict[str, Any]:
    return entry | {"claimed_by": [*entry["claimed_by"], *(f"rating.{rubric}" for rubric in rubrics)]}


def _judge(entry: dict[str, Any], rubrics: Sequence[str], rated: Collection[str]) -> dict[str, str]:
    if entry["status"] != "not_computable" or not rubrics:
        return {}
    missing = [rubric for rubric in rubrics if rubric not in rated]
    if not missing:
        return {"status": "judged", "reason": ""}
    needed = NOT_RATED.format(rubrics=", ".join(missing))
    return {"reason": needed if entry["reason"] == UNCLAIMED else f"{entry['reason']}; {needed}"}
