"""Tell which known export a set of headers belongs to, by names and never by their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum

from diagnostics.intake.recognition.layouts import Layout

THRESHOLD = 0.6
_WEIGHT_OF_LAYOUT = 0.5
_WEIGHT_OF_STRANGER = 1.0


def score_layout(names: Sequence[str], layout: Layout) -> float:
    """How well headers fit a layout, 0 to 1: half for the layout's columns found, half for headers explained.

    A client may have left out columns, and a platform may have added some: both halves stay high enough.
    A column counts by how few layouts have it: an order number says little, a column of one platform much.
    """
    present = {layout.also.get(name, name) for name in names if name}
    shared = present & layout.expected
    if not shared:
        return 0.0
    # Sums that don't hang on the order in which a set gives its names.
    found = fsum(map(layout.weigh, shared))
    expected = fsum(map(layout.weigh, layout.expected))
    explained = found + _WEIGHT_OF_STRANGER * len(present - shared)
    return _WEIGHT_OF_LAYOUT * found / expected + (1 - _WEIGHT_OF_LAYOUT) * found / explained


def recognise(names: Sequence[str], layouts: Iterable[Layout]) -> tuple[Layout | None, float]:
    """The layout that fits best and its score; no layout if the best stays under the threshold."""
    scored = [(score_layout(names, layout), len(layout.columns), layout) for layout in layouts]
    if not scored:
        return None, 0.0
    score, _, layout = max(scored, key=lambda entry: entry[:2])
    return (layout if score >= THRESHOLD else None), score
