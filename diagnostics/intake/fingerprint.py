"""Tell which known export a set of headers belongs to, by names and never by their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diagnostics.intake.layouts import Layout

THRESHOLD = 0.6
_WEIGHT_OF_LAYOUT = 0.5


def score_layout(names: Sequence[str], layout: Layout) -> float:
    """How well headers fit a layout, 0 to 1: half for the layout's columns found, half for headers explained.

    A client may have left out columns, and a platform may have added some: both halves stay high enough.
    """
    present = {layout.also.get(name, name) for name in names if name}
    expected = layout.expected
    if present.isdisjoint(expected):
        return 0.0
    shared = len(present & expected)
    return _WEIGHT_OF_LAYOUT * shared / len(expected) + (1 - _WEIGHT_OF_LAYOUT) * shared / len(present)


def recognise(names: Sequence[str], layouts: Iterable[Layout]) -> tuple[Layout | None, float]:
    """The layout that fits best and its score; no layout if the best stays under the threshold."""
    scored = [(score_layout(names, layout), len(layout.columns), layout) for layout in layouts]
    if not scored:
        return None, 0.0
    score, _, layout = max(scored, key=lambda entry: entry[:2])
    return (layout if score >= THRESHOLD else None), score
