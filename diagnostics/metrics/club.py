"""Points and members in the private domain: who holds points, and which members can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def total_points(customers: ir.Table) -> ir.Table:
    """One row a channel that keeps points: known (a balance, even 0), holders (above 0) and points."""
    told = customers.filter(customers.points.notnull())
    return told.group_by("channel").agg(
        known=told.count(), holders=(told.points > 0).sum(), points=told.points.sum().cast("float64")
    )


def count_club(customers: ir.Table, reachable: ir.Table) -> ir.Table:
    """One row: members (each once over channels) and those of them who are reachable contacts."""
    members = customers.filter(customers.is_member.fill_null(False)).select("customer").distinct()  # noqa: FBT003 - Ibis takes the value by place
    joined = members.left_join(reachable, members.customer == reachable.customer, rname="{name}_reachable")
    return joined.agg(members=joined.count(), reached=joined.customer_reachable.notnull().sum())
