"""The known layouts of exports, read from the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import yaml

from diagnostics.intake.header import normalise, number_duplicates
from diagnostics.intake.mapping import normalise_sources
from diagnostics.intake.recipe import Recipe


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One known export: its columns (normalised), what it feeds, or why it is not used.

    `also` maps another spelling of a header to the one in `columns`; `personal` are headers never kept raw.
    """

    id: str
    platform: str
    export: str
    columns: tuple[str, ...]
    recipe: Recipe | None = None
    not_used: str = ""
    also: dict[str, str]
    personal: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.recipe is None and not self.not_used:
            message = f"{self.id}: a layout feeds a table or says why it is not used"
            raise ValueError(message)

    @cached_property
    def expected(self) -> frozenset[str]:
        """The columns as a set."""
        return frozenset(self.columns)


def parse_layout(text: str) -> Layout:
    """A layout from its YAML text; `ValidationError` for an unknown key under `feeds`."""
    raw = yaml.safe_load(text)
    return Layout(
        id=raw["id"],
        platform=raw["platform"],
        export=raw["export"],
        columns=tuple(number_duplicates(str(name) for name in raw["columns"])),
        recipe=normalise_sources(Recipe.model_validate(raw["feeds"])) if raw.get("feeds") else None,
        not_used=raw.get("not_used", ""),
        also={normalise(other): normalise(name) for name, others in raw.get("also", {}).items() for other in others},
        personal=tuple(map(normalise, raw.get("personal", ()))),
    )


@cache
def load_layouts() -> tuple[Layout, ...]:
    """All layouts of the catalog, by id."""
    folder = resources.files("diagnostics.catalog") / "layouts"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return tuple(
        parse_layout(entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda entry: entry.name)
    )
