"""Mappings of unknown files, as the client's settings give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from diagnostics.intake.recognition.header import normalise
from diagnostics.intake.recognition.recipe import Recipe
from diagnostics.model.errors import Fault, PersonError


@dataclass(frozen=True, kw_only=True)
class FileMapping:
    """Which files (a glob on the path under exports or on the name) a recipe reads; headers are normalised."""

    file: str
    recipe: Recipe
    sheet: str = ""

    def covers(self, path: str, sheet: str) -> bool:
        """Whether a file and sheet fall under the mapping."""
        named = fnmatch(path, self.file) or fnmatch(PurePosixPath(path).name, self.file)
        return named and (not self.sheet or fnmatch(sheet, self.sheet))


def read_mappings(entries: object, *, file: str = "settings.yaml") -> tuple[FileMapping, ...]:
    """Mappings from the `mappings` part of the settings; `PersonError` with all faults at once."""
    mappings: list[FileMapping] = []
    faults: list[Fault] = []
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        if not isinstance(entry, dict) or not entry.get("file"):
            place = f"mappings.{number}"
            faults.append(Fault(file=file, column=place, found=str(entry)[:80], expected="a mapping with a key 'file'"))
            continue
        try:
            mappings.append(_read_mapping(entry))
        except ValidationError as error:
            faults += [
                Fault(
                    file=file,
                    column=".".join(map(str, ("mappings", number, *fault["loc"]))),
                    found=str(fault["input"])[:80],
                    expected=fault["msg"].removeprefix("Value error, "),
                )
                for fault in error.errors()
            ]
    if faults:
        message = "The mappings in the settings can't be used."
        raise PersonError(
            message,
            next_step="Correct settings.yaml and try again.",
            faults=faults,
        )
    return tuple(mappings)


def _read_mapping(entry: dict[str, Any]) -> FileMapping:
    rest = {name: value for name, value in entry.items() if name not in ("file", "sheet")}
    for name in ("status", "keep_rows", "reject"):
        if isinstance(rest.get(name), dict):
            rest[name] = [rest[name]]
    recipe = Recipe.model_validate(rest)
    return FileMapping(file=str(entry["file"]), sheet=str(entry.get("sheet", "")), recipe=normalise_sources(recipe))


def normalise_sources(recipe: Recipe) -> Recipe:
    """The recipe with its source headers as intake compares them."""
    columns = {name: tuple(map(normalise, sources)) for name, sources in recipe.columns.items()}
    sums = {name: tuple(map(normalise, sources)) for name, sources in recipe.sums.items()}
    unpivot = recipe.unpivot
    if unpivot:
        unpivot = unpivot.model_copy(update={"metric": {normalise(k): word for k, word in unpivot.metric.items()}})
    return recipe.model_copy(
        update={
            "columns": columns,
            "sums": sums,
            "unpivot": unpivot,
            "channel_column": normalise(recipe.channel_column),
            "period_column": normalise(recipe.period_column),
            "status": _normalise_rules(recipe.status),
            "keep_rows": _normalise_rules(recipe.keep_rows),
            "reject": _normalise_rules(recipe.reject),
            "extract": _normalise_parts(recipe.extract),
            "only": _normalise_parts(recipe.only),
            "below_zero": _normalise_parts(recipe.below_zero),
            "clocks": {
                name: clock.model_copy(update={"day": normalise(clock.day), "time": normalise(clock.time)})
                for name, clock in recipe.clocks.items()
            },
        }
    )


def _normalise_parts(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part.model_copy(update={"column": normalise(part.column)}) for name, part in parts.items()}


def _normalise_rules(rules: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(rule.model_copy(update={"column": normalise(rule.column)}) for rule in rules)


def score_mapping(mapping: FileMapping, names: Sequence[str]) -> float:
    """The share of a mapping's sources that the headers hold."""
    sources = mapping.recipe.sources
    return sum(source in names for source in sources) / len(sources) if sources else 0.0


def find_mapping(mappings: Sequence[FileMapping], names: Sequence[str]) -> FileMapping | None:
    """The mapping whose sources the headers hold best; the first of equals; none if they hold none."""
    best = max(mappings, key=lambda mapping: score_mapping(mapping, names), default=None)
    return best if best is not None and score_mapping(best, names) > 0 else None
