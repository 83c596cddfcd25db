"""Customers who buy in two parts of a business (categories, brands, shops), members beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import sales

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_PARTS = 10
MOST_ORDERS = 4


def total_buyers(parted: ir.Table) -> ir.Table:
    """One row a customer and part: gmv, is_member (empty if nobody told).

    `parted` are lines of known customers with `part`, `by_member` and gmv; lines without a part are left out. Only
    the ten parts with most buyers are kept.
    """
    selling = sales(parted.filter(parted.part.notnull()))
    each = selling.group_by("customer", "part").agg(
        gmv=selling.gmv.sum(), is_member=selling.by_member.cast("int64").max()
    )
    counted = each.group_by("part").agg(buyers=each.count())
    place = ibis.row_number().over(order_by=[ibis.desc(counted.buyers), counted.part])
    ranked = counted.mutate(place=place)
    return each.semi_join(ranked.filter(ranked.place < MOST_PARTS), "part")


def count_parts(each: ir.Table) -> ir.Table:
    """One row a part: buyers, gmv; and one with an empty part for all customers. `each` of `total_buyers`."""
    parts = each.group_by("part").agg(buyers=each.count(), gmv=each.gmv.sum())
    whole = each.agg(part=ibis.null("string"), buyers=each.customer.nunique(), gmv=each.gmv.sum())
    return parts.select("part", "buyers", "gmv").union(whole.select("part", "buyers", "gmv"))


def count_pairs(each: ir.Table) -> ir.Table:
    """One row a pair of parts, first the smaller name: both (customers of both), gmv_first, gmv_second of these."""
    other = each.view()
    pairs = each.join(other, (each.customer == other.customer) & (each.part < other.part), rname="{name}_2")
    return pairs.group_by(first=pairs.part, second=pairs.part_2).agg(
        both=pairs.count(), gmv_first=pairs.gmv.sum(), gmv_second=pairs.gmv_2.sum()
    )


def count_crossers(parted: ir.Table) -> ir.Table:
    """One row a number of orders (4 stands for more too) and kind (member or not): customers, crossed (two parts).

    Customers of whom nobody told are left out. Lines as in `total_buyers`, all parts.
    """
    selling = sales(parted.filter(parted.part.notnull(), parted.by_member.notnull()))
    each = selling.group_by("customer").agg(
        orders=ibis.least(selling.order_id.nunique(), MOST_ORDERS),
        crossed=selling.part.min() < selling.part.max(),
        member=selling.by_member.cast("int64").max(),
    )
    return each.group_by("orders", is_member=each.member > 0).agg(customers=each.count(), crossed=each.crossed.sum())
