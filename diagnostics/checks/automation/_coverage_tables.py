"""The tables behind the coverage of tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.automation import _coverage_words as words
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.checks.automation._coverage import Coverage


def tabulate_coverage(measured: Coverage) -> tuple[Exhibit, ...]:
    """Planned tags, and tags found."""
    tag = Field(name="tag", label=Text(zh="标签", en="Tag"))
    people = Field(name="people", label=Text(zh="带标签人数", en="Carriers"), unit="count")
    share = Field(name="share", label=Text(zh="覆盖", en="Coverage"), unit="share")
    missing = {one.name for one in measured.missing}
    planned = [
        {
            "tag": one.name,
            "dimension": words.DIMENSIONS.get(one.dimension, words.NO_DIMENSION),
            "people": one.carriers,
            "share": one.carriers / max(measured.people, 1),
            "spend": np.nan if one.spend is None else one.spend,
            "state": words.GAP if one.name in missing else words.FINE,
        }
        for one in measured.planned
    ]
    fields = (
        tag,
        Field(name="dimension", label=Text(zh="维度", en="Dimension")),
        people,
        share,
        Field(name="spend", label=Text(zh="人均消费（全体为 100%）", en="Spend a head (all = 100%)"), unit="share"),
        Field(name="state", label=Text(zh="判断", en="Verdict")),
    )
    found = measured.found.head(50)
    found = found.assign(share=found.people / max(measured.people, 1))
    title = Text(zh="实际在用的标签（前 50）", en="Tags found in use (first 50)")
    shown = [Exhibit(name="found", title=title, fields=(tag, people, share), frame=found)]
    if planned:
        title = Text(zh="规划的标签与覆盖", en="Planned tags and their coverage")
        shown.insert(0, Exhibit(name="planned", title=title, fields=fields, frame=pd.DataFrame(planned)))
    return tuple(shown)
