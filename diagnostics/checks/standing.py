"""What forecasts share: customers as they stood at several cuts, asked of the engine and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.costing import share_days
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.purchase_histories import choose_grid, count_histories, count_spending, follow_days, stand_at
from diagnostics.model.wording import Text, name_verbatim
from diagnostics.statistics.repeat_buying.rolling import ALL, Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir
    import pandas as pd

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.statistics.repeat_buying.windows import Window

OLDER, NEWER = "older", "newer"
MEASURES = frozenset(["customers", "spend", "square", "kept", "sold", "net", "later_net"])
GROUPS: dict[str, Text] = {
    OLDER: Text(zh="早于数据的客户", en="Older than the data"),
    NEWER: Text(zh="数据期内的新客", en="New within the data"),
    ALL: Text(zh="全部客户", en="All customers"),
}

COHORT = Text(zh="{year} 年第 {quarter} 季度", en="{year} Q{quarter}")


def share_followed(tables: Tables) -> ir.Table:
    """Days of customers from their first purchase on, worked out once for all forecasts."""
    return tables.share(follow_days(share_days(tables)))


def ask_windows(tables: Tables, windows: Sequence[Window], *keys: str, money: bool = False) -> dict[str, ir.Table]:
    """The histories at each cut by group and `keys`; with `money` their spend, too, by group and channel."""
    history = tables.engagement.horizon.history
    since, grid = find_newcomers_since(history), choose_grid(history)
    followed = share_followed(tables)
    asked = {}
    for place, window in enumerate(windows):
        # What came after today is not known, even where the data go on.
        standing = stand_at(followed, since, window.cut, min(window.until, history.end))
        asked[f"histories_{place}"] = count_histories(standing, grid, "group", *keys)
        if money:
            asked[f"spending_{place}"] = count_spending(standing, "group", "channel")
    return asked


def read_windows(replies: Replies, windows: Sequence[Window]) -> list[Cut]:
    """The cuts of the windows, in their order."""
    return [
        Cut(
            name=window.cut.isoformat(),
            ahead=float(window.days),
            rows=_sort(replies[f"histories_{place}"]),
            spending=replies.frames.get(f"spending_{place}"),
        )
        for place, window in enumerate(windows)
    ]


def _sort(rows: pd.DataFrame) -> pd.DataFrame:
    """In one order whatever the engine's, so that the same data give the same digits."""
    keys = [name for name in rows.columns if name not in MEASURES]
    return rows.sort_values(keys, ignore_index=True)


def name_cohorts(rows: pd.DataFrame) -> pd.Series:
    """The first of the quarter of the first purchase as text, or `older`, for every row."""
    quarters: pd.Series = rows.cohort.dt.strftime("%Y-%m-%d").where(rows.origin != OLDER, OLDER)
    return quarters


def name_cohort(label: str) -> Text:
    """What a cohort of `name_cohorts` is called."""
    if label == OLDER:
        return GROUPS[OLDER]
    year, month = int(label[:4]), int(label[5:7])
    return COHORT.fill(year=name_verbatim(str(year)), quarter=name_verbatim(str((month + 2) // 3)))
