"""Products as they are sold: one key and one name for each, and which channels list them one by one."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import sales

if TYPE_CHECKING:
    import ibis.expr.types as ir

# How exports of whole orders join the names of several products.
SEPARATORS = (";", "；", ",", "，", "、")
JOINED_SHARE = 0.05
LEAST_ORDERS = 30


def key_products(lines: ir.Table) -> ir.Table:
    """Lines with `sku`: the product code, or the product's name where there is no code; others are left out."""
    keyed = lines.mutate(sku=ibis.coalesce(lines.product_id, lines.product))
    return keyed.filter(keyed.sku.notnull())


def name_products(lines: ir.Table) -> ir.Table:
    """One row a sku: the name on most of its lines (the code where there is none), and a category.

    Of names on equally many lines the alphabetically first is taken.
    """
    keyed = key_products(lines)
    named = keyed.mutate(name=ibis.coalesce(keyed["product"], keyed.sku))
    counted = named.group_by("sku", "name").agg(lines=named.count(), category=named.category.max())
    order = ibis.row_number().over(group_by="sku", order_by=[ibis.desc(counted.lines), counted.name])
    first = counted.mutate(place=order)
    return first.filter(first.place == 0).select("sku", "name", "category")


def list_itemised(lines: ir.Table) -> ir.Table:
    """Channel: those whose exports list the products of an order one by one.

    Left out are channels with 30 orders and more of which none holds two products although 5 % of the product
    names read like a list: their export gives one line an order, so units, prices and companions are unknown.
    """
    selling = sales(key_products(lines))
    holds = reduce(or_, (selling["product"].contains(mark) for mark in SEPARATORS))
    orders = selling.group_by("channel", "order_id").agg(
        several=selling.sku.min() != selling.sku.max(), joined=ibis.ifelse(holds, 1, 0).max()
    )
    channels = orders.group_by("channel").agg(
        orders=orders.count(), several=orders.several.sum(), joined=orders.joined.sum()
    )
    whole = (channels.orders >= LEAST_ORDERS) & (channels.several == 0)
    return channels.filter(~(whole & (channels.joined >= channels.orders * JOINED_SHARE))).select("channel")


def keep_itemised(lines: ir.Table, listed: ir.Table) -> ir.Table:
    """Lines with `sku` of the channels in `listed`, from `list_itemised`."""
    return key_products(lines).semi_join(listed, "channel")


def cover_products(lines: ir.Table, kept: ir.Table) -> ir.Table:
    """Channel, gmv and itemised_gmv (what `kept`, from `keep_itemised`, holds of it; empty where it holds nothing)."""
    itemised = kept.group_by("channel").agg(itemised_gmv=kept.gmv.sum())
    whole = lines.group_by("channel").agg(gmv=lines.gmv.sum())
    return whole.left_join(itemised, "channel").drop("channel_right")
