"""Traces an expression back to the canonical columns that it reads, and tells whether its rows are persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis.expr.operations as ops

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

# What stands for one person, or for one thing that a person did; staff act for the company, by keyed codes.
PERSONAL = frozenset(["customer", "contact", "referrer", "order_id", "line_id"])
# What hands on one of the values that it meets; every other reduction counts or adds up.
HANDS_ON = (ops.Max, ops.Min, ops.Arbitrary, ops.First, ops.Last, ops.ArrayCollect, ops.GroupConcat, ops.Mode)
WRAPS = (ops.Cast, ops.Coalesce, ops.Alias)
# A step that needs the rows of a relation and none of its columns.
ROWS = ""


def list_reads(expression: ir.Table) -> dict[str, list[str]]:
    """The canonical columns on which an expression depends, by table, in the order of the table.

    >>> import ibis
    >>> lines = ibis.table({"shop": "string", "paid": "int64", "store": "string"}, name="order_lines")
    >>> list_reads(lines.filter(lines.store.notnull()).agg(paid=lines.paid.sum()))
    {'order_lines': ['paid', 'store']}
    """
    relation = expression.op()
    seen: set[tuple[ops.Relation, str]] = set()
    waiting = [(relation, name) for name in relation.schema]
    while waiting:
        step = waiting.pop()
        if step not in seen:
            seen.add(step)
            waiting += _step_down(*step)
    tables = sorted({node for node, _ in seen if isinstance(node, ops.UnboundTable)}, key=lambda node: str(node.name))
    return {str(table.name): [name for name in table.schema if (table, name) in seen] for table in tables}


def list_persons(expression: ir.Table) -> list[str]:
    """The columns of an expression that hand on the code of one person or one order: such rows stay where they are.

    >>> import ibis
    >>> lines = ibis.table({"customer": "string", "paid": "int64"}, name="order_lines")
    >>> each = lines.group_by("customer").agg(paid=lines.paid.sum())
    >>> list_persons(each), list_persons(each.agg(customers=each.customer.nunique()))
    (['customer'], [])
    """
    relation = expression.op()
    return [name for name in relation.schema if _is_personal(relation, name)]


def _step_down(node: ops.Relation, name: str) -> Iterator[tuple[ops.Relation, str]]:
    """What the rows of a relation, and one of its columns, need of the relations below."""
    below = [child for child in node.__children__ if isinstance(child, ops.Relation)]
    yield from ((relation, ROWS) for relation in below)
    for deciding in _list_deciding(node):
        yield from _list_needs(deciding)
    if isinstance(node, ops.Distinct) or (isinstance(node, ops.Set) and node.distinct):
        yield from ((relation, each) for relation in below for each in relation.schema)
    elif name in node.values:
        yield from _list_needs(node.values[name])
    elif name:
        yield from ((relation, name) for relation in below)


def _list_deciding(node: ops.Relation) -> tuple[ops.Node, ...]:
    """What decides which rows there are, whichever columns are asked for."""
    if isinstance(node, ops.Aggregate):
        return tuple(node.groups.values())
    if isinstance(node, ops.Filter):
        return tuple(node.predicates)
    if isinstance(node, ops.JoinChain):
        return tuple(node.rest)
    return tuple(node.keys) if isinstance(node, ops.Sort) else ()


def _list_needs(value: ops.Node) -> Iterator[tuple[ops.Relation, str]]:
    waiting: list[ops.Node] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ops.Field):
            yield node.rel, node.name
        elif isinstance(node, ops.Relation):
            yield node, ROWS
        else:
            waiting += node.__children__
        if isinstance(node, ops.Subquery):
            yield from ((node.rel, name) for name in node.rel.schema)


def _is_personal(node: ops.Relation, name: str) -> bool:
    if isinstance(node, ops.UnboundTable):
        return name in PERSONAL
    if name in node.values:
        return _hands_on(node.values[name])
    return any(_is_personal(child, name) for child in node.__children__ if isinstance(child, ops.Relation))


def _hands_on(value: ops.Node) -> bool:
    if isinstance(value, ops.Field):
        return _is_personal(value.rel, value.name)
    return isinstance(value, HANDS_ON + WRAPS) and any(_hands_on(child) for child in value.__children__)
