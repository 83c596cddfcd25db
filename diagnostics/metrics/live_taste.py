"""What people of each tag buy in live sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

MOST_STRINGS, MOST_PRODUCTS = 300, 30


def list_tastes(orders: ir.Table, tagged: ir.Table, period: Period) -> ir.Table:
    """One row a content of the tag column and product: people; and one with an empty product for all buyers of it.

    People are customers who bought in a live session of the period and carry a tag; `orders` are live orders, `tagged`
    comes from `list_tagged`. The 300 most frequent contents, the 30 products with most buyers.
    """
    start, end = ibis.timestamp(period.start.isoformat()), ibis.timestamp(period.end.isoformat())
    at = ibis.coalesce(orders.paid_at, orders.ordered_at, orders.starts_at)
    product = ibis.coalesce(orders["product"], orders.product_id)
    bought = orders.filter(orders.customer.notnull(), at >= start, at < end).select("customer", product=product)
    people = tagged.filter(tagged.customer.notnull(), tagged.tags.length() > 0)
    tags = people.group_by(who=people.customer).agg(tags=people.tags.max())
    joined = bought.inner_join(tags, bought.customer == tags.who).select("customer", "product", "tags").distinct()
    strings = _keep_most(joined.group_by("tags").agg(n=joined.customer.nunique()), "tags", MOST_STRINGS)
    kept = joined.semi_join(strings, "tags")
    named = kept.filter(kept["product"].notnull())
    products = _keep_most(named.group_by("product").agg(n=named.customer.nunique()), "product", MOST_PRODUCTS)
    sold = named.semi_join(products, "product")
    pairs = sold.group_by("tags", "product").agg(people=sold.customer.nunique())
    whole = kept.group_by("tags").agg(people=kept.customer.nunique())
    everybody = whole.select("tags", "people", product=ibis.null("string"))
    return pairs.select("tags", "product", "people").union(everybody.select("tags", "product", "people"))


def _keep_most(counted: ir.Table, key: str, most: int) -> ir.Table:
    place = ibis.row_number().over(order_by=[ibis.desc(counted.n), counted[key]])
    ranked = counted.mutate(place=place)
    return ranked.filter(ranked.place < most).select(key)
