"""The tree of an organisation: which nodes a store hangs under, by the sheet or by the store master."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diagnostics.model.brief import Brief, Row

# The nodes above a store as (level, name), top first.
Path = tuple[tuple[str, str], ...]
LEVELS: dict[str, Text] = {
    "HQ": Text(zh="总部", en="Headquarters"),
    "region": Text(zh="大区", en="Region"),
    "city": Text(zh="城市", en="City"),
    "dealer": Text(zh="经销商", en="Dealer"),
    "store": Text(zh="门店", en="Store"),
}
MEASURES = ("stores", "accounts", "added", "held", "members", "gmv")


def list_paths(brief: Brief, stores: pd.DataFrame) -> dict[str, Path]:
    """By store, the nodes above it as (level, name), top first: by the sheet's tree, else region and city.

    >>> rows = ({"node_id": "R", "level": "region", "name_code": "East"},
    ...         {"node_id": "S1", "parent_id": "R", "level": "store"})
    >>> from diagnostics.model.brief import Brief
    >>> list_paths(Brief(answers={"org_tree": rows}), pd.DataFrame())
    {'S1': (('region', 'East'),)}
    """
    nodes = {str(row["node_id"]): row for row in brief.rows("org_tree") if row.get("node_id")}
    paths = {name: _climb(name, nodes) for name, row in nodes.items() if row.get("level") == "store"}
    for row in stores.to_dict("records"):
        told = [(level, str(row[level])) for level in ("region", "city") if row.get(level) not in (None, "")]
        paths.setdefault(str(row["store"]), tuple(pair for pair in told if pair[1] != "nan"))
    return paths


def _climb(name: str, nodes: Mapping[str, Row]) -> Path:
    found: list[tuple[str, str]] = []
    seen = {name}
    parent = str(nodes[name].get("parent_id"))
    while parent in nodes and parent not in seen:
        seen.add(parent)
        row = nodes[parent]
        level = str(row.get("level"))
        if level in LEVELS and level not in {"HQ", "store"}:
            found.insert(0, (level, str(row.get("name_code") or parent)))
        parent = str(row.get("parent_id"))
    return tuple(found)


def roll_up(places: pd.DataFrame, paths: Mapping[str, Path]) -> pd.DataFrame:
    """One row a node with the sums of its stores: level, path, name and MEASURES; parents before their children.

    `places` has a row a store with `store` and the measures; stores that no tree holds count under headquarters only.
    """
    sums: dict[Path, dict[str, float]] = {}
    for row in places.to_dict("records"):
        path = paths.get(str(row["store"]), ())
        for depth in range(len(path) + 1):
            node = sums.setdefault(path[:depth], dict.fromkeys(MEASURES, 0.0))
            for measure in MEASURES:
                node[measure] += float(row[measure])
    rows = [
        {"level": path[-1][0] if path else "HQ", "path": path, "name": path[-1][1] if path else "", **sums[path]}
        for path in sorted(sums)
    ]
    return pd.DataFrame(rows).reindex(columns=["level", "path", "name", *MEASURES])
