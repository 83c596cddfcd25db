"""The table of groups compared in pairs: who comes back sooner, and whether that is more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from diagnostics.statistics.cohort_differences import Differences

# More pairs than this can't be read; the clearest come first.
MOST_PAIRS = 15
# The chance of any false alarm among all pairs.
LEVEL = 0.05
YES, NO = Text(zh="是", en="yes"), Text(zh="不能断定", en="can't be told")


def list_pairs(differences: Differences, name: Callable[[str], Text], title: Text) -> Exhibit:
    """A row a pair: both groups, how much more often the first comes back, p values, and whether they differ."""
    pairs = sorted(differences.pairs, key=lambda pair: (pair.adjusted, pair.p, pair.one, pair.other))[:MOST_PAIRS]
    rows = [
        {
            "one": name(pair.one),
            "other": name(pair.other),
            "ratio": pair.ratio,
            "p": pair.p,
            "adjusted": pair.adjusted,
            "differ": YES if pair.adjusted < LEVEL else NO,
        }
        for pair in pairs
    ]
    return Exhibit(
        name="differences",
        title=title,
        fields=(
            Field(name="one", label=Text(zh="一组", en="Group")),
            Field(name="other", label=Text(zh="另一组", en="Compared with")),
            Field(
                name="ratio",
                label=Text(zh="回头次数 ÷ 无差别时的预期", en="Returns ÷ expected"),
                unit="number",
                digits=2,
            ),
            Field(name="p", label=Text(zh="P 值", en="p"), unit="number", digits=4),
            Field(name="adjusted", label=Text(zh="校正后 P 值", en="Adjusted p"), unit="number", digits=4),
            Field(name="differ", label=Text(zh="有差别", en="Differ")),
        ),
        frame=pd.DataFrame(rows),
        note=Text(zh="对数秩检验；{control}。", en="Log-rank tests; {control}.").fill(control=differences.control),
    )
