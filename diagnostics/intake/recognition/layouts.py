"""The known layouts of exports, read from the catalog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import resources

import yaml

from diagnostics.intake.recognition.form import Form
from diagnostics.intake.recognition.header import normalise, number_duplicates
from diagnostics.intake.recognition.mapping import normalise_sources
from diagnostics.intake.recognition.recipe import Recipe

# The same rules, read by C where the platform has it: a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One known export: its columns (normalised; `headers` as written), what it feeds, or why it is not used.

    `also` maps another spelling of a header to the one in `columns`; `personal` are headers never kept raw.
    `weights` tell how much a column says about the layout (1 where nothing is said).
    `form` is how the platform writes the file; reading does not lean on it, fixtures are written by it.
    """

    id: str
    platform: str
    export: str
    columns: tuple[str, ...]
    headers: tuple[str, ...] = ()
    recipe: Recipe | None = None
    not_used: str = ""
    also: dict[str, str]
    personal: tuple[str, ...] = ()
    form: Form = field(default_factory=Form)
    weights: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.recipe is None and not self.not_used:
            message = f"{self.id}: a layout feeds a table or says why it is not used"
            raise ValueError(message)

    @cached_property
    def expected(self) -> frozenset[str]:
        """The columns as a set."""
        return frozenset(self.columns)

    def weigh(self, name: str) -> float:
        """How much a column says about the layout."""
        return self.weights.get(name, 1.0)


def parse_layout(text: str) -> Layout:
    """A layout from its YAML text; `ValidationError` for an unknown key under `feeds`."""
    raw = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
    return Layout(
        id=raw["id"],
        platform=raw["platform"],
        export=raw["export"],
        columns=tuple(number_duplicates(str(name) for name in raw["columns"])),
        headers=tuple(str(name) for name in raw["columns"]),
        recipe=normalise_sources(Recipe.model_validate(raw["feeds"])) if raw.get("feeds") else None,
        not_used=raw.get("not_used", ""),
        also={normalise(other): normalise(name) for name, others in raw.get("also", {}).items() for other in others},
        personal=tuple(map(normalise, raw.get("personal", ()))),
        form=Form.model_validate(raw.get("form", {})),
    )


@cache
def load_layouts() -> tuple[Layout, ...]:
    """All layouts of the catalog, by id."""
    folder = resources.files("diagnostics.catalog") / "layouts"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return weigh_layouts(
        parse_layout(entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda entry: entry.name)
    )


def weigh_layouts(layouts: Iterable[Layout]) -> tuple[Layout, ...]:
    """The layouts with each column weighed by one over the number of layouts that have it."""
    known = tuple(layouts)
    holders = Counter(name for layout in known for name in layout.expected)
    return tuple(replace(layout, weights={name: 1 / holders[name] for name in layout.columns}) for layout in known)
