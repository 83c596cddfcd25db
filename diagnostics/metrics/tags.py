"""How many people carry the tags that segments need, and what their carriers spend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.lines import identified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

# What stands between tags, and between a tag and its value (肤质:干皮).
BETWEEN = r"[,，;；、|/\s]"
VALUED = r"[:：=_-]"
MOST_STRINGS = 500


def list_tagged(parts: Sequence[ir.Table]) -> ir.Table:
    """One row a person of each table given, contacts or customers: person, customer, tags.

    A person is the customer where known, else the contact.
    """
    rows = [
        part.select(
            person=ibis.coalesce(part.customer, part.contact) if "contact" in part.columns else part.customer,
            customer=part.customer,
            tags=part.tags,
        )
        for part in parts
    ]
    return ibis.union(*rows).filter(lambda table: table.person.notnull())


def count_tags(tagged: ir.Table, groups: Mapping[str, Sequence[str]], spend: ir.Table | None) -> ir.Table:
    """One row: people, tagged (with any tag), customers, and for each group of tags two columns.

    `carry_<group>` counts people with one of its tags (alone or with a value), `gmv_<group>` what those of them who
    are customers spend; `gmv_all` is that of all. `spend` holds customer and gmv, one row each; without it the money
    is empty.
    """
    marks = {
        name: ibis.ifelse(tagged.tags.re_search(_find_any(tags)), 1, 0).max().fill_null(0)
        for name, tags in groups.items()
    }
    people = tagged.group_by("person").agg(
        customer=tagged.customer.max(), any_tag=ibis.ifelse(tagged.tags.length() > 0, 1, 0).max().fill_null(0), **marks
    )
    if spend is None:
        valued = people.mutate(gmv=ibis.null("float64"))
    else:
        bought = spend.select(buyer="customer", gmv=spend.gmv.cast("float64"))
        valued = people.left_join(bought, people.customer == bought.buyer).drop("buyer")
    counts = {f"carry_{name}": valued[name].sum() for name in groups}
    sums = {f"gmv_{name}": valued.gmv.sum(where=valued[name] == 1) for name in groups}
    return valued.agg(people=valued.count(), tagged=valued.any_tag.sum(), gmv_all=valued.gmv.sum(), **counts, **sums)


def list_strings(tagged: ir.Table) -> ir.Table:
    """The 500 most frequent contents of the tag column with how many people have them: tags, people."""
    filled = tagged.filter(tagged.tags.length() > 0)
    counted = filled.group_by("tags").agg(people=filled.person.nunique())
    return counted.order_by(ibis.desc("people"), "tags").limit(MOST_STRINGS)


def total_spend(lines: ir.Table) -> ir.Table:
    """Customer and gmv over the lines given; `lines` come from `value_lines`."""
    known = identified(lines)
    return known.group_by("customer").agg(gmv=known.gmv.sum())


def count_sources(contacts: ir.Table) -> ir.Table:
    """One row: contacts, and those with a source code."""
    return contacts.agg(
        contacts=contacts.contact.nunique(), coded=contacts.contact.nunique(where=contacts.source.length() > 0)
    )


def _find_any(tags: Sequence[str]) -> str:
    """A pattern for any of the tags, standing alone or followed by a value.

    >>> bool(re.search(_find_any(["肤质"]), "老客,肤质:干皮")), bool(re.search(_find_any(["老"]), "老客,肤质:干皮"))
    (True, False)
    """
    names = "|".join(re.escape(tag) for tag in tags)
    return f"(^|{BETWEEN})({names})({VALUED}|{BETWEEN}|$)"
