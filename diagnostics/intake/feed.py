"""Turn the rows of one frame into rows of a canonical table, as its recipe says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.channels import read_channels
from diagnostics.intake.clean import over_distinct, to_bool, to_number, to_text, without_phones
from diagnostics.intake.frame import Frame
from diagnostics.intake.pseudonyms import Pseudonyms
from diagnostics.intake.recipe import WORKING_NUMBERS, Recipe, Unit
from diagnostics.intake.times import find_period, to_time
from diagnostics.intake.working import FATE, FILE, ROW, column, put
from diagnostics.model.tables import CANONICAL_TABLES

STAFF_COLUMNS = frozenset(["staff", "owner", "anchor"])
PERSON_COLUMNS = frozenset(["customer", "contact", "referrer"])
OWN_KEY, PHONE_KEY = "_own_key", "_phone_key"
_TIMES = frozenset(["paid_at"])
_FREE_TEXT = frozenset(["product", "source", "store", "tags", "words", "shop", "kind", "campaign", "way", "entrance"])
_REGION_ENDING = "(?:省|市|特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区)$"
_WORD_OF_TYPE: dict[str, Callable[[pa.Array], pa.Array]] = {
    "bool": to_bool,
    "int": to_number,
    "float": to_number,
    "money": to_number,
    "date": to_time,
    "timestamp": to_time,
}


def feed(frame: Frame, recipe: Recipe, keys: Pseudonyms, file: int) -> pa.Table:
    """Canonical and working columns of every row; rows that a rule rejects carry the reason in `_fate`.

    Personal cells leave as keys only: `_own_key` from the platform's id, `_phone_key` from a mobile number.
    """
    table = pa.table({FILE: pa.array(np.full(len(frame.rows), file, np.int64)), ROW: pa.array(frame.rows)})
    table = put(table, FATE, _judge_rows(frame, recipe))
    table = put(table, "channel", _read_channel(frame, recipe))
    for name in (*recipe.columns, *(name for name in recipe.extract if name not in recipe.columns)):
        if name != "channel":
            table = _add_column(table, name, _read_source(frame, recipe, name), recipe, keys)
    for name, value in recipe.constants.items():
        if name not in table.column_names:
            read = _convert(pa.array([value]), _type_of(recipe.table, name), None)
            table = put(table, name, pa.repeat(read[0], table.num_rows))
    if recipe.unpivot:
        table = _unpivot(table, frame, recipe)
    return _add_period(table, frame, recipe)


def _judge_rows(frame: Frame, recipe: Recipe) -> pa.Array:
    fate = pa.nulls(len(frame.rows), pa.string())
    for rule in recipe.keep_rows:
        if rule.column in frame.table.column_names:
            kept = pc.fill_null(pc.is_in(_text(frame, rule.column), value_set=pa.array(rule.equals)), False)  # noqa: FBT003
            fate = pc.coalesce(fate, pc.if_else(kept, None, rule.reason))
    for reject in recipe.reject:
        if reject.column in frame.table.column_names:
            hit = pc.fill_null(pc.match_substring_regex(_text(frame, reject.column), reject.pattern), False)  # noqa: FBT003
            fate = pc.coalesce(fate, pc.if_else(hit, reject.reason, None))
    return fate


def _text(frame: Frame, source: str) -> pa.Array:
    return to_text(frame.table[source].combine_chunks())


def _read_channel(frame: Frame, recipe: Recipe) -> pa.Array:
    sources = (recipe.channel_column, *recipe.columns.get("channel", ()))
    for source in sources:
        if source and source in frame.table.column_names:
            return read_channels(_text(frame, source))
    constant = recipe.channel or recipe.constants.get("channel")
    return pa.repeat(constant, len(frame.rows)) if constant else pa.nulls(len(frame.rows), pa.string())


def _read_source(frame: Frame, recipe: Recipe, name: str) -> list[pa.Array]:
    """What the sources of a column hold, untouched, in the order in which they count."""
    found = [
        frame.table[source].combine_chunks()
        for source in recipe.columns.get(name, ())
        if source in frame.table.column_names
    ]
    part = recipe.extract.get(name)
    if part and part.column in frame.table.column_names:
        pattern = part.pattern.replace("(", "(?P<part>", 1)
        found.append(pc.struct_field(pc.extract_regex(_text(frame, part.column), pattern), "part"))
    return found


def _add_column(table: pa.Table, name: str, found: list[pa.Array], recipe: Recipe, keys: Pseudonyms) -> pa.Table:
    if not found:
        return table
    if name in PERSON_COLUMNS:
        return put(table, OWN_KEY if name != "contact" else "contact", _key_person(table, name, found, recipe, keys))
    if name == "phone":
        return put(table, PHONE_KEY, _first([keys.key_phones(to_text(cells)) for cells in found]))
    if name == "unionid":
        ids = _first([to_text(cells) for cells in found])
        return put(table, OWN_KEY, keys.key_ids(ids, pa.repeat("wechat", len(ids)), "unionid"))
    if name in STAFF_COLUMNS:
        return put(table, name, keys.code_staff(_first([to_text(cells) for cells in found])))
    kind, unit = _type_of(recipe.table, name), recipe.units.get(name)
    values = _first([_convert(cells, kind, unit) for cells in found])
    if words := recipe.words.get(name):
        values = _translate(values, words)
    if name == "region":
        values = over_distinct(values, lambda texts: pc.replace_substring_regex(texts, _REGION_ENDING, ""))
    return put(table, name, without_phones(values) if name in _FREE_TEXT else values)


def _key_person(table: pa.Table, name: str, found: list[pa.Array], recipe: Recipe, keys: Pseudonyms) -> pa.Array:
    ids = _first([to_text(cells) for cells in found])
    if name == "contact":
        return keys.key_ids(ids, pa.repeat("wecom", len(ids)), "external_userid")
    return keys.key_ids(ids, pc.fill_null(column(table, "channel"), recipe.table), recipe.customer_kind)


def _first(arrays: list[pa.Array]) -> pa.Array:
    return arrays[0] if len(arrays) == 1 else pc.coalesce(*arrays)


def _type_of(table: str, name: str) -> str:
    if name in WORKING_NUMBERS:
        return "float"
    if name in _TIMES:
        return "timestamp"
    return next((column.type for column in CANONICAL_TABLES[table].columns if column.name == name), "string")


def _convert(cells: pa.Array, kind: str, unit: Unit | None) -> pa.Array:
    if unit == "filled":
        return pc.is_valid(to_text(cells))
    if unit == "coupon":
        return pc.fill_null(pc.match_substring_regex(to_text(cells), "券|劵|[Cc]oupon"), False)  # noqa: FBT003
    if unit == "positive":
        return pc.greater(to_number(cells), 0)
    values = _WORD_OF_TYPE.get(kind, to_text)(cells)
    if unit == "percent":
        most = pc.max(values).as_py() or 0.0
        return pc.divide(values, 100.0) if most > 1 else values
    if unit == "seconds":
        return pc.divide(values, 60.0)
    return values


def _translate(values: pa.Array, words: dict[str, str]) -> pa.Array:
    at = pc.index_in(values, value_set=pa.array(list(words)))
    return pc.coalesce(pa.array(list(words.values())).take(at), values)


def _unpivot(table: pa.Table, frame: Frame, recipe: Recipe) -> pa.Table:
    rule = recipe.unpivot
    if rule is None:
        return table
    parts = []
    for source, word in rule.metric.items():
        if source in frame.table.column_names:
            part = put(table, "metric", pa.repeat(word, table.num_rows))
            part = put(part, rule.value, to_number(frame.table[source].combine_chunks()))
            parts.append(part.filter(pc.is_valid(part[rule.value])))
    return pa.concat_tables(parts) if parts else table


def _add_period(table: pa.Table, frame: Frame, recipe: Recipe) -> pa.Table:
    """Days of a table that has a period: from the columns, else from the file's name or its notes."""
    if "ends_on" not in (column.name for column in CANONICAL_TABLES[recipe.table].columns):
        return table
    found = None
    if recipe.period_from_file_name and "starts_on" not in table.column_names:
        found = find_period(frame.path) or find_period(frame.sheet) or find_period(frame.notes)
    if found:
        for name, day in zip(("starts_on", "ends_on"), found, strict=True):
            table = put(table, name, pa.array(np.full(table.num_rows, day, "datetime64[us]")))
        return table
    starts = column(table, "starts_on", pa.timestamp("us"))
    one_day = np.timedelta64(1, "D")
    if "ends_on" not in table.column_names:
        return put(
            put(table, "starts_on", starts), "ends_on", pa.array(np.asarray(starts).astype("datetime64[us]") + one_day)
        )
    ends = np.asarray(column(table, "ends_on", pa.timestamp("us"))).astype("datetime64[us]") + one_day
    return put(table, "ends_on", pa.array(ends))
