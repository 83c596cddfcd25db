"""The dimensions across which customers may buy, and the lines with their part of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.gaps import fill_categories
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.members import mark_members
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.tables import Tables

DIMENSIONS: dict[str, tuple[Text, str]] = {
    "category": (Text(zh="品类", en="categories"), "attach"),
    "brand": (Text(zh="品牌", en="brands"), "cross_brand"),
    "shop": (Text(zh="店铺", en="shops"), "cross_shop"),
}
JUDGED = ("category", "brand")
# What is asked of lines: the others need not be held.
COLUMNS = (
    "channel",
    "shop",
    "order_id",
    "customer",
    "product_id",
    "category",
    "is_return",
    "by_member",
    "gmv",
)


def name_lines(tables: Tables) -> dict[str, ir.Table]:
    """Lines of the current period with `part` and `by_member`, for every dimension that the tables tell."""
    engagement = tables.engagement
    customers = tables["customers"] if tables.has("customers", "joined_on") else None
    lines = within(value_lines(tables["order_lines"], engagement.gmv_basis), engagement.horizon.current)
    marked = tables.share(mark_members(lines, customers).select(*COLUMNS))
    named = {}
    has_master = tables.has("products", "product_id", "category")
    if has_master or tables.has("order_lines", "category"):
        filled = fill_categories(marked, tables["products"]) if has_master else marked
        named["category"] = filled.mutate(part=filled.category)
    if tables.has("products", "product_id", "brand"):
        master = tables["products"].group_by("product_id").agg(brand=lambda of: of.brand.max())
        told = master.rename(master_id="product_id")
        branded = marked.left_join(told, marked.product_id == told.master_id).drop("master_id")
        named["brand"] = branded.mutate(part=branded.brand)
    if tables.has("order_lines", "shop"):
        named["shop"] = marked.mutate(part=marked.channel + ibis.literal("/") + marked.shop)
    return named
