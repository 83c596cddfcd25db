"""The tables of the question on one period: how customers differ, and their numbers of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.audit import _one_period_words as words
from diagnostics.metrics.one_period import MOST_ORDERS, PERCENTILES
from diagnostics.metrics.segments import ALL
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim, word_number, word_percent, word_price
from diagnostics.statistics.spread import share_out

if TYPE_CHECKING:
    from diagnostics.checks.audit.one_period import OnePeriod

SHOWN = tuple(part for part in PERCENTILES if part not in {5, 95})


def list_spreads(measured: OnePeriod) -> Exhibit:
    """One row a measure: means and percentiles over customers."""
    rows = measured.spreads[measured.spreads.kind == ALL].set_index("measure")
    weighted = {
        "spend": None,
        "orders": None,
        "order_value": measured.whole.order_value,
        "profit": None,
        "margin": measured.whole.margin,
    }
    frame = pd.DataFrame(
        [
            {
                "label": label,
                "n": int(rows.n[name]),
                "mean": _word(name, float(rows["mean"][name]), measured.currency),
                "weighted": None if weighted[name] is None else _word(name, weighted[name], measured.currency),
                **{f"p{part}": _word(name, float(rows[f"p{part}"][name]), measured.currency) for part in SHOWN},
            }
            for name, label in words.MEASURE_WORDS.items()
            if name in rows.index
        ]
    )
    fields = (
        Field(name="label", label=Text(zh="每位客户的", en="Of each customer")),
        Field(name="n", label=words.CUSTOMERS, unit="count"),
        Field(name="mean", label=Text(zh="未加权平均", en="Unweighted mean")),
        Field(name="weighted", label=Text(zh="加权平均", en="Weighted mean")),
        *(Field(name=f"p{part}", label=Text(zh=f"P{part}", en=f"P{part}")) for part in SHOWN),
    )
    title = Text(zh="客户之间的分布", en="How customers differ")
    note = Text(
        zh="P50 是中位数：至少一半客户不高于此。",
        en="P50 is the median: at least half of the customers lie at or below it.",
    )
    return Exhibit(name="spreads", title=title, fields=fields, frame=frame, note=note)


def _word(measure: str, value: float, currency: str) -> Text:
    if measure == "margin":
        return word_percent(value)
    return word_number(value, 1) if measure == "orders" else word_price(value, currency)


def list_times(measured: OnePeriod) -> Exhibit:
    """One row a number of orders: customers and their shares."""
    rows = measured.times[measured.times.kind == ALL].sort_values("times")
    more = Text(zh="{n} 单及以上", en="{n} and more").fill(n=str(MOST_ORDERS))
    labels = [more if times == MOST_ORDERS else name_verbatim(str(times)) for times in rows.times]
    frame = rows.assign(
        label=pd.Series(labels, index=rows.index, dtype=object),
        share=rows.customers / rows.customers.sum(),
        spend_share=share_out(rows.spend),
    )
    fields = (
        Field(name="label", label=words.ORDERS),
        Field(name="customers", label=words.CUSTOMERS, unit="count"),
        Field(name="share", label=Text(zh="占客户", en="Share of customers"), unit="share"),
        Field(name="spend_share", label=Text(zh="占消费", en="Share of spend"), unit="share"),
    )
    return Exhibit(name="times", title=Text(zh="每位客户几单", en="Orders per customer"), fields=fields, frame=frame)
