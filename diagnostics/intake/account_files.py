"""Say of each file what it was taken for, where its rows went, and what a person can do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from diagnostics.intake.places import list_places
from diagnostics.intake.privacy.handled import Counts, is_headless, is_named_personal, list_handled
from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.intake.recognition.frame import Frame
from diagnostics.intake.recognition.layouts import Layout
from diagnostics.intake.suggestion.suggest import suggest_mapping
from diagnostics.model.account import FileAccount

_HEADLESS = "# The first row holds data, not headers: put a row of headers above it and name the columns in a mapping."
_NO_NAME = "?"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One sheet or file as intake met it: a frame, or the reason why there is none.

    Names of files and sheets that hold somebody's number are masked from here on. `handled` counts the cells of
    personal data by column.
    """

    path: str
    frame: Frame | None = None
    reason: str = ""
    advice: str = ""
    period: tuple[date, date] | None = None
    rows_read: int = 0
    handled: Counts = field(default_factory=Counter)

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", mask_text(self.path))
        if self.frame is not None:
            named = replace(self.frame, path=mask_text(self.frame.path), sheet=mask_text(self.frame.sheet))
            object.__setattr__(self, "frame", named)


def account_file(
    opened: Opened,
    rejected: Mapping[str, int],
    layouts: Sequence[Layout],
    first_rows: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> FileAccount:
    """The account of one sheet; rows read are rows kept plus rows rejected, the first of which are named by reason."""
    frame = opened.frame
    if frame is None:
        return FileAccount(path=opened.path, rejected={opened.reason: 0}, suggestion=f"# {opened.advice}")
    read = opened.rows_read
    gone = sum(rejected.values())
    recipe = frame.recipe
    unknown = frame.layout is None and frame.mapping is None
    handled = list_handled(opened.handled)
    return FileAccount(
        path=opened.path,
        sheet=frame.sheet,
        layout="mapped" if frame.mapping else frame.layout.id if frame.layout else None,
        score=frame.score,
        table=recipe.table if recipe else None,
        encoding=frame.encoding,
        header_row=frame.header_row,
        rows_read=read,
        rows_kept=read - gone,
        rows_rejected=gone,
        rejected=dict(sorted(rejected.items())),
        period=opened.period,
        columns=_name_columns(frame) if unknown else (),
        suggestion=_suggest(frame, layouts),
        dropped_personal=_list_personal(frame, {one.column for one in handled if one.handling != "masked"}),
        handled=handled,
        places=list_places(first_rows, recipe, frame.table.column_names),
    )


def _list_personal(frame: Frame, handled: set[str]) -> tuple[str, ...]:
    """Headers of personal columns: by name, even where they are empty, and by what was found in them."""
    names = frame.table.column_names
    if is_headless(names):
        return tuple(_NO_NAME for name in names if mask_text(name) != name)
    return tuple(name for name in names if name in handled or is_named_personal(name, frame))


def _name_columns(frame: Frame) -> tuple[str, ...]:
    names = frame.table.column_names
    return tuple(_NO_NAME for _ in names) if is_headless(names) else tuple(names)


def _suggest(frame: Frame, layouts: Sequence[Layout]) -> str:
    if frame.mapping is not None:
        lacking = [name for name in frame.mapping.recipe.sources if name not in frame.table.column_names]
        return f"# The file lacks columns that its mapping names: {', '.join(lacking)}." if lacking else ""
    if frame.layout is None and is_headless(frame.table.column_names):
        return _HEADLESS
    if frame.layout is None:
        return suggest_mapping(frame.path, frame.table, layouts, sheet=frame.sheet)
    return f"# {frame.layout.not_used}" if frame.layout.recipe is None else ""
