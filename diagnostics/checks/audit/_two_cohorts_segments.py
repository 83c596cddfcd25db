"""Two cohorts by channel and category of the first purchase: what a customer is worth in each, and the table of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _two_cohorts_words as words
from diagnostics.checks.audit._two_cohorts_words import NAMES
from diagnostics.checks.costing import label_segments
from diagnostics.metrics.segments import ALL, FIRST_CATEGORY, FIRST_CHANNEL
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, word_number
from diagnostics.statistics.cohort_ages import compare_worth

if TYPE_CHECKING:
    from diagnostics.checks.audit.two_cohorts import TwoCohorts

LEAST_CUSTOMERS = 30


def compare_segments(worth: pd.DataFrame, measured: str) -> pd.DataFrame:
    """One row a segment that is large in both cohorts, the whole first: value each, and the gap with an interval."""
    rows = []
    for (kind, segment), own in worth.groupby(["kind", "segment"]):
        older, newer = (own[own.cohort == name] for name in NAMES)
        sizes = {"older": older.customers.sum(), "newer": newer.customers.sum()}
        if min(sizes.values()) < LEAST_CUSTOMERS:
            continue
        low, gap, high = compare_worth(older, newer, measured)
        each = (older[f"first_{measured}"].sum() + older[f"later_{measured}"].sum()) / sizes["older"]
        rows.append(
            {
                "kind": kind,
                "segment": segment,
                **sizes,
                "older_each": each,
                "newer_each": each + gap,
                "gap": gap,
                "low": low,
                "high": high,
            }
        )
    frame = pd.DataFrame(rows)
    frame = frame[(frame.groupby("kind").segment.transform("size") > 1) | (frame.kind == ALL)]
    order = frame.assign(turn=frame.kind.map({ALL: 0, FIRST_CHANNEL: 1, FIRST_CATEGORY: 2}))
    return order.sort_values(["turn", "newer"], ascending=[True, False], ignore_index=True)


def list_segments(measured: TwoCohorts) -> Exhibit:
    """One row a segment: customers and value each of both, and the gap."""
    rows = measured.worth
    each = Text(zh="{side}人均", en="{side}, each")
    fields = (
        Field(name="label", label=Text(zh="首购", en="First purchase")),
        Field(name="older", label=Text(zh="前一批人数", en="Older, customers"), unit="count"),
        Field(name="newer", label=Text(zh="新一批人数", en="Newer, customers"), unit="count"),
        Field(name="older_each", label=each.fill(side=words.OLDER_WORD), unit="price"),
        Field(name="newer_each", label=each.fill(side=words.NEWER_WORD), unit="price"),
        Field(name="gap", label=Text(zh="差额", en="Gap"), unit="price"),
        *interval_fields("price"),
    )
    title = Text(
        zh="首购后 {days} 天内的人均{what}，按首购渠道与品类", en="By first purchase: {what} each within {days} days"
    ).fill(days=word_number(measured.days), what=words.WHAT[measured.main])
    frame = rows.assign(label=label_segments(rows))
    return Exhibit(name="segments", title=title, fields=fields, frame=frame)
