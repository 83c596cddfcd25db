"""Turn the rows of one frame into rows of a canonical table, as its recipe says."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.channels import read_channels
from diagnostics.intake.cells.clean import over_distinct, to_number, to_text
from diagnostics.intake.cells.convert import classify, convert, translate
from diagnostics.intake.cells.durations import join_day_and_clock
from diagnostics.intake.cells.periods import add_period, find_file_day
from diagnostics.intake.people.pseudonyms import Pseudonyms
from diagnostics.intake.privacy.columns import scrub_column
from diagnostics.intake.privacy.scrub import scrub
from diagnostics.intake.recognition.frame import Frame
from diagnostics.intake.recognition.recipe import WORKING_NUMBERS, Recipe
from diagnostics.intake.unpivot import unpivot
from diagnostics.intake.working import FATE, FILE, ROW, column, put
from diagnostics.model.tables import CANONICAL_TABLES

STAFF_COLUMNS = frozenset(["staff", "owner", "anchor", "operator", "inviter", "promoter"])
PERSON_COLUMNS = frozenset(["customer", "contact", "referrer"])
OWN_KEY, PHONE_KEY = "_own_key", "_phone_key"
ADDRESS_KEY, TAIL_KEY = "_address_key", "_tail_key"
_WHERE = ("recipient", "address")
_TIMES = frozenset(["paid_at"])
_WRITTEN = frozenset(["words", "question"])
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_REGION_ENDING = "(?:省|市|特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区)$"


def feed(frame: Frame, recipe: Recipe, keys: Pseudonyms, file: int) -> pa.Table:
    """Canonical and working columns of every row; rows that a rule rejects carry the reason in `_fate`.

    Personal cells leave as keys only: `_own_key` from the platform's id, `_phone_key` from a mobile number.
    """
    table = pa.table({FILE: pa.array(np.full(len(frame.rows), file, np.int64)), ROW: pa.array(frame.rows)})
    table = put(table, FATE, _judge_rows(frame, recipe))
    table = put(table, "channel", scrub_column("channel", _read_channel(frame, recipe), keys))
    for name in dict.fromkeys(
        (*recipe.columns, *recipe.extract, *recipe.sums, *recipe.clocks, recipe.day_from_file_name)
    ):
        if name and name not in ("channel", *_WHERE):
            table = _add_column(table, name, _read_source(frame, recipe, name), recipe, keys)
    table = _add_address(table, frame, recipe, keys)
    for name, where in recipe.below_zero.items():
        if name in table.column_names:
            given_back = _contains(frame, where.column, where.contains)
            table = put(table, name, pc.if_else(given_back, pc.negate(pc.abs(table[name])), table[name]))
    for name, value in recipe.constants.items():
        if name not in table.column_names:
            read = convert(pa.array([value]), _type_of(recipe.table, name), None)
            table = put(table, name, pa.repeat(read[0], table.num_rows))
    if recipe.unpivot:
        table = unpivot(table, frame, recipe.unpivot)
        kind = _type_of(recipe.table, recipe.unpivot.name)
        if kind != "string" and recipe.unpivot.name in table.column_names:
            named = table[recipe.unpivot.name].combine_chunks()
            table = put(table, recipe.unpivot.name, convert(named, kind, None))
    return add_period(table, frame, recipe)


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
        pattern = _GROUP.sub("(?P<part>", part.pattern, count=1)
        found.append(pc.struct_field(pc.extract_regex(_text(frame, part.column), pattern), "part"))
    found += _make_sources(frame, recipe, name)
    only = recipe.only.get(name)
    if only and found:
        meant = _contains(frame, only.column, only.contains)
        found = [pc.if_else(meant, cells, pa.nulls(len(cells), cells.type)) for cells in found]
    return found


def _make_sources(frame: Frame, recipe: Recipe, name: str) -> list[pa.Array]:
    """What is worked out from several columns, or from the file's name."""
    made = []
    summed = [frame.table[source] for source in recipe.sums.get(name, ()) if source in frame.table.column_names]
    if summed:
        made.append(_add_up([to_number(cells.combine_chunks()) for cells in summed]))
    clock = recipe.clocks.get(name)
    if clock and {clock.day, clock.time} <= set(frame.table.column_names):
        made.append(join_day_and_clock(_text(frame, clock.day), _text(frame, clock.time)))
    if name == recipe.day_from_file_name and (day := find_file_day(frame)):
        made.append(pa.repeat(pa.scalar(day, pa.date32()), len(frame.rows)))
    return made


def _add_up(parts: list[pa.Array]) -> pa.Array:
    """Sums in which an empty cell counts nothing; empty where all are."""
    total = np.sum([np.asarray(pc.fill_null(cells, 0.0)) for cells in parts], axis=0)
    told = np.any([np.asarray(pc.is_valid(cells)) for cells in parts], axis=0)
    return pa.array(total, mask=~told)


def _contains(frame: Frame, source: str, words: tuple[str, ...]) -> pa.Array:
    if source not in frame.table.column_names:
        return pa.repeat(False, len(frame.rows))  # noqa: FBT003 - an arrow scalar
    pattern = "|".join(map(re.escape, words))
    return pc.fill_null(pc.match_substring_regex(_text(frame, source), pattern), False)  # noqa: FBT003


def _add_column(table: pa.Table, name: str, found: list[pa.Array], recipe: Recipe, keys: Pseudonyms) -> pa.Table:
    if not found:
        return table
    if name in PERSON_COLUMNS:
        ids = _key_person(table, name, found, recipe, keys)
        return put(table, "contact", ids) if name == "contact" else _put_key(table, ids)
    if name == "phone":
        phones = [to_text(cells) for cells in found]
        table = put(table, PHONE_KEY, _first([keys.key_phones(cells) for cells in phones]))
        masked = _first([pc.match_substring(cells, "*") for cells in phones])
        tails = _first([keys.key_tails(cells) for cells in phones])
        # A whole number without a key is a placeholder, and its last digits say nothing.
        return put(table, TAIL_KEY, pc.if_else(pc.or_(masked, pc.is_valid(table[PHONE_KEY])), tails, None))
    if name == "unionid":
        ids = _first([to_text(cells) for cells in found])
        return _put_key(table, keys.key_ids(ids, pa.repeat("wechat", len(ids)), "unionid"))
    if name in STAFF_COLUMNS:
        return put(table, name, keys.code_staff(_first([to_text(cells) for cells in found])))
    kind, unit = _type_of(recipe.table, name), recipe.units.get(name)
    if classes := recipe.classes.get(name):
        found = [classify(cells, classes) for cells in found]
    values = _first([convert(cells, kind, unit) for cells in found])
    if words := recipe.words.get(name):
        values = translate(values, words)
    if name == "region":
        values = over_distinct(values, lambda texts: pc.replace_substring_regex(texts, _REGION_ENDING, ""))
    if name in _WRITTEN:
        values = scrub(values)
    return put(table, name, scrub_column(name, values, keys) if kind == "string" else values)


def _add_address(table: pa.Table, frame: Frame, recipe: Recipe, keys: Pseudonyms) -> pa.Table:
    """The key of who receives the parcel where; neither is read unless it may be."""
    told = [_read_source(frame, recipe, name) for name in _WHERE] if keys.with_addresses else []
    if not all(told) or not told:
        return table
    name, address = (_first([to_text(cells) for cells in found]) for found in told)
    return put(table, ADDRESS_KEY, keys.key_addresses(name, address))


def _put_key(table: pa.Table, ids: pa.Array) -> pa.Table:
    """The person's key; the column that the recipe names first counts."""
    return put(table, OWN_KEY, pc.coalesce(column(table, OWN_KEY), ids))


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
