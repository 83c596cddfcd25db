"""The way from a scan to a contact and to a group, entrance by entrance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# Each hop with the column that tells who took it; one export feeds one of them.
HOPS = {"scan_to_add": "added", "scan_to_group": "group_joined"}


def total_hops(entries: ir.Table, period: Period) -> ir.Table:
    """One row a hop, region and entrance: scans and passed, over the rows that report both.

    Scans are visits, not people. The exports of guides and of groups each bring scans of their own codes: rows
    that do not report a hop's outcome are left out of that hop's scans.
    """
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    inside = entries.filter(entries.day >= start, entries.day < end, entries.scans.notnull())
    parts = [_select_hop(inside, hop, column) for hop, column in HOPS.items()]
    rows = ibis.union(*parts)
    return rows.group_by("hop", "region", "entrance").agg(scans=rows.scans.sum(), passed=rows.passed.sum())


def _select_hop(entries: ir.Table, hop: str, column: str) -> ir.Table:
    reported = entries.filter(entries[column].notnull())
    return reported.select("region", "entrance", "scans", hop=ibis.literal(hop), passed=reported[column])
