"""Read JSON answers of interfaces: an array, an object that holds one, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from diagnostics.intake.reading.decode import LOST, Decoded, decode
from diagnostics.intake.reading.grid import Grid, UnreadableError

_MOST_COLUMNS = 4096
# Lists inside an object whose entries are rows, and what goes before the entries' names.
_ROWS_OF_THEIR_OWN = {"member_list": "member_list.", "details": ""}


def read_records(data: bytes) -> Grid:
    """A grid from JSON; nested objects are opened, lists joined with `;`. `UnreadableError` if it is no JSON.

    A list of members or of days inside an object makes one row of each.
    """
    try:
        return _read(decode(data))
    except RecursionError as error:
        raise _damaged() from error


def _damaged() -> UnreadableError:
    return UnreadableError(reason="damaged_json", advice="The file is not JSON, or cut off; fetch it again.")


def _read(decoded: Decoded) -> Grid:
    flat = _flatten_all(decoded.data.decode("utf-8"))
    names = tuple(dict.fromkeys(name for row in flat if isinstance(row, dict) for name in row))
    if len(names) > _MOST_COLUMNS:
        raise UnreadableError(
            reason="too_many_columns", advice=f"The answer has {len(names):,} fields; send the export itself."
        )
    whole = {at: row for at, row in enumerate(flat, 1) if isinstance(row, dict)}
    columns = [pa.array([row.get(name) for row in whole.values()], pa.string()) for name in names]
    return Grid(
        cells=pa.table(columns, [str(at) for at in range(len(names))]),
        rows=np.fromiter(whole, np.int64, len(whole)),
        encoding=decoded.encoding,
        names=names,
        broken=tuple((at, row) for at, row in enumerate(flat, 1) if isinstance(row, str)),
    )


def _flatten_all(text: str) -> list[dict[str, str] | str]:
    """All rows in order; for one that could not be read, the reason."""
    try:
        lines = [json.loads(text)]
    except ValueError:
        # Not JSON as a whole, or a number of thousands of digits.
        lines = [_load_line(line) for line in text.splitlines() if line.strip()]
        if not any(_find_records(line) for line in lines):
            raise _damaged() from None
    flat: list[dict[str, str] | str] = []
    for found in lines:
        if found is None:
            flat.append("damaged_json")
        for record in _find_records(found):
            flat += ["undecodable" if any(LOST in cell for cell in row.values()) else row for row in _spread(record)]
    return flat


def _load_line(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


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
            flat[_make_whole(f"{prefix}{name}")] = _as_text(value)
    return flat


def _flatten(record: Mapping[str, object]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= {inner: text for inner, text in _flatten(value).items() if inner not in flat}
        elif value is not None:
            flat[_make_whole(name)] = _as_text(value)
    return flat


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(_as_text(item) for item in value)
    if isinstance(value, Mapping):
        return str(next((value[name] for name in ("tag_name", "name", "id", "userid") if name in value), ""))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _make_whole(text)


def _make_whole(text: str) -> str:
    """Half a character, as JSON may spell it, is no text."""
    return text.encode("utf-8", "replace").decode("utf-8")
