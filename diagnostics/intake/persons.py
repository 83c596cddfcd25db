"""Decide which key stands for a person: a usable phone's before the channel's own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from diagnostics.intake.feed import OWN_KEY, PHONE_KEY
from diagnostics.intake.working import column, put

KEYED_TABLES = {
    "order_lines": "customer",
    "customers": "customer",
    "contacts": "customer",
    "touches": "customer",
    "events": "customer",
    "referrals": "referrer",
}


def link_persons(tables: Mapping[str, pa.Table], accounts: pa.Table | None = None) -> dict[str, pa.Table]:
    """Tables with their person column filled.

    A row with a phone is that phone's person. A row without one is its own key's person. Keys are one person
    if a key came with exactly one phone anywhere, or if `accounts` (rows of `contact` with keys, before they
    were merged) names them for one contact; the phone's key then stands for all, else the smallest.
    """
    stands_for = _link_keys(tables, accounts)
    return {
        name: _fill(table, KEYED_TABLES[name], stands_for) if name in KEYED_TABLES else table
        for name, table in tables.items()
    }


def _link_keys(tables: Mapping[str, pa.Table], accounts: pa.Table | None) -> pd.Series:
    """For each key that belongs to another: the key that stands for it."""
    keyed = [table for name, table in tables.items() if name in KEYED_TABLES]
    edges = pd.concat([_phones_of_keys(keyed), _keys_of_contacts(accounts)], ignore_index=True)
    if edges.empty:
        return pd.Series(dtype=object)
    codes, keys = pd.factorize(np.concatenate([edges["own"], edges["other"]]))
    first, second = codes[: len(edges)], codes[len(edges) :]
    graph = coo_array((np.ones(len(edges)), (first, second)), shape=(len(keys), len(keys)))
    group = connected_components(graph, directed=False)[1]
    phones = _distinct([column(table, PHONE_KEY) for table in keyed])
    nodes = pd.DataFrame({"key": keys, "group": group, "is_own": ~pd.Index(keys).isin(phones)})
    heads = nodes.sort_values(["group", "is_own", "key"]).drop_duplicates("group").set_index("group")["key"]
    nodes["head"] = heads.loc[nodes["group"]].to_numpy()
    return nodes[nodes["key"] != nodes["head"]].set_index("key")["head"]


def _phones_of_keys(tables: list[pa.Table]) -> pd.DataFrame:
    pairs = [pa.table({"own": column(table, OWN_KEY), "other": column(table, PHONE_KEY)}) for table in tables]
    if not pairs:
        return pd.DataFrame({"own": [], "other": []}, dtype=object)
    known = pa.concat_tables(pairs).drop_null().group_by(["own", "other"]).aggregate([]).to_pandas()
    pairs_of_one: pd.DataFrame = known.drop_duplicates("own", keep=False).astype(object)
    return pairs_of_one


def _keys_of_contacts(accounts: pa.Table | None) -> pd.DataFrame:
    """Neighbouring keys of the same contact, as edges."""
    if accounts is None:
        return pd.DataFrame({"own": [], "other": []}, dtype=object)
    parts = [
        pa.table({"contact": column(accounts, "contact"), "own": column(accounts, name)})
        for name in (OWN_KEY, PHONE_KEY)
    ]
    known = pa.concat_tables(parts).drop_null().group_by(["contact", "own"]).aggregate([]).to_pandas()
    known = known.sort_values(["contact", "own"])
    known["other"] = known.groupby("contact")["own"].shift(-1)
    edges: pd.DataFrame = known.dropna()[["own", "other"]].astype(object)
    return edges


def _distinct(arrays: list[pa.Array]) -> np.ndarray:
    distinct: np.ndarray = pa.chunked_array(arrays, pa.string()).unique().drop_null().to_numpy(zero_copy_only=False)
    return distinct


def _fill(table: pa.Table, name: str, stands_for: pd.Series) -> pa.Table:
    key = pc.coalesce(column(table, PHONE_KEY), column(table, OWN_KEY))
    if len(stands_for):
        at = pc.index_in(key, value_set=pa.array(stands_for.index.to_numpy(object), pa.string()))
        key = pc.coalesce(pa.array(stands_for.to_numpy(object), pa.string()).take(at), key)
    return put(table, name, key)
