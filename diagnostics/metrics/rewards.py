"""What rewards are paid for: contacts added, sales of stores, tasks done, and what the private domain sells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

STORE = "store"


def count_adds(contacts: ir.Table, period: Period) -> ir.Table:
    """One row: adds, contacts added inside the period (one customer added by two staff counts twice)."""
    start, end = (ibis.timestamp(day.isoformat()) for day in (period.start, period.end))
    inside = contacts.filter(contacts.added_at >= start, contacts.added_at < end)
    return inside.agg(adds=inside.count())


def total_sales(lines: ir.Table) -> ir.Table:
    """One row: gmv, store_gmv, private_gmv (of lines so marked); `lines` are valued and cut to a period."""
    is_store = lines.channel == STORE
    return lines.agg(
        gmv=lines.gmv.sum(),
        store_gmv=lines.gmv.sum(where=is_store),
        private_gmv=lines.gmv.sum(where=lines.is_private.fill_null(False)),  # noqa: FBT003 - Ibis takes the value by place
    )


def total_tasks(tasks: ir.Table) -> ir.Table:
    """One row a kind of task: given, done, results, reward."""
    return tasks.group_by("kind").agg(
        given=tasks.count(),
        done=tasks.done.fill_null(False).sum(),  # noqa: FBT003 - Ibis takes the value by place
        results=tasks.results.sum(),
        reward=tasks.reward.sum(),
    )
