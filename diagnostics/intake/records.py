"""Read JSON answers of interfaces: an array, an object that holds one, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from diagnostics.intake.decode import decode
from diagnostics.intake.grid import Grid, UnreadableError

# Lists inside an object whose entries are rows, and what goes before the entries' names.
_ROWS_OF_THEIR_OWN = {"member_list": "member_list.", "details": ""}


def read_records(data: bytes) -> Grid:
    """A grid from JSON; nested objects are opened, lists joined with `;`. `UnreadableError` if it is no JSON.

    A list of members or of days inside an object makes one row of each.
    """
    decoded = decode(data)
    text = decoded.data.decode("utf-8")
    try:
        records = _find_records(json.loads(text))
        broken: list[tuple[int, str]] = []
    except json.JSONDecodeError:
        records, broken = _read_lines(text)
    flat = [row for record in records for row in _spread(record)]
    names = tuple(dict.fromkeys(name for record in flat for name in record))
    columns = [pa.array([record.get(name) for record in flat], pa.string()) for name in names]
    return Grid(
        cells=pa.table(columns, [str(at) for at in range(len(names))]),
        rows=np.arange(1, len(flat) + 1, dtype=np.int64),
        encoding=decoded.encoding,
        names=names,
        broken=tuple(broken),
    )


def _read_lines(text: str) -> tuple[list[Mapping[str, object]], list[tuple[int, str]]]:
    records: list[Mapping[str, object]] = []
    broken: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError:
            broken.append((number, "damaged_json"))
            continue
        records += _find_records(found)
    if not records:
        raise UnreadableError(reason="damaged_json", advice="The file is not JSON; fetch it again.")
    return records, broken


def _find_records(found: object) -> list[Mapping[str, object]]:
    """The list of objects inside an answer; the longest one if there are several."""
    if isinstance(found, list):
        return [item for item in found if isinstance(item, Mapping)]
    if not isinstance(found, Mapping):
        return []
    lists = [value for value in found.values() if isinstance(value, list) and value and isinstance(value[0], Mapping)]
    return _find_records(max(lists, key=len)) if lists else [found]


def _spread(record: Mapping[str, object]) -> list[dict[str, str]]:
    """The rows of an object: one of each entry of the list that it is about, else the object itself.

    >>> _spread({"group_chat": {"chat_id": "wr1", "member_list": [{"userid": "a", "invitor": {"userid": "b"}}]}})
    [{'chat_id': 'wr1', 'member_list.userid': 'a', 'member_list.invitor.userid': 'b'}]
    """
    flat = _flatten(record)
    for holder in (record, *(value for value in record.values() if isinstance(value, Mapping))):
        for name, prefix in _ROWS_OF_THEIR_OWN.items():
            if isinstance(entries := holder.get(name), list) and any(isinstance(one, Mapping) for one in entries):
                rest = {outer: text for outer, text in flat.items() if outer != name}
                return [rest | _flatten_under(prefix, one) for one in entries if isinstance(one, Mapping)]
    return [flat]


def _flatten_under(prefix: str, record: Mapping[str, object]) -> dict[str, str]:
    """An object opened under dotted names."""
    flat: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= _flatten_under(f"{prefix}{name}.", value)
        elif value is not None:
            flat[f"{prefix}{name}"] = _as_text(value)
    return flat


def _flatten(record: Mapping[str, object]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= {inner: text for inner, text in _flatten(value).items() if inner not in flat}
        elif value is not None:
            flat[name] = _as_text(value)
    return flat


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(_as_text(item) for item in value)
    if isinstance(value, Mapping):
        return str(next((value[name] for name in ("tag_name", "name", "id", "userid") if name in value), ""))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
