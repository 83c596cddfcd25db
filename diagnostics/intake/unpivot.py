"""Turn columns into rows: one row for each column of a kind that is filled."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import to_number, to_text
from diagnostics.intake.privacy.scrub import PERSONAL_QUESTION, scrub
from diagnostics.intake.recognition.frame import Frame
from diagnostics.intake.recognition.recipe import Unpivot
from diagnostics.intake.working import ROW, filter_rows, put


def unpivot(table: pa.Table, frame: Frame, rule: Unpivot) -> pa.Table:
    """The rows of a table once for each column that the rule names, with the column's word and its value.

    Numbers for the columns that the rule names; scrubbed text for the `others`.
    """
    parts = []
    for source, word in rule.metric.items():
        if source in frame.table.column_names:
            values = to_number(frame.table[source].combine_chunks())
            parts.append(_put_values(table, rule, word, values))
    for source in _list_others(frame) if rule.others else ():
        values = scrub(to_text(frame.table[source].combine_chunks()))
        parts.append(_put_values(table, rule, scrub(pa.array([source]))[0].as_py(), values))
    if not parts:
        return table
    filled = pa.concat_tables(parts)
    if not rule.others:
        return filled
    alone = filter_rows(table, ~pc.is_in(table[ROW], value_set=filled[ROW].combine_chunks()).to_numpy())
    return pa.concat_tables([filled, alone], promote_options="default").combine_chunks()


def _put_values(table: pa.Table, rule: Unpivot, word: str, values: pa.Array) -> pa.Table:
    part = put(put(table, rule.name, pa.repeat(word, table.num_rows)), rule.value, values)
    return part.filter(pc.is_valid(part[rule.value]))


def _list_others(frame: Frame) -> list[str]:
    """Headers that the layout does not know and that ask for nothing personal."""
    known = frame.layout.expected | set(frame.layout.personal) if frame.layout else frozenset()
    return [name for name in frame.table.column_names if name not in known and not PERSONAL_QUESTION.search(name)]
