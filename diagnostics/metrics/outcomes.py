"""What the service desk hands on, how customers score it, and which of them bring others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def total_upgrades(periods: ir.Table) -> ir.Table:
    """One row each for rows of the company and of servicers: is_company, customers, upgraded, to_staff, to_group.

    Rows of the company (no staff) and of servicers tell the same customers: they are never added.
    """
    mine = periods.mutate(is_company=periods.staff.isnull())
    return mine.group_by("is_company").agg(
        customers=mine.customers.sum(),
        upgraded=mine.upgraded.sum(),
        to_staff=mine.upgraded_to_staff.sum(),
        to_group=mine.upgraded_to_group.sum(),
    )


def count_scores(feedback: ir.Table, good: float) -> ir.Table:
    """One row a question: people (known customers, else answers), satisfied (mean score `good` and more)."""
    scored = feedback.filter(feedback.score.notnull())
    return scored.group_by("question").agg(people=scored.count(), satisfied=(scored.score >= good).sum())


def link_referrals(feedback: ir.Table, referrals: ir.Table, good: float) -> ir.Table:
    """One row a group, satisfied or not, by a customer's mean score: people, and referrers who brought somebody."""
    scored = feedback.filter(feedback.score.notnull(), feedback.customer.notnull())
    each = scored.group_by("customer").agg(score=scored.score.mean())
    bringing = referrals.filter(referrals.referrer.notnull(), referrals.joined.fill_null(0) > 0)
    brought = bringing.select(who="referrer").distinct()
    joined = each.left_join(brought, each.customer == brought.who).mutate(is_satisfied=lambda row: row.score >= good)
    return joined.group_by("is_satisfied").agg(people=joined.count(), referrers=joined.who.notnull().sum())
