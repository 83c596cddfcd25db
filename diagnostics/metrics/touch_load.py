"""How often customers were touched shortly before a touch, whether they answered it, and whether they left after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

# A load is how many of these numbers of earlier touches lie within 30 days: 0 is the first touch, 4 the ninth or later.
STEPS = (1, 2, 4, 8)
LOOK_BACK, LOSS_DAYS = 30, 14
LIGHT, HEAVY = 1, 3
UNKNOWN = ""


def mark_loads(touches: ir.Table, since: date, until: date, losses: ir.Table | None) -> ir.Table:
    """One row a touch of the half-open days: customer, segment (kind of touch), month, load, answered, followed, lost.

    Touches of the first 30 days serve as history only. `losses` is from `list_losses`; then `followed` marks touches
    whose next 14 days were observed of a customer who was a contact, and `lost` those who left in these days (else
    both are 0).
    """
    window = ibis.window(group_by="customer", order_by=["touched_at", "segment"])
    named = touches.mutate(segment=touches.kind.fill_null(UNKNOWN))
    span = ibis.interval(days=LOOK_BACK)
    earlier = named.mutate(**{f"lag_{step}": named.touched_at.lag(step).over(window) for step in STEPS})
    load = sum(
        (ibis.ifelse(earlier[f"lag_{step}"] + span > earlier.touched_at, 1, 0).fill_null(0) for step in STEPS),
        ibis.literal(0),
    )
    marked = earlier.mutate(load=load, day=earlier.touched_at.date())
    first, last = ibis.date(since.isoformat()) + span, ibis.date(until.isoformat())
    kept = marked.filter(marked.day >= first, marked.day < last, marked.answered.notnull())
    kept = kept.mutate(month=kept.day.truncate("M"), answered=ibis.ifelse(kept.answered, 1, 0))
    if losses is None:
        return kept.mutate(followed=ibis.literal(0), lost=ibis.literal(0))
    joined = kept.left_join(losses, kept.customer == losses.contact_customer)
    # Who had left before cannot leave again; who is no contact can't be seen to leave.
    still = joined.contact_customer.notnull() & (joined.lost_on.isnull() | (joined.lost_on >= joined.day))
    followed = still & (joined.day + ibis.interval(days=LOSS_DAYS) <= last)
    left = followed & (joined.lost_on <= joined.day + ibis.interval(days=LOSS_DAYS))
    return joined.mutate(followed=ibis.ifelse(followed, 1, 0), lost=ibis.ifelse(left, 1, 0))


def list_losses(contacts: ir.Table) -> ir.Table:
    """One row a customer who is or was a contact: contact_customer, lost_on (empty as long as one contact remains)."""
    known = contacts.filter(contacts.customer.notnull())
    totals = known.group_by(contact_customer=known.customer).agg(
        left=known.lost_at.max().date(), kept=known.lost_at.isnull().sum()
    )
    nothing = ibis.null().cast("date")
    return totals.select("contact_customer", lost_on=ibis.ifelse(totals.kept > 0, nothing, totals.left))


def count_loads(marked: ir.Table) -> ir.Table:
    """One row a segment, month and load: touches, answered, followed, lost."""
    return marked.group_by("segment", "month", "load").agg(
        touches=marked.count(),
        answered=marked.answered.sum(),
        followed=marked.followed.sum(),
        lost=marked.lost.sum(),
    )


def compare_within(marked: ir.Table) -> ir.Table:
    """One row a segment and bucket of customers: customers' own light touches against their own heavy ones.

    Strata are a customer's quarters with both light (at most one touch in the 30 days before) and heavy touches (four
    and more before). Columns: weight (sum of n_light n_heavy / n), light and heavy (weighted sums of the answered
    shares), strata. light / weight minus heavy / weight is Mantel and Haenszel's difference.
    """
    quarter = marked.mutate(
        quarter=marked.month.truncate("Q"),
        is_light=ibis.ifelse(marked.load <= LIGHT, 1, 0),
        is_heavy=ibis.ifelse(marked.load >= HEAVY, 1, 0),
    )
    strata = quarter.group_by("segment", "customer", "quarter").agg(
        light=quarter.is_light.sum(),
        heavy=quarter.is_heavy.sum(),
        light_answered=(quarter.is_light * quarter.answered).sum(),
        heavy_answered=(quarter.is_heavy * quarter.answered).sum(),
    )
    both = strata.filter(strata.light > 0, strata.heavy > 0)
    weight = both.light * both.heavy / (both.light + both.heavy)
    weighted = both.mutate(
        bucket=assign_bucket(both.customer),
        weight=weight,
        light_share=weight * both.light_answered / both.light,
        heavy_share=weight * both.heavy_answered / both.heavy,
    )
    return weighted.group_by("segment", "bucket").agg(
        strata=weighted.count(),
        weight=weighted.weight.sum(),
        light=weighted.light_share.sum(),
        heavy=weighted.heavy_share.sum(),
    )
