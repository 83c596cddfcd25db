"""Read the paid amount that a platform's traffic reports state, by channel and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# The whole shop knows best; products add up to it; an order may count for several sources.
KINDS = ("shop", "item", "source")


Span = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class StatedTotal:
    """The paid amount of a channel over half-open spans of days, in order; `kind` says from which rows.

    `month` is the month that holds all of them, or ""; `shops` are those named.
    """

    channel: str
    month: str
    spans: tuple[Span, ...]
    paid: float
    kind: str
    shops: frozenset[str]

    @property
    def start(self) -> date:
        """The first day."""
        return self.spans[0][0]

    @property
    def end(self) -> date:
        """The day after the last."""
        return self.spans[-1][1]


def read_stated(traffic: pa.Table | None) -> tuple[StatedTotal, ...]:
    """One total a channel and month (or longer period) whose rows name a paid amount.

    Of shop rows, product rows and source rows of the same days the first counts. Days that two reports cover are
    taken from the longer one; reports that share a month and do not touch the same days are added up.
    """
    if traffic is None or traffic["paid_amount"].null_count == traffic.num_rows:
        return ()
    rows = _describe(traffic)
    sums = rows.groupby(["channel", "start", "end", "kind"], as_index=False).agg(
        paid=("paid", "sum"), shops=("shop", lambda names: frozenset(filter(None, names)))
    )
    sums["place"] = sums["kind"].map(KINDS.index)
    best = sums.sort_values("place", kind="stable").drop_duplicates(["channel", "start", "end"])
    totals = [
        StatedTotal(
            channel=str(row["channel"]),
            month=_name_month(row["start"], row["end"]),
            spans=((row["start"], row["end"]),),
            paid=float(row["paid"]),
            kind=str(row["kind"]),
            shops=row["shops"],
        )
        for row in best.to_dict("records")
    ]
    return tuple(_join_months(list(_drop_covered(totals))))


def _name_month(start: date, end: date) -> str:
    last = end - timedelta(days=1)
    return f"{start:%Y-%m}" if (last.year, last.month) == (start.year, start.month) else ""


def _describe(traffic: pa.Table) -> pd.DataFrame:
    told = traffic.filter(pc.is_valid(traffic["paid_amount"]))
    kinds = pc.if_else(
        pc.is_valid(told["product_id"]), "item", pc.if_else(pc.is_valid(told["source"]), "source", "shop")
    )
    return pd.DataFrame(
        {
            "channel": told["channel"].to_pylist(),
            "start": pd.Series(pc.cast(told["starts_on"], pa.date32()).to_pylist(), dtype=object),
            "end": pd.Series(pc.cast(told["ends_on"], pa.date32()).to_pylist(), dtype=object),
            "kind": kinds.to_pylist(),
            "shop": [shop or "" for shop in told["shop"].to_pylist()],
            "paid": pc.cast(told["paid_amount"], pa.float64()).to_pylist(),
        }
    )


def _drop_covered(totals: Sequence[StatedTotal]) -> Iterator[StatedTotal]:
    """Totals without those that touch the days of a longer one of the same channel, in order of days."""
    taken: dict[str, set[int]] = {}
    kept: list[StatedTotal] = []
    for total in sorted(totals, key=lambda one: (-(one.end - one.start).days, one.start)):
        days = set(range(total.start.toordinal(), total.end.toordinal()))
        own = taken.setdefault(total.channel, set())
        if not days & own:
            own |= days
            kept.append(total)
    yield from sorted(kept, key=lambda total: (total.channel, total.start))


def _join_months(totals: Sequence[StatedTotal]) -> Iterator[StatedTotal]:
    """Totals of days or weeks of one month and kind as one."""
    for (_, month, _), group in groupby(totals, key=lambda total: (total.channel, total.month, total.kind)):
        parts = list(group)
        if month:
            yield replace(
                parts[0],
                spans=tuple(part.spans[0] for part in parts),
                paid=sum(part.paid for part in parts),
                shops=frozenset().union(*(part.shops for part in parts)),
            )
        else:
            yield from parts
