"""The table of customers who moved from one decile of spend or profit to another between two periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _two_periods_words as words
from diagnostics.metrics.two_periods import ABSENT, DECILES
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from diagnostics.checks.audit.two_periods import TwoPeriods


def list_migration(measured: TwoPeriods) -> Exhibit:
    """One row a decile before, one column a decile now."""
    table = measured.migration.pivot_table(
        index="decile_before", columns="decile_now", values="customers", aggfunc="sum", fill_value=0
    )
    deciles = list(range(DECILES, ABSENT - 1, -1))
    table = table.reindex(index=deciles, columns=deciles, fill_value=0)
    names = [_name_decile(decile) for decile in deciles]
    frame = pd.DataFrame({f"to_{decile}": table[decile].to_numpy() for decile in deciles})
    frame = frame.assign(label=pd.Series(names, dtype=object), customers=table.sum(axis=1).to_numpy())
    # Nobody can be seen to have been absent from both periods.
    frame[f"to_{ABSENT}"] = frame[f"to_{ABSENT}"].where(table.index.to_numpy() != ABSENT)
    fields = (
        Field(name="label", label=Text(zh="对比期的档", en="Decile before")),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        *(
            Field(name=f"to_{decile}", label=NOW_DECILE.fill(decile=word), unit="count")
            for decile, word in zip(deciles, names, strict=True)
        ),
    )
    title = Text(
        zh="按{what}的十分位迁移（10 为最高，两期同一分界）", en="Migration between deciles of {what}, 10 the highest"
    ).fill(what=measured.name(measured.main))
    note = Text(
        zh="分界为对比期客户的十分位；相同金额同档，故各档不一定正好十分之一。",
        en="Cut-offs are the comparison period's deciles; equal amounts share a decile, so it need not hold a tenth.",
    )
    return Exhibit(name="migration", title=title, fields=fields, frame=frame, note=note)


NOW_DECILE = Text(zh="本期：{decile}", en="Now: {decile}")


def _name_decile(decile: int) -> Text:
    return Text(zh="未购", en="absent") if decile == ABSENT else Text(zh=str(decile), en=str(decile))
