"""GMV of two compared periods by promotion phase, so that like days can be compared with like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.lines import value_lines
from diagnostics.model.promotions import ORDINARY, is_covered, list_inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from diagnostics.model.promotions import Promotion
    from diagnostics.model.tables import Tables


def ask_phases(tables: Tables) -> dict[str, ir.Table]:
    """The query `phases`, where there are two periods and the promotion days of their years are known."""
    horizon, promotions = tables.engagement.horizon, tables.engagement.promotions
    if horizon.previous is None or not is_covered(promotions, horizon.previous, horizon.current):
        return {}
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    marked = mark_compared(lines, horizon.previous, horizon.current)
    held = list_inside(promotions, horizon.previous, horizon.current)
    return {"phases": tables.share(sum_phases(marked, held))}


def sum_phases(marked: ir.Table, promotions: Sequence[Promotion]) -> ir.Table:
    """One row a channel, period, phase and bucket: gmv. Days outside of all promotions are `ordinary`.

    `marked` come from `mark_compared` on `value_lines`; `promotions` must not overlap.
    """
    placed = marked.mutate(
        phase=place_in_phases(marked.ordered_at, promotions),
        bucket=assign_bucket(ibis.coalesce(marked.customer, marked.order_id)),
    )
    return placed.group_by("channel", "is_current", "phase", "bucket").agg(gmv=placed.gmv.sum())


def place_in_phases(at: ir.TimestampValue, promotions: Sequence[Promotion]) -> ir.StringValue:
    """The phase of the promotion that holds a moment, `ordinary` for none."""
    if not promotions:
        return ibis.literal(ORDINARY)
    return ibis.cases(
        *(
            (
                (at >= ibis.timestamp(promotion.days.start.isoformat()))
                & (at < ibis.timestamp(promotion.days.end.isoformat())),
                promotion.phase,
            )
            for promotion in promotions
        ),
        else_=ORDINARY,
    )
